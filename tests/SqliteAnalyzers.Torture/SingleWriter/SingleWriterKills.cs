#if !NETSTANDARD_BUILD
using System.Globalization;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Kills the process of a single writer, over and over on one database, and counts by key what is there afterwards.</summary>
internal static class SingleWriterKills
{
    /// <param name="kills">How many times.</param>
    /// <param name="seed">For the moments.</param>
    /// <returns>What was acknowledged in all, what failed, and what is wrong.</returns>
    public static (long Acknowledged, long Failed, IReadOnlyList<string> Problems) Run(int kills, int seed)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("killed.db");
        using (var connection = Open(path))
        {
            KilledSingleWriter.CreateTables(connection);
        }

        var random = new Random(seed);
        var acknowledged = new HashSet<long>();
        var failed = new HashSet<long>();
        var problems = new List<string>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var first = (kill * 10_000_000L).ToString(CultureInfo.InvariantCulture);
            using (var child = ChildProcess.Start(KilledSingleWriter.Name, path, first))
            {
                // The first line says that it has begun.
                Note(child.ReadLine());
                using var killer = new Timer(_ => child.Kill(), null, random.Next(200), Timeout.Infinite);
                while (child.ReadLine() is { } line)
                {
                    Note(line);
                }

                child.WaitForExit();
                if (child.Errors is { Length: > 0 } errors)
                {
                    problems.Add($"Kill {kill}: {errors}");
                }
            }

            Check(path, kill, acknowledged, failed, problems);
        }

        return (acknowledged.Count, failed.Count, problems);

        void Note(string? line)
        {
            if (line?.Split(' ') is [var word, var id])
            {
                (word == KilledSingleWriter.Acknowledged ? acknowledged : failed).Add(Message.Number(id));
            }
        }
    }

    private static void Check(string path, int kill, HashSet<long> acknowledged, HashSet<long> failed, List<string> problems)
    {
        using var connection = Open(path);
        if (connection.Scalar("PRAGMA integrity_check") is not "ok")
        {
            problems.Add($"Kill {kill}: the database is corrupt.");
        }

        var found = new HashSet<long>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, count(*), (SELECT count(DISTINCT number) || '/' || count(*) FROM line WHERE line.unit = unit.id) FROM unit GROUP BY id";
        using var reader = command.ExecuteReader();
        var whole = string.Create(CultureInfo.InvariantCulture, $"{KilledSingleWriter.Lines}/{KilledSingleWriter.Lines}");
        while (reader.Read())
        {
            var id = reader.GetInt64(0);
            found.Add(id);
            if (reader.GetInt64(1) != 1 || reader.GetString(2) != whole)
            {
                problems.Add($"Kill {kill}: unit {id} stands {reader.GetInt64(1)} times, with {reader.GetString(2)} lines.");
            }
        }

        problems.AddRange(acknowledged.Except(found).Select(id => $"Kill {kill}: unit {id} was acknowledged and is lost."));
        problems.AddRange(failed.Intersect(found).Select(id => $"Kill {kill}: unit {id} failed and is there."));
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        return connection;
    }
}
#endif
