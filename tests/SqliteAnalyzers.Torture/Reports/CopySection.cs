using System.Globalization;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page's section about kills of backups and restores.</summary>
internal static class CopySection
{
    private static readonly Dictionary<CopyKind, string> s_kinds = new()
    {
        [CopyKind.BackupToNew] = "copies to new files (`BackupTo`)",
        [CopyKind.BackupOver] = "copies over an existing database (`BackupTo`)",
        [CopyKind.Restore] = "restores a live database (`RestoreFrom`)",
    };

    public static string Text(CopyKillResult result)
    {
        var tally = result.Tally;
        var kinds = new MarkdownTable("the process", "killed in the middle", "killed before or after");
        foreach (var (kind, name) in s_kinds)
        {
            kinds.Add(name, Number(tally.KillsOf(kind, inTheMiddle: true)), Number(tally.KillsOf(kind, inTheMiddle: false)));
        }

        return $"""
            ## Backup and restore killed

            A process copies one generation of rows after the other, says what it begins, each step and what is done, and gets SIGKILL at a random step.
            A database is whole if it holds each key of one generation once and no row of another. It must be of the generation that was acknowledged last or of the one that was begun
            then, for readers beside it too. Then the same is done again over what was left: a half-written database with its rollback journal or -wal file, an unfinished
            copy, or, every other time, a -wal file or journal whose database was deleted. It must come to its end, be whole and leave nothing behind.
            Journal mode and page size change from kill to kill.

            {Number(tally.Kills)} kills, {Number(tally.KillsBesideReader)} of them beside a process that reads; {Number(tally.Acknowledged)} acknowledged copies and restores;
            {Number(tally.LeftOvers)} files left over, {Number(tally.Orphans)} of them then robbed of their database; {Number(tally.Checks)} databases looked at;
            {Number(tally.Refused)} refused because the reader was in the way (error 5).
            **Lost, doubled or wrong: {Number(result.Problems.Count)}.** Seed {result.Seed}, {result.Elapsed.TotalSeconds:0} s.

            {kinds}
            """;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
