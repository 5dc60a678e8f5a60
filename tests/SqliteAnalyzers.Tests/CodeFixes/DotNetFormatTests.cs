using SqliteAnalyzers.CodeFixes.Checkpoints;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes;

/// <summary>
/// What dotnet format does and no editor: it asks a fix with the first diagnostic of the analyzer, whatever its rule,
/// and then has all of the fix's own rule fixed, without a key where nothing was offered for that first one.
/// </summary>
public sealed class DotNetFormatTests
{
    private readonly FixHarness _foreign = new(
        new CheckpointResultIgnoredFix(), Descriptors.CheckpointBeforeCommit, nameof(Descriptors.CheckpointResultIgnored));

    private readonly FixHarness _own = new(
        new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored));

    private readonly FixHarness _withoutRuntime = new(
        new CheckpointResultIgnoredFix(), Descriptors.CheckpointResultIgnored, nameof(Descriptors.CheckpointResultIgnored))
    {
        References = TestReferences.WithoutRuntime,
    };

    private static readonly (string, string)[] s_properties =
    [
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, "Full"),
    ];

    private static readonly string s_faulty = Source.Method(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        [|command.ExecuteNonQuery()|];
        """);

    [Fact]
    public async Task A_diagnostic_of_another_rule_is_offered_nothing() =>
        Assert.Empty(await _foreign.OfferedAsync(s_faulty, s_properties));

    [Fact]
    public Task Without_a_key_the_helper_is_called() =>
        _own.VerifyFixAllWithoutVariantAsync(s_faulty, Source.Method("connection.Checkpoint();", runtime: true), s_properties);

    [Fact]
    public Task Without_a_key_and_the_library_plain_code_is_written() =>
        _withoutRuntime.VerifyFixAllWithoutVariantAsync(
            s_faulty,
            Source.Method(
                """
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(FULL)";
                if (command.ExecuteScalar() is 1L)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
                """),
            s_properties);
}
