using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>Suppresses what other analyzers say of a synchronous call of Microsoft.Data.Sqlite: that its asynchronous overload should be called.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncAdviceSuppressor : DiagnosticSuppressor
{
    private const string Justification = "The asynchronous methods of Microsoft.Data.Sqlite do their work before they return: they block as the synchronous ones do.";

    /// <summary>NetAnalyzers, Microsoft.VisualStudio.Threading.Analyzers, Meziantou.Analyzer (in an asynchronous method, and in any), AsyncFixer, SonarAnalyzer.</summary>
    private static readonly ImmutableDictionary<string, SuppressionDescriptor> s_suppressions =
        new[] { "CA1849", "VSTHRD103", "MA0042", "MA0045", "AsyncFixer02", "S6966" }
            .ToImmutableDictionary(id => id, id => new SuppressionDescriptor($"SQLITE5004_{id}", id, Justification));

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = s_suppressions.Values.OrderBy(suppression => suppression.Id, StringComparer.Ordinal).ToImmutableArray();

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (DriverCalls.For(context.Compilation) is not { } driver)
        {
            return;
        }

        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && CallAt(diagnostic.Location, tree.GetRoot(context.CancellationToken)) is { } call
                && driver.MethodOf(call, context.GetSemanticModel(tree), context.CancellationToken) is not null)
            {
                context.ReportSuppression(Suppression.Create(s_suppressions[diagnostic.Id], diagnostic));
            }
        }
    }

    /// <summary>The call that a diagnostic stands on, or on the name of.</summary>
    private static InvocationExpressionSyntax? CallAt(Location location, SyntaxNode root)
    {
        var span = location.SourceSpan;
        var call = root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>();
        return call is not null && (call.Span == span || call.Expression.Span == span || DriverCalls.NameOf(call)?.Span == span) ? call : null;
    }
}
