using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>SQLITE1003 where a checkpoint is too late for the process that was started before it, and nowhere else.</summary>
public sealed class CheckpointAfterProcessStartTests
{
    [Theory]
    [InlineData("[|Db.Checkpoint(connection)|];")]
    [InlineData("_ = [|connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|];")]
    [InlineData("[|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];")]
    [InlineData("[|SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection)|];")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"PRAGMA wal_checkpoint(RESTART)\"; var busy = [|command.ExecuteScalar()|];")]
    [InlineData("void Flush() => Db.Checkpoint(connection); [|Flush()|];")]
    [InlineData("if (flag) { [|Db.Checkpoint(connection)|]; }")]
    [InlineData("try { [|Db.Checkpoint(connection)|]; } catch (InvalidOperationException) { }")]
    public Task Every_way_to_checkpoint(string checkpoint) => VerifyAsync($"Db.Write(connection); Process.Start(\"worker\"); {checkpoint}");

    [Theory]
    [InlineData("Process.Start(\"worker\");")]
    [InlineData("Process.Start(items[0], Db.Path);")]
    [InlineData("var worker = Process.Start(\"worker\");")]
    [InlineData("using var worker = Process.Start(new ProcessStartInfo(\"worker\") { UseShellExecute = false });")]
    [InlineData("Db.Start();")]
    [InlineData("if (flag) { Process.Start(\"worker\"); }")]
    [InlineData("foreach (var item in items) { Process.Start(\"worker\", item); }")]
    [InlineData("var workers = items.Select(item => Process.Start(\"worker\", item)).ToList();")]
    [InlineData("Parallel.ForEach(items, item => Process.Start(\"worker\", item));")]
    [InlineData("try { Process.Start(\"worker\"); } catch (InvalidOperationException error) { Console.WriteLine(error); }")]
    [InlineData("var worker = new Process { StartInfo = new ProcessStartInfo(\"worker\") }; worker.Start();")]
    [InlineData("var worker = CliWrap.Cli.Wrap(\"worker\").ExecuteAsync();")]
    [InlineData("var worker = Process.Start(\"worker\"); Console.WriteLine(worker!.Id);")]
    [InlineData("var worker = Process.Start(\"worker\"); if (worker is null) { return; }")]
    public Task Every_way_to_start(string start) => VerifyAsync($"Db.Write(connection); {start} [|Db.Checkpoint(connection)|];");

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("foreach (var item in items) { Db.Write(connection); }")]
    [InlineData("if (flag) { Db.Write(connection); }")]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"DELETE FROM items\"); connection.Execute(\"COMMIT\");")]
    public Task Every_way_to_write(string write) => VerifyAsync($"{write} Process.Start(\"worker\"); [|Db.Checkpoint(connection)|];");

    [Fact]
    public Task The_worker_is_waited_for_afterwards() => VerifyAsync(
        """
        Db.Write(connection);
        var workers = Enumerable.Range(0, 10).Select(number => Process.Start("worker", number.ToString())).ToList();
        [|Db.Checkpoint(connection)|];
        foreach (var worker in workers)
        {
            worker.WaitForExit();
        }
        """);

    [Fact]
    public Task In_the_using_statement_of_the_process() => VerifyAsync(
        """
        Db.Write(connection);
        using (var worker = Process.Start("worker"))
        {
            [|Db.Checkpoint(connection)|];
            worker.WaitForExit();
        }
        """);

    [Fact]
    public Task In_each_round() => VerifyAsync(
        """
        foreach (var item in items)
        {
            Db.Write(connection);
            Process.Start("worker", item);
            [|Db.Checkpoint(connection)|];
        }
        """);

    [Fact]
    public Task Asynchronous() => RuleVerifier.VerifyAsync(Descriptors.CheckpointAfterProcessStart, RuleSource.AsyncStatements(
        """
        await connection.ExecuteAsync("DELETE FROM items");
        using var worker = Process.Start("worker");
        await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)")|];
        await worker.WaitForExitAsync();
        """));

    [Fact]
    public Task Helpers_for_all_of_it() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();

        public void Run()
        {
            Save();
            StartWorkers();
            [|Flush()|];
        }

        private void Save() => _connection.Execute("INSERT INTO items (name) VALUES ('a')");

        private static void StartWorkers() => Process.Start("worker");

        private void Flush() => Db.Checkpoint(_connection);
        """);

    [Fact]
    public Task A_helper_that_writes_and_starts() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Send(connection);
            [|Db.Checkpoint(connection)|];
        }

        static void Send(SqliteConnection connection)
        {
            Db.Write(connection);
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task An_awaited_helper_that_only_starts() => VerifyMembersAsync(
        """
        static async Task RunAsync()
        {
            await using var connection = Db.Open();
            await connection.ExecuteAsync("DELETE FROM items");
            await StartAsync();
            [|Db.Checkpoint(connection)|];
        }

        static Task StartAsync()
        {
            Process.Start("worker");
            return Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Both_are_said() => RuleVerifier.VerifyAllRulesAsync(RuleSource.Statements(
        """
        Db.Write(connection);
        {|SQLITE1001:Process.Start("worker")|};
        {|SQLITE1003:Db.Checkpoint(connection)|};
        """));

    [Theory]
    [InlineData("Process.Start(\"worker\").WaitForExit();")]
    [InlineData("Process.Start(\"worker\")?.WaitForExit(1000);")]
    [InlineData("var worker = Process.Start(\"worker\"); worker!.WaitForExit();")]
    [InlineData("var worker = Process.Start(\"worker\"); while (!worker!.HasExited) { }")]
    [InlineData("var worker = Process.Start(\"worker\"); worker!.Kill();")]
    [InlineData("var worker = Process.Start(\"worker\"); Console.WriteLine(worker!.StandardOutput.ReadToEnd());")]
    [InlineData("var workers = items.Select(item => Process.Start(\"worker\", item)).ToList(); workers.ForEach(worker => worker.WaitForExit());")]
    [InlineData("foreach (var item in items) { using var worker = Process.Start(\"worker\", item); worker.WaitForExit(); }")]
    [InlineData("Process.Start(\"worker\"); System.Threading.Thread.Sleep(5000);")]
    [InlineData("Process.Start(\"worker\"); Console.ReadLine();")]
    [InlineData("Process.Start(\"worker\"); while (!File.Exists(\"done\")) { System.Threading.Thread.Sleep(100); }")]
    [InlineData("CliWrap.Cli.Wrap(\"worker\").ExecuteAsync().GetAwaiter().GetResult();")]
    [InlineData("Process.Start(\"worker\"); new Action<int>(Console.WriteLine)(1);")]
    public Task Clean_where_the_worker_is_waited_for(string start) => VerifyAsync($"Db.Write(connection); {start} Db.Checkpoint(connection);");

    [Theory]
    [InlineData("using var worker = Process.Start(\"worker\"); await worker.WaitForExitAsync();")]
    [InlineData("await CliWrap.Cli.Wrap(\"worker\").ExecuteAsync();")]
    [InlineData("var worker = CliWrap.Cli.Wrap(\"worker\").ExecuteAsync(); await worker;")]
    [InlineData("Process.Start(\"worker\"); await Task.Delay(1000);")]
    [InlineData("await Task.WhenAll(items.Select(async item => { using var worker = Process.Start(\"worker\", item); await worker.WaitForExitAsync(); }));")]
    public Task Clean_where_the_worker_is_awaited(string start) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointAfterProcessStart, RuleSource.AsyncStatements($"await connection.ExecuteAsync(\"DELETE FROM items\"); {start} Db.Checkpoint(connection);"));

    [Theory]
    [InlineData("Process.Start(\"worker\").WaitForExit();", "")]
    [InlineData("Process.Start(\"worker\");", "WaitForWorkers();")]
    [InlineData("Process.Start(\"worker\");", "Finish();")]
    public Task Clean_where_a_helper_waits(string start, string after) => VerifyMembersAsync(
        $$"""
        private static readonly List<Process> s_workers = new();

        static void Run()
        {
            using var connection = Db.Open();
            Db.Write(connection);
            Begin();
            {{after}}
            Db.Checkpoint(connection);
        }

        static void Begin() { {{start}} }

        static void WaitForWorkers() { }

        static void Finish() => s_workers.ForEach(worker => worker.WaitForExit());
        """);

    [Theory]
    [InlineData("Process.Start(\"worker\"); Db.Write(connection); Db.Checkpoint(connection);")]
    [InlineData("Process.Start(\"worker\"); if (flag) { connection.Execute(\"DELETE FROM items\"); } Db.Checkpoint(connection);")]
    [InlineData("foreach (var item in items) { Db.Write(connection); Process.Start(\"worker\", item); } Db.Checkpoint(connection);")]
    public Task Clean_where_more_was_written(string statements) => VerifyAsync($"Db.Write(connection); {statements}");

    [Theory]
    [InlineData("Db.Checkpoint(connection); Process.Start(\"worker\"); Db.Checkpoint(connection);")]
    [InlineData("if (flag) { Db.Checkpoint(connection); } Process.Start(\"worker\"); Db.Checkpoint(connection);")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\"); Process.Start(\"worker\"); Db.Checkpoint(connection);")]
    public Task Clean_where_one_stands_before_the_start(string statements) => VerifyAsync($"Db.Write(connection); {statements}");

    [Theory]
    [InlineData("using var other = Db.Open(); Db.Checkpoint(other);")]
    [InlineData("using (var other = new SqliteConnection(Db.Text)) { other.Open(); Db.Checkpoint(other); }")]
    [InlineData("new SqliteConnection(Db.Text).Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");")]
    [InlineData("Maintain();")]
    public Task Clean_on_a_fresh_connection(string checkpoint) => VerifyMembersAsync(
        $$"""
        static void Run()
        {
            using var connection = Db.Open();
            Db.Write(connection);
            Process.Start("worker");
            {{checkpoint}}
        }

        static void Maintain()
        {
            using var connection = Db.Open();
            Db.Checkpoint(connection);
        }
        """);

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\");")]
    [InlineData("connection.Execute(\"PRAGMA wal_checkpoint\");")]
    [InlineData("Db.Checkpoint(connection); File.Copy(Db.Path, \"backup.db\");")]
    [InlineData("Db.Checkpoint(connection); Process.Start(\"second\");")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => Db.Checkpoint(connection);")]
    public Task Clean_with_a_purpose_of_its_own(string checkpoint) => VerifyAsync($"Db.Write(connection); Process.Start(\"worker\"); {checkpoint}");

    [Theory]
    [InlineData("if (flag) { Process.Start(\"worker\"); } else { Db.Checkpoint(connection); }")]
    [InlineData("if (flag) { Process.Start(\"worker\"); return; } Db.Checkpoint(connection);")]
    [InlineData("switch (items.Length) { case 0: Process.Start(\"worker\"); break; default: Db.Checkpoint(connection); break; }")]
    [InlineData("try { Process.Start(\"worker\"); } finally { Db.Checkpoint(connection); }")]
    [InlineData("try { Process.Start(\"worker\"); } catch (InvalidOperationException) { Db.Checkpoint(connection); }")]
    [InlineData("while (flag) { Db.Checkpoint(connection); Db.Write(connection); Process.Start(\"worker\"); }")]
    [InlineData("void Begin() => Process.Start(\"worker\"); Db.Checkpoint(connection); Begin();")]
    [InlineData("Action begin = () => Process.Start(\"worker\"); Db.Checkpoint(connection); begin();")]
    public Task Clean_where_the_start_does_not_lead_there(string statements) => VerifyAsync($"Db.Write(connection); {statements}");

    [Theory]
    [InlineData("Process.Start(\"git\");")]
    [InlineData("Process.Start(items[0]);")]
    [InlineData("Process.Start(\"https://sqlite.org\");")]
    [InlineData("Process.Start(new ProcessStartInfo(\"worker\") { UseShellExecute = true });")]
    public Task Clean_where_it_is_no_worker(string start) => VerifyAsync($"Db.Write(connection); {start} Db.Checkpoint(connection);");

    [Fact]
    public Task Clean_without_a_write() => VerifyAsync("Process.Start(\"worker\"); Db.Checkpoint(connection);");

    [Fact]
    public Task Clean_where_the_transaction_is_what_is_said() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        Process.Start("worker");
        transaction.Commit();
        Db.Checkpoint(connection);
        """);

    [Fact]
    public Task Clean_of_another_database() => VerifyAsync(
        """
        Db.Write(connection);
        using var other = new SqliteConnection("Data Source=other.db");
        other.Open();
        Process.Start("worker");
        Db.Checkpoint(other);
        """);

    [Fact]
    public Task Clean_at_the_end_of_a_holder() => VerifyMembersAsync(
        """
        sealed class Store : IDisposable
        {
            private readonly SqliteConnection _connection = Db.Open();

            public void Save() => Db.Write(_connection);

            public void Dispose()
            {
                Db.Checkpoint(_connection);
                _connection.Dispose();
            }
        }

        static void Run()
        {
            var store = new Store();
            store.Save();
            Process.Start("worker");
            store.Dispose();
        }

        static void RunInUsing()
        {
            using var store = new Store();
            store.Save();
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task Clean_without_WAL() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointAfterProcessStart,
        RuleSource.Alone(
            """
            class Program
            {
                static void Run()
                {
                    using var connection = new SqliteConnection("Data Source=app.db");
                    connection.Open();
                    connection.Execute("DELETE FROM items");
                    Process.Start("worker");
                    connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }
            """));

    private static Task VerifyAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.CheckpointAfterProcessStart, RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) =>
        RuleVerifier.VerifyAsync(Descriptors.CheckpointAfterProcessStart, RuleSource.Members(members));
}
