using System.Diagnostics;

namespace SqliteAnalyzers.Browser;

/// <summary>With the package: under load each order that is entered on the page is stored, at once, and none is lost when the program is told to end.</summary>
internal static class GoodDeskScene
{
    private const int Orders = 40;
    private const int Clients = 16;

    public static async Task PlayAsync(Chromium browser, Checks checks, string? pictures)
    {
        using var desk = new DeskProcess("good", 5083);
        await desk.WaitAsync();
        var tab = await browser.OpenAsync();
        var errors = 0;
        tab.PageError += (_, _) => errors++;
        tab.Console += (_, message) => errors += message.Type == "error" ? 1 : 0;
        await tab.GotoAsync(desk.Address);
        var page = new OrderPage(tab);

        using var end = new CancellationTokenSource();
        var load = desk.LoadAsync(Clients, end.Token);
        var stored = 0;
        var longest = TimeSpan.Zero;
        for (var i = 1; i <= Orders; i++)
        {
            var began = Stopwatch.StartNew();
            stored += (await page.EnterAsync("pencil", i)).EndsWith(" is stored.", StringComparison.Ordinal) ? 1 : 0;
            longest = began.Elapsed > longest ? began.Elapsed : longest;
        }

        await page.PictureAsync(pictures, "good");
        end.Cancel();
        var others = await load;
        checks.That(stored == Orders, $"good: {stored} of {Orders} orders entered on the page are stored, while {Clients} clients entered {others:N0}; the longest answer took {longest.TotalMilliseconds:N0} ms");
        checks.That(await page.ShowsAllAddedUpAsync(stored + others), "good: the page shows that the worker has added up all that is stored");
        checks.That(await page.NumberAsync("total") == (Orders * (Orders + 1) / 2) + others, "good: the amount on the page is that of all orders");
        checks.That(await desk.GetAsync("/health") == "Healthy", "good: the health check says Healthy");
        checks.That(errors == 0, "good: the page has no error");
        checks.That(desk.Terminate() == 0, "good: the program ends when it is told to");
        checks.That(desk.Count() == stored + others, $"good: after that {desk.Count():N0} orders are stored, all that were answered as stored");
        await tab.CloseAsync();
    }
}
