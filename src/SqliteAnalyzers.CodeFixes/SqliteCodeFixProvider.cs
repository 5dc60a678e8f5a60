using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes;

/// <summary>
/// A fix of one rule: each variant is computed before it is offered, so that what is offered can be applied.
/// </summary>
/// <remarks>
/// The providers carry no <c>[Shared]</c>: its assembly, System.Composition, would be referenced in a version that older hosts
/// do not have, and the providers keep no state anyway.
/// </remarks>
public abstract class SqliteCodeFixProvider : CodeFixProvider
{
    private readonly DiagnosticDescriptor _rule;
    private readonly string _ruleName;

    private protected SqliteCodeFixProvider(DiagnosticDescriptor rule, string ruleName)
    {
        _rule = rule;
        _ruleName = ruleName;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(_rule.Id);

    /// <summary>The variants of this fix, the recommended one first.</summary>
    private protected virtual ImmutableArray<FixVariant> Variants =>
        ImmutableArray.Create(FixVariant.Helper, FixVariant.Plain);

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
        {
            var variants = VariantsFor(context.CodeActionEquivalenceKey);
            var fix = await FixContext.CreateAsync(document, context.CancellationToken).ConfigureAwait(false);
            if (fix is null)
            {
                return document;
            }

            return fix.Apply(
                diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                    .Select(diagnostic => variants.Select(variant => ComputeEdit(fix, diagnostic, variant)).FirstOrDefault(edit => edit is not null)));
        });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var fix = await FixContext.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false);
        if (fix is null)
        {
            return;
        }

        // dotnet format asks with any diagnostic of the analyzer, also of another rule.
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => diagnostic.Id == _rule.Id))
        {
            foreach (var variant in Variants)
            {
                if (ComputeEdit(fix, diagnostic, variant) is { } edit)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(
                            Title(diagnostic, variant),
                            _ => Task.FromResult(fix.Apply([edit])),
                            EquivalenceKey(variant)),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>What the light bulb says.</summary>
    private protected abstract string Title(Diagnostic diagnostic, FixVariant variant);

    /// <summary>The changes that remove the diagnostic, or null where this variant cannot.</summary>
    private protected abstract DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant);

    private DocumentEdit? ComputeEdit(FixContext context, Diagnostic diagnostic, FixVariant variant) =>
        variant == FixVariant.Helper && !context.Runtime.IsReferenced
            ? null
            : Compute(context, diagnostic, variant);

    private string EquivalenceKey(FixVariant variant) => $"{_ruleName}.{variant}";

    /// <summary>The variants of this key; without a key, as dotnet format may ask, all of them, the first that can be applied.</summary>
    private IEnumerable<FixVariant> VariantsFor(string? equivalenceKey) =>
        Variants.Where(variant => equivalenceKey is null || EquivalenceKey(variant) == equivalenceKey);
}
