using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>System.Transactions: a scope that makes what is done in it one transaction, if the provider takes part.</summary>
internal static class AmbientTransactions
{
    /// <summary>TransactionScopeOption.Suppress: the code in the scope is in no transaction.</summary>
    private const int Suppress = 2;

    public static void Describe(LibraryTable table)
    {
        var scope = table.Find("System.Transactions.TransactionScope");
        table.Kind(scope, ObjectKind.TransactionScope, Words.AmbientTransaction);
        table.Method(scope, [".ctor"], Make, Words.AmbientTransaction);
        table.Method(scope, ["Dispose"], call =>
        {
            foreach (var item in call.Receivers(ObjectKind.TransactionScope).ToArray())
            {
                call.Effects.Set(item, Slot.IsCompleted, Value.True);
            }

            return Value.Unknown;
        });
    }

    /// <summary>Whether what is done now is in a scope that may be none: it is <see cref="Suppress"/> as long as it has not ended.</summary>
    public static bool MaySuppress(Value isCompleted) => isCompleted.Only<Constant>() is { Value: Suppress };

    private static Value? Make(LibraryCall call)
    {
        var maySuppress = call.Argument("scopeOption") is { } option && option.Only<Constant>() is not { Value: int and not Suppress };
        var made = call.Effects.Allocate(ObjectKind.TransactionScope);
        call.Effects.Set(made, Slot.IsCompleted, maySuppress ? Value.Of(new Constant(Suppress)) : Value.False);
        return Value.Of(made);
    }
}
