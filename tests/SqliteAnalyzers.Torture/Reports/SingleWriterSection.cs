using System.Globalization;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page's section about kills of the single writer.</summary>
internal static class SingleWriterSection
{
    public static string Text(SingleWriterKillResult result)
    {
        var tally = result.Tally;
        var kills = new MarkdownTable("the single writer was killed", "kills");
        kills.Add("while it opened its connection, with recovery", Number(tally.KillsAtOpening));
        kills.Add("at work, with nobody beside it or beside a process that writes and makes checkpoints", Number(tally.Kills - tally.KillsAtOpening));
        return $"""
            ## The single writer killed

            {KeyedUnits.Callers} callers hand units to one `SqliteSingleWriter`, each unit a row in one table and {KeyedUnits.LinesPerUnit} in another under a key of its own; the tables would let one stand twice.
            One unit in 50 throws, and one in 50 makes SQLite roll back everything that shares its commit. What was acknowledged to a caller is said on a pipe
            after its task has completed. The process gets SIGKILL at a random moment, in half of the cases beside a second process that writes units into the same file and makes
            checkpoints of every mode. Then each unit is looked for by its key: acknowledged and there once with all its rows, failed and nowhere, `integrity_check`. What was
            seen once must stay. The next process goes on with the same file. Journal mode, synchronous level, cache size, automatic checkpoints and the units per
            commit change from kill to kill.

            {Number(tally.Kills)} kills of the writer and {Number(tally.RivalKills)} of the process beside it, {Number(tally.KillsAtOnce)} times both at once;
            {Number(tally.Acknowledged)} units acknowledged by the writer, {Number(tally.Failed)} that failed, {Number(tally.RivalAcknowledged)} acknowledged by the other process;
            {Number(tally.Checks)} times the whole database was looked at; {Number(tally.Recoveries)} recoveries by a writer that was alone.
            **Lost, doubled or wrong: {Number(result.Problems.Count)}.** Seed {result.Seed}, {result.Elapsed.TotalSeconds:0} s.

            {kills}
            """;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
