namespace SqliteAnalyzers.FixTorture.Programs;

/// <content>SQLITE4001, 4004, 4005, 4006 and 4007: transactions around writes.</content>
internal static partial class Scenarios
{
    private const string Again = "\nconnection.Execute(\"INSERT INTO t VALUES (9)\");\nDb.Note(connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\").ToString());";

    /// <summary>SQLITE4001.</summary>
    private static IEnumerable<Scenario> LoopsOfWrites =>
    [
        new("A loop of writes", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 }) // rows\n{\n    connection.Execute(\"INSERT INTO t VALUES (@row)\", new { row });\n}\n" + Again),
        new("A loop of writes without braces", "using var connection = Db.Open();\nfor (var row = 0; row < 3; row++)\n    connection.Execute(\"INSERT INTO t VALUES (1)\");" + Again),
        new("A loop of writes by one command", "using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"INSERT INTO t VALUES ($row)\";\nvar parameter = command.Parameters.Add(\"$row\", SqliteType.Integer);\nforeach (var row in new[] { 1, 2, 3 })\n{\n    parameter.Value = row;\n    command.ExecuteNonQuery();\n}\n" + Again),
        new("A loop of writes by a command that is used again", "using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"INSERT INTO t VALUES (1)\";\nforeach (var row in new[] { 1, 2, 3 })\n{\n    command.ExecuteNonQuery();\n}\n\ncommand.CommandText = \"INSERT INTO t VALUES (2)\";\ncommand.ExecuteNonQuery();"),
        new("A loop of writes by a command that another method has", "using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"INSERT INTO t VALUES (1)\";\nforeach (var row in new[] { 1, 2, 3 })\n{\n    command.ExecuteNonQuery();\n}\n\nAgain();\nvoid Again() => Db.Note(command.CommandText);"),
        new("A loop of writes by new commands", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    using (var command = new SqliteCommand(\"INSERT INTO t VALUES (\" + row + \")\", connection))\n    {\n        command.ExecuteNonQuery();\n    }\n}\n" + Again),
        new("A loop of writes by commands of the connection", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    using (var command = connection.CreateCommand())\n    {\n        command.CommandText = \"INSERT INTO t VALUES (\" + row + \")\";\n        command.ExecuteNonQuery();\n    }\n}\n" + Again),
        new("A loop of writes and a method that reads", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    Db.Note(Count(connection));\n}\n" + Again)
        {
            Members = "private static string Count(SqliteConnection connection)\n{\n    using (var command = new SqliteCommand(\"SELECT count(*) FROM t\", connection))\n    {\n        return command.ExecuteScalar().ToString();\n    }\n}",
        },
        new("A loop of writes and a method that begins", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    Log(connection);\n}\n" + Again)
        {
            Members = "private static void Log(SqliteConnection connection)\n{\n    using (var transaction = connection.BeginTransaction())\n    {\n        connection.Execute(\"INSERT INTO t VALUES (2)\", transaction: transaction);\n        transaction.Commit();\n    }\n}",
        },
        new("A loop of writes that another connection reads", "using var connection = Db.Open();\nusing var other = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    Db.Note(other.ExecuteScalar<long>(\"SELECT count(*) FROM t\").ToString());\n}\n"),
        new("A loop of writes that another connection writes too", "using var connection = Db.Open();\nusing var other = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    other.Execute(\"INSERT INTO t VALUES (2)\");\n}\n"),
        new("A loop of writes that sets a pragma", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    connection.Execute(\"PRAGMA synchronous = FULL\");\n}\n"),
        new("A loop of writes that checkpoints", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    Db.Note(connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(TRUNCATE)\").ToString());\n}\n"),
        new("A loop of writes and starts", $"using var connection = Db.Open();\nforeach (var row in new[] {{ 1, 2, 3 }})\n{{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    {Start}.WaitForExit();\n}}\n"),
        new("A loop of writes and a vacuum", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n    if (row == 3)\n    {\n        connection.Execute(\"VACUUM\");\n    }\n}\n"),
        new("A loop of writes that are awaited", "using var connection = Db.Open();\nforeach (var row in new[] { 1, 2, 3 })\n{\n    await connection.ExecuteAsync(\"INSERT INTO t VALUES (1)\");\n}\n" + Again) { IsAsync = true },
        new("A loop of writes with a name that is taken", "using var connection = Db.Open();\nvar transaction = 1;\nforeach (var row in new[] { 1, 2, 3 })\n{\n    connection.Execute(\"INSERT INTO t VALUES (@transaction)\", new { transaction });\n}\n"),
        new("A list that Dapper writes", "using var connection = Db.Open();\nconnection.Execute(\"INSERT INTO t VALUES (@A)\", new[] { new { A = 1 }, new { A = 2 } });" + Again),
    ];

    /// <summary>SQLITE4005.</summary>
    private static IEnumerable<Scenario> Leaks => LeaksInStatements.Concat(LeaksInStatements.Where(scenario => !scenario.IsAsync).Select(InMethod));

    private static IEnumerable<Scenario> LeaksInStatements =>
    [
        new("A transaction that an exception leaves open", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction(); // all\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();\nDb.Note(\"stored\");"),
        new("A transaction that a failure leaves open", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\ntry\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    connection.Execute(\"INSERT INTO missing VALUES (1)\", transaction: transaction);\n    transaction.Commit();\n}\ncatch (SqliteException)\n{\n    Db.Note(\"failed\");\n}") { CanRepeat = false },
        new("A transaction that a return leaves open", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nif (Db.Copies == 0)\n{\n    return;\n}\n\ntransaction.Commit();") { CanRepeat = false },
        new("A transaction that is rolled back", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Rollback();"),
        new("A transaction that is disposed at the end", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();\ntransaction.Dispose();"),
        new("A transaction that is used after the block", "var connection = Db.Open();\nSqliteTransaction kept;\n{\n    var transaction = connection.BeginTransaction();\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    kept = transaction;\n}\n\nkept.Commit();"),
        new("A transaction that is kept in a field", "var connection = Db.Open();\n{\n    var transaction = connection.BeginTransaction();\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    s_kept = transaction;\n}\n\ns_kept.Commit();")
        {
            Members = "private static SqliteTransaction s_kept;",
        },
        new("A transaction that a method commits", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nFinish(transaction);")
        {
            Members = "private static void Finish(SqliteTransaction transaction)\n{\n    transaction.Commit();\n}",
        },
        new("A transaction that a delegate commits later", "var connection = Db.Open();\nAction finish = null;\nif (Db.Copies == 0)\n{\n    var transaction = connection.BeginTransaction();\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    finish = () => transaction.Commit();\n}\n\nfinish();"),
        new("A transaction that is given another", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();\ntransaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (2)\", transaction: transaction);\ntransaction.Commit();"),
        new("A transaction by its base", "DbConnection connection = Db.Open();\nDbTransaction transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();"),
        new("A transaction whose connection is closed first", "var connection = Db.Open();\nvar transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();\nconnection.Dispose();\nDb.Note(\"closed\");"),
        new("A transaction that is awaited", "var connection = Db.Open();\nvar transaction = await connection.BeginTransactionAsync();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nawait transaction.CommitAsync();\nDb.Note(\"stored\");") { IsAsync = true },
    ];

    /// <summary>The same statements in a method that the program calls, and goes on after.</summary>
    private static Scenario InMethod(Scenario scenario) => new(
        scenario.Name + ", in a method",
        "try\n{\n    Import(1);\n}\ncatch (SqliteException)\n{\n    Db.Note(\"failed\");\n}\n\nDb.Note(\"imported\");")
    {
        CanRepeat = scenario.CanRepeat,
        Members = $"private static void Import(int number)\n{{\n    {scenario.Body.Replace("\n", "\n    ", StringComparison.Ordinal)}\n}}" + (scenario.Members.Length == 0 ? "" : "\n\n" + scenario.Members),
    };

    /// <summary>SQLITE4006.</summary>
    private static IEnumerable<Scenario> Upgrades =>
    [
        new("A deferred transaction that reads and writes", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction(deferred: true);\nvar count = connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\", transaction: transaction);\nconnection.Execute(\"INSERT INTO t VALUES (@count)\", new { count }, transaction);\ntransaction.Commit();" + Again),
        new("A transaction that reads what is not committed", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction(IsolationLevel.ReadUncommitted);\nvar count = connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\", transaction: transaction);\nconnection.Execute(\"INSERT INTO t VALUES (@count)\", new { count }, transaction);\ntransaction.Commit();"),
        new("A deferred transaction of a level", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);\nvar count = connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\", transaction: transaction);\nconnection.Execute(\"INSERT INTO t VALUES (@count)\", new { count }, transaction);\ntransaction.Commit();"),
        new("A deferred transaction by SQL", "using var connection = Db.Open();\nconnection.Execute(\"BEGIN\"); // deferred\nvar count = connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\");\nconnection.Execute(\"INSERT INTO t VALUES (@count)\", new { count });\nconnection.Execute(\"COMMIT\");" + Again),
        new("A deferred transaction by a word of SQL", "using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"BEGIN DEFERRED TRANSACTION;\";\ncommand.ExecuteNonQuery();\nvar count = connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\");\nconnection.Execute(\"INSERT INTO t VALUES (@count)\", new { count });\nconnection.Execute(\"COMMIT\");"),
        new("A deferred transaction beside a writer", "using var connection = Db.Open();\nusing var other = Db.Open();\nusing var writing = other.BeginTransaction();\nother.Execute(\"INSERT INTO t VALUES (7)\", transaction: writing);\nusing (var transaction = connection.BeginTransaction(deferred: true))\n{\n    Db.Note(connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\", transaction: transaction).ToString());\n    writing.Commit();\n    if (Db.Copies > 5)\n    {\n        connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n    }\n\n    transaction.Commit();\n}") { IsWhatUserIsWarnedOf = true },
    ];

    /// <summary>SQLITE4007.</summary>
    private static IEnumerable<Scenario> Pending =>
    [
        new("A command that was not told the transaction", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nusing var command = new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection);\ncommand.ExecuteNonQuery(); // one\ntransaction.Commit();" + Again),
        new("A command that was made before the transaction", "using var connection = Db.Open();\nusing var command = new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection);\nusing var transaction = connection.BeginTransaction();\ncommand.ExecuteNonQuery();\ntransaction.Commit();"),
        new("A command that was made by the connection before the transaction", "using var connection = Db.Open();\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"INSERT INTO t VALUES (1)\";\nusing var transaction = connection.BeginTransaction();\nif (Db.Copies == 0)\n    command.ExecuteNonQuery();\ntransaction.Commit();"),
        new("A new command in its statement", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nDb.Note(new SqliteCommand(\"SELECT count(*) FROM t\", connection).ExecuteScalar().ToString());\ntransaction.Commit();"),
        new("A command in a transaction and after it", "using var connection = Db.Open();\nusing var command = new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection);\nusing (var transaction = connection.BeginTransaction())\n{\n    command.ExecuteNonQuery();\n    transaction.Commit();\n}\n\ncommand.ExecuteNonQuery();"),
        new("Dapper that was not told the transaction", "using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\");\ntransaction.Commit();"),
    ];

    /// <summary>SQLITE4004.</summary>
    private static IEnumerable<Scenario> Batches =>
    [
        new("A batch that nobody commits", "using var connection = Db.Open();\nif (Db.Copies == 0)\n{\n    using var batch = new global::SqliteAnalyzers.Runtime.SqliteBatchWriter(connection);\n    batch.Execute(\"INSERT INTO t VALUES (1)\"); // one\n}\n" + Again),
        new("A batch in a using statement that nobody commits", "using var connection = Db.Open();\nusing (var batch = new global::SqliteAnalyzers.Runtime.SqliteBatchWriter(connection))\n{\n    foreach (var row in new[] { 1, 2, 3 })\n    {\n        batch.Execute(\"INSERT INTO t VALUES (1)\");\n    }\n}\n" + Again),
        new("A batch that is left by a return", "using var connection = Db.Open();\nusing (var batch = new global::SqliteAnalyzers.Runtime.SqliteBatchWriter(connection))\n{\n    batch.Execute(\"INSERT INTO t VALUES (1)\");\n    if (Db.Copies == 0)\n    {\n        return;\n    }\n\n    batch.Commit();\n}"),
    ];

    /// <summary>SQLITE5002.</summary>
    private static IEnumerable<Scenario> Files =>
    [
        new("A file copied beside its connection", $"using var connection = new SqliteConnection(\"Data Source=@DB@\");\nconnection.Open();\n{Write}\nSystem.IO.File.Copy(\"@DB@\", \"@DB@.other\", true); // backup\nDb.Note(\"copied\");"),
        new("A file copied to a new one", $"using var connection = new SqliteConnection(\"Data Source=@DB@\");\nconnection.Open();\n{Write}\nif (!System.IO.File.Exists(\"@DB@.other\"))\n    System.IO.File.Copy(\"@DB@\", \"@DB@.other\");\nDb.Note(\"copied\");"),
        new("A file copied in a transaction", $"using var connection = new SqliteConnection(\"Data Source=@DB@\");\nconnection.Open();\nusing var transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nSystem.IO.File.Copy(\"@DB@\", \"@DB@.other\", true);\ntransaction.Commit();") { IsWhatUserIsWarnedOf = true },
        new("A file deleted after its connection", "using (var connection = new SqliteConnection(\"Data Source=@DB@.plain\"))\n{\n    connection.Open();\n    connection.Execute(\"PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (a)\");\n}\n\nSystem.IO.File.Delete(\"@DB@.plain\"); // gone\nDb.Note(\"deleted\");"),
        new("A file moved after its connection", "using (var connection = new SqliteConnection(\"Data Source=@DB@.plain\"))\n{\n    connection.Open();\n    connection.Execute(\"PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (a)\");\n}\n\nif (Db.Notes.Count == 0)\n    System.IO.File.Move(\"@DB@.plain\", \"@DB@.moved\");\nDb.Note(\"moved\");"),
        new("A file deleted while another reads", "using var other = Db.Open();\nusing var command = new SqliteCommand(\"SELECT 1\", other);\nusing var reader = command.ExecuteReader();\nusing (var connection = new SqliteConnection(\"Data Source=@DB@.plain\"))\n{\n    connection.Open();\n    connection.Execute(\"PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (a)\");\n}\n\nSystem.IO.File.Delete(\"@DB@.plain\");\nDb.Note(reader.Read().ToString());"),
    ];

    /// <summary>SQLITE3004.</summary>
    private static IEnumerable<Scenario> Migrations =>
    [
        new("A pragma in a migration", "Db.Note(typeof(First).Name);")
        {
            Members = "private sealed class First : Microsoft.EntityFrameworkCore.Migrations.Migration\n{\n    protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder migrationBuilder)\n    {\n        migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\"); // off\n        migrationBuilder.Sql(\"DELETE FROM t\");\n    }\n}",
        },
    ];
}
