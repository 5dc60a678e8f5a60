using System.Globalization;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page's section about kills.</summary>
internal static class KillSection
{
    private static readonly Dictionary<KillPhase, string> s_phases = new()
    {
        [KillPhase.Opening] = "opening and configuring, with recovery (`OpenConfigured`)",
        [KillPhase.Batch] = "inside a batch's transaction (`SqliteBatchWriter`)",
        [KillPhase.Commit] = "commit (`Commit`, or a full batch)",
        [KillPhase.CheckpointPassive] = "checkpoint PASSIVE",
        [KillPhase.CheckpointFull] = "checkpoint FULL",
        [KillPhase.CheckpointRestart] = "checkpoint RESTART",
        [KillPhase.CheckpointTruncate] = "checkpoint TRUNCATE",
        [KillPhase.BackupToNew] = "copy to a new file (`BackupTo`)",
        [KillPhase.BackupOver] = "copy over an existing database (`BackupTo`)",
        [KillPhase.HandOver] = "hand-over (`SqliteWorker.Start`)",
        [KillPhase.Between] = "between these, or closing",
    };

    private static readonly Dictionary<KillCompany, string> s_companies = new()
    {
        [KillCompany.Nobody] = "nobody",
        [KillCompany.Rival] = "a process that writes, deletes and makes checkpoints",
        [KillCompany.Reader] = "a process that holds snapshots",
        [KillCompany.RivalAndReader] = "both",
    };

    public static string Text(KillResult result)
    {
        var tally = result.Tally;
        var phases = new MarkdownTable("the writer was killed at", "kills");
        foreach (var (phase, name) in s_phases)
        {
            phases.Add(name, Number(tally.ByPhase[phase]));
        }

        var companies = new MarkdownTable("beside it", "kills");
        foreach (var (company, name) in s_companies)
        {
            companies.Add(name, Number(tally.ByCompany[company]));
        }

        return $"""
            ## Killed

            A process writes units of one row in one table and {Units.LinesPerUnit} in another, {Units.PerTransaction} units to a transaction, and acknowledges
            each commit on a pipe after the call has returned. It says what it is about to do, and gets SIGKILL at a random moment of that.
            Then the database is looked at as a whole: `integrity_check`, every acknowledged transaction and deletion there, no half unit, no half transaction,
            copies that bear their name whole, what was handed over complete. What was seen once must stay. The next process goes on with the same file.
            Journal mode, synchronous level, cache size, automatic checkpoints and who commits change from kill to kill.

            {Number(tally.Kills)} kills of the writer and {Number(tally.OtherKills)} of processes beside it, {Number(tally.KillsAtOnce)} times all of them at once;
            {Number(tally.AcknowledgedTransactions)} acknowledged transactions and {Number(tally.AcknowledgedDeletions)} acknowledged deletions;
            {Number(tally.Checks)} databases, {Number(tally.Copies)} copies and {Number(tally.HandedOver)} handed-over files looked at;
            {Number(tally.Recoveries)} recoveries by a writer that was alone; {Number(tally.UnfinishedCopies)} copies not finished;
            {Number(tally.Refused)} checkpoints, copies and hand-overs refused because others were in the way (error 5).
            **Lost or wrong: {Number(result.Problems.Count)}.** Seed {result.Seed}, {result.Elapsed.TotalSeconds:0} s.

            {phases}
            {companies}
            """;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
