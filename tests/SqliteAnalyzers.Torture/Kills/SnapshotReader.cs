using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A process that reads one state of the database for a while, then the next one, and sees to it that each stays the same.</summary>
internal static class SnapshotReader
{
    public const string Name = "snapshot-reader";

    private const string State = "SELECT count(*) || ' ' || coalesce(sum(value), 0) FROM line";

    public static void Run(string path)
    {
        var random = new Random();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        Units.CreateTables(connection);
        while (true)
        {
            connection.Run("BEGIN");
            var state = connection.Scalar(State);
            Message.Say(Message.Reading, $"{state}");
            for (var i = 0; i < 5; i++)
            {
                Thread.Sleep(random.Next(10));
                if (connection.Scalar(State) is var later && !Equals(state, later))
                {
                    Message.Say(Message.Broken, $"A snapshot changed from '{state}' to '{later}'.");
                }
            }

            connection.Run("COMMIT");
        }
    }
}
