using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>A process start in the source of a method, and a checkpoint to which whoever starts the process comes next.</summary>
internal sealed class StartThenCheckpoint
{
    /// <summary>Names of what needs a checkpoint by itself: the file is copied or read, another process is started.</summary>
    private static readonly HashSet<string> s_purposes =
    [
        "File", "FileInfo", "FileStream", "ZipFile", "ZipArchive", "CopyTo", "BackupDatabase", "BackupTo", "Start", "StartNew", "Run",
    ];

    /// <summary>Names of methods in which a checkpoint belongs to the end of something.</summary>
    private static readonly string[] s_ends = ["Dispose", "Close", "Stop", "Shutdown", "Exit", "Backup", "Export", "Maintain", "Maintenance", "Optimize", "Vacuum"];

    private StartThenCheckpoint(SyntaxNode around, SyntaxNode start, SyntaxNode checkpoint, SyntaxNode write)
    {
        var nodes = around.DescendantNodes(node => node is not LocalFunctionStatementSyntax).Where(node => node.SpanStart < checkpoint.SpanStart && !node.Span.Contains(checkpoint.Span)).ToList();
        FromStart = nodes.FindAll(node => node.Span.End >= start.Span.End);
        After = nodes.FindAll(node => node.SpanStart >= start.Span.End);
        FromWrite = [.. start.AncestorsAndSelf().First(node => node.Span.Contains(write.Span)).DescendantNodesAndSelf()
            .Where(node => node.SpanStart >= write.SpanStart && node.Span.End <= start.Span.End)];
        InLoop = [.. Within(start, around).Where(LoopRounds.IsLoop).Take(1).SelectMany(loop => loop.DescendantNodes())];
    }

    /// <summary>What is evaluated between them, the start and what stands around it with it.</summary>
    public IReadOnlyList<SyntaxNode> FromStart { get; }

    /// <summary>What is evaluated between them.</summary>
    public IReadOnlyList<SyntaxNode> After { get; }

    /// <summary>What is evaluated from the write on, until the process is started.</summary>
    public IReadOnlyList<SyntaxNode> FromWrite { get; }

    /// <summary>What is evaluated in each round of a loop that the checkpoint comes after.</summary>
    public IReadOnlyList<SyntaxNode> InLoop { get; }

    /// <summary>Null where they do not follow one another so, or the checkpoint has another purpose.</summary>
    /// <param name="start">What starts the process.</param>
    /// <param name="checkpoint">What checkpoints.</param>
    /// <param name="write">The write that the checkpoint is of.</param>
    public static StartThenCheckpoint? Of(SyntaxNode? start, SyntaxNode? checkpoint, SyntaxNode? write)
    {
        if (start is null || checkpoint is null || write is null
            || start.SyntaxTree != checkpoint.SyntaxTree
            || !(start == write || write.Span.End <= start.SpanStart)
            || start.Ancestors().FirstOrDefault(node => node.Span.Contains(checkpoint.Span)) is not { } around
            || !FollowEachOther(start, checkpoint, around)
            || HasOtherPurpose(checkpoint, around))
        {
            return null;
        }

        var pair = new StartThenCheckpoint(around, start, checkpoint, write);
        return pair.After.Any(node => IsLeaving(node, start, around)) ? null : pair;
    }

    /// <summary>Whether they stand in one list of statements, or the checkpoint in the using statement of the process.</summary>
    private static bool FollowEachOther(SyntaxNode start, SyntaxNode checkpoint, SyntaxNode around)
    {
        var isList = around is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax;
        var isUsing = around is UsingStatementSyntax { Statement: var body } && body.Span.Contains(checkpoint.Span);
        return (isList || isUsing)
            && Within(start, around).All(node => node is not LocalFunctionStatementSyntax and not AnonymousFunctionExpressionSyntax { Parent: not ArgumentSyntax })
            && Within(checkpoint, around).All(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or CatchClauseSyntax or FinallyClauseSyntax));
    }

    private static bool HasOtherPurpose(SyntaxNode checkpoint, SyntaxNode around) =>
        (checkpoint is InvocationExpressionSyntax call && Meantime.NameOf(call) is { } name && s_ends.Any(end => name.StartsWith(end, StringComparison.OrdinalIgnoreCase)))
        || around.DescendantNodes().Any(node => node.SpanStart >= checkpoint.Span.End && node is SimpleNameSyntax { Identifier.ValueText: var used } && s_purposes.Contains(used));

    /// <summary>Whoever has started the process may leave there: it stands in the statement that the start is part of, and is not where that failed.</summary>
    private static bool IsLeaving(SyntaxNode node, SyntaxNode start, SyntaxNode around) =>
        node is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax
        && Within(node, around).Any(outer => outer.Span.Contains(start.Span))
        && !Within(node, around).Any(outer => outer is CatchClauseSyntax { Parent: TryStatementSyntax attempt } && attempt.Block.Span.Contains(start.Span));

    private static IEnumerable<SyntaxNode> Within(SyntaxNode node, SyntaxNode around) => node.Ancestors().TakeWhile(outer => outer != around);
}
