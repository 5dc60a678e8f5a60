namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>
/// A second file of each program: what its statements call. No finding stands in it.
/// </summary>
internal static class Surroundings
{
    /// <summary>The program that copies a file, and one that lets some time pass before.</summary>
    private static readonly (string Name, string Arguments, string Slow, string SlowArguments) s_tool = OperatingSystem.IsWindows()
        ? ("cmd", "/c copy /y @DB@ @DB@.copy", "cmd", "/c ping -n 2 127.0.0.1 > nul & copy /y @DB@ @DB@.copy")
        : ("cp", "@DB@ @DB@.copy", "sh", "-c \\\"sleep 0.1; cp $0 $0.copy$1\\\" @DB@ ");

    public static TortureProgram File { get; } = new(
        "Db.cs",
        $$"""
        using System.Collections.Generic;
        using Microsoft.Data.Sqlite;

        public static class Db
        {
            /// <summary>A database in WAL mode, with a table t.</summary>
            public const string Source = "Data Source=@DB@;Default Timeout=1";

            /// <summary>A database that is not there yet.</summary>
            public const string Plain = "Data Source=@DB@.plain;Default Timeout=1";

            public const string Tool = "{{s_tool.Name}}";

            /// <summary>Arguments for the tool, but for a number: copy the database file, and not its -wal.</summary>
            public const string Worker = "{{s_tool.Arguments}}";

            public const string SlowTool = "{{s_tool.Slow}}";

            /// <summary>The same after some time, in which the program has gone on.</summary>
            public const string SlowWorker = "{{s_tool.SlowArguments}}";

            public static readonly List<string> Notes = new List<string>();

            public static int Copies;

            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection(Source);
                connection.Open();
                using (var pragmas = connection.CreateCommand())
                {
                    pragmas.CommandText = "PRAGMA busy_timeout = 500; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
                    pragmas.ExecuteNonQuery();
                }

                return connection;
            }

            public static void Note(string text)
            {
                Notes.Add(text);
            }
        }

        """);
}
