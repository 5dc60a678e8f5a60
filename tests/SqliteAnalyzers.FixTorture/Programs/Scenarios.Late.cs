namespace SqliteAnalyzers.FixTorture.Programs;

/// <content>SQLITE1003: checkpoints after a process start.</content>
internal static partial class Scenarios
{
    /// <summary>Starts a process that copies so late that what the program does next is in the copy.</summary>
    private const string SlowStart = "Process.Start(Db.SlowTool, Db.SlowWorker + ++Db.Copies)";

    private const string WriteAndStart = "using var connection = Db.Open();\n" + Write + "\nvar worker = " + SlowStart + ";\n";

    private const string Late = "connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");";

    private const string Wait = "\nworker.WaitForExit();";

    private static IEnumerable<Scenario> LateCheckpoints =>
    [
        new("A checkpoint after the start", WriteAndStart + "// Empty the -wal file.\n" + Late + " // all rows" + Wait),
        new("A checkpoint after the start, on its line", $"using var connection = Db.Open();\n{Write}\nvar worker = {SlowStart}; {Late}{Wait}"),
        new("A checkpoint after the start, by a command", WriteAndStart + "using (var command = connection.CreateCommand())\n{\n    // all of it\n    command.CommandText = \"PRAGMA wal_checkpoint(TRUNCATE)\";\n    command.ExecuteNonQuery();\n}\n" + Wait),
        new("A checkpoint after the start, by a command of the block", WriteAndStart + "var command = connection.CreateCommand();\ncommand.CommandText = \"PRAGMA wal_checkpoint(FULL)\";\ncommand.ExecuteNonQuery();\ncommand.Dispose();" + Wait),
        new("A checkpoint after the start, by the helper", WriteAndStart + "global::SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection);" + Wait),
        new("A checkpoint after the start, by a method", WriteAndStart + "Flush(connection);" + Wait)
        {
            Members = "private static void Flush(SqliteConnection connection)\n{\n    if (connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\") != 0)\n    {\n        throw new ArgumentException(\"blocked\");\n    }\n}",
        },
        new("A checkpoint after the start, past other work", WriteAndStart + "Db.Note(worker.Id > 0 ? \"started\" : \"not started\");\nvar text = \"PRAGMA wal_checkpoint(TRUNCATE)\";\nconnection.Execute(text);" + Wait),
        new("A checkpoint after the start, of a text that changes", $"using var connection = Db.Open();\n{Write}\nvar mode = \"PASSIVE\";\nvar worker = {SlowStart};\nmode = \"FULL\";\nconnection.Execute(\"PRAGMA wal_checkpoint(\" + mode + \")\");{Wait}"),
        new("A checkpoint after the start, whose answer is read", WriteAndStart + "var busy = connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(TRUNCATE)\");\nDb.Note(busy.ToString());" + Wait),
        new("A checkpoint after the start, if it was started", WriteAndStart + "if (worker.Id == 0)\n{\n    return;\n}\n\n" + Late + Wait),
        new("A checkpoint after a start that writes", $"using var connection = Db.Open();\n{Write}\nvar worker = WriteAndStart(connection);\n{Late}{Wait}")
        {
            Members = $"private static Process WriteAndStart(SqliteConnection connection)\n{{\n    connection.Execute(\"INSERT INTO t VALUES (2)\");\n    return {SlowStart};\n}}",
        },
        new("A checkpoint after starts in a loop", $"using var connection = Db.Open();\n{Write}\nvar workers = new List<Process>();\nfor (var share = 0; share < 2; share++)\n{{\n    workers.Add({SlowStart});\n}}\n\n{Late}\nworkers.ForEach(worker => worker.WaitForExit());"),
        new("A checkpoint after the start, awaited", WriteAndStart + "await connection.ExecuteAsync(\"PRAGMA wal_checkpoint(TRUNCATE)\");\nawait Task.Run(() => worker.WaitForExit());") { IsAsync = true },
        new("A checkpoint after the start, in a try", $"using var connection = Db.Open();\n{Write}\ntry\n{{\n    var worker = {SlowStart};\n    {Late}\n    worker.WaitForExit();\n}}\ncatch (SqliteException)\n{{\n    Db.Note(\"blocked\");\n}}"),
        new("A checkpoint after the start, while rows are read", $"using var connection = Db.Open();\n{Write}\nusing var other = Db.Open();\nusing var command = new SqliteCommand(\"SELECT a FROM t\", other);\nusing var reader = command.ExecuteReader();\nif (reader.Read())\n{{\n    var worker = {SlowStart};\n    Flush(connection);\n    worker.WaitForExit();\n}}")
        {
            Members = "private static void Flush(SqliteConnection connection)\n{\n    Db.Note(connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\").ToString());\n}",
        },
        new("A checkpoint after the start, conditional", WriteAndStart + "#if !NEVER\n" + Late + "\n#endif" + Wait),
    ];
}
