using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>What must be below a method for a rule about statements in transactions to look at it.</summary>
internal static class TransactionNeeds
{
    /// <summary>Calls between a statement and the method that knows of the transaction it runs in.</summary>
    private const int Calls = 3;

    /// <summary>A statement, or what begins the transaction that it runs in.</summary>
    public static readonly FlowNeed Statement = new(Words.Executes | Words.Transacts, Calls);

    public static readonly FlowNeed Begin = new(Words.Transacts, Limits.MaxCallsBelow);
}
