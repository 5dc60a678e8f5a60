using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Order;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Tests of rules in one call, which besides write and analyse every second source in another order, whereupon all rules must say the same.
/// For other references or an .editorconfig, configure the <see cref="RuleTest"/>.
/// </summary>
internal static class RuleVerifier
{
    /// <summary>One source of so many is tried in another order too: what depends on order shows in many.</summary>
    private const int Share = 2;

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
        var seed = program.Files[0].Text.Length;
        if (seed % Share == 0)
        {
            await OrderVerifier.VerifyAsync(program, Variations.Cheap, count: 1, seed);
        }
    }
}
