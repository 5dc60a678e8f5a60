// The same statements in every form a C# string can take. One database in WAL mode.
using System;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Connection = Microsoft.Data.Sqlite.SqliteConnection;

namespace SqlTexts;

internal static class Pragmas
{
    public const string Wal = "PRAGMA journal_mode = WAL;";
    private const int BusyTimeout = 15_000;
    private static readonly string[] Script =
    [
        Wal,
        $"PRAGMA busy_timeout = {BusyTimeout};",
        "PRAGMA " + "synchronous" + " = NORMAL;",
    ];

    public static Connection Open()
    {
        Connection connection = new("Data Source=text.db");
        connection.Open();
        foreach (var line in Script)
        {
            using var command = connection.CreateCommand();
            command.CommandText = line;
            command.ExecuteNonQuery();
        }

        return connection;
    }
}

internal static class Writes
{
    private const string Table = "notes";
    private const string Delete = "DELETE FROM " + Table;
    private static readonly string Insert = "INSERT INTO " + Table + " (text) VALUES ('x')";

    private static void Run(string sql)
    {
        using var connection = Pragmas.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public static void Interpolated(string table)
    {
        Run($"INSERT INTO {table} (text) VALUES ('x')");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void Concatenated(int id)
    {
        Run("DELETE FROM notes WHERE id = " + id);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void Constant()
    {
        Run(Delete);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void StaticReadonlyField()
    {
        Run(Insert);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void RawString()
    {
        Run("""
            -- tidy up
            /* and
               more */
            DELETE FROM notes;
            """);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void Verbatim()
    {
        Run(@"
            update ""notes""
            set text = 'y'");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void LocalVariable()
    {
        var sql = "DELETE FROM notes";
        sql += " WHERE id = 1";
        Run(sql);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void CommonTableExpression()
    {
        Run("WITH old AS (SELECT id FROM notes WHERE age > 3) DELETE FROM notes WHERE id IN (SELECT id FROM old)");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void SecondStatementWrites()
    {
        Run("SELECT 1; DROP TABLE IF EXISTS notes");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void TriggerBody()
    {
        Run("""
            CREATE TRIGGER log_notes AFTER INSERT ON notes
            BEGIN
                UPDATE notes SET seen = 1 WHERE id = new.id;
            END;
            """);
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void AlterTable()
    {
        Run("ALTER TABLE notes ADD COLUMN seen INTEGER");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void InsertOrIgnore()
    {
        Run("INSERT OR IGNORE INTO notes (id) VALUES (1)");
        Process.Start("editor"); // expect: SQLITE1001
    }

    public static void Upsert()
    {
        Run("INSERT INTO notes (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = n + 1");
        Process.Start("editor"); // expect: SQLITE1001
    }
}

internal static class Reads
{
    private static object? Run(string sql)
    {
        using var connection = Pragmas.Open();
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public static void WordsInAStringLiteral()
    {
        Run("SELECT 'INSERT INTO notes VALUES (1)' AS example");
        Process.Start("editor");
    }

    public static void WordsInAComment()
    {
        Run("SELECT 1 -- DELETE FROM notes\n/* UPDATE notes SET text = '' */");
        Process.Start("editor");
    }

    public static void WordsAsNames()
    {
        Run("SELECT \"delete\", [update], `insert`, replace(text, 'a', 'b') FROM notes");
        Process.Start("editor");
    }

    public static void CommonTableExpression()
    {
        Run("WITH recent AS (SELECT * FROM notes) SELECT count(*) FROM recent");
        Process.Start("editor");
    }

    public static void ExplainedWrite()
    {
        Run("EXPLAIN QUERY PLAN DELETE FROM notes");
        Process.Start("editor");
    }

    public static void PragmaThatReads()
    {
        Run("PRAGMA table_info(notes)");
        Process.Start("editor");
    }

    public static void UnknownText(string sql)
    {
        Run(sql);
        Process.Start("editor");
    }

    public static void TextFromABuilder(StringBuilder builder)
    {
        Run(builder.ToString());
        Process.Start("editor");
    }

    public static void NeverExecuted()
    {
        using var connection = Pragmas.Open();
        using var command = new SqliteCommand("DELETE FROM notes", connection);
        command.Prepare();
        Process.Start("editor");
    }

    public static void ReplacedBeforeItRan()
    {
        using var connection = Pragmas.Open();
        using var command = new SqliteCommand("DELETE FROM notes", connection);
        command.CommandText = "SELECT count(*) FROM notes";
        Console.WriteLine(command.ExecuteScalar());
        Process.Start("editor");
    }
}
