using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Flow.Summaries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>
/// An editor makes a new compilation with each key press, most of whose trees are those of the last: what was analysed and dropped
/// must not stay with them.
/// </summary>
/// <remarks>What a method has in its variables lives until it returns, so nothing that is to be collected is in a test itself.</remarks>
public sealed class MemoryTests
{
    private const int Collections = 20;

    [Fact]
    public void Compilation_that_was_analysed_and_dropped_is_collected() => AssertCollected(CompileAndAnalyse(new SqliteFlowAnalyzer()));

    [Fact]
    public void Analyzer_keeps_no_compilation()
    {
        var analyzer = new SqliteFlowAnalyzer();
        AssertCollected(CompileAndAnalyse(analyzer));
        GC.KeepAlive(analyzer);
    }

    [Fact]
    public void Trees_that_live_on_in_the_next_compilation_keep_no_compilation()
    {
        var (first, successor) = AnalyseAndEdit(new SqliteFlowAnalyzer(), isSuccessorAnalysed: false);
        AssertCollected(first);
        Assert.NotEmpty(successor.SyntaxTrees);
        GC.KeepAlive(successor);
    }

    [Fact]
    public void Analysed_successor_keeps_no_compilation_before_it()
    {
        var analyzer = new SqliteFlowAnalyzer();
        var (first, successor) = AnalyseAndEdit(analyzer, isSuccessorAnalysed: true);
        AssertCollected(first);
        GC.KeepAlive(successor);
        GC.KeepAlive(analyzer);
    }

    [Fact]
    public void Many_key_presses_keep_no_compilation_but_the_last()
    {
        var analyzer = new SqliteFlowAnalyzer();
        var (dropped, last) = Type(analyzer, times: 5);
        Assert.All(dropped, AssertCollected);
        GC.KeepAlive(last);
        GC.KeepAlive(analyzer);
    }

    private static void AssertCollected(WeakReference compilation)
    {
        for (var time = 0; time < Collections && compilation.IsAlive; time++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(compilation.IsAlive, "Something keeps the compilation.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CompileAndAnalyse(DiagnosticAnalyzer analyzer) => Analyse(Compile(), analyzer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Analyse(CSharpCompilation compilation, DiagnosticAnalyzer analyzer)
    {
        Assert.NotEmpty(FlowRun.With(compilation, analyzer).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return new(compilation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference First, CSharpCompilation Successor) AnalyseAndEdit(DiagnosticAnalyzer analyzer, bool isSuccessorAnalysed)
    {
        var compilation = Compile();
        var first = Analyse(compilation, analyzer);
        var successor = Edit(compilation, 0);
        if (isSuccessorAnalysed)
        {
            Analyse(successor, analyzer);
        }

        return (first, successor);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (List<WeakReference> Dropped, CSharpCompilation Last) Type(DiagnosticAnalyzer analyzer, int times)
    {
        var dropped = new List<WeakReference>();
        var compilation = Compile();
        for (var time = 0; time < times; time++)
        {
            dropped.Add(Analyse(compilation, analyzer));
            compilation = Edit(compilation, time);
        }

        Analyse(compilation, analyzer);
        return (dropped, compilation);
    }

    /// <summary>The next compilation, in which one method of one file is another.</summary>
    private static CSharpCompilation Edit(CSharpCompilation compilation, int number)
    {
        var old = compilation.SyntaxTrees[number % compilation.SyntaxTrees.Length];
        var text = old.GetText();
        var at = text.ToString().IndexOf("Process.Start", StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(old, old.WithChangedText(text.Replace(at, 0, "_ = 1; ")));
    }

    /// <summary>Trees that no other compilation has.</summary>
    private static CSharpCompilation Compile() => FlowRun.Compile("").RemoveAllSyntaxTrees().AddSyntaxTrees(
        SummaryPrograms.Names.Where(name => name != "lambdas").Take(6).Select((name, number) => CSharpSyntaxTree.ParseText(
            SummaryPrograms.SourceOf(name).Replace("Program", $"Program{number}", StringComparison.Ordinal),
            TestCompilation.ParseOptions,
            $"File{number}.cs")));
}
