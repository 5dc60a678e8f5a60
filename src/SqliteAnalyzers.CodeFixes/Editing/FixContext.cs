using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Sqlite;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// A document as the fixes see it: tree, text, meaning and layout of one version.
/// </summary>
internal sealed class FixContext
{
    private FixContext(Document document, CompilationUnitSyntax root, SourceText text, SemanticModel model, CancellationToken cancellationToken)
    {
        Document = document;
        Root = root;
        Text = text;
        Model = model;
        CancellationToken = cancellationToken;
        Layout = new Layout(text);
        Runtime = new RuntimeLibrary(model.Compilation);
        Effects = new CodeEffects(model, cancellationToken);
        Problems = new Lazy<ImmutableArray<Diagnostic>>(() => ProblemsOf(model, cancellationToken));
    }

    private FixContext(FixContext other, Spelling spelling)
    {
        Document = other.Document;
        Root = other.Root;
        Text = other.Text;
        Model = other.Model;
        CancellationToken = other.CancellationToken;
        Layout = other.Layout;
        Runtime = other.Runtime;
        Effects = other.Effects;
        Problems = other.Problems;
        Spelling = spelling;
    }

    public Document Document { get; }

    public CompilationUnitSyntax Root { get; }

    public SourceText Text { get; }

    public SemanticModel Model { get; }

    public CancellationToken CancellationToken { get; }

    public Layout Layout { get; }

    public RuntimeLibrary Runtime { get; }

    /// <summary>What calls in the document, and the code they lead to, may do.</summary>
    public CodeEffects Effects { get; }

    /// <summary>How names are written that the document does not have yet.</summary>
    public Spelling Spelling { get; }

    /// <summary>The compiler's errors and warnings in the document.</summary>
    public Lazy<ImmutableArray<Diagnostic>> Problems { get; }

    public FixContext With(Spelling spelling) => new(this, spelling);

    public static ImmutableArray<Diagnostic> ProblemsOf(SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDiagnostics(cancellationToken: cancellationToken).Where(problem => problem.Severity >= DiagnosticSeverity.Warning).ToImmutableArray();

    public static async Task<FixContext?> CreateAsync(Document document, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);

        return root is CompilationUnitSyntax unit && model is not null
            ? new FixContext(document, unit, text, model, cancellationToken)
            : null;
    }

    /// <summary>The document with those of the edits made that can be made together, and the namespaces they need imported.</summary>
    public Document Apply(IReadOnlyList<DocumentEdit> edits)
    {
        if (!EditVerifier.IsSound(this, edits))
        {
            var sound = new List<DocumentEdit>();
            foreach (var edit in edits)
            {
                sound.Add(edit);
                if (!EditVerifier.IsSound(this, sound))
                {
                    sound.RemoveAt(sound.Count - 1);
                }
            }

            edits = sound;
        }

        var changes = ChangesOf(edits, out _);
        return changes.Count == 0 ? Document : Document.WithText(Text.WithChanges(changes));
    }

    /// <summary>The changes that the edits and their imports make together, in order of position.</summary>
    public IReadOnlyList<TextChange> ChangesOf(IEnumerable<DocumentEdit> edits, out ImmutableSortedSet<string> namespaces)
    {
        (var changes, namespaces) = DocumentEdit.Merge(edits);
        return changes.Count == 0
            ? changes
            : [.. UsingInserter.Insert(this, namespaces).Concat(changes).OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length)];
    }

    /// <summary>
    /// What the expression <paramref name="text"/> means at <paramref name="position"/>; null unless it is a name (or a chain of names)
    /// that is declared before <paramref name="before"/>, or a constant.
    /// </summary>
    public NamedValue? Bind(string? text, int position, int before)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var expression = SyntaxFactory.ParseExpression(text!);
        if (expression.ContainsDiagnostics || expression.ToString() != text)
        {
            return null;
        }

        var type = Model.GetSpeculativeTypeInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Type;
        if (type is null or IErrorTypeSymbol)
        {
            return null;
        }

        if (expression is LiteralExpressionSyntax)
        {
            return new NamedValue(text!, type, Symbol: null);
        }

        var symbol = Model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
        return symbol is IFieldSymbol or IParameterSymbol
            || symbol is IPropertySymbol property && IsStored(property)
            || symbol is ILocalSymbol local && IsDeclaredBefore(local, before)
            ? new NamedValue(text!, type, symbol)
            : null;
    }

    /// <summary>Whether the property holds a value, as opposed to making one each time it is asked.</summary>
    public bool IsStored(IPropertySymbol property) =>
        !property.IsIndexer
        && property.DeclaringSyntaxReferences.All(reference =>
            property is { IsAbstract: false, IsVirtual: false, IsOverride: false }
            && (reference.GetSyntax(CancellationToken) is not PropertyDeclarationSyntax declaration
                || declaration.ExpressionBody is null
                && declaration.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) != false));

    /// <summary>The invocation a diagnostic stands on.</summary>
    public InvocationExpressionSyntax? FindInvocation(TextSpan span)
    {
        var node = Root.FindNode(span, getInnermostNodeForTie: true);
        return node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(invocation => span.Contains(invocation.Span))
            ?? node.FirstAncestorOrSelf<InvocationExpressionSyntax>();
    }

    /// <summary>The name of a type as it is written in new text; imports its namespace where that is how the name is found.</summary>
    public string Spell(string @namespace, string name, int position, DocumentEdit edit)
    {
        if (Spelling == Spelling.Qualified)
        {
            return $"global::{@namespace}.{name}";
        }

        if (!Model.LookupNamespacesAndTypes(position, name: name).Any(found => found.ContainingNamespace?.ToDisplayString() == @namespace))
        {
            edit.Import(@namespace);
        }

        return name;
    }

    /// <summary>A call of one of the runtime library's extension methods.</summary>
    public string CallRuntime(string receiver, string method, string arguments, DocumentEdit edit)
    {
        if (Spelling == Spelling.Qualified)
        {
            return $"global::{RuntimeLibrary.Namespace}.{RuntimeLibrary.Extensions}.{method}({receiver}{(arguments.Length == 0 ? "" : ", ")}{arguments})";
        }

        edit.Import(RuntimeLibrary.Namespace);
        return $"{receiver}.{method}({arguments})";
    }

    /// <summary>
    /// <paramref name="name"/>, with a number where the member around the position uses that name already.
    /// </summary>
    public string UniqueName(string name, int position)
    {
        var member = Root.FindToken(position).Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>(
            ancestor => ancestor is not GlobalStatementSyntax);
        var used = new HashSet<string>(
            (member ?? (SyntaxNode)Root).DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(token => token.ValueText));

        var unique = name;
        for (var number = 2; used.Contains(unique); number++)
        {
            unique = name + number;
        }

        return unique;
    }

    private static bool IsDeclaredBefore(ILocalSymbol local, int position) =>
        local.DeclaringSyntaxReferences is [{ Span: var declaration }, ..] && declaration.End <= position;
}
