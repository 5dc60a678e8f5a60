using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>Queries that are composed with LINQ: what is made of one is that query, and enumerated it is read row by row.</summary>
internal static class Queries
{
    /// <param name="table">The table.</param>
    /// <param name="extensions">The types that compose queries, beside that of LINQ.</param>
    /// <param name="connectionsOf">The connections of queries that nobody saw made.</param>
    public static void Describe(LibraryTable table, IEnumerable<INamedTypeSymbol?> extensions, Func<Value, IEffects, Value?>? connectionsOf = null)
    {
        table.IsPassive = true;
        foreach (var type in extensions.Append(table.Find("System.Linq.Queryable")))
        {
            var composing = type?.GetMembers().OfType<IMethodSymbol>().Where(method => method.ReturnType.AllInterfaces.Any(implemented => implemented.Name == "IQueryable") || method.ReturnType.Name == "IQueryable");
            table.Method(type, composing?.Select(method => method.Name).Distinct().ToArray() ?? [], Compose);
            table.Method(type, ["AsAsyncEnumerable"], Compose);
        }

        table.IsPassive = false;
        table.AnyMethod(["GetEnumerator", "GetAsyncEnumerator"], call =>
        {
            if (Compose(call) is not { } queries)
            {
                return null;
            }

            var rows = call.Effects.Allocate(ObjectKind.Rows);
            call.Effects.Set(rows, Slot.Connection, queries.Only<MadeObject>() is { Kind: ObjectKind.Query } made ? call.Effects.Get(made, Slot.Connection) : connectionsOf?.Invoke(queries, call.Effects));
            return Value.Of(rows);
        });
    }

    /// <summary>A query that is executed on these connections.</summary>
    public static Value On(IEffects effects, Value? connections)
    {
        var query = effects.Allocate(ObjectKind.Query);
        effects.Set(query, Slot.Connection, connections);
        return Value.Of(query);
    }

    /// <summary>The query that is composed further.</summary>
    public static Value? Compose(LibraryCall call) => call.Receiver.Where(atom => atom is AbstractObject { Kind: ObjectKind.Query or ObjectKind.Context });
}
