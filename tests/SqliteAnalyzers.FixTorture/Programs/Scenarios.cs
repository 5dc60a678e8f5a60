namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>
/// What programs do around a finding: the plain cases, and those in which the next best fix stores, rejects or throws something else.
/// </summary>
internal static partial class Scenarios
{
    private const string Start = "Process.Start(Db.Tool, Db.Worker + ++Db.Copies)";

    private const string Write = "connection.Execute(\"INSERT INTO t VALUES (1)\");";

    private const string Begin =
        """
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        """;

    private const string BeginAndStart = Begin + "\nusing var worker = " + Start + ";\nworker.WaitForExit();\n";

    private const string Checkpoint = "connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction);";

    public static IReadOnlyList<Scenario> All { get; } = [.. Processes, .. LateCheckpoints, .. Transactions, .. Checkpoints, .. Results, .. Configuration, .. Usage, .. LoopsOfWrites, .. Leaks, .. Upgrades, .. Pending, .. Batches, .. Files, .. Migrations, .. Functions];

    /// <summary>SQLITE1001.</summary>
    private static IEnumerable<Scenario> Processes =>
    [
        new("A write and a start", $"using var connection = Db.Open();\n{Write}\nusing var worker = {Start};\nworker.WaitForExit();"),
        new("A start in an expression", $"using var connection = Db.Open();\n{Write}\nif (connection.State == ConnectionState.Open)\n    {Start}.WaitForExit(); // now\nelse\n    Db.Note(\"closed\");"),
        new("A start in the condition", $"using var connection = Db.Open();\n{Write}\nif ({Start} is Process worker) // started\n    worker.WaitForExit();"),
        new("A start in a using statement", $"using (var connection = Db.Open())\n{{\n    {Write}\n    using (var worker = {Start})\n    {{\n        worker.WaitForExit();\n    }}\n}}"),
        new("While rows are read", $"using var connection = Db.Open();\n{Write}\nusing var command = new SqliteCommand(\"SELECT a FROM t\", connection);\nusing (var reader = command.ExecuteReader())\n{{\n    while (reader.Read())\n    {{\n        {Start}.WaitForExit();\n    }}\n}}"),
        new("After rows are read", $"using var connection = Db.Open();\n{Write}\nusing var command = new SqliteCommand(\"SELECT a FROM t\", connection);\nusing (var reader = command.ExecuteReader())\n{{\n    while (reader.Read())\n    {{\n        Db.Note(reader.GetInt32(0).ToString());\n    }}\n}}\n{Start}.WaitForExit();"),
        new("While another connection reads", $"using var connection = Db.Open();\n{Write}\nusing var other = Db.Open();\nusing var command = new SqliteCommand(\"SELECT a FROM t\", other);\nusing var reader = command.ExecuteReader();\nif (reader.Read())\n{{\n    {Start}.WaitForExit();\n}}"),
        new("While rows stream from a method", $"using var connection = Db.Open();\n{Write}\nforeach (var row in Rows(connection))\n{{\n    {Start}.WaitForExit();\n}}")
        {
            Members =
                """
                private static IEnumerable<int> Rows(SqliteConnection connection)
                {
                    using (var command = new SqliteCommand("SELECT a FROM t", connection))
                    using (var reader = command.ExecuteReader())
                    {
                        while (reader.Read())
                        {
                            yield return reader.GetInt32(0);
                        }
                    }
                }
                """,
        },
        new("For each of a list", $"using var connection = Db.Open();\n{Write}\nforeach (var share in new List<string> {{ \"1\", \"2\" }})\n    {Start}.WaitForExit();"),
        new("The write in the statement of the start", $"using var connection = Db.Open();\nvar worker = connection.Execute(\"INSERT INTO t VALUES (1)\") == 1 ? {Start} : null;\nworker?.WaitForExit();"),
        new("The write in the arguments of the start", $"using var connection = Db.Open();\nvar worker = Process.Start(Db.Tool, Arguments(connection));\nworker.WaitForExit();")
        {
            Members = "private static string Arguments(SqliteConnection connection)\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    return Db.Worker + ++Db.Copies;\n}",
        },
        new("In parallel", $"using var connection = Db.Open();\n{Write}\nParallel.For(0, 1, share => {Start}.WaitForExit());"),
        new("In a task", $"using var connection = Db.Open();\n{Write}\nTask.Run(() => {Start}.WaitForExit()).Wait();"),
        new("In a list's ForEach", $"using var connection = Db.Open();\n{Write}\nnew List<int> {{ 1 }}.ForEach(share => {Start}.WaitForExit());"),
        new("In a transaction that is passed on", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nExport(connection, transaction);\ntransaction.Commit();")
        {
            Members = $"private static void Export(SqliteConnection connection, SqliteTransaction transaction)\n{{\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    {Start}.WaitForExit();\n}}",
        },
        new("In a transaction of the caller", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nExport(connection);\ntransaction.Commit();\nExport(connection);")
        {
            Members = $"private static void Export(SqliteConnection connection)\n{{\n    using (var command = connection.CreateCommand())\n    {{\n        command.CommandText = \"INSERT INTO t VALUES (1)\";\n        command.ExecuteNonQuery();\n    }}\n\n    {Start}.WaitForExit();\n}}",
        },
        new("Without a connection", "Export(null);\nusing var connection = Db.Open();\nExport(connection);")
        {
            Members = $"private static void Export(SqliteConnection connection)\n{{\n    if (connection != null)\n    {{\n        {Write}\n    }}\n\n    {Start}.WaitForExit();\n}}",
        },
        new("After the connection is closed", $"using (var connection = Db.Open())\n{{\n    {Write}\n}}\n\n{Start}.WaitForExit();"),
        new("Where it may be closed", $"using var connection = Db.Open();\n{Write}\nif (Db.Copies == 0)\n    connection.Close();\n{Start}.WaitForExit();"),
        new("In a handler", $"using var connection = Db.Open();\n{Write}\ntry\n{{\n    Db.Note(int.Parse(\"x\").ToString());\n}}\ncatch (FormatException)\n{{\n    {Start}.WaitForExit();\n}}"),
        new("In a finally", $"using var connection = Db.Open();\ntry\n{{\n    {Write}\n}}\nfinally\n{{\n    {Start}.WaitForExit();\n}}"),
        new("In an expression body", "using var connection = Db.Open();\nStore(connection);\nStart().WaitForExit();")
        {
            Members = $"private static int Store(SqliteConnection connection) => connection.Execute(\"INSERT INTO t VALUES (1)\");\n\nprivate static Process Start() => {Start}; // new",
        },
        new("A write and a start, both awaited", $"await using var connection = Db.Open();\nawait connection.ExecuteAsync(\"INSERT INTO t VALUES (1)\");\nawait Task.Run(() => {Start}.WaitForExit());".Replace("await using", "using", StringComparison.Ordinal))
        {
            IsAsync = true,
        },
    ];

    /// <summary>SQLITE1002.</summary>
    private static IEnumerable<Scenario> Transactions =>
    [
        new("A commit after the start", BeginAndStart + "// All rows are in.\ntransaction.Commit(); // done"),
        new("A commit after what the process said", BeginAndStart + "if (worker.ExitCode != 0)\n{\n    Db.Note(\"failed\");\n}\n\ntransaction.Commit();"),
        new("A return that rejects", BeginAndStart + "if (worker.ExitCode == 0)\n{\n    return;\n}\n\ntransaction.Commit();"),
        new("A throw that rejects", BeginAndStart + "if (worker.ExitCode == 0)\n{\n    throw new ArgumentException(\"rejected\");\n}\n\ntransaction.Commit();"),
        new("A method that rejects", BeginAndStart + "Check(worker);\ntransaction.Commit();")
        {
            Members = "private static void Check(Process worker)\n{\n    if (worker.ExitCode == 0)\n    {\n        throw new ArgumentException(\"rejected\");\n    }\n}",
        },
        new("A call of the library that rejects", BeginAndStart + "Db.Note(int.Parse(worker.ExitCode == 0 ? \"x\" : \"1\").ToString());\ntransaction.Commit();"),
        new("A start that rejects", Begin + "\nStartAndCheck();\ntransaction.Commit();")
        {
            Members = $"private static void StartAndCheck()\n{{\n    var worker = {Start};\n    worker.WaitForExit();\n    if (worker.ExitCode == 0)\n    {{\n        throw new ArgumentException(\"rejected\");\n    }}\n}}",
        },
        new("A start that rejects in its statement", Begin + $"\nvar worker = {Start} is Process started && started.HasExited ? started : throw new ArgumentException(\"rejected\");\ntransaction.Commit();"),
        new("A continue that rejects", $"using var connection = Db.Open();\nforeach (var share in new[] {{ 1, 2 }})\n{{\n    using (var transaction = connection.BeginTransaction())\n    {{\n        connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n        var worker = {Start};\n        worker.WaitForExit();\n        if (worker.ExitCode == 0 && share == 1)\n            continue;\n        transaction.Commit();\n    }}\n}}"),
        new("A trial run", BeginAndStart + "Db.Note(\"trial\");"),
        new("A trial run begun by SQL", $"using var connection = Db.Open();\nconnection.Execute(\"BEGIN\");\n{Write}\n{Start}.WaitForExit();\nconnection.Execute(\"ROLLBACK\");"),
        new("A commit in a delegate", Begin + $"\nAction save = transaction.Commit;\n{Start}.WaitForExit();\nsave();"),
        new("A commit in a local function", $"{Begin}\nvoid Save() => transaction.Commit();\n{Start}.WaitForExit();\nSave();"),
        new("A commit in a local function, and another", $"{Begin}\nif (Db.Copies > 5)\n{{\n    Save();\n}}\n{Start}.WaitForExit();\ntransaction.Commit();\nvoid Save() => transaction.Commit();"),
        new("A commit by an object", Begin + $"\nvar work = new Work {{ Transaction = transaction }};\n{Start}.WaitForExit();\nwork.Save();")
        {
            Members = "private sealed class Work\n{\n    public SqliteTransaction Transaction { get; set; }\n\n    public void Save()\n    {\n        Transaction.Commit();\n    }\n}",
        },
        new("A commit through a field", Begin + $"\ns_current = transaction;\n{Start}.WaitForExit();\nSave();")
        {
            Members = "private static SqliteTransaction s_current;\n\nprivate static void Save()\n{\n    s_current.Commit();\n}",
        },
        new("A commit that may be missing", Begin + $"\n{Start}.WaitForExit();\ntransaction?.Commit();"),
        new("A commit in a try", Begin + $"\ntry\n{{\n    {Start}.WaitForExit();\n    transaction.Commit();\n}}\ncatch\n{{\n    transaction.Rollback();\n    throw;\n}}"),
        new("More work before the commit", BeginAndStart + "connection.Execute(\"INSERT INTO t VALUES (2)\", transaction: transaction);\ntransaction.Commit();"),
        new("More work by a method before the commit", BeginAndStart + "More(connection);\ntransaction.Commit();")
        {
            Members = "private static void More(SqliteConnection connection)\n{\n    using (var command = connection.CreateCommand())\n    {\n        command.CommandText = \"INSERT INTO t VALUES (2)\";\n        command.ExecuteNonQuery();\n    }\n}",
        },
        new("Commit by SQL", $"using var connection = Db.Open();\nconnection.Execute(\"BEGIN IMMEDIATE\");\n{Write}\n{Start}.WaitForExit();\nconnection.Execute(\"COMMIT\");"),
        new("A transaction in two branches", $"using var connection = Db.Open();\nSqliteTransaction transaction;\nif (Db.Copies == 0)\n    transaction = connection.BeginTransaction();\nelse\n    transaction = connection.BeginTransaction(deferred: true);\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n{Start}.WaitForExit();\ntransaction.Commit();\ntransaction.Dispose();"),
        new("A rollback before", $"{Begin}\nif (Db.Copies > 5)\n{{\n    transaction.Rollback();\n    return;\n}}\n\n{Start}.WaitForExit();\ntransaction.Commit();"),
        new("A conditional commit", $"{Begin}\n{Start}.WaitForExit();\n#if NEVER\ntransaction.Rollback();\n#else\ntransaction.Commit();\n#endif"),
        new("A query half read at the start", $"{Begin}\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT a FROM t\";\nusing (var reader = command.ExecuteReader())\n{{\n    reader.Read();\n    {Start}.WaitForExit();\n}}\n\ntransaction.Commit();"),
    ];

    /// <summary>SQLITE2001.</summary>
    private static IEnumerable<Scenario> Checkpoints =>
    [
        new("A checkpoint before the commit", $"{Begin}\n{Checkpoint}\ntransaction.Commit();"),
        new("A checkpoint by a command before the commit", Begin + "\n// Empty the -wal file.\nusing (var command = connection.CreateCommand())\n{\n    // all of it\n    command.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE)\";\n    command.ExecuteNonQuery();\n}\n\ntransaction.Commit();\nDb.Note(\"done\");"),
        new("A checkpoint before more work", $"{Begin}\n{Checkpoint}\nconnection.Execute(\"INSERT INTO t VALUES (2)\", transaction: transaction);\ntransaction.Commit();"),
        new("A checkpoint before a start and the commit", $"{Begin}\n{Checkpoint}\n{Start}.WaitForExit();\ntransaction.Commit();"),
        new("A checkpoint before a method that starts, and the commit", $"{Begin}\n{Checkpoint}\nLaunch();\ntransaction.Commit();")
        {
            Members = $"private static void Launch()\n{{\n    {Start}.WaitForExit();\n}}",
        },
        new("A checkpoint in a try that rolls back", $"{Begin}\ntry\n{{\n    {Checkpoint}\n    transaction.Commit();\n}}\ncatch\n{{\n    transaction.Rollback();\n    throw;\n}}\n\nDb.Note(\"stored\");"),
        new("A checkpoint in a try that goes on", $"{Begin}\ntry\n{{\n    {Checkpoint}\n    transaction.Commit();\n}}\ncatch (SqliteException)\n{{\n    transaction.Rollback();\n    Db.Note(\"not stored\");\n}}"),
        new("A checkpoint in a preview", $"{Begin}\n{Checkpoint}\nDb.Note(\"preview\");"),
        new("A checkpoint before a commit by SQL", $"using var connection = Db.Open();\nconnection.Execute(\"BEGIN\");\n{Write}\nconnection.Execute(\"PRAGMA wal_checkpoint(FULL)\");\nconnection.Execute(\"COMMIT\");"),
        new("A checkpoint before a commit in a delegate", $"{Begin}\nAction save = transaction.Commit;\n{Checkpoint}\nsave();"),
        new("A checkpoint of another database", $"using var connection = Db.Open();\nconnection.Execute(\"ATTACH '@DB@.aux' AS aux\");\nconnection.Execute(\"PRAGMA aux.journal_mode = WAL\");\nusing (var transaction = connection.BeginTransaction())\n{{\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    connection.Execute(\"PRAGMA aux.wal_checkpoint(TRUNCATE)\", transaction: transaction);\n    transaction.Commit();\n}}\nconnection.Execute(\"DETACH aux\");"),
    ];

    /// <summary>SQLITE2002 and 2003.</summary>
    private static IEnumerable<Scenario> Results =>
    [
        new("A checkpoint by a command", $"using var connection = Db.Open();\n{Write}\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE);\";\ncommand.ExecuteNonQuery(); // empty\nDb.Note(\"done\");"),
        new("A checkpoint in a using", $"using var connection = Db.Open();\n{Write}\nusing (var command = new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection))\n{{\n    // Hand over.\n    command.ExecuteNonQuery();\n}}"),
        new("A checkpoint through Dapper", $"using var connection = Db.Open();\n{Write}\nif (connection.State == ConnectionState.Open)\n    connection.Execute(\"PRAGMA wal_checkpoint(RESTART)\");"),
        new("A checkpoint whose row nobody looks at", $"using var connection = Db.Open();\n{Write}\nusing var command = new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection);\nusing (var reader = command.ExecuteReader())\n{{\n    reader.Read();\n}}"),
        new("A checkpoint of an attached database", $"using var connection = Db.Open();\n{Write}\nconnection.Execute(\"ATTACH '@DB@.aux' AS aux\");\nconnection.Execute(\"PRAGMA aux.journal_mode = WAL\");\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS aux.u (a)\");\nconnection.Execute(\"INSERT INTO aux.u VALUES (1)\");\nconnection.Execute(\"PRAGMA aux.wal_checkpoint(TRUNCATE)\");\nDb.Note(new System.IO.FileInfo(\"@DB@.aux-wal\").Length.ToString());"),
        new("A checkpoint of all attached databases", $"using var connection = Db.Open();\n{Write}\nconnection.Execute(\"ATTACH '@DB@.aux' AS aux\");\nconnection.Execute(\"PRAGMA aux.journal_mode = WAL\");\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS aux.u (a)\");\nconnection.Execute(\"INSERT INTO aux.u VALUES (1)\");\nconnection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");\nDb.Note(new System.IO.FileInfo(\"@DB@.aux-wal\").Length.ToString());"),
        new("A setting with a side effect", $"using var connection = Db.Open();\n{Write}\nusing var command = connection.CreateCommand();\ncommand.CommandTimeout = ++Db.Copies;\ncommand.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE)\";\ncommand.ExecuteNonQuery();\nDb.Note(Db.Copies.ToString());"),
        new("A setting that declares", $"using var connection = Db.Open();\n{Write}\nusing var command = connection.CreateCommand();\ncommand.CommandTimeout = int.TryParse(\"5\", out var seconds) ? seconds : 1;\ncommand.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE)\";\ncommand.ExecuteNonQuery();\nDb.Note(seconds.ToString());"),
        new("A token that is cancelled", $"using var connection = Db.Open();\n{Write}\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE)\";\nawait command.ExecuteNonQueryAsync(new CancellationToken(true));\nDb.Note(\"not cancelled\");") { IsAsync = true },
        new("The only await", $"using var connection = Db.Open();\n{Write}\nawait connection.ExecuteAsync(\"PRAGMA wal_checkpoint(FULL)\");") { IsAsync = true },
        new("A method that gives the connection", "using var connection = Db.Open();\nOf(connection).Execute(\"PRAGMA wal_checkpoint(FULL)\");")
        {
            Members = "private static SqliteConnection Of(SqliteConnection connection)\n{\n    Db.Note(\"asked\");\n    return connection;\n}",
        },
        new("A checkpoint of one of two", $"using var connection = Db.Open();\nusing var other = Db.Open();\n{Write}\n(Db.Copies == 0 ? other : connection).Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");"),
        new("A command with other work", $"using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(FULL)\";\ncommand.ExecuteNonQuery();\ncommand.CommandText = \"INSERT INTO t VALUES (1)\";\ncommand.ExecuteNonQuery();"),
        new("A text that is chosen", $"using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(FULL)\";\nif (Db.Copies == 0)\n    command.CommandText = \"INSERT INTO t VALUES (1)\";\ncommand.ExecuteNonQuery();"),
        new("A conditional statement", $"using var connection = Db.Open();\n{Write}\nif (Db.Copies == 0)\n#if !NEVER\n    connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");\n#else\n    Db.Note(\"never\");\n#endif"),
        new("In the finally of a failure", $"using var connection = Db.Open();\ntry\n{{\n    {Write}\n    Db.Note(int.Parse(\"x\").ToString());\n}}\nfinally\n{{\n    connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");\n}}"),
        new("A word that is no mode", $"using var connection = Db.Open();\n{Write}\nDb.Note(connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(TRUNC)\").ToString());"),
    ];

    /// <summary>SQLITE3001, 3002, 3003, 3005, 3006, 3007, 3008 and 3011.</summary>
    private static IEnumerable<Scenario> Configuration =>
    [
        new("A fresh connection", "using var connection = new SqliteConnection(Db.Plain);\nconnection.Open(); // now\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");\nconnection.Execute(\"INSERT INTO t VALUES (1)\");\nDb.Note(connection.ExecuteScalar(\"PRAGMA cache_size\") + \" \" + connection.ExecuteScalar(\"PRAGMA temp_store\"));"),
        new("A fresh connection without braces", "using (var connection = new SqliteConnection(Db.Plain))\n{\n    if (connection.State == ConnectionState.Closed) // closed\n        connection.Open();\n    connection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");\n}"),
        new("One of two connections", "using var first = new SqliteConnection(Db.Plain);\nusing var second = new SqliteConnection(Db.Plain);\n(Db.Copies == 0 ? first : second).Open();\nfirst.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");"),
        new("A connection by its base", "using DbConnection connection = new SqliteConnection(Db.Plain);\nconnection.Open();\nusing (var command = connection.CreateCommand())\n{\n    command.CommandText = \"CREATE TABLE IF NOT EXISTS t (a)\";\n    command.ExecuteNonQuery();\n}".Replace("using DbConnection", "DbConnection", StringComparison.Ordinal)),
        new("An open that is cancelled", "using var connection = new SqliteConnection(Db.Plain);\nawait connection.OpenAsync(new CancellationToken(true));\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");") { IsAsync = true },
        new("An open that is awaited", "using var connection = new SqliteConnection(Db.Plain);\nawait connection.OpenAsync();\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");") { IsAsync = true },
        new("A page size", "using var connection = new SqliteConnection(Db.Plain);\nconnection.Open();\nconnection.Execute(\"PRAGMA page_size = 8192; CREATE TABLE IF NOT EXISTS t (a)\");\nDb.Note(connection.ExecuteScalar<long>(\"PRAGMA page_size\").ToString());"),
        new("A page size by a method", "using var connection = new SqliteConnection(Db.Plain);\nconnection.Open();\nSet(connection, \"auto_vacuum\", 1);\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");\nDb.Note(connection.ExecuteScalar<long>(\"PRAGMA auto_vacuum\").ToString());")
        {
            Members = "private static void Set(SqliteConnection connection, string name, int value)\n{\n    connection.Execute($\"PRAGMA {name} = {value}\");\n}",
        },
        new("A journal mode of its own", "using var connection = new SqliteConnection(Db.Plain);\nconnection.Open();\nconnection.Execute(\"PRAGMA journal_mode = DELETE\");\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");\nDb.Note(connection.ExecuteScalar<string>(\"PRAGMA journal_mode\"));"),
        new("A file that is copied", "using (var connection = new SqliteConnection(Db.Plain))\n{\n    connection.Open();\n    connection.Execute(\"CREATE TABLE IF NOT EXISTS t (a); INSERT INTO t VALUES (1)\");\n}\n\nSystem.IO.File.Copy(\"@DB@.plain\", \"@DB@.copied\", true);\nusing (var copy = new SqliteConnection(\"Data Source=@DB@.copied;Mode=ReadOnly;Pooling=False\"))\n{\n    copy.Open();\n    Db.Note(copy.ExecuteScalar<long>(\"SELECT count(*) > 0 FROM t\").ToString());\n}") { CanRepeat = false, IsWhatUserIsWarnedOf = true },
        new("A method that opens", "using var connection = new SqliteConnection(Db.Plain);\nEnsureOpen(connection);\nEnsureOpen(connection);\nconnection.Execute(\"CREATE TABLE IF NOT EXISTS t (a)\");")
        {
            Members = "private static void EnsureOpen(SqliteConnection connection)\n{\n    if (connection.State != ConnectionState.Open)\n        connection.Open();\n}",
        },

        // SQLITE3002.
        new("A word that is no pragma", "using var connection = Db.Open();\nconnection.Execute(\"PRAGMA cache_siz = 500\"); // pages\nDb.Note(connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\").ToString());"),

        // SQLITE3003.
        new("A value that is none", $"using var connection = Db.Open();\nconnection.Execute(\"PRAGMA temp_store = MEM\"); // memory\n{Write}\nDb.Note(connection.ExecuteScalar<long>(\"PRAGMA user_version\").ToString());"),

        // SQLITE3006.
        new("A write that waits for no disk", $"using var connection = Db.Open();\nconnection.Execute(\"PRAGMA synchronous = OFF\"); // fast\n{Write}"),

        // SQLITE3005.
        new("A shared cache in a string", $"using var connection = new SqliteConnection(Db.Source + \";Cache=Shared\"); // one\nconnection.Open();\n{Write}\nDb.Note(connection.ExecuteScalar<string>(\"PRAGMA journal_mode\"));"),
        new("A shared cache of a builder", $"var builder = new SqliteConnectionStringBuilder(Db.Source)\n{{\n    Cache = SqliteCacheMode.Shared, // all\n    Pooling = false,\n}};\nusing var connection = new SqliteConnection(builder.ToString());\nconnection.Open();\n{Write}"),

        // SQLITE3007, where it is not reached: elsewhere the program throws, and after the fix it does not.
        new("A keyword of another provider", $"using var connection = Db.Open();\nif (Db.Notes.Count > 100)\n{{\n    connection.ConnectionString = Db.Source + \";Version=3;Read Only=False\"; // three\n}}\n\n{Write}"),
        new("A keyword of another provider that a builder is given", $"using var connection = Db.Open();\nif (Db.Notes.Count > 100)\n{{\n    var builder = new SqliteConnectionStringBuilder(Db.Source);\n    builder[\"ForeignKeys\"] = true;\n    Db.Note(builder.ToString());\n}}\n\n{Write}"),

        // SQLITE3008.
        new("A wait for ever", $"using var connection = new SqliteConnection(\"Data Source=@DB@;Default Timeout=0\");\nconnection.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandTimeout = 0; // for ever\n{Write}"),

        // SQLITE3011.
        new("A connection without what others have", $"using (Db.Open())\n{{\n}}\n\nusing var connection = new SqliteConnection(Db.Source);\nconnection.Open(); // plain\n{Write}\nDb.Note(connection.ExecuteScalar<string>(\"PRAGMA journal_mode\"));"),
        new("A connection without some of what others have", $"using var connection = new SqliteConnection(Db.Source);\nawait connection.OpenAsync();\nconnection.Execute(\"PRAGMA busy_timeout = 1000\");\n{Write}") { IsAsync = true },
    ];

    /// <summary>SQLITE4003, 5003 and 5004.</summary>
    private static IEnumerable<Scenario> Usage =>
    [
        // SQLITE4003.
        new("A batch of no size", "using var connection = Db.Open();\ntry\n{\n    using var batch = new global::SqliteAnalyzers.Runtime.SqliteBatchWriter(connection, 0);\n    batch.Execute(\"INSERT INTO t VALUES (1)\");\n    batch.Commit();\n}\ncatch (ArgumentOutOfRangeException)\n{\n    Db.Note(\"refused\");\n    throw;\n}"),

        // SQLITE5003.
        new("A -wal file that another database has left", "using (var connection = Db.Open())\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n}\n\nif (System.IO.File.Exists(\"other.db-wal\"))\n{\n    System.IO.File.Delete(\"other.db-wal\");\n}\n\nDb.Note(\"tidy\");"),

        // SQLITE5004.
        new("Calls that wait for nobody", $"using var connection = new SqliteConnection(Db.Source);\nawait connection.OpenAsync(); // now\n{Write}\nawait Task.Yield();\nusing var command = new SqliteCommand(\"SELECT count(*) FROM t\", connection);\nDb.Note((await command.ExecuteScalarAsync()).ToString());") { IsAsync = true },
        new("A token that is asked", "using var connection = Db.Open();\nusing var source = new System.Threading.CancellationTokenSource();\nsource.Cancel();\nusing var command = new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection);\ntry\n{\n    await command.ExecuteNonQueryAsync(source.Token);\n}\ncatch (OperationCanceledException)\n{\n    Db.Note(\"cancelled\");\n}\n\nawait Task.Delay(1);") { IsAsync = true },
        new("A transaction that is not waited for", $"using var connection = Db.Open();\nusing var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);\n{Write}\nawait transaction.CommitAsync();\nawait Task.Yield();") { IsAsync = true },
    ];
}
