using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>The committed writes that no FULL, RESTART or TRUNCATE checkpoint has followed.</summary>
internal static class UncheckpointedWrites
{
    /// <summary>Those that a process is started after, in the order of the source, if it is as likely a worker on their database.</summary>
    public static IEnumerable<(AbstractObject Database, Evidence Write)> Before(SqliteEvent e, State before, WorkerLikelihood likelihood) =>
        e is not StartsProcess start ? [] :
            from item in before.Objects.Keys
            where item.Kind == ObjectKind.Database && item is not DatabaseObject { Source.IsMemory: true }
            let write = before[item].EvidenceOf(Typestate.WalWritten) ?? before[item].EvidenceOf(Typestate.WalPassive)
            where write is not null && StartedProgram.LikelihoodOf(start, [item], before) == likelihood
            orderby write, item.ToString()
            select (item, write);
}
