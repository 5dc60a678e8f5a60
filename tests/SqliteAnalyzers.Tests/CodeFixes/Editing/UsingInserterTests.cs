using SqliteAnalyzers.CodeFixes.Processes;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Editing;

/// <summary>Where the import of the runtime library goes.</summary>
public sealed class UsingInserterTests
{
    private const string Bad =
        """
        class Program
        {
            static void Run(Microsoft.Data.Sqlite.SqliteConnection connection)
            {
                [|System.Diagnostics.Process.Start("worker")|];
            }
        }
        """;

    private const string Good =
        """
        class Program
        {
            static void Run(Microsoft.Data.Sqlite.SqliteConnection connection)
            {
                connection.Checkpoint();
                System.Diagnostics.Process.Start("worker");
            }
        }
        """;

    private const string Import = "using SqliteAnalyzers.Runtime;\n";

    private readonly FixHarness _fix = new(
        new ProcessStartedWithoutCheckpointFix(),
        Descriptors.ProcessStartedWithoutCheckpoint,
        nameof(Descriptors.ProcessStartedWithoutCheckpoint));

    [Fact]
    public Task At_the_top_of_a_file_without_imports() => VerifyAsync("", Import + "\n");

    [Fact]
    public Task After_the_comment_that_heads_the_file() => VerifyAsync(
        "// Licence: see the file.\n\n", "// Licence: see the file.\n\n" + Import + "\n");

    [Fact]
    public Task Before_the_comment_of_the_first_type() => VerifyAsync("// A program.\n", Import + "\n// A program.\n");

    [Fact]
    public Task In_alphabetical_order() => VerifyAsync(
        "using System;\nusing Dapper;\nusing Xunit = System.Console;\n\n",
        "using System;\nusing Dapper;\nusing Xunit = System.Console;\n" + Import + "\n");

    [Fact]
    public Task Before_what_comes_later_in_the_alphabet() => VerifyAsync(
        "using System;\nusing SQLitePCL;\nusing static System.Math;\n\nnamespace Test;\n\n",
        "using System;\nusing SQLitePCL;\n" + "using static System.Math;\n" + Import + "\nnamespace Test;\n\n");

    [Fact]
    public Task Among_the_imports_of_a_namespace() => VerifyAsync(
        "namespace Test;\n\nusing System;\n\n", "namespace Test;\n\nusing System;\n" + Import + "\n");

    [Fact]
    public Task Not_inside_a_condition() => VerifyAsync(
        "using System;\n#if !NOTHING\nusing System.IO;\n#endif\n\n",
        Import + "using System;\n#if !NOTHING\nusing System.IO;\n#endif\n\n");

    [Fact]
    public Task Not_inside_a_condition_at_the_top() => VerifyAsync(
        "#if !NOTHING\nusing System.IO;\n#endif\n\n", Import + "\n#if !NOTHING\nusing System.IO;\n#endif\n\n");

    [Fact]
    public Task Not_a_second_time() => VerifyAsync(
        "global using SqliteAnalyzers.Runtime;\n\n", "global using SqliteAnalyzers.Runtime;\n\n");

    [Fact]
    public Task Not_inside_the_namespace_itself() => VerifyAsync(
        "namespace SqliteAnalyzers.Runtime.Samples;\n\n", "namespace SqliteAnalyzers.Runtime.Samples;\n\n");

    private Task VerifyAsync(string head, string expectedHead) =>
        _fix.VerifyAsync("Helper", head + Bad, expectedHead + Good, (DiagnosticProperties.Connection, "connection"));
}
