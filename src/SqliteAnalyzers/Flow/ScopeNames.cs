using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Finds the names by which the program can speak of a connection or transaction at a place, for the fix that inserts code there.
/// </summary>
internal static class ScopeNames
{
    private const Typestate InTransaction = Typestate.Reading | Typestate.Reserved | Typestate.Written;

    public static readonly ImmutableArray<string> Keys =
        ImmutableArray.Create(
            DiagnosticProperties.Connection,
            DiagnosticProperties.Transaction,
            DiagnosticProperties.TransactionBegunBySql,
            DiagnosticProperties.DataSource);

    /// <param name="subject">
    /// A connection, or a database of which any open connection will do. While one of these is in a transaction, none is named:
    /// a checkpoint of the database cannot run there. A connection that was closed with its transaction open is not named either.
    /// </param>
    public static ImmutableDictionary<string, string?> Of(AbstractObject? subject, State state, IOperation at, FlowEngine engine)
    {
        var names = ImmutableDictionary<string, string?>.Empty;
        if (subject is null || (subject.Kind == ObjectKind.Database ? IsInTransaction(subject, state) : IsInPool(subject, state)))
        {
            return names;
        }

        var connection = VisibleNames(state, at, engine, ObjectKind.Connection)
            .FirstOrDefault(pair => IsOf(pair.Item, subject, state) && engine.Libraries.IsSqliteConnection(TypeOf(pair.Symbol)));
        if (connection.Symbol is not null)
        {
            names = names.Add(DiagnosticProperties.Connection, connection.Symbol.Name);
        }
        else if (ConnectionStringOf(subject, state) is { } connectionString)
        {
            names = names.Add(DiagnosticProperties.DataSource, SymbolDisplay.FormatLiteral(connectionString, quote: true));
        }

        var transaction = VisibleNames(state, at, engine, ObjectKind.Transaction)
            .FirstOrDefault(pair => state.Linked(pair.Item, Slot.Connection, ObjectKind.Connection).Any(item => IsOf(item, subject, state)));
        if (transaction.Symbol is not null)
        {
            names = names.Add(DiagnosticProperties.Transaction, transaction.Symbol.Name);
        }
        else if (state[subject].May(InTransaction) && !state.Variables.Any(pair => pair.Key is SlotOf { Item.Kind: ObjectKind.Transaction, Slot: Slot.Connection }
            && pair.Value.Objects(ObjectKind.Connection).Any(item => IsOf(item, subject, state))))
        {
            names = names.Add(DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True);
        }

        return names;
    }

    private static bool IsInTransaction(AbstractObject database, State state) =>
        state.Objects.Any(pair => pair.Key.Kind == ObjectKind.Connection && pair.Value.May(InTransaction) && IsOf(pair.Key, database, state));

    private static bool IsInPool(AbstractObject connection, State state) =>
        state[connection].Must(Component.Opening, Typestate.Closed) && state[connection].May(InTransaction);

    private static bool IsOf(AbstractObject connection, AbstractObject subject, State state) =>
        subject.Kind == ObjectKind.Connection
            ? connection.Equals(subject)
            : state.Linked(connection, Slot.Database, ObjectKind.Database).Contains(subject) && !state[connection].Must(Component.Opening, Typestate.Closed);

    private static IEnumerable<(ISymbol Symbol, AbstractObject Item)> VisibleNames(State state, IOperation at, FlowEngine engine, ObjectKind kind)
    {
        var position = at.Syntax.SpanStart;
        var model = engine.Bodies.ModelOf(at.Syntax.SyntaxTree);
        var inStaticCode = model.GetEnclosingSymbol(position) is { IsStatic: true };
        return from name in HeldByVariables(state).Concat(HeldByMembers(state)).Distinct()
               let symbol = name.Symbol
               where name.Item.Kind == kind
                   && symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol
                   && (symbol.IsStatic || !inStaticCode || symbol is ILocalSymbol or IParameterSymbol)
                   && model.LookupSymbols(position, name: symbol.Name).Any(found => SymbolEqualityComparer.Default.Equals(found.OriginalDefinition, symbol))
                   && !(symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(reference => reference.Span.Start > position))
               orderby symbol is IFieldSymbol or IPropertySymbol, symbol.Name
               select name;
    }

    private static IEnumerable<(ISymbol Symbol, AbstractObject Item)> HeldByVariables(State state) =>
        from pair in state.Variables
        let item = pair.Value.Where(atom => atom is not Constant).Only<AbstractObject>()
        where pair.Key is ISymbol && item is not null
        select ((ISymbol)pair.Key, item);

    /// <summary>Members that nothing on the path assigns: they hold the objects that were named after them.</summary>
    private static IEnumerable<(ISymbol Symbol, AbstractObject Item)> HeldByMembers(State state) =>
        from item in state.Objects.Keys
        where item.Symbol is not null && state.Get(item.Symbol) is null
        select (item.Symbol, item);

    /// <summary>The connection string of the database, where it is known to the letter.</summary>
    private static string? ConnectionStringOf(AbstractObject database, State state) =>
        state.Get(database, Slot.ConnectionString)?.Only<SqlSource>()?.Text;

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
