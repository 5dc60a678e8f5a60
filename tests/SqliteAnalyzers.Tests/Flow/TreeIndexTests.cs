using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>What is kept of a tree that two projects share.</summary>
public sealed class TreeIndexTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Projects_that_look_for_different_words_in_one_tree_find_each_its_own_when_threads_ask_at_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText("class C { void M() => Opened(); }", cancellationToken: cancellation);
        var (one, other) = (new WordSieve(), new WordSieve());
        one.AddWord("opened", Words.Opens);
        other.AddWord("opened", Words.Begins);
        var wrong = 0;
        Parallel.For(0, Rounds, round =>
        {
            var (sieve, words) = round % 2 == 0 ? (one, Words.Opens) : (other, Words.Begins);
            if (TreeIndex.Of(tree, sieve, cancellation).Words != words)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }
}
