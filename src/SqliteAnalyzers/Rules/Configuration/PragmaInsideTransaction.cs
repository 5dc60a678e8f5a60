using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3004: a pragma is set inside a transaction, where SQLite refuses or ignores it.</summary>
internal sealed class PragmaInsideTransaction : FlowRule
{
    private const string Refused = "SQLite refuses it with an error";

    private const string Ignored = "SQLite ignores it without an error";

    private static readonly Typestate[] s_transactions = [Typestate.Written, Typestate.Reserved, Typestate.Reading, Typestate.Begun];

    public override DiagnosticDescriptor Descriptor => Descriptors.PragmaInsideTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        Transactions.TransactionNeeds.Begin,
        new FlowNeed(Words.Pragma, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Configures configures || !PragmaCatalogue.TryGet(configures.Pragma, out var pragma))
        {
            return;
        }

        var connection = before[configures.Connection];
        foreach (var bit in s_transactions)
        {
            if (connection.CertainEvidenceOf(bit) is { } evidence)
            {
                if (Outcome(pragma.InTransaction, configures.Value, hasWritten: bit == Typestate.Written) is { } outcome)
                {
                    // Where a caller has begun the transaction, the pragma stands elsewhere than the warning.
                    sink.Report([BeginOf(connection) ?? evidence, new(configures.Origin, configures.At, "")], [pragma.Name, outcome], configures.Connection);
                }

                return;
            }
        }
    }

    public override int Hops => Transactions.TransactionNeeds.Hops;

    public override bool DependsOnCaller(SqliteEvent e) =>
        e is Configures { Connection.ExistsAtEntry: true } configures && PragmaCatalogue.TryGet(configures.Pragma, out var pragma) && pragma.IsHinderedByTransaction;

    private static Evidence? BeginOf(ObjectView connection) => connection.EvidenceOf(Typestate.BeganDeferred) ?? connection.EvidenceOf(Typestate.BeganImmediate);

    /// <summary>What comes of it; null: it takes effect, or may. Before its first write a transaction hinders no change of journal_mode but to WAL or from it.</summary>
    private static string? Outcome(PragmaInTransaction behaviour, string? value, bool hasWritten) => behaviour switch
    {
        PragmaInTransaction.Throws => Refused,
        PragmaInTransaction.Ignored => Ignored,
        PragmaInTransaction.ThrowsOrIgnored when hasWritten => Ignored,
        PragmaInTransaction.ThrowsOrIgnored when IsWal(value) => Refused,
        _ => null,
    };

    private static bool IsWal(string? value) => string.Equals(value, "wal", StringComparison.OrdinalIgnoreCase);
}
