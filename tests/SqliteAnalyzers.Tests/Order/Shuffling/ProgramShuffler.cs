using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>Writes a program in another order that means the same.</summary>
internal static class ProgramShuffler
{
    /// <summary>
    /// Files with syntax errors stay as they are, since nobody knows where their members end, and so does generated code, which is told by
    /// its name or its first comment.
    /// </summary>
    public static ProgramSource Shuffle(ProgramSource program, Shuffles shuffles, Random random)
    {
        var files = program.Files.Select(file => (file.Name, Root: Parse(file))).ToArray();
        if (shuffles.HasFlag(Shuffles.Split))
        {
            files = [.. files.SelectMany(file => IsSettled(file.Root) ? Split(file.Name, file.Root) : [file])];
        }

        var order = new DeclarationOrder(files.Select(file => file.Root));
        var shuffler = new DeclarationShuffler(order, random, shuffles.HasFlag(Shuffles.Members), shuffles.HasFlag(Shuffles.Types));
        files = [.. files.Select(file => IsSettled(file.Root) ? (file.Name, Reparse(file.Name, shuffler.Visit(file.Root)!)) : file)];
        if (shuffles.HasFlag(Shuffles.Files))
        {
            files = OrderedGroups.Shuffle(files, file => order.GroupOf(file.Root), random);
        }

        return program with { Files = [.. files.Select(file => new SourceFile(file.Name, file.Root.ToFullString()))] };
    }

    private static bool IsSettled(CompilationUnitSyntax root) =>
        !root.ContainsDiagnostics
        && !root.GetLeadingTrivia().Any(trivia => trivia.ToString().Contains("auto-generated", StringComparison.OrdinalIgnoreCase))
        && !root.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, CompilationUnitSyntax Root)> Split(string name, CompilationUnitSyntax root) =>
        FileSplitter.Split(root).Select((part, number) =>
        {
            var partName = number == 0 ? name : Path.ChangeExtension(name, number.ToString(CultureInfo.InvariantCulture) + ".cs");
            return (partName, Reparse(partName, part));
        });

    private static CompilationUnitSyntax Reparse(string name, SyntaxNode root) => Parse(new(name, root.ToFullString()));

    /// <summary>A line end after the last token keeps apart what is written after it.</summary>
    private static CompilationUnitSyntax Parse(SourceFile file) =>
        CompiledProgram.Parse(file with { Text = file.Text.EndsWith('\n') ? file.Text : file.Text + "\n" }).GetCompilationUnitRoot();
}
