namespace SqliteAnalyzers.Browser;

/// <summary>Without it: under load orders that are entered on the page are not stored, as SQLITE4006 says.</summary>
internal static class NaiveDeskScene
{
    private const int Clients = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    public static async Task PlayAsync(Chromium browser, Checks checks, string? pictures)
    {
        using var desk = new DeskProcess("naive", 5084);
        await desk.WaitAsync();
        var tab = await browser.OpenAsync();
        await tab.GotoAsync(desk.Address);
        var page = new OrderPage(tab);
        checks.That((await page.EnterAsync("pencil", 1)).EndsWith(" is stored.", StringComparison.Ordinal), "naive: alone, an order is stored");

        using var end = new CancellationTokenSource();
        var load = desk.LoadAsync(Clients, end.Token);
        var answer = "";
        var entered = 0;
        for (var began = DateTime.UtcNow; DateTime.UtcNow - began < s_patience && !answer.Contains("database is locked", StringComparison.Ordinal); entered++)
        {
            answer = await page.EnterAsync("pencil", 1);
        }

        await page.PictureAsync(pictures, "naive");
        end.Cancel();
        await load;
        checks.That(answer.Contains("database is locked", StringComparison.Ordinal), $"naive: under load the page answers \"{answer}\" to order {entered}");
        await tab.CloseAsync();
    }
}
