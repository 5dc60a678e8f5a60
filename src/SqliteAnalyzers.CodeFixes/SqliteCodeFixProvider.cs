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
/// They are exported for additional files, too, although they mend none: an editor looks once, at the kind of the file for which it first
/// opens the light bulb, which fixes a project has, and after an appsettings.json there would be none in the code.
/// </remarks>
public abstract class SqliteCodeFixProvider : CodeFixProvider
{
    /// <summary>Ends the keys of what is offered for one finding and left out where all are fixed.</summary>
    private const string Once = ".Once";

    private static readonly Spelling[] s_spellings = [Spelling.Short, Spelling.Qualified];

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

            return fix.Apply([..
                from diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                let edit = variants.Select(variant => ComputeEdit(fix, diagnostic, variant)).FirstOrDefault(edit => edit is { Reach: FixReach.All })
                where edit is not null
                select edit]);
        });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (context.TextDocument is not Document document
            || await FixContext.CreateAsync(document, context.CancellationToken).ConfigureAwait(false) is not { } fix)
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
                            Variants.Length > 1 && variant == FixVariant.Plain ? edit.Title + " (ADO.NET only)" : edit.Title,
                            _ => Task.FromResult(fix.Apply([edit])),
                            edit.Reach == FixReach.One ? EquivalenceKey(variant) + Once : EquivalenceKey(variant)),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>The changes that remove the diagnostic, or null where this variant cannot.</summary>
    private protected abstract DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant);

    private DocumentEdit? ComputeEdit(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (variant == FixVariant.Helper && !context.Runtime.IsReferenced)
        {
            return null;
        }

        foreach (var spelling in s_spellings)
        {
            var spelled = context.With(spelling);
            if (Compute(spelled, diagnostic, variant) is not { Reach: not FixReach.None } edit)
            {
                return null;
            }

            if (EditVerifier.IsSound(spelled, [edit]))
            {
                return edit;
            }
        }

        return null;
    }

    private string EquivalenceKey(FixVariant variant) => $"{_ruleName}.{variant}";

    /// <summary>
    /// The variants of this key; without a key, as dotnet format may ask, all of them, the first that can be applied. Who fixes all because
    /// of a finding that can be fixed only by itself gets the same variant at the others.
    /// </summary>
    private IEnumerable<FixVariant> VariantsFor(string? equivalenceKey) =>
        Variants.Where(variant => equivalenceKey is null || EquivalenceKey(variant) == equivalenceKey || EquivalenceKey(variant) + Once == equivalenceKey);
}
