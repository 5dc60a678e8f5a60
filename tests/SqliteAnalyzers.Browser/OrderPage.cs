using System.Globalization;
using Microsoft.Playwright;

namespace SqliteAnalyzers.Browser;

/// <summary>The page, used as a person does.</summary>
internal sealed class OrderPage(IPage page)
{
    /// <summary>Enters an order, and reads what the page answers.</summary>
    public async Task<string> EnterAsync(string article, int amount)
    {
        await page.EvaluateAsync("document.getElementById('answer').textContent = ''");
        await page.GetByLabel("Article").FillAsync(article);
        await page.GetByLabel("Amount").FillAsync(amount.ToString(CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
        var answer = page.GetByRole(AriaRole.Status);
        await answer.Filter(new() { HasText = "tored" }).WaitForAsync();
        return await answer.TextContentAsync() ?? "";
    }

    public async Task<long> NumberAsync(string id) => long.Parse(await page.Locator("#" + id).TextContentAsync() ?? "", CultureInfo.InvariantCulture);

    /// <summary>Whether the page shows in time that so many orders are stored, and all of them added up. What it shows is as old as the last time it asked.</summary>
    public async Task<bool> ShowsAllAddedUpAsync(long orders)
    {
        try
        {
            await page.WaitForFunctionAsync(
                "orders => ['stored', 'counted'].every(id => Number(document.getElementById(id).textContent) === orders)",
                orders,
                new() { Timeout = 10_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async Task PictureAsync(string? folder, string name)
    {
        if (folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }
}
