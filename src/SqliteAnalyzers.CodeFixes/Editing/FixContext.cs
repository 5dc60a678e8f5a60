using System.Collections.Generic;
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
    }

    public Document Document { get; }

    public CompilationUnitSyntax Root { get; }

    public SourceText Text { get; }

    public SemanticModel Model { get; }

    public CancellationToken CancellationToken { get; }

    public Layout Layout { get; }

    public RuntimeLibrary Runtime { get; }

    public static async Task<FixContext?> CreateAsync(Document document, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);

        return root is CompilationUnitSyntax unit && model is not null
            ? new FixContext(document, unit, text, model, cancellationToken)
            : null;
    }

    /// <summary>The document with the edits made and the namespaces they need imported.</summary>
    public Document Apply(IEnumerable<DocumentEdit?> edits)
    {
        var (changes, namespaces) = DocumentEdit.Merge(edits);
        var imports = UsingInserter.Insert(this, namespaces);
        return changes.Count == 0 ? Document : Document.WithText(Text.WithChanges(imports.Concat(changes)));
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
        return symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol
            || symbol is ILocalSymbol local && IsDeclaredBefore(local, before)
            ? new NamedValue(text!, type, symbol)
            : null;
    }

    /// <summary>The invocation a diagnostic stands on.</summary>
    public InvocationExpressionSyntax? FindInvocation(TextSpan span)
    {
        var node = Root.FindNode(span, getInnermostNodeForTie: true);
        return node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(invocation => span.Contains(invocation.Span))
            ?? node.FirstAncestorOrSelf<InvocationExpressionSyntax>();
    }

    /// <summary>Adds the import of System unless <c>InvalidOperationException</c> can be named at the position.</summary>
    public void ImportInvalidOperationException(DocumentEdit edit, int position)
    {
        if (!Model.LookupNamespacesAndTypes(position, name: "InvalidOperationException").Any())
        {
            edit.Import("System");
        }
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
