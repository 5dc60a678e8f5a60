using Microsoft.Playwright;
using SqliteAnalyzers.Browser;

// Enters orders on the page of docs/samples/OrderDesk with Chromium, while other clients do so too. With the name of a folder it leaves pictures of the page there.
if (Chromium.Find() is not { } chromium)
{
    Console.Error.WriteLine("Chromium is not here. On Debian: apt-get install chromium. Elsewhere set CHROMIUM to the path of the program.");
    return 2;
}

var pictures = args is [var folder] ? Directory.CreateDirectory(folder).FullName : null;
Chromium browser;
try
{
    browser = await Chromium.LaunchAsync(chromium);
}
catch (PlaywrightException exception)
{
    Console.Error.WriteLine($"{chromium} does not start here: {exception.Message.Split('\n')[0]}");
    return 2;
}

await using var launched = browser;
var checks = new Checks();
await GoodDeskScene.PlayAsync(browser, checks, pictures);
await NaiveDeskScene.PlayAsync(browser, checks, pictures);
Console.WriteLine($"{checks.Passed} passed, {checks.Failed} failed");
return checks.Failed == 0 ? 0 : 1;
