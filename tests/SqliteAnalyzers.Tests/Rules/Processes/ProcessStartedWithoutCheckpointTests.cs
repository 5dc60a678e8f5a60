using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>SQLITE1001 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class ProcessStartedWithoutCheckpointTests
{
    [Theory]
    [InlineData("INSERT INTO items (name) VALUES ('a')")]
    [InlineData("INSERT INTO items (name) VALUES ('a') RETURNING id")]
    [InlineData("INSERT OR IGNORE INTO items (name) VALUES ('a')")]
    [InlineData("WITH new(n) AS (SELECT 'a') INSERT INTO items (name) SELECT n FROM new")]
    [InlineData("REPLACE INTO items (id) VALUES (1)")]
    [InlineData("UPDATE items SET name = 'b'")]
    [InlineData("DELETE FROM items")]
    [InlineData("CREATE TABLE items (id INTEGER PRIMARY KEY)")]
    [InlineData("CREATE INDEX byName ON items (name)")]
    [InlineData("ALTER TABLE items ADD COLUMN size INTEGER")]
    [InlineData("DROP TABLE items")]
    [InlineData("/* first */ SELECT 1; DELETE FROM items")]
    public Task Every_kind_of_write(string sql) => VerifyAsync($"connection.Execute(\"{sql}\"); [|Process.Start(\"worker\")|];");

    [Theory]
    [InlineData("SELECT name FROM items")]
    [InlineData("WITH new(n) AS (SELECT 'a') SELECT n FROM new")]
    [InlineData("SELECT 'INSERT INTO items'")]
    [InlineData("SELECT 1 -- ; DELETE FROM items")]
    [InlineData("SELECT \\\"insert\\\" FROM items")]
    [InlineData("EXPLAIN DELETE FROM items")]
    [InlineData("CREATE TEMP TABLE scratch (id INTEGER)")]
    [InlineData("CREATE TEMP TABLE scratch (id INTEGER); INSERT INTO scratch SELECT id FROM items; DELETE FROM scratch")]
    [InlineData("INSERT INTO temp.scratch SELECT id FROM items")]
    [InlineData("PRAGMA optimize")]
    [InlineData("")]
    public Task Clean_what_writes_nothing_to_the_file(string sql) => VerifyAsync($"connection.Execute(\"{sql}\"); Process.Start(\"worker\");");

    [Theory]
    [InlineData("Process.Start(\"worker\")")]
    [InlineData("Process.Start(\"worker\", \"--all\")")]
    [InlineData("Process.Start(\"worker\", new[] { \"--all\" })")]
    [InlineData("Process.Start(new ProcessStartInfo(\"worker\"))")]
    [InlineData("Process.Start(new ProcessStartInfo { FileName = \"worker\" })")]
    [InlineData("Process.Start(new ProcessStartInfo(\"worker\") { UseShellExecute = false })")]
    [InlineData("new Process { StartInfo = new ProcessStartInfo(\"worker\") }.Start()")]
    [InlineData("CliWrap.Cli.Wrap(\"worker\").ExecuteAsync()")]
    [InlineData("CliWrap.Buffered.BufferedCommandExtensions.ExecuteBufferedAsync(CliWrap.Cli.Wrap(\"worker\"))")]
    [InlineData("Medallion.Shell.Command.Run(\"worker\")")]
    [InlineData("Medallion.Shell.Shell.Default.Run(\"worker\")")]
    public Task Every_way_to_start_a_process(string start) => VerifyAsync($"Db.Write(connection); _ = [|{start}|];");

    [Theory]
    [InlineData("Process.Start(\"https://sqlite.org\")")]
    [InlineData("Process.Start(\"/var/data/\")")]
    [InlineData("Process.Start(\"explorer.exe\", \"data\")")]
    [InlineData("Process.Start(\"open\", \"data\")")]
    [InlineData("Process.Start(\"xdg-open\", \"data\")")]
    [InlineData("Process.Start(new ProcessStartInfo(\"report.pdf\") { UseShellExecute = true })")]
    [InlineData("Process.Start(Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments))")]
    [InlineData("Process.GetCurrentProcess()")]
    [InlineData("Process.GetProcessById(1)")]
    [InlineData("new ProcessStartInfo(\"worker\")")]
    [InlineData("CliWrap.Cli.Wrap(\"worker\").WithArguments(\"--all\")")]
    public Task Clean_what_starts_no_worker(string start) => VerifyAsync($"Db.Write(connection); _ = {start};");

    [Theory]
    [InlineData("Process.Start(items[0], \"app.db\")")]
    [InlineData("Process.Start(items[0], $\"--database \\\"{Path.GetFullPath(Db.Path)}\\\"\")")]
    [InlineData("Process.Start(items[0], new[] { \"--all\", Db.Path })")]
    [InlineData("Process.Start(items[0], Db.Text)")]
    [InlineData("Process.Start(items[0], connection.ConnectionString)")]
    [InlineData("Process.Start(items[0], connection.DataSource)")]
    [InlineData("Process.Start(new ProcessStartInfo(items[0]) { Arguments = Db.Path })")]
    [InlineData("Process.Start(new ProcessStartInfo(items[0]) { ArgumentList = { \"--database\", Db.Path } })")]
    [InlineData("Process.Start(Db.Info(items[0], info => info.ArgumentList.Add(Db.Path)))")]
    [InlineData("Process.Start(Db.Info(items[0], info => info.Environment[\"DATABASE\"] = Db.Path))")]
    [InlineData("Process.Start(Db.Info(items[0], info => info.EnvironmentVariables.Add(\"DATABASE\", Db.Text)))")]
    [InlineData("Process.Start(\"sqlite3\", \"app.db .dump\")")]
    [InlineData("Process.Start(\"cp\", $\"{Db.Path} copy.db\")")]
    [InlineData("Process.Start(\"powershell\", $\"-File export.ps1 {Db.Path}\")")]
    [InlineData("Process.Start(\"cmd.exe\", $\"/c export.exe {Db.Path}\")")]
    [InlineData("Process.Start(Environment.ProcessPath, \"worker\")")]
    [InlineData("Process.Start(Environment.ProcessPath!, new[] { \"worker\" })")]
    [InlineData("Process.Start(Environment.GetCommandLineArgs()[0])")]
    [InlineData("Process.Start(Process.GetCurrentProcess().MainModule.FileName)")]
    [InlineData("Process.Start(Process.GetCurrentProcess().MainModule?.FileName ?? throw new InvalidOperationException())")]
    [InlineData("Process.Start(System.Reflection.Assembly.GetExecutingAssembly().Location)")]
    [InlineData("Process.Start(\"dotnet\", System.Reflection.Assembly.GetEntryAssembly().Location + \" worker\")")]
    [InlineData("Process.Start(\"dotnet\", \"worker.dll\")")]
    [InlineData("Process.Start(\"python3\", \"report.py\")")]
    [InlineData("Process.Start(\"cmd\", \"/c worker.exe --all\")")]
    [InlineData("Process.Start(\"/bin/sh\", \"-c ./worker\")")]
    [InlineData("Process.Start(Path.Combine(AppContext.BaseDirectory, \"worker.exe\"))")]
    [InlineData("Process.Start(@\"C:\\tools\\export.exe\")")]
    [InlineData("CliWrap.Cli.Wrap(items[0]).WithArguments(Db.Path).ExecuteAsync()")]
    [InlineData("Medallion.Shell.Command.Run(items[0], \"--database\", Db.Path)")]
    public Task What_may_be_a_worker(string start) => VerifyAsync($"Db.Write(connection); _ = [|{start}|];");

    [Theory]
    [InlineData("Process.Start(\"git\", \"status\")")]
    [InlineData("Process.Start(@\"C:\\Program Files\\Git\\bin\\git.exe\", \"pull\")")]
    [InlineData("Process.Start(\"ffmpeg\", $\"-i {items[0]} out.mp4\")")]
    [InlineData("Process.Start(Path.Combine(AppContext.BaseDirectory, \"ffmpeg.exe\"))")]
    [InlineData("Process.Start(Path.Combine(AppContext.BaseDirectory, \"azcopy.exe\"), $\"copy {items[0]}\")")]
    [InlineData("Process.Start(\"powershell.exe\", \"-Command Get-ItemProperty HKLM:\")")]
    [InlineData("Process.Start(\"taskkill\", $\"/PID {items.Length}\")")]
    [InlineData("Process.Start(@\"C:\\Windows\\explorer.exe\", \"/select,app.db\")")]
    [InlineData("Process.Start(\"/usr/bin/xdg-open\", Db.Path)")]
    [InlineData("Process.Start(\"cmd\", \"/c start https://sqlite.org\")")]
    [InlineData("Process.Start(\"cmd\", $\"/c start {items[0]}\")")]
    [InlineData("Process.Start(\"cmd.exe\", \"/c ipconfig /flushdns\")")]
    [InlineData("Process.Start(\"bash\", \"-c 'echo done'\")")]
    [InlineData("Process.Start(\"dotnet\", \"--version\")")]
    [InlineData("Process.Start(\"dotnet\", \"build -c Release\")")]
    [InlineData("Process.Start(\"python\", \"--version\")")]
    [InlineData("Process.Start($\"https://sqlite.org/{items[0]}\")")]
    [InlineData("CliWrap.Cli.Wrap(\"git\").WithArguments(\"status\").ExecuteAsync()")]
    [InlineData("Medallion.Shell.Command.Run(\"git\", \"status\")")]
    [InlineData("Process.Start(items[0])")]
    public Task Clean_what_is_known_or_comes_from_data(string start) => VerifyAsync($"Db.Write(connection); _ = {start};");

    [Fact]
    public Task It_is_found_beside_a_write_to_another_database_that_is_not_in_WAL_mode() => VerifyMembersAsync(
        """
        static void Run()
        {
            using (var log = new SqliteConnection("Data Source=log.db"))
            {
                log.Open();
                log.Execute("CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY)");
            }

            using var items = new SqliteConnection("Data Source=items.db");
            items.Open();
            items.Execute("PRAGMA journal_mode = WAL");
            items.Execute("INSERT INTO items DEFAULT VALUES");
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task A_copy_of_the_file_is_handed_over() => VerifyAsync(
        """
        Db.Write(connection);
        File.Copy(Db.Path, items[0]);
        [|Process.Start("zip", items[0])|];
        """);

    [Fact]
    public Task Another_file_is_copied_and_handed_over() => VerifyAsync(
        """
        Db.Write(connection);
        File.Copy("settings.json", items[0]);
        Process.Start("zip", items[0]);
        """);

    [Fact]
    public Task The_path_that_the_connection_is_made_of() => VerifyTypesAsync(
        """
        class Store(string path, string folder, string program)
        {
            private SqliteConnection Open()
            {
                var connection = new SqliteConnection($"Data Source={path}");
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                return connection;
            }
            public void Export() { using var connection = Open(); Db.Write(connection); [|Process.Start(program, path)|]; }
            public void Other() { using var connection = Open(); Db.Write(connection); Process.Start(program, folder); }
        }
        """);

    [Fact]
    public Task The_folder_that_the_database_is_in() => VerifyTypesAsync(
        """
        class Store(string folder, string program)
        {
            public void Export()
            {
                using var connection = new SqliteConnection("Data Source=" + Path.Combine(folder, "data.sqlite"));
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                Db.Write(connection);
                [|Process.Start(new ProcessStartInfo(program) { WorkingDirectory = folder })|];
                [|Process.Start(program, Path.Combine(folder, "data.sqlite"))|];
                [|Process.Start("python3", $"report.py \"{folder}\"")|];
                Process.Start(program, Path.Combine(folder, "notes.txt"));
                Process.Start(Path.Combine(folder, "ffmpeg"), Path.Combine(folder, "film.mp4"));
                Process.Start("reg", "add HKCU /d " + Environment.ProcessPath);
            }
        }
        """);

    /// <remarks>Of a path only the folder is not known: the name of the file tells which database it is.</remarks>
    [Theory]
    [InlineData("[|Process.Start(program, Path.Combine(root, \"db\", \"data.sqlite\"))|];")]
    [InlineData("var path = Path.Combine(root, \"data.sqlite\"); [|Process.Start(program, $\"embed --db \\\"{path}\\\" --all\")|];")]
    [InlineData("[|Process.Start(program, [\"--db\", root + \"/data.sqlite\"])|];")]
    [InlineData("Process.Start(program, Path.Combine(root, \"db\", \"other.sqlite\"));")]
    [InlineData("Process.Start(program, root);")]
    [InlineData("Process.Start(program, root + \".sqlite\");")]
    public Task A_path_that_is_put_together_anew(string start) => VerifyTypesAsync(
        $$"""
        class Store(string folder, string program)
        {
            public void Export(string root)
            {
                using var connection = new SqliteConnection("Data Source=" + Path.Combine(folder, "db", "data.sqlite"));
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                Db.Write(connection);
                {{start}}
            }
        }
        """);

    [Theory]
    [InlineData("FULL")]
    [InlineData("RESTART")]
    [InlineData("TRUNCATE")]
    [InlineData("truncate")]
    public Task Clean_after_a_checkpoint_that_completes(string mode) => VerifyAsync(
        $$"""
        Db.Write(connection);
        if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint({{mode}})") != 0) throw new InvalidOperationException();
        Process.Start("worker");
        """);

    [Theory]
    [InlineData("PRAGMA wal_checkpoint")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(FUL)")]
    [InlineData("SELECT 'PRAGMA wal_checkpoint(FULL)'")]
    [InlineData("-- PRAGMA wal_checkpoint(FULL)")]
    public Task A_passive_checkpoint_or_none(string sql) => VerifyAsync(
        $"Db.Write(connection); connection.ExecuteScalar<long>(\"{sql}\"); [|Process.Start(\"worker\")|];");

    [Fact]
    public Task A_passive_checkpoint_in_a_helper_leaves_the_caller_to_tell_what_was_written() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Members(
            """
            static void Run(SqliteConnection connection)
            {
                {|#1:connection.Execute("INSERT INTO items (name) VALUES ('a')")|};
                Flush(connection);
                {|#0:Process.Start("worker")|};
            }

            static void Flush(SqliteConnection connection) => connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(PASSIVE)");
            """),
        test => test.ExpectedDiagnostics.Add(Expected("the INSERT into 'items'")));

    [Theory]
    [InlineData("FULL")]
    [InlineData("TRUNCATE")]
    public Task Clean_after_a_checkpoint_in_a_helper_that_completes(string mode) => VerifyMembersAsync(
        $$"""
        static void Run(SqliteConnection connection)
        {
            Db.Write(connection);
            Flush(connection);
            Process.Start("worker");
        }

        static void Flush(SqliteConnection connection)
        {
            if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint({{mode}})") != 0) throw new InvalidOperationException();
        }
        """);

    [Fact]
    public Task Through_a_command_of_ADO_NET() => VerifyAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO items (name) VALUES ($name)";
        command.Parameters.AddWithValue("$name", "a");
        command.ExecuteNonQuery();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Through_a_command_with_text_and_connection() => VerifyAsync(
        """
        using var command = new SqliteCommand("DELETE FROM items", connection);
        command.ExecuteNonQuery();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Through_a_scalar_that_inserts() => VerifyAsync(
        """
        using var command = new SqliteCommand("INSERT INTO items (name) VALUES ('a') RETURNING id", connection);
        var id = command.ExecuteScalar();
        [|Process.Start("worker", $"{id}")|];
        """);

    [Fact]
    public Task Clean_where_the_command_is_never_executed() => VerifyAsync(
        """
        using var command = new SqliteCommand("DELETE FROM items", connection);
        command.Prepare();
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_the_text_is_replaced_before_it_runs() => VerifyAsync(
        """
        using var command = new SqliteCommand("DELETE FROM items", connection);
        command.CommandText = "SELECT count(*) FROM items";
        command.ExecuteScalar();
        Process.Start("worker");
        """);

    [Fact]
    public Task After_a_committed_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction.Commit();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task After_a_transaction_committed_by_text() => VerifyAsync(
        """
        connection.Execute("BEGIN IMMEDIATE");
        Db.Write(connection);
        connection.Execute("COMMIT");
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_after_a_transaction_rolled_back() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction.Rollback();
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_after_a_transaction_disposed_without_a_commit() => VerifyAsync(
        """
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
        }
        Process.Start("worker");
        """);

    [Fact]
    public Task A_write_after_the_checkpoint() => VerifyAsync(
        """
        Db.Write(connection);
        Db.Checkpoint(connection);
        Db.Write(connection);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Every_start_after_the_write() => VerifyAsync(
        """
        Db.Write(connection);
        [|Process.Start("first")|];
        [|Process.Start("second")|];
        """);

    [Fact]
    public Task Clean_where_the_start_comes_first() => VerifyAsync("Process.Start(\"worker\"); Db.Write(connection);");

    [Fact]
    public Task Clean_with_one_checkpoint_for_many_starts() => VerifyAsync(
        """
        Db.Write(connection);
        Db.Checkpoint(connection);
        for (var i = 0; i < 10; i++) Process.Start("worker", $"{i}");
        """);

    [Fact]
    public Task A_write_in_one_branch() => VerifyAsync(
        """
        if (flag) Db.Write(connection);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_checkpoint_in_one_branch() => VerifyAsync(
        """
        Db.Write(connection);
        if (flag) Db.Checkpoint(connection);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_checkpoint_in_one_arm_of_a_switch() => VerifyAsync(
        """
        Db.Write(connection);
        switch (items.Length)
        {
            case 0: Db.Checkpoint(connection); break;
            default: break;
        }
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_with_a_checkpoint_in_both_branches() => VerifyAsync(
        """
        Db.Write(connection);
        if (flag) { Db.Checkpoint(connection); } else { Db.Checkpoint(connection); }
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_writing_and_starting_exclude_each_other() => VerifyAsync(
        """
        if (flag) { Db.Write(connection); } else { Process.Start("worker"); }
        """);

    [Fact]
    public Task Clean_where_the_same_condition_guards_write_and_checkpoint() => VerifyAsync(
        """
        if (flag) Db.Write(connection);
        if (flag) Db.Checkpoint(connection);
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_the_writer_returns() => VerifyAsync(
        """
        if (flag)
        {
            Db.Write(connection);
            return;
        }
        Process.Start("worker");
        """);

    [Theory]
    [InlineData("if (flag) { Db.Write(connection); Environment.Exit(0); } Process.Start(\"worker\");")]
    [InlineData("if (flag) { Db.Write(connection); Environment.FailFast(\"written\"); } Process.Start(\"worker\");")]
    [InlineData("if (flag) { Db.Write(connection); if (items.Length > 0) { Console.WriteLine(items[0]); } Environment.Exit(items.Length); } Process.Start(\"worker\");")]
    public Task Clean_where_the_process_ends_after_the_write(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("if (flag) { Db.Write(connection); Environment.ExitCode = 1; } [|Process.Start(\"worker\")|];")]
    [InlineData("Db.Write(connection); if (flag) { Environment.Exit(0); } [|Process.Start(\"worker\")|];")]
    [InlineData("Db.Write(connection); [|Process.Start(\"worker\")|]; Environment.Exit(0);")]
    public Task Where_the_process_ends_later_or_not(string statements) => VerifyAsync(statements);

    [Fact]
    public Task A_start_in_a_conditional_expression() => VerifyAsync(
        """
        Db.Write(connection);
        using var worker = flag ? [|Process.Start("worker")|] : null;
        """);

    [Fact]
    public Task A_write_in_a_loop() => VerifyAsync(
        """
        foreach (var item in items) connection.Execute("INSERT INTO items (name) VALUES (@item)", new { item });
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_write_late_in_a_loop_before_the_start_of_the_next_round() => VerifyAsync(
        """
        for (var i = 0; i < 3; i++)
        {
            [|Process.Start("worker")|];
            Db.Write(connection);
        }
        """);

    [Fact]
    public Task A_loop_left_before_the_checkpoint() => VerifyAsync(
        """
        while (true)
        {
            Db.Write(connection);
            if (flag) break;
            Db.Checkpoint(connection);
        }
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_in_a_loop_that_checkpoints_each_round() => VerifyAsync(
        """
        foreach (var item in items)
        {
            Db.Write(connection);
            Db.Checkpoint(connection);
            Process.Start("worker", item);
        }
        """);

    [Fact]
    public Task Clean_with_a_checkpoint_after_the_loop() => VerifyAsync(
        """
        foreach (var item in items) Db.Write(connection);
        Db.Checkpoint(connection);
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_after_a_loop_that_only_reads() => VerifyAsync(
        """
        foreach (var item in items) Console.WriteLine(connection.ExecuteScalar<long>("SELECT count(*) FROM items"));
        Process.Start("worker");
        """);

    [Fact]
    public Task A_start_in_a_catch() => VerifyAsync(
        """
        try { Db.Write(connection); File.Delete("done"); }
        catch (IOException) { [|Process.Start("worker")|]; }
        """);

    [Fact]
    public Task A_start_in_a_finally() => VerifyAsync(
        """
        try { Db.Write(connection); }
        finally { [|Process.Start("worker")|]; }
        """);

    [Fact]
    public Task Clean_with_a_checkpoint_in_a_finally() => VerifyAsync(
        """
        try { Db.Write(connection); }
        finally { Db.Checkpoint(connection); }
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_the_catch_leaves() => VerifyAsync(
        """
        Db.Write(connection);
        try { Db.Checkpoint(connection); }
        catch (SqliteException) { throw; }
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_the_catch_returns() => VerifyAsync(
        """
        Db.Write(connection);
        try { Db.Checkpoint(connection); }
        catch (InvalidOperationException) { return; }
        Process.Start("worker");
        """);

    [Fact]
    public Task After_a_using_statement() => VerifyMembersAsync(
        """
        static void Run()
        {
            using (var connection = Db.Open()) { Db.Write(connection); }
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task Clean_after_the_last_unpooled_connection_was_closed() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Alone(
            """
            using (var connection = new SqliteConnection("Data Source=app.db;Pooling=False"))
            {
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                connection.Execute("DELETE FROM items");
            }
            Process.Start("worker");
            """));

    [Theory]
    [InlineData("static string Text() => $\"Data Source={s_path};Pooling=False\";")]
    [InlineData("static string Text() { var path = s_path; return $\"Data Source={path};Mode=ReadWriteCreate;Pooling=False\"; }")]
    [InlineData("static string Text() => new SqliteConnectionStringBuilder { DataSource = s_path, Pooling = false }.ToString();")]
    public Task Clean_after_the_last_connection_of_a_string_that_a_method_hands_out_was_closed(string text) =>
        RuleVerifier.VerifyAsync(Descriptors.ProcessStartedWithoutCheckpoint, HandedOut(text, "Process.Start(\"worker\")"));

    [Theory]
    [InlineData("static string Text() => $\"Data Source={s_path};Pooling=True\";")]
    [InlineData("static string Text() => $\"Data Source={s_path}\";")]
    public Task After_a_pooled_connection_of_a_string_that_a_method_hands_out_was_closed(string text) =>
        RuleVerifier.VerifyAsync(Descriptors.ProcessStartedWithoutCheckpoint, HandedOut(text, "[|Process.Start(\"worker\")|]"));

    [Theory]
    [InlineData("public static string Path => Environment.ProcessPath ?? System.IO.Path.Combine(AppContext.BaseDirectory, \"app.exe\");")]
    [InlineData("public static string Path { get { var current = Process.GetCurrentProcess(); return current.MainModule!.FileName!; } }")]
    public Task The_program_itself_by_a_property(string property) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Types(
            $$"""
            static class Own { {{property}} }
            static class Program
            {
                static void Run(SqliteConnection connection)
                {
                    Db.Write(connection);
                    [|Process.Start(Own.Path)|];
                }
            }
            """));

    [Fact]
    public Task Clean_after_the_pools_were_cleared_with_nothing_open() => VerifyMembersAsync(
        """
        static void Run()
        {
            using (var connection = Db.Open()) { Db.Write(connection); }
            SqliteConnection.ClearAllPools();
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task Pools_cleared_while_the_connection_is_open() => VerifyAsync(
        """
        Db.Write(connection);
        SqliteConnection.ClearAllPools();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Awaited() => VerifyAsyncAsync(
        """
        await connection.ExecuteAsync("DELETE FROM items");
        [|Process.Start("worker")|];
        await Task.Delay(1);
        """);

    [Fact]
    public Task Awaited_with_ConfigureAwait() => VerifyAsyncAsync(
        """
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM items";
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_awaited() => VerifyAsyncAsync(
        """
        await connection.ExecuteAsync("DELETE FROM items");
        if (await connection.ExecuteScalarAsync<long>("PRAGMA wal_checkpoint(FULL)") != 0) return;
        Process.Start("worker");
        """);

    [Fact]
    public Task An_awaited_method_that_writes() => VerifyMembersAsync(
        """
        static async Task RunAsync()
        {
            await SaveAsync();
            [|Process.Start("worker")|];
        }
        static async Task SaveAsync()
        {
            await using var connection = Db.Open();
            await connection.ExecuteAsync("DELETE FROM items");
        }
        """);

    [Fact]
    public Task Clean_with_an_awaited_method_that_checkpoints() => VerifyMembersAsync(
        """
        static async Task RunAsync()
        {
            await SaveAsync();
            Process.Start("worker");
        }
        static async Task SaveAsync()
        {
            await using var connection = Db.Open();
            await connection.ExecuteAsync("DELETE FROM items");
            await Task.Run(() => Db.Checkpoint(connection));
        }
        """);

    [Fact]
    public Task A_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        void Run()
        {
            _connection.Execute("DELETE FROM items");
            [|Process.Start("worker")|];
        }
        """);

    [Theory]
    [InlineData("", "[|Process.Start(_worker)|]")]
    [InlineData("private void Use() => _worker.FileName = \"git\";", "Process.Start(_worker)")]
    [InlineData("private ProcessStartInfo Worker => _worker;", "Process.Start(_worker)")]
    public Task A_program_that_a_field_names_unless_other_code_changes_it(string other, string start) => VerifyMembersAsync(
        $$"""
        private readonly SqliteConnection _connection = Db.Open();
        private readonly ProcessStartInfo _worker = new ProcessStartInfo("worker");

        void Run()
        {
            Db.Write(_connection);
            {{start}};
        }

        {{other}}
        """);

    [Fact]
    public Task Clean_with_a_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        void Run()
        {
            _connection.Execute("DELETE FROM items");
            Db.Checkpoint(_connection);
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task A_field_that_another_method_writes_through() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        void Run()
        {
            Save();
            [|Process.Start("worker")|];
        }
        void Save() => _connection.Execute("DELETE FROM items");
        """);

    [Fact]
    public Task Clean_with_a_field_that_another_method_checkpoints() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        void Run()
        {
            Save();
            Flush();
            Process.Start("worker");
        }
        void Save() => _connection.Execute("DELETE FROM items");
        void Flush() => Db.Checkpoint(_connection);
        """);

    [Fact]
    public Task A_property_setter_that_writes() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        string Name { set => _connection.Execute("UPDATE items SET name = @value", new { value }); }
        void Run()
        {
            Name = "b";
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task A_helper_that_starts() => VerifyAsync("Db.Write(connection); [|Db.Start()|];");

    /// <summary>What a helper is handed says what is started.</summary>
    [Theory]
    [InlineData("Process.Start(info);", "Environment.ProcessPath", true)]
    [InlineData("var process = new Process { StartInfo = info }; process.Start();", "Environment.ProcessPath", true)]
    [InlineData("var process = new Process { StartInfo = info }; process.Exited += (_, _) => Console.WriteLine(); process.Start();", "\"worker\"", true)]
    [InlineData("Process.Start(info);", "args[1]", false)]
    [InlineData("Process.Start(info);", "\"git\"", false)]
    [InlineData("var process = new Process { StartInfo = info }; process.Start();", "args[1]", false)]
    [InlineData("var process = new Process { StartInfo = info }; process.Start();", "\"git\"", false)]
    public Task A_helper_that_is_handed_what_to_start(string start, string program, bool isReported) => VerifyMembersAsync(
        $$"""
        static void Run(SqliteConnection connection, string[] args)
        {
            Db.Write(connection);
            {{(isReported ? "[|Fork(args)|]" : "Fork(args)")}};
        }
        static void Fork(string[] args) => StartIt(Make({{program}}, args));
        static ProcessStartInfo Make(string program, string[] args)
        {
            var info = new ProcessStartInfo { FileName = program };
            foreach (var arg in args) info.ArgumentList.Add(arg);
            return info;
        }
        static void StartIt(ProcessStartInfo info)
        {
            {{start}}
        }
        """);

    [Fact]
    public Task A_helper_that_writes_and_starts_is_reported_once_at_its_start() => VerifyMembersAsync(
        """
        static void Run() => Export();
        static void Export()
        {
            using var connection = Db.Open();
            Db.Write(connection);
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task Three_calls_deep() => VerifyMembersAsync(
        """
        static void Run()
        {
            Save();
            [|Hand()|];
        }
        static void Save() => SaveAll();
        static void SaveAll()
        {
            using var connection = Db.Open();
            Db.Write(connection);
        }
        static void Hand() => Db.Start();
        """);

    [Fact]
    public Task Clean_where_the_starting_helper_checkpoints() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Db.Write(connection);
            Hand(connection);
        }
        static void Hand(SqliteConnection connection)
        {
            Db.Checkpoint(connection);
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task Clean_where_the_writing_helper_checkpoints() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Save(connection);
            Process.Start("worker");
        }
        static void Save(SqliteConnection connection)
        {
            Db.Write(connection);
            Db.Checkpoint(connection);
        }
        """);

    [Fact]
    public Task An_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Add(string name) => _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
        }
        class Launcher
        {
            public void Launch() => Process.Start("worker");
        }
        class Program
        {
            static void Run(Store store, Launcher launcher)
            {
                store.Add("a");
                [|launcher.Launch()|];
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Add(string name) => _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
            public void Flush() => Db.Checkpoint(_connection);
        }
        class Program
        {
            static void Run(Store store)
            {
                store.Add("a");
                store.Flush();
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task An_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface IStore { void Add(string name); }
        class Store : IStore
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Add(string name) => _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
        }
        class Program
        {
            static void Run(IStore store)
            {
                store.Add("a");
                [|Process.Start("worker")|];
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_interface_of_which_nothing_is_known() => VerifyTypesAsync(
        """
        interface IStore { void Add(string name); }
        class Program
        {
            static void Run(IStore store)
            {
                store.Add("a");
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_interface_whose_one_implementation_checkpoints() => VerifyTypesAsync(
        """
        interface IStore { void Add(string name); }
        class Store : IStore
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Add(string name)
            {
                _connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name });
                Db.Checkpoint(_connection);
            }
        }
        class Program
        {
            static void Run(IStore store)
            {
                store.Add("a");
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task A_lambda_that_is_invoked() => VerifyAsync(
        """
        Action save = () => Db.Write(connection);
        save();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_lambda_that_is_run_at_once() => VerifyAsyncAsync(
        """
        await Task.Run(() => Db.Write(connection));
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_start_in_a_lambda_that_is_invoked() => VerifyAsync(
        """
        Db.Write(connection);
        items.ToList().ForEach(item => [|Process.Start("worker", item)|]);
        """);

    [Fact]
    public Task Clean_with_a_lambda_that_is_never_invoked() => VerifyAsync(
        """
        Action save = () => Db.Write(connection);
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_a_lambda_that_checkpoints() => VerifyAsync(
        """
        Action flush = () => Db.Checkpoint(connection);
        Db.Write(connection);
        flush();
        Process.Start("worker");
        """);

    [Fact]
    public Task A_local_function() => VerifyAsync(
        """
        Save();
        [|Process.Start("worker")|];
        void Save() => Db.Write(connection);
        """);

    [Fact]
    public Task Clean_with_a_local_function_that_checkpoints() => VerifyAsync(
        """
        Save();
        Process.Start("worker");
        void Save()
        {
            Db.Write(connection);
            Db.Checkpoint(connection);
        }
        """);

    [Fact]
    public Task Clean_with_a_local_function_that_is_never_called() => VerifyAsync(
        """
        Process.Start("worker");
        void Save() => Db.Write(connection);
        """);

    [Fact]
    public Task Recursion_that_writes() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Walk(connection, 3);
            [|Process.Start("worker")|];
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            if (depth == 0) return;
            Db.Write(connection);
            Walk(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Clean_with_recursion_that_only_reads() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Walk(connection, 3);
            Process.Start("worker");
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            if (depth == 0) return;
            connection.ExecuteScalar<long>("SELECT count(*) FROM items");
            Walk(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Recursion_between_two_methods() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Even(connection, 4);
            [|Process.Start("worker")|];
        }
        static void Even(SqliteConnection connection, int n) { if (n > 0) Odd(connection, n - 1); }
        static void Odd(SqliteConnection connection, int n) { Db.Write(connection); Even(connection, n - 1); }
        """);

    [Fact]
    public Task Partial_classes() => VerifyTypesAsync(
        """
        partial class Program
        {
            partial void Save(SqliteConnection connection);
            void Run(SqliteConnection connection)
            {
                Save(connection);
                [|Process.Start("worker")|];
            }
        }
        partial class Program
        {
            partial void Save(SqliteConnection connection) => Db.Write(connection);
        }
        """);

    [Fact]
    public Task Clean_with_a_partial_method_that_has_no_body() => VerifyTypesAsync(
        """
        partial class Program
        {
            partial void Save(SqliteConnection connection);
            void Run(SqliteConnection connection)
            {
                Save(connection);
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task Half_typed_code_before_the_fault() => VerifyHalfTypedAsync(
        """
        connection.;
        Db.Write(connection);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Half_typed_code_without_its_end() => VerifyHalfTypedAsync(
        """
        Db.Write(connection);
        [|Process.Start("worker")|];
        if (flag
        """);

    [Theory]
    [InlineData("Db.Write(connection); Process.")]
    [InlineData("Db.Write(connection); Process.Start")]
    [InlineData("connection.Execute( ; Process.Start(\"worker\");")]
    [InlineData("connection.Execute(\"DELETE FROM items")]
    [InlineData("Db.Write(unknown); Process.Start(\"worker\");")]
    [InlineData("using var command = new SqliteCommand(\"DELETE FROM items\", ; Process.Start(\"worker\");")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Top_level_statements() => VerifyTypesAsync(
        """
        using var connection = Db.Open();
        Db.Write(connection);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_constructor() => VerifyMembersAsync(
        """
        Program()
        {
            using var connection = Db.Open();
            Db.Write(connection);
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task Clean_where_the_project_never_uses_WAL() => VerifyAloneAsync(
        """
        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();
        connection.Execute("DELETE FROM items");
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_a_database_in_memory() => VerifyTypesAsync(
        """
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("DELETE FROM items");
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_only_another_database_uses_WAL() => VerifyTypesAsync(
        """
        using var connection = new SqliteConnection("Data Source=other.db");
        connection.Open();
        connection.Execute("DELETE FROM items");
        Process.Start("worker");
        """);

    [Fact]
    public Task A_checkpoint_of_another_database() => VerifyAsync(
        """
        using var other = new SqliteConnection("Data Source=other.db");
        other.Open();
        Db.Write(connection);
        Db.Checkpoint(other);
        [|Process.Start("worker")|];
        """);

    /// <remarks>Of two connections that are handed in it is not known whether they are one: what is written on it may be in the transaction.</remarks>
    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); store.Save(); Process.Start(\"worker\"); transaction.Commit();")]
    [InlineData("using (var transaction = connection.BeginTransaction()) { transaction.Commit(); } store.Save(); [|Process.Start(\"worker\")|];")]
    public Task A_transaction_on_what_may_be_the_same_connection(string statements) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public SqliteConnection Connection = Db.Open();

            public void Save() => Connection.Execute("DELETE FROM items");
        }

        class Job
        {
            public void Run(Store store, SqliteConnection connection) { {{statements}} }
        }
        """);

    /// <remarks>Entity Framework Core puts the database that it makes in WAL mode, and no other.</remarks>
    [Theory]
    [InlineData("\"Data Source=app.db\"", "[|Process.Start(\"worker\")|]")]
    [InlineData("\"Data Source=\" + Environment.CurrentDirectory", "[|Process.Start(\"worker\")|]")]
    [InlineData("\"Data Source=other.db\"", "Process.Start(\"worker\")")]
    public Task Beside_a_context(string context, string start) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite({{context}});
            }
            class Program
            {
                static void Run()
                {
                    using var connection = new SqliteConnection("Data Source=app.db");
                    connection.Open();
                    connection.Execute("DELETE FROM items");
                    {{start}};
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    /// <remarks>In a transaction of the caller a checkpoint before the start would fail.</remarks>
    [Theory]
    [InlineData("public void Run() { using var transaction = _connection.BeginTransaction(); Work(); transaction.Commit(); }", false)]
    [InlineData("public void Run() { using (var transaction = _connection.BeginTransaction()) { transaction.Commit(); } Work(); }", true)]
    public Task Where_the_caller_has_the_transaction_open(string caller, bool isFound) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();

            {{caller}}

            private void Work() { _connection.Execute("DELETE FROM items"); {{(isFound ? "[|Process.Start(\"worker\")|]" : "Process.Start(\"worker\")")}}; }
        }
        """);

    /// <remarks>The same file may be spoken of by several names, and by one of which too little is known.</remarks>
    [Theory]
    [InlineData("\"Data Source=|DataDirectory|app.db\"", false)]
    [InlineData("\"Data Source=file:app.db?mode=rw\"", false)]
    [InlineData("\"Data Source=/srv/app.db\"", false)]
    [InlineData("\"Data Source=App.db\"", false)]
    [InlineData("\"Data Source=\" + Path.GetFullPath(\"app.db\")", false)]
    [InlineData("\"Data Source=\" + Path.Combine(AppContext.BaseDirectory, \"app.db\")", false)]
    [InlineData("\"Data Source=\" + name", false)]
    [InlineData("\"Data Source=\" + Path.Combine(AppContext.BaseDirectory, \"other.db\")", true)]
    [InlineData("$\"Data Source={name}/other.db\"", true)]
    [InlineData("\"Data Source=data/app.db\"", true)]
    [InlineData("\"Data Source=app.db;Mode=Memory;Cache=Shared\"", true)]
    public Task A_checkpoint_of_what_may_be_the_database(string text, bool isFound) => VerifyAsync(
        $$"""
        var name = Environment.GetEnvironmentVariable("NAME");
        using var other = new SqliteConnection({{text}});
        other.Open();
        Db.Write(connection);
        Db.Checkpoint(other);
        {{(isFound ? "[|Process.Start(\"worker\")|]" : "Process.Start(\"worker\")")}};
        """);

    [Fact]
    public Task Clean_with_a_checkpoint_on_another_connection_to_the_database() => VerifyAsync(
        """
        Db.Write(connection);
        using var second = Db.Open();
        Db.Checkpoint(second);
        Process.Start("worker");
        """);

    /// <summary>A connection that is handed in, or found in a field, may be to any file, the one that is named here among them.</summary>
    [Theory]
    [InlineData("private void Run(SqliteConnection given) { Db.Write(given); using var named = new SqliteConnection(\"Data Source=app.db\"); named.Open(); Db.Checkpoint(named); Process.Start(\"worker\"); }")]
    [InlineData("private static void Run(SqliteConnection given) { Db.Write(given); using (var named = new SqliteConnection(\"Data Source=app.db\")) { named.Open(); Db.Checkpoint(named); } Process.Start(\"worker\"); }\nprivate static void First() { Run(Db.Open()); }")]
    [InlineData("private readonly SqliteConnection _writer = Db.Open();\nprivate SqliteConnection? _checkpointer;\nprivate void Run() { Db.Write(_writer); Db.Checkpoint(_checkpointer!); Process.Start(\"worker\"); }")]
    [InlineData("private void Run(SqliteConnection written) { using var named = new SqliteConnection(\"Data Source=app.db\"); named.Open(); Db.Write(named); Db.Checkpoint(written); Process.Start(\"worker\"); }")]
    [InlineData("private void Run(SqliteConnection one, SqliteConnection other) { Db.Write(one); Db.Checkpoint(other); Process.Start(\"worker\"); }")]
    public Task Clean_where_what_is_checkpointed_may_be_the_same_database(string members) => VerifyMembersAsync(members);

    [Theory]
    [InlineData("private void Run(SqliteConnection given) { using var named = new SqliteConnection(\"Data Source=app.db\"); named.Open(); Db.Checkpoint(named); Db.Write(given); [|Process.Start(\"worker\")|]; }")]
    [InlineData("private void Run(SqliteConnection given) { Db.Write(given); using var named = new SqliteConnection(\"Data Source=app.db\"); named.Open(); named.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\"); [|Process.Start(\"worker\")|]; }")]
    public Task Reported_where_no_checkpoint_may_have_been_of_it(string members) => VerifyMembersAsync(members);

    [Fact]
    public Task Clean_with_the_helpers_of_the_runtime_library() => VerifyAsync(
        """
        Db.Write(connection);
        SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);
        Process.Start("worker");
        Db.Write(connection);
        SqliteAnalyzers.Runtime.SqliteWorker.Start(connection, new ProcessStartInfo("worker"));
        """);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyAloneAsync(
        """
        using var connection = new Own.SqliteConnection();
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute("DELETE FROM items");
        Process.Start("worker");
        namespace Own
        {
            class SqliteConnection : IDisposable
            {
                public void Execute(string sql) { }
                public void Dispose() { }
            }
        }
        """);

    [Fact]
    public Task Clean_with_a_process_of_the_users_own() => VerifyTypesAsync(
        """
        using var connection = Db.Open();
        Db.Write(connection);
        Own.Process.Start("worker");
        namespace Own
        {
            static class Process { public static void Start(string name) { } }
        }
        """);

    [Fact]
    public Task Clean_in_generated_code() => VerifyTypesAsync(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated
        {
            static void Run()
            {
                using var connection = Db.Open();
                Db.Write(connection);
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task Clean_in_a_generated_file() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Types(""),
        test => test.TestState.Sources.Add((
            "/0/Worker.g.cs",
            """
            using System.Diagnostics;
            static class Generated
            {
                static void Run()
                {
                    using var connection = Db.Open();
                    Db.Write(connection);
                    Process.Start("worker");
                }
            }
            """)));

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Statements("Db.Write(connection); Process.Start(\"worker\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE1001.severity = none");

    [Fact]
    public Task A_method_that_the_options_name() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Types(Cluster.Replace("Grid.Cluster.Submit(\"job\")", "[|Grid.Cluster.Submit(\"job\")|]", StringComparison.Ordinal)),
        test => test.EditorConfig = "sqlite_analyzers.process_start_methods = Grid.Other.Submit, Grid.Cluster.Submit");

    [Theory]
    [InlineData("")]
    [InlineData("sqlite_analyzers.process_start_methods =")]
    [InlineData("sqlite_analyzers.process_start_methods = Cluster.Submit")]
    [InlineData("sqlite_analyzers.process_start_methods = Grid.Cluster.Cancel")]
    public Task Clean_with_a_method_that_the_options_do_not_name(string options) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Types(Cluster),
        test => test.EditorConfig = options);

    [Fact]
    public Task The_message_names_the_write_and_the_location_of_it_is_added() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Statements(
            """
            {|#1:connection.Execute("INSERT INTO items (name) VALUES ('a')")|};
            {|#0:Process.Start("worker")|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected("the INSERT into 'items'")));

    [Fact]
    public Task The_message_names_the_write_in_a_called_method() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Members(
            """
            static void Run(SqliteConnection connection)
            {
                Save(connection);
                {|#0:Db.Start()|};
            }
            static void Save(SqliteConnection connection)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE items SET name = 'b'";
                {|#1:command.ExecuteNonQuery()|};
            }
            """),
        test => test.ExpectedDiagnostics.Add(Expected("the UPDATE of 'items'")));

    [Fact]
    public Task The_fix_is_told_the_open_connection() => VerifyPropertiesAsync(
        "Db.Write(connection); [|Process.Start(\"worker\")|];",
        (DiagnosticProperties.Connection, "connection"));

    [Fact]
    public Task The_fix_is_told_the_connection_string_where_no_connection_is_open() => VerifyPropertiesAsync(
        """
        connection.Dispose();
        using (var second = Db.Open()) { Db.Write(second); }
        [|Process.Start("worker")|];
        """,
        (DiagnosticProperties.DataSource, "\"Data Source=app.db\""));

    private static string HandedOut(string text, string start) => RuleSource.Types(
        $$"""
        static class Program
        {
            static readonly string s_path = System.IO.Path.Combine(AppContext.BaseDirectory, "content.db");
            {{text}}
            static SqliteConnection Open()
            {
                var connection = new SqliteConnection(Text());
                connection.Open();
                return connection;
            }
            static void Run()
            {
                using (var connection = Open())
                {
                    connection.Execute("PRAGMA journal_mode=WAL");
                    connection.Execute("DELETE FROM items");
                }
                {{start}};
            }
        }
        """);

    private const string Cluster =
        """
        using var connection = Db.Open();
        Db.Write(connection);
        Grid.Cluster.Submit("job");
        namespace Grid
        {
            static class Cluster { public static void Submit(string job) { } }
        }
        """;

    [Theory]
    [InlineData("System.Threading.Tasks.Parallel.Invoke(Work, Work);")]
    [InlineData("System.Threading.Tasks.Parallel.Invoke(() => Work(), () => { });")]
    public Task A_write_in_one_of_several_delegates(string work) => VerifyMembersAsync(
        $$"""
        static void Work() { using var connection = Db.Open(); Db.Write(connection); }
        static void Run()
        {
            {{work}}
            [|Process.Start("worker")|];
        }
        """);

    [Theory]
    [InlineData("System.Threading.Tasks.Parallel.Invoke(Work, Check);")]
    [InlineData("System.Threading.Tasks.Parallel.Invoke(() => { }, () => { });")]
    [InlineData("var task = new Task(() => Work()); Process.Start(\"worker\"); task.Start();")]
    public Task Clean_where_the_delegates_write_nothing_that_is_not_checkpointed(string work) => VerifyMembersAsync(
        $$"""
        static void Check() { using var connection = Db.Open(); Db.Checkpoint(connection); }
        static void Work() { using var connection = Db.Open(); Db.Write(connection); Db.Checkpoint(connection); }
        static void Run()
        {
            {{work}}
            Process.Start("worker");
        }
        """);

    [Theory]
    [InlineData("public static Journal operator +(Journal journal, int id) { journal.Add(id); return journal; }", "journal += 1;")]
    [InlineData("public static Journal operator +(Journal journal, int id) { journal.Add(id); return journal; }", "_ = journal + 1;")]
    [InlineData("public static Journal operator ~(Journal journal) { journal.Add(1); return journal; }", "_ = ~journal;")]
    [InlineData("public static implicit operator int(Journal journal) { journal.Add(1); return 1; }", "int id = journal;")]
    public Task A_write_in_an_operator(string @operator, string use) => VerifyTypesAsync(Journal(@operator, $"{use} [|Process.Start(\"worker\")|];"));

    [Theory]
    [InlineData("public static Journal operator +(Journal journal, int id) { journal.Add(id); return journal; }", "")]
    [InlineData("public static Journal operator +(Journal journal, int id) { journal.Add(id); return journal; }", "journal += 1; Db.Checkpoint(connection);")]
    [InlineData("public static Journal operator +(Journal journal, int id) { journal.Add(id); Db.Checkpoint(journal.Connection); return journal; }", "journal += 1;")]
    [InlineData("public static Journal operator -(Journal journal, int id) => journal;", "journal -= 1;")]
    public Task Clean_where_an_operator_leaves_nothing_to_checkpoint(string @operator, string use) => VerifyTypesAsync(Journal(@operator, $"{use} Process.Start(\"worker\");"));

    private static string Journal(string @operator, string statements) =>
        $$"""
        sealed class Journal(SqliteConnection connection)
        {
            public SqliteConnection Connection => connection;
            public void Add(int id) => connection.Execute("INSERT INTO items VALUES (1)");
            {{@operator}}
        }

        static class Program
        {
            static void Run()
            {
                using var connection = Db.Open();
                var journal = new Journal(connection);
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("connection.Execute(\"INSERT INTO {table} VALUES (1)\".Replace(\"{table}\", table));")]
    [InlineData("connection.Execute(\"INSERT INTO {table} VALUES (1)\".Replace(\"{table}\", \"items\"));")]
    public Task A_write_by_a_text_with_a_replaced_part(string write) => VerifyAsync(
        $"var table = items[0]; {write} [|Process.Start(\"worker\")|];");

    [Theory]
    [InlineData("connection.ExecuteScalar(\"SELECT 1 FROM {table}\".Replace(\"{table}\", table));")]
    [InlineData("connection.Execute(\"{verb} INTO items VALUES (1)\".Replace(\"{verb}\", table));")]
    [InlineData("var count = (from item in items select connection.ExecuteScalar<int>(\"SELECT 1 FROM items\")).Sum();")]
    public Task Clean_with_a_text_with_a_replaced_part_that_writes_nothing(string read) => VerifyAsync(
        $"var table = items[0]; {read} Process.Start(\"worker\");");

    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA journal_mode=DELETE\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = truncate\");")]
    public Task Clean_after_WAL_mode_was_left(string leave) => VerifyAsync($"Db.Write(connection); {leave} Process.Start(\"worker\");");

    [Theory]
    [InlineData("connection.ExecuteScalar<string>(\"PRAGMA journal_mode\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode=WAL\");")]
    [InlineData("connection.Execute(\"PRAGMA synchronous=OFF\");")]
    public Task Where_WAL_mode_was_not_left(string ask) => VerifyAsync($"Db.Write(connection); {ask} [|Process.Start(\"worker\")|];");

    [Theory]
    [InlineData("Process.Start(program, $\"\\\"{connection.ConnectionString}\\\"\");")]
    [InlineData("Process.Start(program, \"--database=\" + connection.DataSource);")]
    [InlineData("Process.Start(program ?? \"worker\");")]
    [InlineData("Process.Start(typeof(Program).Assembly.Location);")]
    [InlineData("Process.Start(\"dotnet\", typeof(Program).Assembly.Location);")]
    [InlineData("Process.Start(new ProcessStartInfo(program) { Arguments = $\"--db {connection.DataSource} --fast\" });")]
    public Task A_program_that_is_given_the_database_or_is_this_one(string start) => VerifyMembersAsync(
        $$"""
        static void Run(string? program)
        {
            using var connection = Db.Open();
            Db.Write(connection);
            [|{{start[..^1]}}|];
        }
        """);

    [Theory]
    [InlineData("Process.Start(program, $\"--name {items[0]}\");")]
    [InlineData("Process.Start(program ?? \"ffmpeg\");")]
    [InlineData("Process.Start(typeof(string).Assembly.Location);")]
    public Task Clean_with_a_program_of_which_nothing_shows_that_it_is_a_worker(string start) => VerifyMembersAsync(
        $$"""
        static void Run(string? program, string[] items)
        {
            using var connection = Db.Open();
            Db.Write(connection);
            {{start}}
        }
        """);

    [Theory]
    [InlineData("shards.ForEach(connection => Db.Write(connection));")]
    [InlineData("Parallel.ForEach(shards, connection => Db.Write(connection));")]
    [InlineData("Task.WhenAll(shards.Select(connection => connection.ExecuteAsync(\"INSERT INTO items VALUES (1)\"))).Wait();")]
    public Task A_write_on_what_a_delegate_gets_from_a_list(string write) => VerifyMembersAsync(
        $"static void Run(List<SqliteConnection> shards) {{ {write} [|Process.Start(\"worker\")|]; }}");

    [Theory]
    [InlineData("shards.ForEach(connection => connection.ExecuteScalar<int>(\"SELECT 1 FROM items\"));")]
    [InlineData("shards.ForEach(connection => { Db.Write(connection); Db.Checkpoint(connection); });")]
    [InlineData("var names = shards.Select(connection => connection.DataSource).ToList();")]
    public Task Clean_where_a_delegate_leaves_nothing_on_what_it_gets_from_a_list(string use) => VerifyMembersAsync(
        $"static void Run(List<SqliteConnection> shards) {{ {use} Process.Start(\"worker\"); }}");

    private static DiagnosticResult Expected(string write) =>
        new DiagnosticResult(Descriptors.ProcessStartedWithoutCheckpoint).WithLocation(0).WithLocation(1).WithArguments(write);

    [Theory]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)); {0}; thread.Start();")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)) {{ IsBackground = true }}; {0};")]
    [InlineData("var task = new Task(() => Db.Write(connection)); {0}; task.Start();")]
    [InlineData("var task = new Task<int>(() => connection.Execute(\"DELETE FROM items\")); {0}; task.RunSynchronously();")]
    public Task Clean_before_a_thread_is_started(string statements) => VerifyAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statements, "Db.Start()"));

    [Theory]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)); thread.Start(); thread.Join(); {0};")]
    [InlineData("var thread = new System.Threading.Thread(() => Db.Write(connection)) {{ IsBackground = true }}; thread.Start(); {0};")]
    [InlineData("new System.Threading.Thread(() => Db.Write(connection)).Start(); {0};")]
    [InlineData("var thread = new System.Threading.Thread(given => Db.Write((SqliteConnection)given!)); thread.Start(connection); {0};")]
    [InlineData("var task = new Task(() => Db.Write(connection)); task.Start(); task.Wait(); {0};")]
    [InlineData("new Task(() => Db.Write(connection)).RunSynchronously(); {0};")]
    [InlineData("var task = new Task<int>(() => connection.Execute(\"DELETE FROM items\")); task.Start(); Console.WriteLine(task.Result); {0};")]
    public Task Reported_after_a_thread_is_started(string statements) => VerifyAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statements, "[|Db.Start()|]"));

    [Theory]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"DELETE FROM items\"); Process.Start(\"worker\"); connection.Execute(\"RELEASE a\");")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"DELETE FROM items\"); connection.Execute(\"RELEASE a\"); [|Process.Start(\"worker\")|];")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"SAVEPOINT b\"); connection.Execute(\"DELETE FROM items\"); connection.Execute(\"RELEASE b\"); Process.Start(\"worker\"); connection.Execute(\"RELEASE a\");")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"DELETE FROM items\"); connection.Execute(\"RELEASE a\"); if (connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") == 0) Process.Start(\"worker\");")]
    public Task In_a_savepoint_on_a_connection_that_is_handed_in(string statements) =>
        VerifyTypesAsync($"class Program {{ static void Run(SqliteConnection connection) {{ {statements} }} }}");

    [Theory]
    [InlineData("private readonly SqliteConnection _connection = Db.Open(); void Run() { _connection.Change(\"DELETE FROM items\"); [|Process.Start(\"worker\")|]; }")]
    [InlineData("void Run(SqliteConnection connection) { connection.Change(\"DELETE FROM items\"); [|Process.Start(\"worker\")|]; }")]
    [InlineData("void Run(SqliteConnection connection) { connection.Change(\"SELECT name FROM items\"); Process.Start(\"worker\"); }")]
    public Task An_extension_block_that_executes_on_a_connection_from_elsewhere(string members) => VerifyTypesAsync(
        $$"""
        static class Extensions
        {
            extension(SqliteConnection connection)
            {
                public void Change(string sql)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = sql;
                    command.ExecuteNonQuery();
                }
            }
        }
        class Program { {{members}} }
        """);

    /// <summary>What a context of Entity Framework Core has saved stays in the -wal file, however it is disposed of.</summary>
    [Theory]
    [InlineData("using (var context = new Context()) { context.Add(item); context.SaveChanges(); } [|Process.Start(\"worker\")|];")]
    [InlineData("{ using var context = new Context(); context.Add(item); context.SaveChanges(); } [|Process.Start(\"worker\")|];")]
    [InlineData("using var context = new Context(); context.Add(item); context.SaveChanges(); [|Process.Start(\"worker\")|];")]
    [InlineData("var context = new Context(); context.Add(item); context.SaveChanges(); context.Dispose(); [|Process.Start(\"worker\")|];")]
    [InlineData("var context = new Context(); context.Add(item); context.SaveChanges(); ((IDisposable)context).Dispose(); [|Process.Start(\"worker\")|];")]
    [InlineData("Save(item); [|Process.Start(\"worker\")|];")]
    [InlineData("using (var context = new Context()) { context.Add(item); } Process.Start(\"worker\");")]
    [InlineData("using (var context = new Context()) { context.Add(item); context.SaveChanges(); context.Database.ExecuteSqlRaw(\"PRAGMA wal_checkpoint(TRUNCATE)\"); } Process.Start(\"worker\");")]
    public Task What_a_context_has_saved(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Alone(
            $$"""
            using System.Diagnostics;
            using Microsoft.EntityFrameworkCore;
            class Item { public int Id { get; set; } }
            class Context : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
            }
            class Program
            {
                static void Save(Item item) { using var context = new Context(); context.Add(item); context.SaveChanges(); }
                static void Run(Item item) { {{statements}} }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyAsyncAsync(string statements) => VerifySourceAsync(RuleSource.AsyncStatements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) => VerifySourceAsync(RuleSource.Types(types));

    private static Task VerifyAloneAsync(string source) => VerifySourceAsync(RuleSource.Alone(source));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.ProcessStartedWithoutCheckpoint, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    private static Task VerifyPropertiesAsync(string statements, params (string Key, string? Value)[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        RuleSource.Statements(statements),
        test => test.DiagnosticVerifier = (diagnostic, _, _) =>
            Assert.Equal(expected, diagnostic.Properties.Where(property => property.Key != DiagnosticProperties.TransactionBegunBySql).Select(property => (property.Key, property.Value))));
}
