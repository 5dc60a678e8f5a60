using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Libraries;

/// <summary>What is kept of the libraries from one compilation to the next.</summary>
public sealed class LibrarySetTests
{
    private const int Rounds = 2000;

    private const string Source = "class C { void M(Microsoft.Data.Sqlite.SqliteConnection c) => Dapper.SqlMapper.Execute(c, \"SELECT 1\"); }";

    [Fact]
    public void Compilations_that_share_the_library_and_differ_in_others_know_each_its_own_when_threads_ask_at_once()
    {
        var withDapper = Compile(TestReferences.All);
        var without = Compile([.. TestReferences.All.Where(reference => Path.GetFileName(reference.Display) != "Dapper.dll")]);
        var execute = withDapper.GetTypeByMetadataName("Dapper.SqlMapper")!.GetMembers("Execute").OfType<IMethodSymbol>().First();
        var unknown = 0;
        Parallel.For(0, Rounds, round =>
        {
            var known = LibrarySet.For(round % 2 == 0 ? withDapper : without)!.RaisesEvents(execute);
            if (known != (round % 2 == 0))
            {
                Interlocked.Increment(ref unknown);
            }
        });

        Assert.Equal(0, unknown);
    }

    private static CSharpCompilation Compile(ImmutableArray<MetadataReference> references) => CSharpCompilation.Create(
        TestCompilation.NewProjectName(), [CSharpSyntaxTree.ParseText(Source)], references, TestCompilation.Options);
}
