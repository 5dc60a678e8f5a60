using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Tests of a rule together with its fix.
/// </summary>
internal static class FixVerifier
{
    /// <summary>
    /// Checks that <paramref name="rule"/> speaks at each <c>[|…|]</c> of <paramref name="source"/>, and that the variant of its fix makes
    /// <paramref name="expected"/> of it, one by one and all at once.
    /// </summary>
    public static Task VerifyAsync(DiagnosticDescriptor rule, string equivalenceKey, string source, string expected, Action<FixTest>? configure = null)
    {
        var test = new FixTest(rule, equivalenceKey);
        test.AddDocument(source, expected);
        configure?.Invoke(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
