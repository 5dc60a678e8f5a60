using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4001 where a loop writes row by row and no transaction is open, and nowhere else.</summary>
public sealed class WriteInLoopWithoutTransactionTests
{
    private const string Insert = "connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")";
    private const string Command = "using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO items (name) VALUES ('a')\";";

    [Theory]
    [InlineData("", "[|_insert.ExecuteNonQuery()|];")]
    [InlineData("if (names.Length == 0) { return; }", "_insert.Parameters[0].Value = name; [|_insert.ExecuteNonQuery()|];")]
    public Task A_command_that_an_object_keeps(string before, string statements) => VerifyTypesAsync(Keeping(before, statements));

    [Theory]
    [InlineData("using var transaction = _connection.BeginTransaction();", "_insert.ExecuteNonQuery();")]
    [InlineData("using var transaction = _connection.BeginTransaction(); _insert.Transaction = transaction;", "_insert.ExecuteNonQuery();")]
    [InlineData("", "_count.ExecuteScalar();")]
    public Task Clean_with_a_command_that_an_object_keeps(string before, string statements) => VerifyTypesAsync(Keeping(before, statements));

    [Theory]
    [InlineData("string? job; while ((job = connection.QueryFirstOrDefault<string>(\"UPDATE jobs SET state = 1 WHERE id = (SELECT id FROM jobs WHERE state = 0 LIMIT 1) RETURNING id\")) != null) { Console.WriteLine(job); connection.Execute(\"DELETE FROM jobs WHERE id = @job\", new { job }); }")]
    [InlineData("while (connection.QueryFirstOrDefault<string>(\"DELETE FROM jobs WHERE id = (SELECT min(id) FROM jobs) RETURNING id\") is { } job) { connection.Execute(\"INSERT INTO done VALUES (@job)\", new { job }); }")]
    [InlineData("while (connection.Execute(\"INSERT OR IGNORE INTO locks VALUES (1)\") == 1) { connection.Execute(\"UPDATE items SET name = 'a'\"); }")]
    public Task Clean_where_each_round_claims_what_it_works_on(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("var jobs = new Queue<string>(items); while (jobs.TryDequeue(out var job)) { [|connection.Execute(\"DELETE FROM jobs WHERE id = @job\", new { job })|]; }")]
    [InlineData("string? job; while ((job = Console.In.ReadLine()) != null) { [|connection.Execute(\"INSERT INTO jobs VALUES (@job)\", new { job })|]; }")]
    [InlineData("while (connection.ExecuteScalar<int>(\"SELECT count(*) FROM jobs\") > 0) { [|connection.Execute(\"DELETE FROM jobs WHERE id = (SELECT min(id) FROM jobs)\")|]; }")]
    public Task A_loop_that_claims_nothing(string statements) => VerifyAsync(statements);

    /// <summary>A write that ends the loop is executed once, whatever the way out leads through.</summary>
    [Theory]
    [InlineData("foreach (var item in items) { lock (items) { if (item.Length > 0) { " + Insert + "; break; } } }")]
    [InlineData("foreach (var item in items) { using var reader = File.OpenText(item); if (item.Length > 0) { " + Insert + "; return; } }")]
    [InlineData("foreach (var item in items) { try { if (item.Length > 0) { " + Insert + "; break; } } finally { Console.WriteLine(item); } }")]
    [InlineData("while (flag) { foreach (var item in items) { lock (items) { " + Insert + "; break; } } System.Threading.Thread.Sleep(100); }")]
    public Task Clean_where_the_write_ends_the_loop(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("foreach (var item in items) { lock (items) { if (item.Length > 0) { [|" + Insert + "|]; continue; } break; } }")]
    [InlineData("foreach (var item in items) { try { if (item.Length == 0) { break; } } finally { [|" + Insert + "|]; } }")]
    [InlineData("foreach (var item in items) { lock (items) { if (item.Length == 0) { break; } [|" + Insert + "|]; } }")]
    public Task A_loop_that_goes_on(string statements) => VerifyAsync(statements);

    /// <summary>Whoever has begun a transaction knows where it is, and hands its connection on with it.</summary>
    [Theory]
    [InlineData("public static void Run(IManager manager, int[] ids) => manager.InTransaction(transaction => { foreach (var id in ids) transaction.Connection!.Execute(\"DELETE FROM items WHERE id = @id\", new { id }); });")]
    [InlineData("public static void Run(IManager manager, int[] ids) => manager.InTransaction(transaction => { foreach (var id in ids) { using var command = transaction.Connection!.CreateCommand(); command.CommandText = \"DELETE FROM items\"; command.ExecuteNonQuery(); } });")]
    [InlineData("public static void Run(IManager manager, int[] ids) => manager.With(connection => { foreach (var id in ids) connection.Execute(\"DELETE FROM items WHERE id = @id\", new { id }); });")]
    [InlineData("private readonly SqliteTransaction _transaction = Begin(); private static SqliteTransaction Begin() => throw new NotSupportedException(); public void Run(int[] ids) { foreach (var id in ids) _transaction.Connection!.Execute(\"DELETE FROM items WHERE id = @id\", new { id }); }")]
    public Task Clean_with_the_connection_of_a_transaction_from_elsewhere(string members) => VerifyManagerAsync(members);

    [Theory]
    [InlineData("public static void Run(IManager manager, int[] ids) => manager.InTransaction(transaction => Delete(ids)); private static void Delete(int[] ids) { using var own = new SqliteConnection(\"Data Source=app.db\"); own.Open(); foreach (var id in ids) [|own.Execute(\"DELETE FROM items WHERE id = @id\", new { id })|]; }")]
    [InlineData("public static void Run(int[] ids) { using var own = new SqliteConnection(\"Data Source=app.db\"); own.Open(); using (var transaction = own.BeginTransaction()) { transaction.Commit(); } foreach (var id in ids) [|own.Execute(\"DELETE FROM items WHERE id = @id\", new { id })|]; }")]
    public Task A_connection_beside_a_transaction_from_elsewhere(string members) => VerifyManagerAsync(members);

    /// <remarks>On which connection a transaction is begun by what cannot be looked into is not known: it may be the one that an object holds.</remarks>
    [Theory]
    [InlineData("void BeginTransaction(); void Commit();", "unit.BeginTransaction(); store.Save(items); unit.Commit();", false)]
    [InlineData("void Begin(); void Commit();", "unit.Begin(); store.Save(items); unit.Commit();", false)]
    [InlineData("Task BeginAsync(); Task CommitAsync();", "unit.BeginAsync(); store.Save(items); unit.CommitAsync();", false)]
    [InlineData("System.Data.IDbTransaction BeginTransaction();", "using var transaction = unit.BeginTransaction(); store.Save(items); transaction.Commit();", false)]
    [InlineData("void InTransaction(Action work);", "unit.InTransaction(() => store.Save(items));", false)]
    [InlineData("void RunInTransaction(Action work);", "store.Save(items); unit.RunInTransaction(() => { });", false)]
    [InlineData("void Begin(string title); void End();", "unit.Begin(\"all\"); store.Save(items); unit.End();", true)]
    [InlineData("void Begin(string title); void Commit();", "store.Save(items); unit.Commit();", true)]
    [InlineData("void Run(Action work);", "unit.Run(() => { }); store.Save(items);", true)]
    public Task A_unit_of_work_of_another_project(string members, string statements, bool isFound) => VerifyTypesAsync(
        $$"""
        interface IUnit { {{members}} }

        class Store
        {
            private readonly SqliteConnection _connection;

            public Store(SqliteConnection connection) => _connection = connection;

            public void Save(string[] items) { foreach (var item in items) {{(isFound ? "[|" : "")}}_connection.Execute("INSERT INTO items VALUES (@item)", new { item }){{(isFound ? "|]" : "")}}; }
        }

        class Job
        {
            public void Run(IUnit unit, Store store, string[] items) { {{statements}} }

            public void Clear()
            {
                using var own = new SqliteConnection("Data Source=own.db");
                own.Open();
                using var transaction = own.BeginTransaction();
                own.Execute("DELETE FROM items", transaction: transaction);
                transaction.Commit();
            }
        }
        """);

    private static Task VerifyManagerAsync(string members) => VerifyTypesAsync(
        $$"""
        interface IManager
        {
            void InTransaction(Action<System.Data.IDbTransaction> act);
            void With(Action<System.Data.IDbConnection> act);
        }

        sealed class Own
        {
            {{members}}
        }
        """);

    [Theory]
    [InlineData("foreach (var item in items) [|" + Insert + "|];")]
    [InlineData("for (var i = 0; i < items.Length; i++) { [|" + Insert + "|]; }")]
    [InlineData("for (var i = 0; i < 10; i++) { [|" + Insert + "|]; }")]
    [InlineData("for (var i = 0; i < items.Length; i += 3) { [|" + Insert + "|]; }")]
    [InlineData("for (var i = 0; i < items.Length; i++) { Console.WriteLine(Math.Min(3, 4)); [|" + Insert + "|]; }")]
    [InlineData("var queue = new Queue<string>(items); while (queue.Count > 0) { queue.Dequeue(); [|" + Insert + "|]; }")]
    [InlineData("var queue = new Queue<string>(items); while (queue.TryDequeue(out var item)) { [|" + Insert + "|]; }")]
    [InlineData("items.ToList().ForEach(item => [|" + Insert + "|]);")]
    [InlineData("foreach (var item in items) { try { [|" + Insert + "|]; } catch (SqliteException) { Console.WriteLine(item); } }")]
    [InlineData("foreach (var item in items) { if (item.Length > 0) { [|" + Insert + "|]; } }")]
    [InlineData("for (var i = 0; i < items.Length; i++) { if (i % 2 == 0) [|" + Insert + "|]; }")]
    [InlineData("for (var i = 0; i < items.Length; i++) { if (i % 1000 != 0) [|" + Insert + "|]; }")]
    [InlineData("foreach (var item in new[] { \"a\", \"b\", \"c\" }) { [|" + Insert + "|]; }")]
    [InlineData("foreach (var item in items) { [|connection.Execute($\"DELETE FROM {item}\")|]; }")]
    [InlineData("foreach (var item in items) { [|connection.ExecuteScalar<long>(\"INSERT INTO items (name) VALUES ('a') RETURNING id\")|]; }")]
    [InlineData("foreach (var item in items) { [|connection.ExecuteScalar<long>(\"INSERT INTO items (name) VALUES ('a'); SELECT last_insert_rowid()\")|]; }")]
    [InlineData("foreach (var item in items) { connection.Query<long>(\"SELECT id FROM items\"); [|" + Insert + "|]; }")]
    [InlineData(Command + " foreach (var item in items) { command.Parameters.Clear(); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var item in items) { " + Command + " [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var item in items) { " + Command + " using var reader = [|command.ExecuteReader()|]; }")]
    [InlineData("foreach (var item in items) { File.WriteAllText(item, item); [|" + Insert + "|]; }")]
    [InlineData("using (var transaction = connection.BeginTransaction()) { transaction.Commit(); } foreach (var item in items) [|" + Insert + "|];")]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"COMMIT\"); foreach (var item in items) [|" + Insert + "|];")]
    public Task In_a_loop(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); foreach (var item in items) connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("using var transaction = connection.BeginTransaction(); " + Command + " foreach (var item in items) command.ExecuteNonQuery(); transaction.Commit();")]
    [InlineData("connection.Execute(\"BEGIN\"); foreach (var item in items) " + Insert + "; connection.Execute(\"COMMIT\");")]
    [InlineData("connection.Execute(\"SAVEPOINT batch\"); foreach (var item in items) " + Insert + "; connection.Execute(\"RELEASE batch\");")]
    [InlineData("if (flag) connection.Execute(\"BEGIN\"); foreach (var item in items) " + Insert + "; if (flag) connection.Execute(\"COMMIT\");")]
    [InlineData("var transaction = connection.BeginTransaction(); var written = 0; foreach (var item in items) { connection.Execute(\"DELETE FROM items\", transaction: transaction); if (++written % 1000 == 0) { transaction.Commit(); transaction.Dispose(); transaction = connection.BeginTransaction(); } } transaction.Commit();")]
    [InlineData("foreach (var item in items) { using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit(); }")]
    [InlineData("using var batch = new SqliteAnalyzers.Runtime.SqliteBatchWriter(connection); foreach (var item in items) batch.Execute(\"DELETE FROM items\"); batch.Commit();")]
    public Task Clean_in_a_transaction(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData(Insert + ";")]
    [InlineData("foreach (var item in items) { connection.Query<long>(\"SELECT id FROM items\"); }")]
    [InlineData("foreach (var item in items) { " + Insert + "; break; }")]
    [InlineData("foreach (var item in items.Take(1)) " + Insert + ";")]
    [InlineData("foreach (var item in new[] { \"a\", \"b\" }) " + Insert + ";")]
    [InlineData("for (var i = 0; i < 2; i++) " + Insert + ";")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { try { " + Insert + "; return; } catch (SqliteException) { Console.WriteLine(); } }")]
    [InlineData("var done = false; while (!done) { try { " + Insert + "; done = true; } catch (SqliteException) { Console.WriteLine(); } }")]
    [InlineData("var done = false; for (var attempt = 0; attempt < 3 && !done; attempt++) { try { " + Insert + "; done = true; } catch (SqliteException) { Console.WriteLine(); } }")]
    [InlineData("for (var i = 0; i < items.Length; i++) { if (i % 1000 == 0) " + Insert + "; }")]
    [InlineData("while (connection.Execute(\"DELETE FROM items WHERE id IN (SELECT id FROM items LIMIT 1000)\") > 0) { }")]
    [InlineData("do { Console.WriteLine(); } while (connection.Execute(\"INSERT OR IGNORE INTO items (name) VALUES ('a')\") == 0);")]
    [InlineData("int deleted; do { deleted = connection.Execute(\"DELETE FROM items WHERE id IN (SELECT id FROM items LIMIT 1000)\"); } while (deleted > 0);")]
    [InlineData("var left = items.Length; while (left > 0) { var some = Math.Min(left, 500); connection.Execute($\"DELETE FROM items WHERE id IN (SELECT id FROM items LIMIT {some})\"); left -= some; }")]
    [InlineData("var i = 0; while (i < items.Length) { var end = Math.Min(items.Length, i + 500); var names = items[i..end]; connection.Execute(\"DELETE FROM items WHERE name IN @names\", new { names }); i = end; }")]
    [InlineData("for (var i = 0; i < items.Length; i += 500) { var names = items.Skip(i).Take(500); connection.Execute(\"DELETE FROM items WHERE name IN @names\", new { names }); }")]
    [InlineData("foreach (var names in items.Chunk(900)) connection.Execute(\"DELETE FROM items WHERE name IN @names\", new { names });")]
    [InlineData("while (true) { " + Insert + "; }")]
    [InlineData("while (flag) { " + Insert + "; }")]
    [InlineData("for (;;) { " + Insert + "; }")]
    [InlineData("var token = new System.Threading.CancellationToken(); while (!token.IsCancellationRequested) { " + Insert + "; }")]
    [InlineData("foreach (var item in items) { System.Threading.Thread.Sleep(1000); " + Insert + "; }")]
    [InlineData("foreach (var item in items) { Console.ReadLine(); " + Insert + "; }")]
    [InlineData("foreach (var item in items) { using var process = Process.Start(item); process.WaitForExit(); " + Insert + "; }")]
    [InlineData("var queue = new System.Collections.Concurrent.BlockingCollection<string>(); foreach (var item in queue.GetConsumingEnumerable()) { " + Insert + "; }")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); foreach (var item in items) { var text = client.GetStringAsync(item).Result; " + Insert + "; }")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); foreach (var item in items) { var text = client.GetStringAsync(item); if (text.Result.Length > 0) { " + Insert + "; } }")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); foreach (var item in items) { var text = client.GetStringAsync(item).GetAwaiter().GetResult(); " + Insert + "; }")]
    [InlineData("foreach (var item in items) connection.Execute($\"CREATE TABLE IF NOT EXISTS {item} (id INTEGER)\");")]
    [InlineData("foreach (var item in items) connection.Execute($\"ALTER TABLE items ADD COLUMN {item}\");")]
    [InlineData("foreach (var item in items) connection.Execute($\"PRAGMA {item} = 1\");")]
    [InlineData("foreach (var item in items) connection.Execute(\"VACUUM\");")]
    [InlineData("foreach (var item in items) connection.Execute(\"ANALYZE\");")]
    [InlineData("foreach (var item in items) connection.Execute(\"INSERT INTO temp.chosen VALUES (1)\");")]
    [InlineData("connection.Execute(\"CREATE TEMP TABLE chosen (id INTEGER)\"); foreach (var item in items) connection.Execute(\"INSERT INTO chosen VALUES (1)\");")]
    [InlineData("foreach (var item in items) connection.Execute(item);")]
    [InlineData("foreach (var item in items) { using var own = Db.Open(); own.Execute(\"INSERT INTO items (name) VALUES ('a')\"); }")]
    [InlineData("foreach (var item in items) Store.Save(item);")]
    [InlineData("foreach (var item in items) { connection.Open(); " + Insert + "; connection.Close(); }")]
    [InlineData("using var memory = new SqliteConnection(\"Data Source=:memory:\"); memory.Open(); foreach (var item in items) memory.Execute(\"INSERT INTO items (name) VALUES ('a')\");")]
    public Task Clean_where_it_is_no_batch(string statements) => VerifyAsync(
        statements,
        "static class Store { public static void Save(string item) { using var connection = Db.Open(); " + Insert + "; } }");

    [Theory]
    [InlineData("foreach (var item in items) [|await connection.ExecuteAsync(\"INSERT INTO items (name) VALUES ('a')\")|];", "connection.ExecuteAsync(\"INSERT INTO items (name) VALUES ('a')\")")]
    [InlineData("foreach (var item in items) { await using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM items\"; [|await command.ExecuteNonQueryAsync()|]; }", "command.ExecuteNonQueryAsync()")]
    [InlineData("DbDataReader reader = null!; while (await reader.ReadAsync()) [|await connection.ExecuteAsync(\"INSERT INTO items (name) VALUES ('a')\").ConfigureAwait(false)|];", "connection.ExecuteAsync(\"INSERT INTO items (name) VALUES ('a')\")")]
    public Task In_an_asynchronous_loop(string statements, string at) => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        RuleSource.AsyncStatements(statements.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal).Replace(at, $"[|{at}|]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("foreach (var item in items) { await Task.Delay(100); await connection.ExecuteAsync(\"DELETE FROM items\"); }")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); foreach (var item in items) { var text = await client.GetStringAsync(item); await connection.ExecuteAsync(\"DELETE FROM items\"); }")]
    [InlineData("using var http = new System.Net.Http.HttpClient(); foreach (var item in items) { using var answer = http.Send(new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, item)); connection.Execute(\"DELETE FROM items\"); }")]
    [InlineData("foreach (var item in items) { var text = await File.ReadAllTextAsync(item); await connection.ExecuteAsync(\"DELETE FROM items\"); }")]
    [InlineData("using var timer = new System.Threading.PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) { connection.Execute(\"DELETE FROM items\"); }")]
    [InlineData("var channel = System.Threading.Channels.Channel.CreateUnbounded<string>(); await foreach (var item in channel.Reader.ReadAllAsync()) { connection.Execute(\"DELETE FROM items\"); }")]
    [InlineData("var channel = System.Threading.Channels.Channel.CreateUnbounded<string>(); while (await channel.Reader.WaitToReadAsync()) { connection.Execute(\"DELETE FROM items\"); }")]
    public Task Clean_where_each_round_waits(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.WriteInLoopWithoutTransaction, RuleSource.AsyncStatements(statements));

    /// <summary>A question for the type of a connection tells nobody of it.</summary>
    [Theory]
    [InlineData("foreach (var item in items) { if (any is SqliteConnection) { [|any.Execute(\"INSERT INTO items VALUES (1)\")|]; } }")]
    [InlineData("foreach (var item in items) { [|any.Execute(any is SqliteConnection ? \"INSERT OR IGNORE INTO items VALUES (1)\" : \"INSERT INTO items VALUES (1)\")|]; }")]
    [InlineData("var isSqlite = any is SqliteConnection; foreach (var item in items) { [|any.Execute(\"INSERT INTO items VALUES (1)\")|]; }")]
    [InlineData("if (any is not SqliteConnection) { return; } foreach (var item in items) { [|any.Execute(\"INSERT INTO items VALUES (1)\")|]; }")]
    public Task Where_it_is_asked_of_what_type_the_connection_is(string statements) => VerifyAsync("DbConnection any = connection; " + statements);

    [Theory]
    [InlineData("using var transaction = any.BeginTransaction(); foreach (var item in items) { if (any is SqliteConnection) { any.Execute(\"INSERT INTO items VALUES (1)\", transaction: transaction); } } transaction.Commit();")]
    [InlineData("any.Execute(\"BEGIN\"); if (any is SqliteConnection) { foreach (var item in items) { any.Execute(\"INSERT INTO items VALUES (1)\"); } } any.Execute(\"COMMIT\");")]
    [InlineData("foreach (var item in items) { if (any is SqliteConnection) { any.Query<long>(\"SELECT id FROM items\"); } }")]
    [InlineData("DbConnection own = Elsewhere(); foreach (var item in items) { if (own is SqliteConnection) { Console.WriteLine(); } own.Execute(\"INSERT INTO items VALUES (1)\"); } static DbConnection Elsewhere() => throw new NotSupportedException();")]
    public Task Clean_where_it_is_asked_of_what_type_the_connection_is(string statements) => VerifyAsync("DbConnection any = connection; " + statements);

    [Theory]
    [InlineData("[|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", items.Select(item => new { name = item }))|];")]
    [InlineData("[|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", items.Select(item => new { name = item }).ToList())|];")]
    [InlineData("[|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new[] { new { name = \"a\" }, new { name = \"b\" }, new { name = \"c\" } })|];")]
    [InlineData("var names = new List<object> { new { name = \"a\" }, new { name = \"b\" }, new { name = \"c\" } }; [|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names)|];")]
    [InlineData("var names = new List<object> { new { name = \"a\" } }; names.AddRange(items); [|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names)|];")]
    [InlineData("var names = new List<object> { new { name = \"a\" } }; names = [.. items]; [|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names)|];")]
    [InlineData("foreach (var item in items) { var names = new List<object> { new { name = item } }; [|connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names)|]; }")]
    public Task Dapper_s_list(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new { name = \"a\" });")]
    [InlineData("connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new[] { new { name = \"a\" }, new { name = \"b\" } });")]
    [InlineData("connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new List<object> { new { name = \"a\" } });")]
    [InlineData("var names = new List<object> { new { name = \"a\" } }; connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names);")]
    [InlineData("var names = new List<object> { new { name = \"a\" } }; connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names); Console.WriteLine(names[0]);")]
    [InlineData("var names = new[] { new { name = \"a\" }, new { name = \"b\" } }; connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names);")]
    [InlineData("List<object> names = [new { name = \"a\" }]; connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", names);")]
    [InlineData("var names = new List<string> { \"a\" }; Console.WriteLine(names[0]); foreach (var name in names) { connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new { name }); }")]
    [InlineData("connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", new Dictionary<string, object> { [\"name\"] = \"a\" });")]
    [InlineData("connection.Execute(\"DELETE FROM items WHERE name IN @names\", new { names = items });")]
    [InlineData("using var transaction = connection.BeginTransaction(); connection.Execute(\"INSERT INTO items (name) VALUES (@name)\", items.Select(item => new { name = item }), transaction); transaction.Commit();")]
    [InlineData("connection.Query(\"SELECT name FROM items WHERE name IN @items\", new { items });")]
    public Task Clean_with_other_parameters(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Query<string>(\"SELECT name FROM items\", buffered: false)", "new { name = name[1..] }")]
    [InlineData("connection.Query<string>(\"SELECT name FROM items\", buffered: false)", "new { name = name[^1] }")]
    [InlineData("connection.Query<string>(\"SELECT name FROM items\", buffered: false)", "new { name = change(name) }")]
    [InlineData("connection.ExecuteReader(\"SELECT name FROM items\").Parse<string>()", "new { name = name[1..] }")]
    public Task With_what_rows_hold_that_are_streamed(string rows, string parameters) => VerifyAsync(
        $"Func<string, string> change = Environment.GetEnvironmentVariable; foreach (var name in {rows}) [|connection.Execute(\"INSERT INTO other (name) VALUES (@name)\", {parameters})|];");

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); foreach (var name in connection.Query<string>(\"SELECT name FROM items\", transaction: transaction, buffered: false)) connection.Execute(\"DELETE FROM items\", new { name = name[1..] }, transaction); transaction.Commit();")]
    [InlineData("Action<object> take = Console.WriteLine; take = items.Length > 0 ? take : null; foreach (var name in connection.Query<string>(\"SELECT name FROM items\", buffered: false)) { take(connection); connection.Execute(\"DELETE FROM items\"); }")]
    [InlineData("foreach (var name in connection.Query<string>(\"SELECT name FROM items\", buffered: false)) Console.WriteLine(name[1..]);")]
    public Task Clean_with_what_rows_hold_that_are_streamed(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("DbConnection", "command.Parameters.Add(parameter);")]
    [InlineData("DbConnection", "command.Parameters.AddRange(new object[] { parameter });")]
    [InlineData("DbConnection", "command.Parameters.Clear(); command.Parameters.Insert(0, parameter);")]
    [InlineData("DbConnection", "if (!command.Parameters.Contains(\"@name\")) command.Parameters.Add(parameter);")]
    [InlineData("System.Data.IDbConnection", "command.Parameters.Add(parameter);")]
    [InlineData("System.Data.IDbConnection", "if (command.Parameters.Contains(\"@name\")) command.Parameters.RemoveAt(\"@name\");")]
    public Task A_command_of_ADO_NET_that_is_given_parameters(string type, string give) => VerifyAsync(
        $$"""
        {{type}} any = connection;
        using var command = any.CreateCommand();
        command.CommandText = "INSERT INTO items (name) VALUES (@name)";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@name";
        {{give}}
        foreach (var item in items)
        {
            parameter.Value = item;
            [|command.ExecuteNonQuery()|];
        }
        """);

    [Theory]
    [InlineData("DbConnection", "using var transaction = any.BeginTransaction(); command.Transaction = transaction; command.Parameters.Add(parameter);")]
    [InlineData("System.Data.IDbConnection", "using var transaction = any.BeginTransaction(); command.Transaction = transaction; command.Parameters.Add(parameter);")]
    [InlineData("DbConnection", "command.Parameters.Add(parameter); Unseen.Take(command);")]
    [InlineData("DbConnection", "command.Parameters.Add(parameter); Unseen.Take(any);")]
    public Task Clean_with_a_command_of_ADO_NET_that_is_given_parameters(string type, string give) => VerifyAsync(
        $$"""
        {{type}} any = connection;
        using var command = any.CreateCommand();
        command.CommandText = "INSERT INTO items (name) VALUES (@name)";
        var parameter = command.CreateParameter();
        {{give}}
        foreach (var item in items)
        {
            parameter.Value = item;
            command.ExecuteNonQuery();
        }
        """,
        "static class Unseen { public static Action<object> Take { get; set; } }");

    [Fact]
    public Task A_helper_writes_and_the_caller_has_the_loop() => VerifyMembersAsync(
        """
        static void Run(string[] items)
        {
            using var connection = Db.Open();
            foreach (var item in items)
            {
                [|Save(connection, item)|];
            }
        }
        static void Save(SqliteConnection connection, string item) => connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item });
        """);

    [Fact]
    public Task The_caller_opens_the_connection() => VerifyMembersAsync(
        """
        static void Run(string[] items)
        {
            using var connection = Db.Open();
            SaveAll(connection, items);
        }
        static void SaveAll(SqliteConnection connection, string[] items)
        {
            foreach (var item in items)
            {
                [|connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item })|];
            }
        }
        """);

    /// <remarks>As one that brings a database up to date, step by step.</remarks>
    [Theory]
    [InlineData("", "[|", "|]", "")]
    [InlineData("using var transaction = connection.BeginTransaction();", "", "", "transaction.Commit();")]
    public Task The_caller_takes_many_steps(string begin, string open, string close, string commit) => VerifyMembersAsync(
        $$"""
        static void Run(string[] items)
        {
            using var connection = Db.Open();
            {{begin}}
            {{string.Concat(Enumerable.Range(0, 40).Select(step => $"Step{step}(connection); "))}}
            SaveAll(connection, items);
            {{commit}}
        }
        static void SaveAll(SqliteConnection connection, string[] items)
        {
            foreach (var item in items)
            {
                {{open}}connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item }){{close}};
            }
        }
        {{string.Concat(Enumerable.Range(0, 40).Select(step => $"static void Step{step}(SqliteConnection connection) => connection.Execute(\"CREATE TABLE t{step} (name TEXT)\");\n"))}}
        """);

    [Fact]
    public Task A_caller_of_the_caller_opens_the_connection() => VerifyMembersAsync(
        """
        static void Run(string[] items)
        {
            using var connection = Db.Open();
            Import(connection, items);
        }
        static void Import(SqliteConnection connection, string[] items) => SaveAll(connection, items);
        static void SaveAll(SqliteConnection connection, string[] items)
        {
            foreach (var item in items)
            {
                [|connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item })|];
            }
        }
        """);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); Import(connection, items); transaction.Commit();")]
    [InlineData("connection.Execute(\"BEGIN\"); Import(connection, items); connection.Execute(\"COMMIT\");")]
    [InlineData("Transact(connection, () => Import(connection, items));")]
    [InlineData("using (new Scope(connection)) { Import(connection, items); }")]
    public Task Clean_where_a_caller_begins_the_transaction(string statements) => VerifyAsync(
        statements + " static void Import(SqliteConnection connection, string[] items) => Store.SaveAll(connection, items);"
        + " static void Transact(SqliteConnection connection, Action action) { using var transaction = connection.BeginTransaction(); action(); transaction.Commit(); }",
        """
        static class Store
        {
            public static void SaveAll(SqliteConnection connection, string[] items)
            {
                foreach (var item in items)
                {
                    connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item });
                }
            }
        }
        sealed class Scope : IDisposable
        {
            private readonly SqliteTransaction _transaction;
            public Scope(SqliteConnection connection) => _transaction = connection.BeginTransaction();
            public void Dispose() { _transaction.Commit(); _transaction.Dispose(); }
        }
        """);

    [Fact]
    public Task Clean_where_one_of_the_callers_begins_the_transaction() => VerifyMembersAsync(
        """
        static void Run(string[] items)
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            SaveAll(connection, items);
            transaction.Commit();
        }
        static void RunAlone(string[] items)
        {
            using var connection = Db.Open();
            SaveAll(connection, items);
        }
        static void SaveAll(SqliteConnection connection, string[] items)
        {
            foreach (var item in items)
            {
                connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item });
            }
        }
        """);

    [Theory]
    [InlineData("SqliteConnection connection", "connection.Execute(\"DELETE FROM items\")")]
    [InlineData("SqliteConnection connection, SqliteTransaction transaction", "connection.Execute(\"DELETE FROM items\", transaction: transaction)")]
    [InlineData("SqliteCommand command", "command.ExecuteNonQuery()")]
    public Task Clean_where_nothing_is_known_of_what_is_handed_in(string parameters, string write) => VerifyMembersAsync(
        $"public static void SaveAll({parameters}, string[] items) {{ foreach (var item in items) {write}; }}");

    [Fact]
    public Task A_connection_in_a_field() => VerifyTypesAsync(
        """
        sealed class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void SaveAll(string[] items)
            {
                foreach (var item in items)
                {
                    using var command = _connection.CreateCommand();
                    command.CommandText = "INSERT INTO items (name) VALUES ('a')";
                    [|command.ExecuteNonQuery()|];
                }
            }
            public void Reset()
            {
                using var transaction = _connection.BeginTransaction();
                transaction.Commit();
            }
        }
        """);

    /// <summary>Who makes the connection where there is none yet does not know what a caller has begun on the one that there is.</summary>
    [Theory]
    [InlineData("private SqliteConnection Connection => _connection ??= Db.Open();")]
    [InlineData("private SqliteConnection Connection { get { if (_connection == null) { _connection = Db.Open(); } return _connection; } }")]
    [InlineData("private SqliteConnection Connection { get { if (_connection is { State: System.Data.ConnectionState.Open }) { return _connection; } _connection = Db.Open(); return _connection; } }")]
    [InlineData("private bool _isOpen; private SqliteConnection Connection { get { if (!_isOpen) { _connection = Db.Open(); _isOpen = true; } return _connection; } }")]
    [InlineData("private static SqliteConnection s_connection; private static SqliteConnection Connection => s_connection ??= Db.Open();")]
    [InlineData("private readonly SqliteConnection _own = Db.Open(); private SqliteConnection Connection { get { if (_own.State != System.Data.ConnectionState.Open) { _own.Open(); } return _own; } }")]
    [InlineData("private readonly Opened _opened = new(); private SqliteConnection Connection => _opened.Connection;")]
    public Task Clean_where_a_caller_begins_the_transaction_on_a_connection_that_is_opened_when_it_is_needed(string connection) =>
        VerifyTypesAsync(OpenedWhenNeeded(connection, "using var transaction = Connection.BeginTransaction(); SaveAll(items); transaction.Commit();", "connection.Execute(\"INSERT INTO items VALUES (1)\")"));

    [Theory]
    [InlineData("private SqliteConnection Connection => _connection ??= Db.Open();", "SaveAll(items);")]
    [InlineData("private SqliteConnection Connection => _connection ??= Db.Open();", "using (var transaction = Connection.BeginTransaction()) { transaction.Commit(); } SaveAll(items);")]
    [InlineData("private SqliteConnection Connection { get { _connection = Db.Open(); return _connection; } }", "SaveAll(items);")]
    [InlineData("private bool _isOpen; private SqliteConnection Connection { get { if (!_isOpen) { _connection = Db.Open(); _isOpen = true; } return _connection; } }", "SaveAll(items);")]
    [InlineData("private static SqliteConnection s_connection; private static SqliteConnection Connection => s_connection ??= Db.Open();", "SaveAll(items);")]
    [InlineData("private readonly SqliteConnection _own = Db.Open(); private SqliteConnection Connection { get { if (_own.State != System.Data.ConnectionState.Open) { _own.Open(); } return _own; } }", "SaveAll(items);")]
    [InlineData("private readonly Opened _opened = new(); private SqliteConnection Connection => _opened.Connection;", "SaveAll(items); using var transaction = Connection.BeginTransaction(); transaction.Commit();")]
    public Task A_connection_that_is_opened_when_it_is_needed(string connection, string run) =>
        VerifyTypesAsync(OpenedWhenNeeded(connection, run, "[|connection.Execute(\"INSERT INTO items VALUES (1)\")|]"));

    private static string OpenedWhenNeeded(string connection, string run, string write) =>
        $$"""
        class Opened { private SqliteConnection _connection; public SqliteConnection Connection => _connection ??= Db.Open(); }
        class Store
        {
            private SqliteConnection _connection;
            {{connection}}
            public void Run(string[] items) { {{run}} }
            private void SaveAll(string[] items) { var connection = Connection; foreach (var item in items) { {{write}}; } }
        }
        """;

    [Theory]
    [InlineData("foreach (var item in items) [|new Statement(connection, \"INSERT INTO items VALUES (1)\").Run()|];")]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"COMMIT\"); foreach (var item in items) [|new Statement(connection, \"INSERT INTO items VALUES (1)\").Run()|];")]
    [InlineData("connection.Execute(\"BEGIN\"); foreach (var item in items) new Statement(connection, \"INSERT INTO items VALUES (1)\").Run(); connection.Execute(\"COMMIT\");")]
    [InlineData("foreach (var item in items) new Statement(connection, \"SELECT 1\").Run();")]
    public Task A_command_that_a_constructor_makes_of_the_text_it_is_given(string statements) => VerifyTypesAsync(
        $$"""
        class Statement
        {
            private readonly SqliteCommand _command;
            public Statement(SqliteConnection connection, string sql) { _command = connection.CreateCommand(); _command.CommandText = sql; }
            public void Run() => _command.ExecuteNonQuery();
        }
        class Program { static void Run(string[] items) { using var connection = Db.Open(); {{statements}} } }
        """);

    /// <summary>The one caller leads to so much code that it is not asked what is open, and nothing begins anything.</summary>
    [Fact]
    public Task A_caller_that_is_not_asked_where_nothing_begins_a_transaction() => VerifyTypesAsync(BelowMuch("[|command.ExecuteNonQuery()|]", "SaveAll(items);"));

    /// <summary>What has the name, and the word in a text, is not the beginning of a transaction.</summary>
    [Theory]
    [InlineData("SaveAll(items);", "class Gui { public void Begin(string title) { } } class Window { void Draw(Gui gui) => gui.Begin(\"all\"); }")]
    [InlineData("SaveAll(items);", "class Window { void Tell() => Console.WriteLine(\"Begin to save all.\"); }")]
    [InlineData("_connection.Execute(\"CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM other; END\"); SaveAll(items);", "")]
    public Task A_caller_that_is_not_asked_where_other_things_begin(string run, string types) => VerifyTypesAsync(BelowMuch("[|command.ExecuteNonQuery()|]", run) + types);

    [Theory]
    [InlineData("using var transaction = _connection.BeginTransaction(); SaveAll(items); transaction.Commit();")]
    [InlineData("_connection.Execute(\"BEGIN\"); SaveAll(items); _connection.Execute(\"COMMIT\");")]
    [InlineData("_connection.Execute(\"SAVEPOINT all_items\"); SaveAll(items); _connection.Execute(\"RELEASE all_items\");")]
    [InlineData("using (Unit.BeginTransaction()) { SaveAll(items); }")]
    public Task Clean_where_a_caller_that_is_not_asked_begins_a_transaction(string run) =>
        VerifyTypesAsync(BelowMuch("command.ExecuteNonQuery()", run) + "static class Unit { public static IDisposable BeginTransaction() => null; }");

    private static string BelowMuch(string write, string run)
    {
        var numbers = Enumerable.Range(1, 110).ToArray();
        return $$"""
            sealed class Store
            {
                private readonly SqliteConnection _connection = Db.Open();
                public void Run(string[] items)
                {
                    {{run}}
                    {{string.Concat(numbers.Select(number => $"Read{number}(); "))}}
                }
                private void SaveAll(string[] items)
                {
                    foreach (var item in items)
                    {
                        using var command = _connection.CreateCommand();
                        command.CommandText = "INSERT INTO items (name) VALUES ('a')";
                        {{write}};
                    }
                }
                {{string.Concat(numbers.Select(number => $"private long Read{number}() => _connection.ExecuteScalar<long>(\"SELECT {number}\");\n"))}}
            }
            """;
    }

    [Fact]
    public Task Clean_with_a_unit_of_work() => VerifyTypesAsync(
        """
        sealed class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private SqliteTransaction _transaction;
            public void Begin() => _transaction = _connection.BeginTransaction();
            public void Commit() { _transaction.Commit(); _transaction.Dispose(); }
            public void SaveAll(string[] items)
            {
                foreach (var item in items)
                {
                    using var command = _connection.CreateCommand();
                    command.CommandText = "INSERT INTO items (name) VALUES ('a')";
                    command.ExecuteNonQuery();
                }
            }
        }
        """);

    [Theory]
    [InlineData("command.Transaction = _transaction; command.ExecuteNonQuery();")]
    [InlineData("command.Transaction = (SqliteTransaction)Current(); command.ExecuteNonQuery();")]
    public Task Clean_where_the_command_is_told_a_transaction(string write) => VerifyTypesAsync(
        $$"""
        sealed class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private SqliteTransaction _transaction;
            private DbTransaction Current() => _transaction;
            public void SaveAll(string[] items)
            {
                foreach (var item in items)
                {
                    using var command = _connection.CreateCommand();
                    command.CommandText = "INSERT INTO items (name) VALUES ('a')";
                    {{write}}
                }
            }
        }
        """);

    [Fact]
    public Task Clean_in_a_TransactionScope() => VerifyAsync(
        "using var scope = new System.Transactions.TransactionScope(); foreach (var item in items) " + Insert + "; scope.Complete();");

    [Fact]
    public Task Clean_over_what_holds_one_item_at_most() => VerifyAsync(
        "foreach (var item in new Option<string>()) " + Insert + ";",
        "sealed class Option<T> : List<T> { }");

    [Theory]
    [InlineData("foreach (var item in items) { context.Add(new object()); [|context.SaveChanges()|]; }")]
    [InlineData("foreach (var item in items) { [|context.Database.ExecuteSqlRaw(\"INSERT INTO items (name) VALUES ('a')\")|]; }")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); foreach (var item in items) { context.SaveChanges(); } transaction.Commit();")]
    [InlineData("foreach (var item in items) { using var own = new Shop(); own.SaveChanges(); }")]
    [InlineData("foreach (var item in items) { context.Add(new object()); } context.SaveChanges();")]
    [InlineData("foreach (var chunk in items.Chunk(100)) { context.AddRange(chunk); context.SaveChanges(); }")]
    [InlineData("var i = 0; foreach (var item in items) { context.Add(item); if (++i % 1000 == 0) context.SaveChanges(); } context.SaveChanges();")]
    [InlineData("var pending = 0; foreach (var item in items) { context.Add(item); if (++pending >= 1000) { context.SaveChanges(); pending = 0; } } context.SaveChanges();")]
    [InlineData("var pending = new List<string>(); foreach (var item in items) { pending.Add(item); if (pending.Count >= 1000) { context.SaveChanges(); pending.Clear(); } } context.SaveChanges();")]
    [InlineData("foreach (var item in items) { if (item.Length == 3) [|context.SaveChanges()|]; }")]
    [InlineData("foreach (var item in items) { if (item.Length > 3) [|context.SaveChanges()|]; }")]
    [InlineData("foreach (var chunk in items.Chunk(100)) { foreach (var item in chunk) context.Add(item); context.SaveChanges(); }")]
    public Task Entity_Framework(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext { protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db"); }
            class Program
            {
                static void Run(string[] items)
                {
                    using var context = new Shop();
                    {{statements}}
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    [Theory]
    [InlineData("foreach (var item in items) { using var command = new SQLiteCommand(\"DELETE FROM items\", connection); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("using var transaction = connection.BeginTransaction(); foreach (var item in items) { using var command = new SQLiteCommand(\"DELETE FROM items\", connection); command.ExecuteNonQuery(); } transaction.Commit();")]
    public Task System_Data_SQLite(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        $$"""
        using System.Data.SQLite;
        class Program
        {
            static void Run(string[] items)
            {
                using var connection = new SQLiteConnection("Data Source=app.db");
                connection.Open();
                {{statements}}
            }
        }
        """,
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task The_message_names_the_write() => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        RuleSource.Statements("foreach (var item in items) {|#0:connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")|};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.WriteInLoopWithoutTransaction).WithLocation(0).WithArguments("the INSERT into 'items'", "in each round")));

    [Fact]
    public Task The_message_of_a_list() => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        RuleSource.Statements("{|#0:connection.Execute(\"UPDATE items SET name = @name\", items.Select(name => new { name }))|};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.WriteInLoopWithoutTransaction).WithLocation(0).WithArguments("the UPDATE of 'items'", "for each item of the list")));

    /// <summary>A context that an object holds, that a factory makes or that is handed on, with no set of it named.</summary>
    [Theory]
    [InlineData("static void Run(string[] items) { using var shop = new Shop(); var all = new Repository<Item>(shop); foreach (var item in items) [|all.Add(new Item())|]; }")]
    [InlineData("static void Run(string[] items) { using var shop = new Shop(); foreach (var item in items) [|Save(shop, new Item())|]; } static void Save(Shop shop, Item item) { shop.Add(item); shop.SaveChanges(); }")]
    [InlineData("private readonly Repository<Item> _all; public Program(Repository<Item> all) => _all = all; void Run(string[] items) { foreach (var item in items) [|_all.Add(new Item())|]; }")]
    [InlineData("static void Run(IDbContextFactory<Shop> shops, string[] items) { using var shop = shops.CreateDbContext(); foreach (var item in items) { shop.Set<Item>().Add(new Item()); [|shop.SaveChanges()|]; } }")]
    [InlineData("private Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction _open; void Begin(Shop other) => _open = other.Database.BeginTransaction(); static void Run(IDbContextFactory<Shop> shops, string[] items) { using var shop = shops.CreateDbContext(); foreach (var item in items) { shop.Add(new Item()); [|shop.SaveChanges()|]; } }")]
    [InlineData("private Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction _open; void Begin(Shop other) => _open = other.Database.BeginTransaction(); static async System.Threading.Tasks.Task RunAsync(IDbContextFactory<Shop> shops, string[] items) { await using var shop = await shops.CreateDbContextAsync(); foreach (var item in items) { shop.Add(new Item()); await [|shop.SaveChangesAsync()|]; } }")]
    [InlineData("static async System.Threading.Tasks.Task RunAsync() { await using var shop = new Shop(); await foreach (var item in shop.Items) { item.Name = \"a\"; await [|shop.SaveChangesAsync()|]; } }")]
    public Task A_context_from_elsewhere(string members) => VerifyShopAsync(members);

    [Theory]
    [InlineData("static void Run(string[] items) { using var shop = new Shop(); using var transaction = shop.Database.BeginTransaction(); var all = new Repository<Item>(shop); foreach (var item in items) all.Add(new Item()); transaction.Commit(); }")]
    [InlineData("static void Run(string[] items) { using var shop = new Shop(); foreach (var item in items) Track(shop, new Item()); shop.SaveChanges(); } static void Track(Shop shop, Item item) => shop.Add(item);")]
    [InlineData("static void Run(IDbContextFactory<Shop> shops, string[] items) { using var shop = shops.CreateDbContext(); using var transaction = shop.Database.BeginTransaction(); foreach (var item in items) { shop.Add(new Item()); shop.SaveChanges(); } transaction.Commit(); }")]
    [InlineData("static void Run(IDbContextFactory<Shop> shops, string[] items) { foreach (var item in items) { using var shop = shops.CreateDbContext(); shop.Add(new Item()); shop.SaveChanges(); } }")]
    [InlineData("static async System.Threading.Tasks.Task RunAsync(System.Collections.Generic.IAsyncEnumerable<string> items) { await using var shop = new Shop(); await foreach (var item in items) { shop.Add(new Item()); await shop.SaveChangesAsync(); } }")]
    [InlineData("static void Run(string[] items) { foreach (var item in items) { using var shop = new Shop(); new Repository<Item>(shop).Add(new Item()); } }")]
    public Task Clean_with_a_context_from_elsewhere(string members) => VerifyShopAsync(members);

    [Theory]
    [InlineData("foreach (var id in ids) { shop.Items.Find(id).Name = \"a\"; [|shop.SaveChanges()|]; }")]
    [InlineData("foreach (var id in ids) { shop.Find<Item>(id).Name = \"a\"; [|shop.SaveChanges()|]; }")]
    public Task What_is_looked_up_in_a_set(string statements) =>
        VerifyShopAsync("static void Run(IDbContextFactory<Shop> shops, int[] ids) { using var shop = shops.CreateDbContext(); " + statements + " }");

    private static Task VerifyShopAsync(string members) => RuleVerifier.VerifyAsync(
        Descriptors.WriteInLoopWithoutTransaction,
        $$"""
        using Microsoft.EntityFrameworkCore;

        class Item { public int Id { get; set; } public string Name { get; set; } }

        class Shop : DbContext
        {
            public DbSet<Item> Items => Set<Item>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
        }

        class Repository<T>
            where T : class
        {
            private readonly Shop _shop;
            public Repository(Shop shop) => _shop = shop;
            public void Add(T item)
            {
                _shop.Set<T>().Add(item);
                _shop.SaveChanges();
            }
        }

        class Program
        {
            {{members}}
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyAsync(string statements, string types = "") =>
        RuleVerifier.VerifyAsync(Descriptors.WriteInLoopWithoutTransaction, RuleSource.Statements(statements) + types);

    /// <summary>A helper that executes the text it is given is a call, too.</summary>
    [Theory]
    [InlineData("Set(item)")]
    [InlineData("SetOver(item)")]
    [InlineData("SetByText(item)")]
    public Task Two_calls_below_the_loop(string call) => VerifyMembersAsync(
        $$"""
        private readonly SqliteConnection _connection = Db.Open();
        private static void Run(SqliteConnection connection, string sql) { using var command = connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
        private void Set(string item) { using var command = _connection.CreateCommand(); command.CommandText = "INSERT INTO items VALUES (1)"; command.ExecuteNonQuery(); }
        private void SetOver(string item) => Set(item);
        private void SetByText(string item) => Run(_connection, "INSERT INTO items VALUES (1)");
        void Load(IEnumerable<string> items) { foreach (var item in items) { [|{{call}}|]; } }
        void LoadInOne(IEnumerable<string> items) { using var transaction = _connection.BeginTransaction(); foreach (var item in items) { {{call}}; } transaction.Commit(); }
        """);

    /// <summary>A transaction that one object leaves open is on no connection that another has made for itself.</summary>
    [Theory]
    [InlineData("private readonly SqliteConnection _connection = Db.Open();", "private readonly SqliteConnection _own = Db.Open();", true)]
    [InlineData("private SqliteConnection? _connection; public UnitOfWork() => _connection = Db.Open();", "private readonly SqliteConnection _own; public Cache() { _own = new(\"Data Source=app.db\"); _own.Open(); }", true)]
    [InlineData("private readonly SqliteConnection _connection; public UnitOfWork(SqliteConnection connection) => _connection = connection;", "private readonly SqliteConnection _own = new(\"Data Source=cache.db\");", false)]
    [InlineData("private readonly SqliteConnection _connection = Db.Open(); public SqliteConnection Connection => _connection;", "private readonly SqliteConnection _own; public Cache(UnitOfWork unit) => _own = unit.Connection;", false)]
    [InlineData("private readonly SqliteConnection _connection = Db.Open(); public SqliteConnection Connection => _connection;", "private readonly SqliteConnection _own; public Cache(SqliteConnection connection) => _own = connection;", false)]
    [InlineData("private readonly SqliteConnection _connection = Db.Open();", "private readonly SqliteConnection _own = UnitOfWork.Shared;", true)]
    [InlineData("private SqliteConnection _connection => Shared;", "private readonly SqliteConnection _own = UnitOfWork.Shared;", false)]
    [InlineData("public SqliteConnection _connection = Db.Open();", "private readonly SqliteConnection _own = Db.Open();", false)]
    public Task Where_another_object_leaves_a_transaction_open(string unit, string cache, bool isFound) => VerifyTypesAsync(
        $$"""
        class UnitOfWork
        {
            public static readonly SqliteConnection Shared = Db.Open();
            {{unit}}
            private SqliteTransaction? _transaction;
            public void Begin() => _transaction = _connection.BeginTransaction();
            public void Commit() => _transaction?.Commit();
        }

        class Cache
        {
            {{cache}}

            public void Fill(IEnumerable<string> names)
            {
                foreach (var name in names)
                {
                    {{(isFound ? "[|" : "")}}_own.Execute("INSERT INTO items VALUES (@name)", new { name }){{(isFound ? "|]" : "")}};
                }
            }
        }
        """);

    /// <summary>What is put in a queue may run in a transaction where the queue is gone through; what a caller hands in, callers know.</summary>
    [Theory]
    [InlineData("using var transaction = _connection.BeginTransaction(); while (_queue.Count > 0) { _queue.Dequeue()(); } transaction.Commit();", false)]
    [InlineData("_connection.Execute(\"BEGIN\"); foreach (var each in _queue) { each(); } _connection.Execute(\"COMMIT\");", false)]
    [InlineData("using var transaction = _connection.BeginTransaction(); _last?.Invoke(); transaction.Commit();", false)]
    [InlineData("using var transaction = _connection.BeginTransaction(); work(); transaction.Commit();", true)]
    [InlineData("using (var transaction = _connection.BeginTransaction()) { transaction.Commit(); } while (_queue.Count > 0) { _queue.Dequeue()(); }", true)]
    [InlineData("using var connection = Db.Open(); using var transaction = connection.BeginTransaction(); while (_queue.Count > 0) { _queue.Dequeue()(); } transaction.Commit();", true)]
    public Task In_what_is_put_in_a_queue(string flush, bool isFound) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly Queue<Action> _queue = new();
            private Action? _last;

            public void Flush(Action work)
            {
                {{flush}}
            }

            public void Add(IEnumerable<string> names) => _queue.Enqueue(_last = () =>
            {
                foreach (var name in names)
                {
                    {{(isFound ? "[|" : "")}}_connection.Execute("INSERT INTO items VALUES (@name)", new { name }){{(isFound ? "|]" : "")}};
                }
            });
        }
        """);

    /// <summary>What is left open on a connection that nobody has any longer, or that a caller hands in who commits, is on no other. Who holds what is given back is not known.</summary>
    [Theory]
    [InlineData("public void Add(bool there) { using var c = Db.Open(); c.Execute(\"BEGIN\"); c.Execute(\"UPDATE items SET a = 1\"); if (there) { return; } c.Execute(\"COMMIT\"); }", true)]
    [InlineData("static SqliteTransaction Begin(SqliteConnection c) => c.BeginTransaction(); void Use() { using var c = Db.Open(); using var t = Begin(c); t.Commit(); }", true)]
    [InlineData("public SqliteTransaction Begin(SqliteConnection c) => c.BeginTransaction();", true)]
    [InlineData("static SqliteTransaction Begin(SqliteConnection c) => c.BeginTransaction(); public void Start(Cache cache) => Begin(cache.Own);", false)]
    [InlineData("static SqliteTransaction Begin(SqliteConnection c) => c.BeginTransaction(); static SqliteTransaction More(SqliteConnection c) => Begin(c); public void Start(Cache cache) => More(cache.Own);", false)]
    [InlineData("static SqliteConnection Start() { var c = Db.Open(); c.Execute(\"BEGIN\"); return c; }", false)]
    public Task Where_others_leave_a_transaction_open(string members, bool isFound) => VerifyTypesAsync(
        $$"""
        class Other
        {
            {{members}}
        }

        class Cache
        {
            private readonly SqliteConnection _own = Db.Open();

            public SqliteConnection Own => _own;

            public void Fill(IEnumerable<string> names)
            {
                foreach (var name in names)
                {
                    {{(isFound ? "[|" : "")}}_own.Execute("INSERT INTO items VALUES (@name)", new { name }){{(isFound ? "|]" : "")}};
                }
            }
        }
        """);

    private static Task VerifyMembersAsync(string members) =>
        RuleVerifier.VerifyAsync(Descriptors.WriteInLoopWithoutTransaction, RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) =>
        RuleVerifier.VerifyAsync(Descriptors.WriteInLoopWithoutTransaction, RuleSource.Types(types));

    [Theory]
    [InlineData("public void Use(string sql) => _command.CommandText = sql;")]
    [InlineData("public SqliteCommand Command => _command;")]
    public Task Clean_where_other_code_gives_the_command_another_text(string other) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteCommand _command = Db.Open().CreateCommand();

            public Store()
            {
                _command.CommandText = "DELETE FROM items";
            }

            {{other}}

            public void Run(string[] names)
            {
                foreach (var name in names)
                {
                    _command.Parameters["$name"].Value = name;
                    _command.ExecuteScalar();
                }
            }
        }
        """);

    [Theory]
    [InlineData("_options.InTransaction = true;", "")]
    [InlineData("", "public static void Change(Store store) => store._options.InTransaction = true;")]
    [InlineData("", "public Action Change; public Store(int n) : this() => Change = () => _options.InTransaction = true;")]
    public Task Clean_where_other_code_changes_the_option_that_decides(string change, string other) => VerifyTypesAsync(
        $$"""
        class Options { public bool InTransaction; }
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private readonly Options _options = new Options();

            public Store()
            {
                _options.InTransaction = false;
            }

            private void Begin()
            {
                if (_options.InTransaction) _connection.Execute("BEGIN");
            }

            public void Run(string[] names)
            {
                Begin();
                foreach (var name in names) _connection.Execute("INSERT INTO items (name) VALUES ($name)", new { name });
            }

            public void Set() { {{change}} }
            {{other}}
        }
        """);

    [Fact]
    public Task Clean_where_a_lambda_in_the_constructor_changes_what_decides() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            private string _sql;

            public Store(Action<Action> register)
            {
                _sql = "DELETE FROM items";
                register(() => _sql = "SELECT 1");
            }

            public void Run(string[] names)
            {
                foreach (var name in names) _connection.ExecuteScalar<int>(_sql);
            }
        }
        """);

    private static string Keeping(string before, string statements) =>
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection;
            private readonly SqliteCommand _insert;
            private readonly SqliteCommand _count;

            public Store()
            {
                _connection = Db.Open();
                _insert = _connection.CreateCommand();
                _insert.CommandText = "INSERT INTO items (name) VALUES ($name)";
                _count = new SqliteCommand("SELECT count(*) FROM items", _connection);
            }

            public void Run(string[] names)
            {
                {{before}}
                foreach (var name in names)
                {
                    {{statements}}
                }
            }
        }
        """;
}
