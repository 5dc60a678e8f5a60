using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// Databases whose whole content is of one generation, each key once, as many keys as the generation has. No constraint keeps a row from standing twice, or beside one of another
/// generation, so that it is seen if it does. They have some times as many pages as are copied in one step.
/// </summary>
internal static class Generations
{
    private const int LeastRows = 1_200;
    private const int RowsApart = 500;
    private const int Sizes = 4;
    private const int LeastLength = 1_000;
    private const int Lengths = 97;

    public static void Create(string path, long generation, int pageSize, string journalMode)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Run($"PRAGMA page_size = {pageSize}; PRAGMA journal_mode = {journalMode}; PRAGMA synchronous = OFF");
        connection.Run("CREATE TABLE item (key INTEGER, generation INTEGER, text TEXT)");
        Replace(connection, generation);
    }

    /// <summary>Gives the database the content of another generation, in one transaction.</summary>
    public static void Replace(SqliteConnection connection, long generation) => connection.Run($"""
        BEGIN IMMEDIATE;
        DELETE FROM item;
        WITH RECURSIVE keys(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM keys WHERE key < {Rows(generation)})
        INSERT INTO item SELECT key, {generation}, printf('%.*c', {LeastLength} + key * 7 % {Lengths}, 'x') FROM keys;
        COMMIT
        """);

    /// <summary>Looks at everything in the database.</summary>
    public static GenerationFound Find(string path)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            connection.Run("BEGIN");
            var problems = new List<string>();
            if (connection.Scalar("PRAGMA integrity_check") is var integrity and not "ok")
            {
                problems.Add($"integrity_check says: {integrity}");
            }

            var generation = connection.Scalar("SELECT max(generation) FROM item") as long? ?? 0;
            if (Content(connection) is var content && content != Whole(generation))
            {
                problems.Add($"generation {generation} is '{content}' and not '{Whole(generation)}'");
            }

            return new(generation, problems);
        }
        catch (SqliteException exception)
        {
            return new(0, [exception.Message]);
        }
    }

    /// <summary>Which keys are there, of which generations, and how many rows have another content, in one state of the database.</summary>
    public static string Content(SqliteConnection connection) => (string)connection.Scalar($"""
        SELECT count(*) || ' rows of ' || count(DISTINCT key) || ' keys from ' || coalesce(min(key), 0) || ' to ' || coalesce(max(key), 0)
            || ', generation ' || coalesce(min(generation), 0) || ' to ' || coalesce(max(generation), 0)
            || ', ' || total(length(text) <> {LeastLength} + key * 7 % {Lengths}) || ' of other content'
        FROM item
        """)!;

    /// <summary>The <see cref="Content"/> of a database that holds all of one generation and nothing else.</summary>
    public static string Whole(long generation)
    {
        var rows = Rows(generation);
        return string.Create(CultureInfo.InvariantCulture, $"{rows} rows of {rows} keys from 1 to {rows}, generation {generation} to {generation}, 0.0 of other content");
    }

    private static long Rows(long generation) => LeastRows + (generation % Sizes * RowsApart);
}
