namespace SqliteAnalyzers.FixTorture.Programs;

/// <content>Lambdas and local functions, lists of statements on one line, texts of several statements, connections under a type that does not say what they are.</content>
internal static partial class Scenarios
{
    private const string Own = "using var own = Db.Open();\n    own.Execute(\"INSERT INTO t VALUES (1)\");";

    private const string Transfer = "using var transaction = connection.BeginTransaction();\n    connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);";

    private static IEnumerable<Scenario> Functions =>
    [
        new("In a lambda that writes", $"using var connection = Db.Open();\nAction launch = () =>\n{{\n    {Write}\n    {Start}.WaitForExit();\n}};\nlaunch();\nlaunch();"),
        new("In a lambda with its own connection", $"Action launch = () =>\n{{\n    {Own}\n    {Start}.WaitForExit(); // now\n}};\nlaunch();\nlaunch();"),
        new("In a local function with its own connection", $"Launch();\nLaunch();\nvoid Launch()\n{{\n    {Own}\n    {Start}.WaitForExit();\n}}"),
        new("In a task with its own connection", $"Task.Run(() =>\n{{\n    {Own}\n    {Start}.WaitForExit();\n}}).Wait();"),
        new("In parallel with connections of their own", $"Parallel.For(0, 2, share =>\n{{\n    {Own}\n    {Start}.WaitForExit();\n}});"),
        new("On one line", $"using (var connection = Db.Open()) {{ {Write} {Start}.WaitForExit(); Db.Note(\"done\"); }}"),
        new("In a branch on one line", $"using var connection = Db.Open();\n{Write} if (Db.Copies == 0) {Start}.WaitForExit(); else Db.Note(\"again\");\nDb.Note(\"done\");"),
        new("In a case on one line", $"using var connection = Db.Open();\n{Write}\nswitch (Db.Copies)\n{{\n    case 0: {Start}.WaitForExit(); break; // first\n    default: Db.Note(\"again\"); break;\n}}"),
        new("On a connection by its base", "using DbConnection connection = Db.Open();\n" + Write + $"\n{Start}.WaitForExit();"),

        new("A transaction in a lambda", $"using var connection = Db.Open();\nAction store = () =>\n{{\n    {Transfer}\n    {Start}.WaitForExit();\n    transaction.Commit();\n}};\nstore();\nstore();"),
        new("A transaction in a lambda that is not committed each time", $"using var connection = Db.Open();\nFunc<int, bool> store = most =>\n{{\n    {Transfer}\n    {Start}.WaitForExit();\n    if (Db.Copies > most)\n    {{\n        return false;\n    }}\n\n    transaction.Commit();\n    return true;\n}};\nDb.Note(store(0).ToString());") { IsWhatUserIsWarnedOf = true },
        new("A transaction in a local function", $"using var connection = Db.Open();\nStore();\nStore();\nvoid Store()\n{{\n    {Transfer}\n    {Start}.WaitForExit();\n\n    // Keep it.\n    transaction.Commit(); // once\n}}"),
        new("A transaction around a lambda", $"using var connection = Db.Open();\nusing var transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nAction launch = () => {Start}.WaitForExit();\nlaunch();\ntransaction.Commit();"),
        new("A transaction on one line", $"using var connection = Db.Open();\nusing (var transaction = connection.BeginTransaction()) {{ connection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction); {Start}.WaitForExit(); transaction.Commit(); }}"),
        new("A transaction on a connection by its base", $"using DbConnection connection = Db.Open();\nusing DbTransaction transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\n{Start}.WaitForExit();\ntransaction.Commit();"),

        new("A checkpoint in a lambda's transaction", $"using var connection = Db.Open();\nFunc<int> store = () =>\n{{\n    {Transfer}\n    {Checkpoint}\n    transaction.Commit();\n    return 1;\n}};\nDb.Note(store().ToString());"),
        new("A checkpoint in a local function's transaction", $"using var connection = Db.Open();\nStore();\nvoid Store()\n{{\n    {Transfer}\n    // Empty it.\n    {Checkpoint} // all\n\n    transaction.Commit();\n}}"),

        new("A checkpoint behind another statement", "using var connection = Db.Open();\nconnection.Execute(\"INSERT INTO t VALUES (1); PRAGMA wal_checkpoint(TRUNCATE)\");"),
        new("A checkpoint before another statement", $"using var connection = Db.Open();\n{Write}\nusing (var command = connection.CreateCommand())\n{{\n    command.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO t VALUES (2);\"; // both\n    command.ExecuteNonQuery();\n}}"),
        new("A checkpoint behind a statement with parameters", "using var connection = Db.Open();\nvar command = connection.CreateCommand();\ncommand.CommandText = @\"INSERT INTO t VALUES ($a);\nPRAGMA wal_checkpoint(FULL);\";\ncommand.Parameters.AddWithValue(\"$a\", 5);\ncommand.ExecuteNonQuery();"),
        new("A checkpoint behind a statement that runs twice", "using var connection = Db.Open();\nvar command = connection.CreateCommand();\ncommand.CommandText = \"INSERT INTO t VALUES (1); PRAGMA wal_checkpoint(FULL);\";\ncommand.ExecuteNonQuery();\ncommand.ExecuteNonQuery();"),
        new("A checkpoint on a connection that Dapper opens", "using (Db.Open())\n{\n}\n\nusing var connection = new SqliteConnection(Db.Source);\nconnection.Execute(\"PRAGMA wal_checkpoint(FULL)\");"),
        new("A checkpoint on a connection by its base", "using DbConnection connection = Db.Open();\nusing (var command = connection.CreateCommand())\n{\n    command.CommandText = \"PRAGMA wal_checkpoint(FULL)\";\n    command.ExecuteNonQuery();\n}"),
        new("A checkpoint by a method that executes", "using var connection = Db.Open();\nRunSql(connection, \"INSERT INTO t VALUES (1)\");\nRunSql(connection, \"PRAGMA wal_checkpoint(FULL)\");\nRunSql(connection, \"INSERT INTO t VALUES (2); PRAGMA wal_checkpoint(FULL)\");")
        {
            Members = "private static void RunSql(SqliteConnection connection, string sql)\n{\n    using (var command = connection.CreateCommand())\n    {\n        command.CommandText = sql;\n        command.ExecuteNonQuery();\n    }\n}",
        },
        new("A checkpoint by a method that opens", "using (Db.Open())\n{\n}\n\nusing var connection = new SqliteConnection(Db.Source);\nRunSql(connection, \"INSERT INTO t VALUES (1)\");\nRunSql(connection, \"PRAGMA wal_checkpoint(FULL)\");")
        {
            Members = "private static void RunSql(SqliteConnection connection, string sql)\n{\n    connection.Open();\n    using (var command = connection.CreateCommand())\n    {\n        command.CommandText = sql;\n        command.ExecuteNonQuery();\n    }\n\n    connection.Close();\n}",
        },

        new("A loop of writes in a lambda", "using var connection = Db.Open();\nAction fill = () =>\n{\n    foreach (var row in new[] { 1, 2, 3 })\n    {\n        connection.Execute(\"INSERT INTO t VALUES (1)\");\n    }\n};\nfill();" + Again),
        new("A loop of writes in a branch", "using var connection = Db.Open();\nif (Db.Copies == 0)\n    foreach (var row in new[] { 1, 2, 3 }) // rows\n        connection.Execute(\"INSERT INTO t VALUES (1)\");\nelse\n    Db.Note(\"none\");" + Again),
        new("A loop of writes on another thread", "using var connection = Db.Open();\nTask.Run(() =>\n{\n    foreach (var row in new[] { 1, 2, 3 })\n    {\n        connection.Execute(\"INSERT INTO t VALUES (1)\");\n    }\n}).Wait();" + Again),
    ];
}
