using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>The processes that tests start: how they are started, and what they do by name.</summary>
internal static class Worker
{
    public const string Verb = "worker";

    public static ProcessStartInfo StartInfo(string name, params string[] arguments)
    {
        var startInfo = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["exec", typeof(Worker).Assembly.Location, Verb, name, .. arguments])
        {
            startInfo.ArgumentList.Add(argument);
        }

        return startInfo;
    }

    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["count-rows", var path, var how]:
                CountRows(how == "immutable" ? $"file:{path}?immutable=1" : path);
                return 0;
            default:
                Console.Error.WriteLine($"No such worker: {string.Join(' ', arguments)}");
                return 2;
        }
    }

    private static void CountRows(string dataSource)
    {
        using var connection = new SqliteConnection($"Data Source={dataSource};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Console.WriteLine(connection.Scalar("SELECT count(*) FROM item"));
    }
}
