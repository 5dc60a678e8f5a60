using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Order;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Tests of rules in one call, which besides write and analyse the source in other orders, whereupon all rules must say the same.
/// For other references or an .editorconfig, configure the <see cref="RuleTest"/>.
/// </summary>
internal static class RuleVerifier
{
    /// <summary>The other orders that each source is tried in.</summary>
    private const int Reordered = 1;

    /// <summary>
    /// Checks that <paramref name="rule"/> speaks at each <c>[|…|]</c> of <paramref name="source"/> and nowhere else;
    /// source without marks must be clean. Other rules are turned off.
    /// </summary>
    public static Task VerifyAsync(DiagnosticDescriptor rule, string source, Action<RuleTest>? configure = null) =>
        RunAsync(new RuleTest(rule, source), configure);

    /// <summary>
    /// Checks that all rules together speak exactly at the marks <c>{|SQLITE1001:…|}</c> of <paramref name="source"/>.
    /// </summary>
    public static Task VerifyAllRulesAsync(string source, Action<RuleTest>? configure = null) =>
        RunAsync(new RuleTest(rule: null, source), configure);

    private static async Task RunAsync(RuleTest test, Action<RuleTest>? configure)
    {
        configure?.Invoke(test);
        await test.RunAsync(TestContext.Current.CancellationToken);

        var program = test.ToProgram();
        await OrderVerifier.VerifyAsync(program, Variations.Cheap, Reordered, seed: program.Files[0].Text.Length);
    }
}
