using System.Text;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>Small programs, and ways to rewrite them into others that do the same.</summary>
internal static class MetamorphicPrograms
{
    /// <summary>Bodies of a method; each line that is reported is unlike all others of its program.</summary>
    private static readonly string[] s_bodies =
    [
        """
        connection.Execute("INSERT INTO t VALUES (1)");
        Process.Start("worker");
        """,
        """
        connection.Execute("INSERT INTO t VALUES (1)");
        connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)");
        Process.Start("worker");
        """,
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        Process.Start("worker");
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        transaction.Commit();
        Process.Start("worker");
        """,
        """
        var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        transaction.Rollback();
        Process.Start("worker");
        """,
        """
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        connection.Execute("COMMIT");
        Process.Start("worker");
        """,
        """
        connection.Execute("BEGIN");
        connection.Execute("UPDATE t SET a = 1");
        connection.Execute("COMMIT");
        connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(PASSIVE)");
        Process.Start("worker");
        """,
        """
        if (flag)
        {
            connection.Execute("DELETE FROM t");
        }

        Process.Start("worker");
        """,
        """
        if (flag)
        {
            connection.Execute("DELETE FROM t");
        }

        if (!flag)
        {
            Process.Start("worker");
        }
        """,
        """
        while (Environment.TickCount > 0)
        {
            Process.Start("first");
            connection.Execute("DELETE FROM t");
        }

        Process.Start("second");
        """,
        """
        try
        {
            connection.Execute("INSERT INTO t VALUES (1)");
        }
        finally
        {
            Process.Start("worker");
        }
        """,
        """
        try
        {
            connection.Execute("BEGIN");
            connection.Execute("INSERT INTO t VALUES (1)");
            connection.Execute("COMMIT");
        }
        catch (SqliteException)
        {
            connection.Execute("ROLLBACK");
            Process.Start("apology");
            return;
        }

        Process.Start("worker");
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT a FROM t";
        using var reader = command.ExecuteReader();
        reader.Read();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (1)";
        command.ExecuteNonQuery();
        Process.Start("worker");
        """,
        """
        Action save = () => connection.Execute("INSERT INTO t VALUES (1)");
        save();
        Process.Start("worker");
        """,
        """
        SqliteTransaction? transaction = flag ? connection.BeginTransaction() : null;
        connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
        transaction?.Commit();
        connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)");
        Process.Start("worker");
        """,
    ];

    public static IReadOnlyList<(string Name, Func<string, string> Members)> Rewritings { get; } =
    [
        ("dead code", body => Run($"if (false)\n{{\nconnection.Execute(\"DELETE FROM never\");\n}}\n{body}")),
        ("code that does nothing", body => Run($"var unused = flag ? 1 : 2;\nConsole.WriteLine(unused);\n{body}")),
        ("if (true)", body => Run($"if (true)\n{{\n{body}\n}}")),
        ("a block", body => Run($"{{\n{body}\n}}")),
        ("do while (false)", body => Run($"do\n{{\n{body}\n}}\nwhile (false);")),
        ("try finally", body => Run($"try\n{{\n{body}\n}}\nfinally\n{{\nConsole.WriteLine();\n}}")),
        ("method", body => Run("Extracted(connection, flag);") + $"\nstatic void Extracted(SqliteConnection connection, bool flag)\n{{\n{body}\n}}"),
        ("local function", body => Run($"Extracted();\nvoid Extracted()\n{{\n{body}\n}}")),
        ("local function with parameters", body => Run($"Extracted(connection, flag);\nstatic void Extracted(SqliteConnection connection, bool flag)\n{{\n{body}\n}}")),
        ("lambda", body => Run($"var extracted = () =>\n{{\n{body}\n}};\nextracted();")),
        ("split declarations", body => Run(SplitDeclarations(body))),
        ("method of another class", body => Run("new Other(connection).Extracted(flag);")
            + $"\nsealed class Other(SqliteConnection connection)\n{{\npublic void Extracted(bool flag)\n{{\n{body}\n}}\n}}"),
    ];

    /// <summary>The programs in one text, each rewritten, and where each ends.</summary>
    public static (string Text, IReadOnlyList<int> Ends) Write(Func<string, string> rewrite)
    {
        var source = new StringBuilder(Source.Class("""
            static void Configure()
            {
            using var configured = new SqliteConnection("Data Source=app.db");
            configured.Open();
            configured.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000");
            }
            """));
        var ends = new List<int>();
        foreach (var body in s_bodies)
        {
            source.Append($"\nstatic class Program{ends.Count}\n{{\n{rewrite(body)}\n}}\n");
            ends.Add(source.Length);
        }

        return (source.ToString(), ends);
    }

    /// <summary>The body as it is.</summary>
    public static string Run(string body) =>
        $$"""
        static void Run(bool flag)
        {
        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();
        {{body}}
        }
        """;

    /// <summary>Not of <c>using</c>, which needs its value at once.</summary>
    private static string SplitDeclarations(string body) =>
        body.Replace("var transaction = connection", "SqliteTransaction transaction;\ntransaction = connection", StringComparison.Ordinal)
            .Replace("using SqliteTransaction transaction;\ntransaction = ", "using var transaction = ", StringComparison.Ordinal)
            .Replace("SqliteTransaction? transaction = flag", "SqliteTransaction? transaction;\ntransaction = flag", StringComparison.Ordinal)
            .Replace("Action save = ", "Action save;\nsave = ", StringComparison.Ordinal);
}
