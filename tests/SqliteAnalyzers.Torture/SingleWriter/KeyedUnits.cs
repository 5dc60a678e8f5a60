using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// What the callers of a single writer write: units that bear a key, each a row in one table and some in another. No constraint keeps one from standing twice, so that it is seen if it does.
/// </summary>
internal static class KeyedUnits
{
    /// <summary>How many callers hand units to a writer at once.</summary>
    public const int Callers = 24;

    public const int LinesPerUnit = 3;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS unit (key INTEGER);
        CREATE TABLE IF NOT EXISTS line (unit INTEGER, number INTEGER, text TEXT);
        CREATE INDEX IF NOT EXISTS line_unit ON line (unit);
        CREATE TABLE IF NOT EXISTS once (key INTEGER PRIMARY KEY);
        INSERT OR IGNORE INTO once VALUES (1);
        """;

    private const int LongestText = 200;

    private static readonly string s_text = new('x', LongestText);

    public static void CreateTables(SqliteConnection connection) => connection.Run($"BEGIN IMMEDIATE; {Schema} COMMIT");

    /// <param name="execute">Executes a statement with values for its parameters.</param>
    /// <param name="key">The unit's key.</param>
    public static void Write(Func<string, object?[], int> execute, long key)
    {
        execute("INSERT INTO unit VALUES (?)", [key]);
        for (var number = 0; number < LinesPerUnit; number++)
        {
            execute("INSERT INTO line VALUES (?, ?, ?)", [key, number, s_text[..(int)((key + number) % LongestText)]]);
        }
    }

    /// <summary>Looks at everything in the database.</summary>
    public static KeyedUnitsFound Find(string path)
    {
        var keys = new HashSet<long>();
        var problems = new List<string>();
        try
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();

            // One snapshot for all the questions.
            connection.Run("BEGIN");
            if (connection.Scalar("PRAGMA integrity_check") is var integrity and not "ok")
            {
                problems.Add($"integrity_check says: {integrity}");
            }

            ReadUnits(connection, keys, problems);
            if (connection.Scalar("SELECT count(*) FROM line WHERE unit NOT IN (SELECT key FROM unit)") is long orphans and > 0)
            {
                problems.Add($"{orphans} lines without their unit");
            }

            connection.Run("COMMIT");
        }
        catch (SqliteException exception)
        {
            problems.Add(exception.Message);
        }

        return new(keys, problems);
    }

    private static void ReadUnits(SqliteConnection connection, HashSet<long> keys, List<string> problems)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT key, count(*), (
                SELECT count(*) || ' lines, ' || count(DISTINCT number) || ' numbers, ' || coalesce(sum(length(text) <> (unit + number) % {LongestText}), 0) || ' of other content'
                FROM line WHERE unit = key)
            FROM unit GROUP BY key
            """;
        using var reader = command.ExecuteReader();
        var whole = string.Create(CultureInfo.InvariantCulture, $"{LinesPerUnit} lines, {LinesPerUnit} numbers, 0 of other content");
        while (reader.Read())
        {
            keys.Add(reader.GetInt64(0));
            if (reader.GetInt64(1) != 1 || reader.GetString(2) != whole)
            {
                problems.Add($"unit {reader.GetInt64(0)} stands {reader.GetInt64(1)} times, with {reader.GetString(2)}");
            }
        }
    }
}
