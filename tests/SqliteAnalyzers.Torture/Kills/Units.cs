using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// What the processes write: units of one row in one table and some rows in another, numbered without a gap by each author, always the same number of
/// them to a transaction. So every database shows by itself whether a unit or a transaction is halved.
/// </summary>
internal static class Units
{
    public const int PerTransaction = 12;
    public const int LinesPerUnit = 20;

    /// <summary>How many operations of a batch a transaction has.</summary>
    public const int OperationsPerTransaction = PerTransaction * (1 + LinesPerUnit);

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS unit (author INTEGER, number INTEGER, PRIMARY KEY (author, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS line (author INTEGER, unit INTEGER, number INTEGER, value INTEGER, text TEXT);
        CREATE INDEX IF NOT EXISTS line_unit ON line (author, unit);
        """;

    private static readonly string[] s_lineColumns = ["author", "unit", "number", "value", "text"];
    private static readonly string s_text = new('x', 6_000);

    public static void CreateTables(SqliteConnection connection) => connection.Run($"BEGIN IMMEDIATE; {Schema} COMMIT");

    public static long Last(SqliteConnection connection, int author) =>
        (long)connection.Scalar($"SELECT coalesce(max(number), 0) FROM unit WHERE author = {author}")!;

    public static void Write(SqliteBatchWriter batch, int author, long number)
    {
        batch.Execute("INSERT INTO unit (author, number) VALUES (?, ?)", author, number);
        batch.InsertMany("line", s_lineColumns, Enumerable.Range(1, LinesPerUnit), (row, line) => row
            .Bind(1, author)
            .Bind(2, number)
            .Bind(3, line)
            .Bind(4, (number * 1_000) + line)
            .BindText(5, s_text.AsSpan(0, TextLength(number, line))));
    }

    /// <summary>Deletes the author's units up to and with a number.</summary>
    public static void Delete(SqliteBatchWriter batch, int author, long upTo)
    {
        batch.Execute("DELETE FROM line WHERE author = ? AND unit <= ?", author, upTo);
        batch.Execute("DELETE FROM unit WHERE author = ? AND number <= ?", author, upTo);
    }

    /// <summary>Looks at everything in the database. The connection needs no more than to be open.</summary>
    public static UnitsFound Find(SqliteConnection connection)
    {
        var problems = new List<string>();
        var found = new Dictionary<int, (long First, long Last)>();

        // One snapshot for all the questions.
        connection.Run("BEGIN");
        var integrity = connection.Scalar("PRAGMA integrity_check") as string;
        if (integrity != "ok")
        {
            problems.Add($"integrity_check says: {integrity}");
        }

        var tables = (long)connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name IN ('unit', 'line', 'line_unit')")!;
        if (tables is not (0 or 3))
        {
            problems.Add($"the transaction that creates 3 tables and indices has left {tables}");
        }
        else if (tables == 3)
        {
            foreach (var (author, first, last, count) in Authors(connection))
            {
                found.Add(author, (first, last));
                if (count != last - first + 1 || (first - 1) % PerTransaction != 0 || last % PerTransaction != 0)
                {
                    problems.Add($"author {author} has {count} units from {first} to {last}: a part of a transaction");
                }
            }

            RequireNone(connection, problems, "halved units", $"""
                SELECT count(*) FROM unit AS u
                WHERE (SELECT count(*) FROM line WHERE line.author = u.author AND line.unit = u.number) <> {LinesPerUnit}
                """);
            RequireNone(connection, problems, "lines without their unit", """
                SELECT count(*) FROM line WHERE NOT EXISTS (SELECT 1 FROM unit WHERE unit.author = line.author AND unit.number = line.unit)
                """);
            RequireNone(connection, problems, "lines with another content", """
                SELECT count(*) FROM line
                WHERE value <> unit * 1000 + number OR length(text) <> CASE (unit * 7 + number) % 97 WHEN 0 THEN 6000 ELSE (unit * 7 + number) % 97 END
                """);
        }

        connection.Run("COMMIT");
        return new(found, problems);
    }

    private static int TextLength(long unit, int line)
    {
        var remainder = (int)(((unit * 7) + line) % 97);
        return remainder == 0 ? s_text.Length : remainder;
    }

    private static List<(int Author, long First, long Last, long Count)> Authors(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT author, min(number), max(number), count(*) FROM unit GROUP BY author";
        using var reader = command.ExecuteReader();
        var authors = new List<(int, long, long, long)>();
        while (reader.Read())
        {
            authors.Add((reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return authors;
    }

    private static void RequireNone(SqliteConnection connection, List<string> problems, string what, string sql)
    {
        var count = (long)connection.Scalar(sql)!;
        if (count > 0)
        {
            problems.Add($"{count} {what}");
        }
    }
}
