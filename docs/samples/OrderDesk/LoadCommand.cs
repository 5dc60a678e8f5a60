using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace OrderDesk;

/// <summary>Enters orders on both desks from many clients at once, and counts what became of them.</summary>
internal static class LoadCommand
{
    private const int Clients = 32;

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        Console.WriteLine($"{Clients} clients, {duration.TotalSeconds:0.#} s, {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine("| | entered | stored | lost | 'database is locked' | added up | longest answer |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await LoadAsync("naive", 5081, duration);
        await LoadAsync("good", 5082, duration);
        return 0;
    }

    private static async Task LoadAsync(string desk, int port, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("order-desk-").FullName;
        using var server = Process.Start(Environment.ProcessPath!, [desk, port.ToString(System.Globalization.CultureInfo.InvariantCulture), folder]);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
            await WaitForAsync(http);
            var end = Stopwatch.StartNew();
            var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => EnterAsync(http, () => end.Elapsed < duration))));

            // The worker has a second to come to the last ones.
            await Task.Delay(1_000);
            var totals = (await http.GetFromJsonAsync<Totals>("/totals"))!;
            var entered = clients.Sum(client => client.Entered);
            Console.WriteLine(
                $"| {desk} | {entered:N0} | {totals.Stored:N0} | {entered - totals.Stored:N0} | {clients.Sum(client => client.Locked):N0} | {totals.Counted:N0} | {clients.Max(client => client.Longest).TotalMilliseconds:N0} ms |");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(long Entered, long Locked, TimeSpan Longest)> EnterAsync(HttpClient http, Func<bool> goesOn)
    {
        long entered = 0, locked = 0;
        var longest = TimeSpan.Zero;
        while (goesOn())
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsJsonAsync("/orders", new Order("pencil", 1));
            entered++;
            locked += answer.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : 0;
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        return (entered, locked, longest);
    }

    private static async Task WaitForAsync(HttpClient http)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                (await http.GetAsync("/totals")).Dispose();
                return;
            }
            catch (HttpRequestException) when (i < 200)
            {
                await Task.Delay(50);
            }
        }
    }
}
