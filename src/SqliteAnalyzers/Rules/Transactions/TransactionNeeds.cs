using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>What must be below a method for a rule about statements in transactions to look at it.</summary>
internal static class TransactionNeeds
{
    /// <summary>Calls between a statement and the method that knows of the transaction it runs in.</summary>
    private const int Calls = 3;

    public static readonly FlowNeed Statement = new(Words.Executes, Calls);

    public static readonly FlowNeed Begin = new(Words.Transacts, Limits.MaxCallsBelow);
}
