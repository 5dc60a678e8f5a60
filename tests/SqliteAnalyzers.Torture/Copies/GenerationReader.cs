using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>A process that reads one state of a database for a while, then the next one, and sees to it that each is whole and stays the same.</summary>
internal static class GenerationReader
{
    public const string Name = "generation-reader";

    public static void Run(string path)
    {
        var random = new Random();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        while (true)
        {
            connection.Run("BEGIN");
            var generation = (long)connection.Scalar("SELECT max(generation) FROM item")!;
            Message.Say(Message.Reading, generation);
            for (var i = 0; i < 3; i++)
            {
                if (Generations.Content(connection) is var content && content != Generations.Whole(generation))
                {
                    Message.Say(Message.Broken, $"A reader saw '{content}' in place of generation {generation}.");
                }

                Thread.Sleep(random.Next(5));
            }

            connection.Run("COMMIT");
            Thread.Sleep(random.Next(5));
        }
    }
}
