using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>SQLITE5001 where two threads certainly have one connection at the same time, and nowhere else.</summary>
public sealed class ConnectionUsedAcrossThreadsTests
{
    [Theory]
    [InlineData("Parallel.ForEach(items, item => [|connection|].Execute(item));")]
    [InlineData("Parallel.For(0, 10, i => { Db.Write([|connection|]); });")]
    [InlineData("await Parallel.ForEachAsync(items, async (item, token) => { using var command = [|connection|].CreateCommand(); await command.ExecuteNonQueryAsync(token); });")]
    [InlineData("items.AsParallel().ForAll(item => [|connection|].Execute(item));")]
    [InlineData("Parallel.Invoke(() => Db.Write([|connection|]), () => Db.Write([|connection|]));")]
    [InlineData("var task = Task.Run(() => Db.Write([|connection|])); Db.Write(connection); await task;")]
    [InlineData("_ = Task.Run(() => Db.Write([|connection|])); connection.Execute(\"SELECT 1\");")]
    [InlineData("Task.Run(() => Db.Write([|connection|])); connection.Execute(\"SELECT 1\");")]
    [InlineData("var task = Task.Factory.StartNew(() => Db.Write([|connection|])); Db.Write(connection); task.Wait();")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write([|connection|])); thread.Start(); Db.Write(connection); thread.Join();")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write([|connection|])); Db.Write(connection); thread.Start(); Db.Write(connection); thread.Join();")]
    [InlineData("new System.Threading.Thread(() => Db.Write([|connection|])).Start(); Db.Write(connection);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => Db.Write([|connection|])); Db.Write(connection);")]
    [InlineData("await Task.WhenAll(Task.Run(() => Db.Write([|connection|])), Task.Run(() => Db.Write(connection)));")]
    [InlineData("await Task.WhenAll(items.Select(item => Task.Run(() => [|connection|].Execute(item))));")]
    [InlineData("var tasks = new List<Task>(); foreach (var item in items) { tasks.Add(Task.Run(() => [|connection|].Execute(item))); } await Task.WhenAll(tasks);")]
    public Task One_connection_on_two_threads(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { using var own = Db.Open(); own.Execute(item); });")]
    [InlineData("Parallel.ForEach(items, item => { lock (items) { connection.Execute(item); } });")]
    [InlineData("var gate = new System.Threading.SemaphoreSlim(1); await Parallel.ForEachAsync(items, async (item, token) => { await gate.WaitAsync(token); connection.Execute(item); gate.Release(); });")]
    [InlineData("Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 1 }, item => connection.Execute(item));")]
    [InlineData("Parallel.ForEach(items, item => { using var own = new SqliteConnection(connection.ConnectionString); own.Open(); own.Execute(item); });")]
    [InlineData("Parallel.ForEach(items, item => Console.WriteLine(item)); Db.Write(connection);")]
    [InlineData("await Task.Run(() => Db.Write(connection)); Db.Write(connection);")]
    [InlineData("await Task.Run(() => Db.Write(connection)).ConfigureAwait(false); Db.Write(connection);")]
    [InlineData("Task.Run(() => Db.Write(connection)).Wait(); Db.Write(connection);")]
    [InlineData("Task.Run(() => Db.Write(connection)).GetAwaiter().GetResult(); Db.Write(connection);")]
    [InlineData("var count = Task.Run(() => connection.ExecuteScalar<long>(\"SELECT 1\")).Result; Db.Write(connection);")]
    [InlineData("var task = Task.Run(() => Db.Write(connection)); Console.WriteLine(\"waiting\"); await task; Db.Write(connection);")]
    [InlineData("var task = Task.Run(() => { using var own = Db.Open(); Db.Write(own); }); Db.Write(connection); await task;")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)); thread.Start(); thread.Join(); Db.Write(connection);")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)); Db.Write(connection); thread.Start(); thread.Join();")]
    [InlineData("System.Threading.Thread thread; thread = new System.Threading.Thread(() => Db.Write(connection)); Db.Write(connection); thread.Start();")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)); Db.Write(connection); GC.KeepAlive(thread);")]
    [InlineData("Parallel.Invoke(() => Db.Write(connection), () => Console.WriteLine(1));")]
    [InlineData("foreach (var item in items) { await Task.Run(() => connection.Execute(item)); }")]
    [InlineData("foreach (var item in items) { using var own = Db.Open(); _ = Task.Run(() => own.Execute(item)); }")]
    [InlineData("items.ToList().ForEach(item => connection.Execute(item));")]
    [InlineData("await Task.WhenAll(items.Select(async item => { await using var own = Db.Open(); own.Execute(item); }));")]
    [InlineData("var name = await Task.Run(() => nameof(connection)); Db.Write(connection);")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Clean_for_a_field_that_is_guarded() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.Types(
            """
            class Store
            {
                private readonly object _gate = new();
                private readonly SqliteConnection _connection = Db.Open();
                public void Save(string[] items) => Parallel.ForEach(items, Save);
                private void Save(string item) { lock (_gate) { _connection.Execute(item); } }
            }
            """));

    [Fact]
    public Task One_connection_for_all_contexts() => VerifyContextsAsync(
        "var connection = new SqliteConnection(\"Data Source=app.db\"); services.AddDbContext<Shop>(options => options.UseSqlite([|connection|]));");

    [Theory]
    [InlineData("services.AddDbContext<Shop>(options => options.UseSqlite(\"Data Source=app.db\"));")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=:memory:\"); connection.Open(); services.AddDbContext<Shop>(options => options.UseSqlite(connection));")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=shared;Mode=Memory;Cache=Shared\"); services.AddDbContext<Shop>(options => options.UseSqlite(connection));")]
    [InlineData("services.AddDbContext<Shop>(options => { var connection = new SqliteConnection(\"Data Source=app.db\"); options.UseSqlite(connection); });")]
    [InlineData("SqliteConnection connection = Make(); services.AddDbContext<Shop>(options => options.UseSqlite(connection));")]
    public Task Clean_contexts(string statements) => VerifyContextsAsync(statements);

    [Fact]
    public Task Clean_in_a_test_project() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.Statements("Parallel.ForEach(items, item => connection.Execute(item));") + "\nnamespace Xunit { class FactAttribute : Attribute; }");

    [Theory]
    [InlineData("Parallel.ForEach(items, item => connection.Execute(")]
    [InlineData("Task.Run(() => connection")]
    public Task Half_typed_code_is_survived(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.Statements("unknown." + statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("Parallel.ForEach(items, item => {|#0:connection|}.Execute(item));", "every other run of this delegate")]
    [InlineData("var task = Task.Run(() => Db.Write({|#0:connection|})); Db.Write(connection); await task;", "the code beside this delegate")]
    public Task The_message_says_who_else_uses_it(string statements, string others) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.AsyncStatements(statements + " await Task.Yield();"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.ConnectionUsedAcrossThreads).WithLocation(0).WithArguments("connection", others)));

    [Theory]
    [InlineData("void Add(string item) => connection.Execute(\"DELETE FROM items\"); Parallel.ForEach(items, [|Add|]);")]
    [InlineData("void Add() { connection.Execute(\"DELETE FROM items\"); } var task = Task.Run([|Add|]); connection.Execute(\"DELETE FROM other\"); await task;")]
    [InlineData("using var command = connection.CreateCommand(); Parallel.For(0, 10, _ => [|command|].ExecuteScalar());")]
    [InlineData("using var command = new SqliteCommand(\"DELETE FROM items\", connection); void Work(string item) => command.ExecuteNonQuery(); Parallel.ForEach(items, [|Work|]);")]
    public Task A_local_function_or_a_command(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("void Add(string item) { using var own = Db.Open(); own.Execute(\"DELETE FROM items\"); } Parallel.ForEach(items, Add);")]
    [InlineData("void Add() => connection.Execute(\"DELETE FROM items\"); await Task.Run(Add); connection.Execute(\"DELETE FROM other\");")]
    [InlineData("void Add(string item) => connection.Execute(\"DELETE FROM items\"); Array.ForEach(items, Add);")]
    [InlineData("using var command = connection.CreateCommand(); var task = Task.Run(() => command.ExecuteNonQuery()); command.Cancel(); await task;")]
    [InlineData("Parallel.For(0, 10, _ => { using var own = Db.Open(); using var command = own.CreateCommand(); command.ExecuteScalar(); });")]
    public Task Clean_local_functions_and_commands(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using var command = connection.CreateCommand(); var task = Task.Run(() => [|command|].ExecuteNonQuery()); connection.Execute(\"DELETE FROM items\"); await task;")]
    [InlineData("using var command = new SqliteCommand(\"DELETE FROM items\", connection); var task = Task.Run(() => Db.Write([|connection|])); command.ExecuteNonQuery(); await task;")]
    [InlineData("using var one = connection.CreateCommand(); using var other = connection.CreateCommand(); await Task.WhenAll(Task.Run(() => [|one|].ExecuteNonQuery()), Task.Run(() => other.ExecuteNonQuery()));")]
    [InlineData("foreach (var item in items) { var command = connection.CreateCommand(); _ = Task.Run(() => [|command|].ExecuteNonQuery()); }")]
    public Task A_connection_and_a_command_of_it(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using var second = Db.Open(); using var command = second.CreateCommand(); var task = Task.Run(() => command.ExecuteNonQuery()); connection.Execute(\"DELETE FROM items\"); await task;")]
    [InlineData("using var second = Db.Open(); var command = connection.CreateCommand(); command = second.CreateCommand(); var task = Task.Run(() => command.ExecuteNonQuery()); connection.Execute(\"DELETE FROM items\"); await task;")]
    [InlineData("using var second = Db.Open(); using var command = connection.CreateCommand(); command.Connection = second; var task = Task.Run(() => command.ExecuteNonQuery()); connection.Execute(\"DELETE FROM items\"); await task;")]
    [InlineData("using var command = connection.CreateCommand(); await Task.Run(() => command.ExecuteNonQuery()); connection.Execute(\"DELETE FROM items\");")]
    [InlineData("foreach (var item in items) { using var own = Db.Open(); var command = own.CreateCommand(); _ = Task.Run(() => command.ExecuteNonQuery()); }")]
    public Task Clean_with_a_connection_and_a_command(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("DbConnection", "Parallel.ForEach(items, item => [|shared|].Execute(item));")]
    [InlineData("System.Data.IDbConnection", "var tasks = items.Select(item => Task.Run(() => [|shared|].Execute(item))); await Task.WhenAll(tasks);")]
    [InlineData("DbConnection", "using var command = shared.CreateCommand(); Parallel.For(0, 10, _ => [|command|].ExecuteScalar());")]
    [InlineData("DbConnection", "await Task.Run(() => shared.Execute(\"DELETE FROM items\")); shared.Execute(\"DELETE FROM other\");")]
    [InlineData("DbConnection", "Parallel.ForEach(items, item => { using DbConnection own = Db.Open(); own.Execute(item); });")]
    [InlineData("DbConnection", "Parallel.ForEach(items, item => Console.WriteLine(shared.State));")]
    public Task Under_the_types_of_AdoNet(string type, string statements) => VerifyAsync($"using {type} shared = Db.Open(); {statements}");

    [Theory]
    [InlineData("namespace Npgsql { class NpgsqlConnection; }")]
    [InlineData("namespace Microsoft.Data.SqlClient { class SqlConnection; }")]
    public Task Clean_under_the_types_of_AdoNet_where_they_may_be_those_of_another_database(string other) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.AsyncStatements("DbConnection shared = Db.Open(); Parallel.ForEach(items, item => shared.Execute(item)); await Task.Yield();") + "\n" + other);

    [Theory]
    [InlineData("private readonly object _gate = new(); public void Enter() { lock (_gate) { } }", "async (item, token) => { gate.Enter(); connection.Execute(item); await Task.Yield(); }")]
    [InlineData("private readonly System.Threading.SemaphoreSlim _one = new(1); public async Task<Gate> EnterAsync() { await _one.WaitAsync(); return this; }", "async (item, token) => { using (await gate.EnterAsync()) connection.Execute(item); }")]
    [InlineData("public async Task<Gate> EnterAsync() { await Task.Yield(); return this; }", "async (item, token) => { using (await gate.EnterAsync()) [|connection|].Execute(item); }")]
    public Task A_method_of_the_project_that_takes_a_lock(string members, string code) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        RuleSource.Types(
            $$"""
            sealed class Gate : IDisposable { {{members}} public void Dispose() { } }
            class Program
            {
                static async Task Run(string[] items, Gate gate)
                {
                    using var connection = Db.Open();
                    await Parallel.ForEachAsync(items, {{code}});
                }
            }
            """));

    private static Task VerifyAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.ConnectionUsedAcrossThreads, RuleSource.AsyncStatements(statements + " await Task.Yield();"));

    private static Task VerifyContextsAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionUsedAcrossThreads,
        $$"""
        using System;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Services
        {
            public void AddDbContext<T>(Action<DbContextOptionsBuilder> options) where T : DbContext { }
        }

        class Shop : DbContext;

        class Program
        {
            static void Run(Services services)
            {
                {{statements}}
            }

            static SqliteConnection Make() => new("Data Source=app.db");
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);
}
