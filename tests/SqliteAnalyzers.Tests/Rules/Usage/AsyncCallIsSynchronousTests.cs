using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>SQLITE5004 at each asynchronous call of the driver, and at none of anything else.</summary>
public sealed class AsyncCallIsSynchronousTests
{
    private const string On = "dotnet_diagnostic.SQLITE5004.severity = suggestion";

    [Theory]
    [InlineData("await [|connection.OpenAsync()|];")]
    [InlineData("await [|connection.OpenAsync(token)|].ConfigureAwait(false);")]
    [InlineData("await [|connection.CloseAsync()|];")]
    [InlineData("await [|connection.DisposeAsync()|];")]
    [InlineData("await using var transaction = await [|connection.BeginTransactionAsync(token)|]; await [|transaction.CommitAsync(token)|];")]
    [InlineData("using var command = connection.CreateCommand(); await [|command.ExecuteNonQueryAsync(token)|];")]
    [InlineData("using var command = connection.CreateCommand(); var value = await [|command.ExecuteScalarAsync()|];")]
    [InlineData("using var command = connection.CreateCommand(); await [|command.PrepareAsync()|];")]
    [InlineData("using var command = new SqliteCommand(\"SELECT 1\", connection); using var reader = await [|command.ExecuteReaderAsync()|]; while (await [|reader.ReadAsync()|]) { await [|reader.GetFieldValueAsync<int>(0)|]; }")]
    [InlineData("using var command = new SqliteCommand(\"SELECT 1\", connection); using var reader = command.ExecuteReader(); await [|reader.NextResultAsync()|]; await [|reader.IsDBNullAsync(0)|];")]
    [InlineData("[|connection.OpenAsync()|].Wait();")]
    [InlineData("var task = [|connection.OpenAsync()|]; await task;")]
    [InlineData("await Task.WhenAll([|connection.OpenAsync()|], Task.Delay(1));")]
    [InlineData("Func<Task> open = () => [|connection.OpenAsync()|]; await open();")]
    [InlineData("SqliteConnection? other = connection; await (other?[|.OpenAsync()|] ?? Task.CompletedTask);")]
    public Task Types_of_the_driver(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("DbConnection other = new SqliteConnection(\"Data Source=app.db\"); await [|other.OpenAsync()|];")]
    [InlineData("DbConnection other = connection; await using DbCommand command = other.CreateCommand(); await [|command.ExecuteNonQueryAsync()|];")]
    [InlineData("DbCommand command = connection.CreateCommand(); DbDataReader reader = await [|command.ExecuteReaderAsync()|]; await [|reader.ReadAsync()|];")]
    [InlineData("await [|((DbConnection)connection).OpenAsync()|];")]
    [InlineData("DbTransaction transaction = await [|connection.BeginTransactionAsync()|].ConfigureAwait(false); await [|transaction.RollbackAsync()|];")]
    public Task Types_of_ADO_NET_that_are_certain(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Open();")]
    [InlineData("using var command = connection.CreateCommand(); command.ExecuteNonQuery();")]
    [InlineData("await using var other = new SqliteConnection(\"Data Source=app.db\"); other.Open();")]
    [InlineData("await connection.QueryAsync<int>(\"SELECT 1\");")]
    [InlineData("await Task.Run(() => connection.Open());")]
    [InlineData("await File.ReadAllTextAsync(\"app.txt\", token);")]
    [InlineData("await using var stream = File.OpenRead(\"app.txt\"); await stream.ReadAsync(new byte[1], token);")]
    [InlineData("DbConnection other = Other(); await other.OpenAsync();")]
    [InlineData("DbConnection other = connection; other = Other(); await other.OpenAsync();")]
    [InlineData("DbConnection other = connection; Replace(ref other); await other.OpenAsync();")]
    [InlineData("DbConnection other = token.CanBeCanceled ? Other() : connection; await other.OpenAsync();")]
    [InlineData("foreach (DbConnection other in new[] { Other() }) await other.OpenAsync();")]
    [InlineData("await new Own.Connection().OpenAsync();")]
    [InlineData("DbConnection other = new Own.Derived(); await other.OpenAsync(); await new Own.Derived().OpenAsync(token);")]
    [InlineData("Func<string> name = () => nameof(connection.OpenAsync); await Task.Yield(); name();")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Aliases_fields_and_parameters() => VerifySourceAsync(RuleSource.Alone(
        """
        using Command = Microsoft.Data.Sqlite.SqliteCommand;
        class Program(SqliteConnection field)
        {
            private readonly SqliteConnection _field = field;
            public Task OpenAsync() => [|_field.OpenAsync()|];
            public Task<int> RunAsync(Command command) => [|command.ExecuteNonQueryAsync()|];
            public Task Given(Func<Command, Task<object?>> run, Command command) => run(command);
            public Task Passed(Command command) => Given(each => [|each.ExecuteScalarAsync()|], command);
            public Task Clean(DbCommand command) => command.ExecuteNonQueryAsync();
        }
        """));

    [Fact]
    public Task Clean_without_the_driver() => RuleVerifier.VerifyAsync(
        Descriptors.AsyncCallIsSynchronous,
        "class Program { System.Threading.Tasks.Task Run(System.Data.SQLite.SQLiteConnection connection) => connection.OpenAsync(); }",
        test => (test.References, test.EditorConfig) = (TestReferences.OnlySystemDataSqlite, On));

    [Fact]
    public Task Clean_where_it_is_not_turned_on() => RuleVerifier.VerifyAsync(
        Descriptors.AsyncCallIsSynchronous,
        RuleSource.Alone("class Program { Task Run(SqliteConnection connection) => connection.OpenAsync(); }"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE5004.severity = none");

    [Theory]
    [InlineData("await connection.OpenAsync")]
    [InlineData("await unknown.OpenAsync();")]
    public Task Clean_in_half_typed_code(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.AsyncCallIsSynchronous,
        Method(statements),
        test => (test.CompilerDiagnostics, test.EditorConfig) = (CompilerDiagnostics.None, On));

    [Fact]
    public Task The_message_names_both_methods() => RuleVerifier.VerifyAsync(
        Descriptors.AsyncCallIsSynchronous,
        Method("await {|#0:connection.OpenAsync()|};"),
        test =>
        {
            test.EditorConfig = On;
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.AsyncCallIsSynchronous).WithLocation(0).WithArguments("OpenAsync", "Open"));
        });

    private static string Method(string statements) => RuleSource.Alone(
        $$"""
        using System.Threading;
        class Program
        {
            static DbConnection Other() => throw new NotSupportedException();
            static void Replace(ref DbConnection connection) => connection = Other();
            static async Task RunAsync(SqliteConnection connection, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        namespace Own
        {
            class Connection { public Task OpenAsync() => Task.CompletedTask; }
            class Derived : SqliteConnection { public override Task OpenAsync(CancellationToken token) => Task.Run(Open); }
        }
        """);

    private static Task VerifyAsync(string statements) => VerifySourceAsync(Method(statements));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.AsyncCallIsSynchronous, source, test => test.EditorConfig = On);
}
