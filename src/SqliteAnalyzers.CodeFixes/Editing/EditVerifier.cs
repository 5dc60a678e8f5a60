using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Sqlite;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Compiles a document with edits made, and looks whether it means what the fix means: no new error or warning, new names that lead
/// to what they were written for, and old names that lead where they did.
/// </summary>
internal static class EditVerifier
{
    /// <summary>The names that fixes write, and the namespace each must lead to.</summary>
    private static readonly Dictionary<string, string> s_meanings = new(StringComparer.Ordinal)
    {
        ["OpenConfigured"] = RuntimeLibrary.Namespace,
        ["Configure"] = RuntimeLibrary.Namespace,
        ["Checkpoint"] = RuntimeLibrary.Namespace,
        ["TryCheckpoint"] = RuntimeLibrary.Namespace,
        ["SqliteCheckpointMode"] = RuntimeLibrary.Namespace,
        ["SqliteConnectionOptions"] = RuntimeLibrary.Namespace,
        ["SqliteTempStore"] = RuntimeLibrary.Namespace,
        ["SqliteConnection"] = "Microsoft.Data.Sqlite",
        ["InvalidOperationException"] = "System",
    };

    public static bool IsSound(FixContext context, IEnumerable<DocumentEdit> edits)
    {
        var changes = context.ChangesOf(edits, out var namespaces);
        if (changes.Zip(changes.Skip(1), (change, next) => change.Span.End > next.Span.Start).Any(overlaps => overlaps))
        {
            return false;
        }

        var tree = context.Root.SyntaxTree;
        var changed = tree.WithChangedText(context.Text.WithChanges(changes));
        var compilation = context.Model.Compilation.ReplaceSyntaxTree(tree, changed);
        var model = compilation.GetSemanticModel(changed);
        var root = changed.GetRoot(context.CancellationToken);
        var written = SpansAfter(changes);

        return HasNoNewProblems(context, model)
            && root.DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => s_meanings.ContainsKey(name.Identifier.ValueText) && written.Any(span => span.Contains(name.Span)))
                .All(name => IsMeant(model, name))
            && (namespaces.Count == 0 || LeavesOtherNames(context, changes, model, root, written, namespaces));
    }

    private static bool HasNoNewProblems(FixContext context, SemanticModel model)
    {
        var old = context.Problems.Value.ToLookup(problem => (problem.Id, problem.GetMessage()));
        return FixContext.ProblemsOf(model, context.CancellationToken)
            .GroupBy(problem => (problem.Id, problem.GetMessage()))
            .All(problems => problems.Count() <= old[problems.Key].Count());
    }

    /// <summary>A member of the program's own that is called after another of its objects is none of ours.</summary>
    private static bool IsMeant(SemanticModel model, SimpleNameSyntax name)
    {
        var symbol = model.GetSymbolInfo(name).Symbol;
        return symbol switch
        {
            IMethodSymbol { IsExtensionMethod: false, IsStatic: false, MethodKind: MethodKind.Ordinary } => true,
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => IsIn(constructor.ContainingType),
            IMethodSymbol or INamedTypeSymbol => IsIn(symbol),
            null => false,
            _ => true,
        };

        bool IsIn(ISymbol named) =>
            named.ContainingNamespace?.ToDisplayString() == s_meanings[name.Identifier.ValueText]
            || named.ContainingType?.ToDisplayString() == RuntimeLibrary.DatabaseFacadeExtensions;
    }

    /// <summary>Whether names outside of what is written mean what they did, although namespaces are imported that have such names too.</summary>
    private static bool LeavesOtherNames(
        FixContext context,
        IReadOnlyList<TextChange> changes,
        SemanticModel model,
        SyntaxNode root,
        IReadOnlyList<TextSpan> written,
        IEnumerable<string> namespaces)
    {
        var names = new HashSet<string>(namespaces.SelectMany(@namespace => NamesIn(context.Model.Compilation, @namespace)));
        var before = MeaningsOf(context.Model, context.Root, [.. changes.Select(change => change.Span)], names);
        return before.SequenceEqual(MeaningsOf(model, root, written, names));
    }

    private static IEnumerable<string?> MeaningsOf(
        SemanticModel model, SyntaxNode root, IReadOnlyList<TextSpan> without, ICollection<string> names) =>
        root.DescendantNodes(node => node is not UsingDirectiveSyntax)
            .OfType<SimpleNameSyntax>()
            .Where(name => names.Contains(name.Identifier.ValueText) && !without.Any(span => span.Contains(name.Span)))
            .Select(name => model.GetSymbolInfo(name).Symbol?.ToDisplayString());

    private static IEnumerable<string> NamesIn(Compilation compilation, string @namespace)
    {
        INamespaceSymbol? found = compilation.GlobalNamespace;
        foreach (var part in @namespace.Split('.'))
        {
            found = found?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        }

        return found?.GetTypeMembers().SelectMany(type =>
            type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod).Select(method => method.Name).Append(type.Name)) ?? [];
    }

    /// <summary>Where the text that the changes write stands afterwards.</summary>
    private static IReadOnlyList<TextSpan> SpansAfter(IReadOnlyList<TextChange> changes)
    {
        var spans = new List<TextSpan>();
        var moved = 0;
        foreach (var change in changes)
        {
            var length = change.NewText!.Length;
            spans.Add(new TextSpan(change.Span.Start + moved, length));
            moved += length - change.Span.Length;
        }

        return spans;
    }
}
