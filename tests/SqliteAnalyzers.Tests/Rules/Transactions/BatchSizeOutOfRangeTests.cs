using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4003 at each constant that the helper refuses, and at none that it takes.</summary>
public sealed class BatchSizeOutOfRangeTests
{
    [Theory]
    [InlineData("new SqliteBatchWriter(connection, [|0|])")]
    [InlineData("new SqliteBatchWriter(connection, [|-1|])")]
    [InlineData("new SqliteBatchWriter(connection, [|100_001|])")]
    [InlineData("new SqliteBatchWriter(connection, batchSize: [|1000 * 1000|])")]
    [InlineData("new SqliteBatchWriter(batchSize: [|int.MaxValue|], connection: connection)")]
    [InlineData("new SqliteAnalyzers.Runtime.SqliteBatchWriter(connection, [|(0)|])")]
    [InlineData("new Batch(connection, [|0|])")]
    public Task Sizes_that_are_refused(string creation) => VerifyAsync($"using var batch = {creation};");

    [Fact]
    public Task A_target_typed_creation_and_a_constant_of_the_program() => VerifyAsync("const int size = 250_000; using SqliteBatchWriter batch = new(connection, [|size|]);");

    [Theory]
    [InlineData("new SqliteBatchWriter(connection)")]
    [InlineData("new SqliteBatchWriter(connection, 1)")]
    [InlineData("new SqliteBatchWriter(connection, 5000)")]
    [InlineData("new SqliteBatchWriter(connection, 100_000)")]
    [InlineData("new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize)")]
    [InlineData("new SqliteBatchWriter(connection, batchSize: SqliteBatchWriter.DefaultBatchSize)")]
    [InlineData("new SqliteBatchWriter(connection, Environment.ProcessorCount)")]
    [InlineData("new Own.SqliteBatchWriter(connection, 0)")]
    [InlineData("new MemoryStream(0)")]
    public Task Clean(string creation) => VerifyAsync($"using var batch = {creation};");

    [Fact]
    public Task Clean_without_the_helper() => RuleVerifier.VerifyAsync(
        Descriptors.BatchSizeOutOfRange,
        RuleSource.Alone("class SqliteBatchWriter(SqliteConnection connection, int batchSize) { SqliteBatchWriter? Next => new(connection, 0); int Size => batchSize; }"),
        test => test.References = TestReferences.WithoutRuntime);

    [Fact]
    public Task Clean_in_half_typed_code() => RuleVerifier.VerifyAsync(
        Descriptors.BatchSizeOutOfRange,
        Source("using var batch = new SqliteBatchWriter(connection, );"),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public Task The_message_names_the_size() => RuleVerifier.VerifyAsync(
        Descriptors.BatchSizeOutOfRange,
        Source("using var batch = new SqliteBatchWriter(connection, {|#0:0|});"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.BatchSizeOutOfRange).WithLocation(0).WithArguments("SqliteBatchWriter refuses a batch size of 0 with an ArgumentOutOfRangeException")));

    /// <summary>The helper itself says which sizes it takes.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void The_helper_refuses_these(int size, bool isTaken)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        connection.Open();

        var exception = Record.Exception(() => new Runtime.SqliteBatchWriter(connection, size).Dispose());

        Assert.Equal(isTaken ? null : typeof(ArgumentOutOfRangeException), exception?.GetType());
    }

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.BatchSizeOutOfRange, Source(statements));

    private static string Source(string statements) => RuleSource.Alone(
        $$"""
        using SqliteAnalyzers.Runtime;
        using Batch = SqliteAnalyzers.Runtime.SqliteBatchWriter;
        class Program
        {
            static void Run(SqliteConnection connection)
            {
                {{statements}}
            }
        }

        namespace Own
        {
            class SqliteBatchWriter(SqliteConnection connection, int size) : IDisposable
            {
                public void Dispose() => Console.WriteLine(connection.DataSource + size);
            }
        }
        """);
}
