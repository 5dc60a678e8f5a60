using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>What must be below a method for a rule about statements in transactions to look at it.</summary>
internal static class TransactionNeeds
{
    /// <summary>Calls between what begins a transaction and the method that executes statements in it.</summary>
    private const int Calls = 2;

    /// <summary>Calls between a statement and the method that knows of the transaction it runs in.</summary>
    public const int Hops = 3;

    /// <summary>What begins a transaction.</summary>
    public static readonly FlowNeed Begin = new(Words.Transacts, Calls);

    /// <summary>A statement that is executed in it.</summary>
    public static readonly FlowNeed Statement = new(Words.Executes, Limits.MaxCallsBelow);
}
