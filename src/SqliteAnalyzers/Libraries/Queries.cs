using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>Queries that are composed with LINQ: what is made of one is that query, and enumerated it is read row by row.</summary>
internal static class Queries
{
    /// <summary>Methods that neither compose a query further nor execute it.</summary>
    private static readonly string[] s_looks = ["AsAsyncEnumerable", "ToQueryString", "CreateDbCommand"];

    /// <summary>Methods of any sequence that go over a query.</summary>
    private static readonly string[] s_lists = ["ToList", "ToArray", "ToHashSet", "ToDictionary", "ToLookup", "ToFrozenSet", "ToFrozenDictionary"];

    /// <param name="table">The table.</param>
    /// <param name="extensions">The types that compose queries, beside that of LINQ.</param>
    /// <param name="connectionsOf">The connections of queries that nobody saw made.</param>
    public static void Describe(LibraryTable table, IEnumerable<INamedTypeSymbol?> extensions, Func<Value, IEffects, Value?>? connectionsOf = null)
    {
        table.IsPassive = true;
        foreach (var type in extensions.Append(table.Find("System.Linq.Queryable")))
        {
            var methods = type?.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod).ToLookup(IsComposing, method => method.Name);
            var composing = methods?[true].Distinct().ToArray() ?? [];
            table.Method(type, composing, Compose);
            table.Method(type, ["AsAsyncEnumerable"], Compose);
            table.Method(type, methods?[false].Except(composing).Except(s_looks).ToArray() ?? [], Execute);
        }

        table.Method(table.Find("System.Linq.Enumerable"), s_lists, Execute);
        table.IsPassive = false;
        table.AnyMethod(["GetEnumerator", "GetAsyncEnumerator"], call =>
        {
            if (Compose(call) is not { } queries)
            {
                return null;
            }

            Execute(call);
            var rows = call.Effects.Allocate(ObjectKind.Rows);
            call.Effects.Set(rows, Slot.Connection, ConnectionsOf(queries, call.Effects));
            return Value.Of(rows);
        });

        Value? Execute(LibraryCall call)
        {
            if (Compose(call) is { } queries)
            {
                call.Effects.RaiseOn(ConnectionsOf(queries, call.Effects), connection => new Executes(call.At, connection, IsWrite: false, "SELECT", "", Enlistment.Enlisted));
            }

            return null;
        }

        Value? ConnectionsOf(Value queries, IEffects effects) =>
            queries.Only<MadeObject>() is { Kind: ObjectKind.Query } made ? effects.Get(made, Slot.Connection) : connectionsOf?.Invoke(queries, effects);
    }

    private static bool IsComposing(IMethodSymbol method) =>
        method.ReturnType.Name == "IQueryable" || method.ReturnType.AllInterfaces.Any(implemented => implemented.Name == "IQueryable");

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
