using NightlyImport;
using NightlyImport.Weekly;

string databasePath = Path.Combine(AppContext.BaseDirectory, "nightly.db");

switch (args)
{
    case []:
        return Nightly.Run(databasePath);
    case ["weekly"]:
        return WeeklyRun.Run(databasePath);
    case ["aggregate", var first, var last]:
        return AggregateWorker.Run(databasePath, long.Parse(first), long.Parse(last));
    case ["summarize"]:
        return SummaryWorker.Run(databasePath);
    default:
        Console.Error.WriteLine("usage: NightlyImport [weekly]");
        return 2;
}
