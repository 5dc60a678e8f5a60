using System.Globalization;
using OrderDesk;

// Orders are entered on a web page, and another process adds them up. "naive" is what one writes first, and what the warnings are about; "good" is the same with the package.
//
//   dotnet run -- good|naive [PORT]     the web page, with its worker
//   dotnet run -- load [SECONDS]        both of them under load, one after the other
return args switch
{
    ["load"] => await LoadCommand.RunAsync(TimeSpan.FromSeconds(10)),
    ["load", var seconds] => await LoadCommand.RunAsync(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
    ["naive-worker", var file, var parent] => NaiveWorker.Run(file, parent),
    ["good-worker", var file, var parent] => await GoodWorker.RunAsync(file, parent),
    ["naive", .. var rest] => await WebPage.RunAsync(new NaiveDesk(FileOf("naive", rest)), rest),
    ["good", .. var rest] => await GoodDesk.RunAsync(FileOf("good", rest), rest),
    [] => await GoodDesk.RunAsync(FileOf("good", []), []),
    _ => 2,
};

static string FileOf(string name, string[] rest) => rest is [_, var folder, ..] ? Path.Combine(folder, name + ".db") : name + ".db";
