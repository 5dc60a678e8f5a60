using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Finds the names by which the program can speak of a connection or transaction at a place, for the fix that inserts code there.
/// </summary>
internal sealed class ScopeNames(FlowEngine engine)
{
    /// <param name="subject">
    /// A connection, or a database of which any open connection will do. While one of these is in a transaction, none is named:
    /// a checkpoint of the database cannot run there. A connection that was closed with its transaction open is not named either, nor one
    /// that the call at the place opens itself: beside that call it is closed.
    /// </param>
    /// <param name="state">The state at the place.</param>
    /// <param name="at">The place.</param>
    /// <param name="body">The code it is in.</param>
    public ImmutableDictionary<string, string?> Of(AbstractObject? subject, State state, Place at, Body body)
    {
        var names = ImmutableDictionary<string, string?>.Empty;
        if (subject is null || (subject.Kind == ObjectKind.Database ? IsInTransaction(subject, state) : IsInPool(subject, state)))
        {
            return names;
        }

        var visible = new Visible(subject, state, body.MemberStart + at.Start, body);
        var connection = NameOfConnection(engine.Libraries.IsSqliteConnection);
        if (connection is null && ConnectionStringOf(subject, state) is { } connectionString)
        {
            names = names.Add(DiagnosticProperties.DataSource, SymbolDisplay.FormatLiteral(connectionString, quote: true));
        }

        connection ??= NameOfConnection(engine.Libraries.IsCommonConnection);
        if (connection is not null)
        {
            names = names.Add(DiagnosticProperties.Connection, connection);
        }

        if (visible.NameOf(ObjectKind.Transaction, (item, _) => ConnectionsOf(item, state).Any(held => IsOf(held, subject, state))) is { } transaction)
        {
            names = names.Add(DiagnosticProperties.Transaction, transaction);
        }
        else if (state[subject].May(Component.InTransaction) && !HasTransactionObject(subject, state))
        {
            names = names.Add(DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True);
        }

        return names;

        string? NameOfConnection(Func<ITypeSymbol?, bool> isWanted) =>
            visible.NameOf(ObjectKind.Connection, (item, symbol) => IsOf(item, subject, state) && !IsOpenedBy(at, item, state) && isWanted(TypeOf(symbol)));
    }

    private static bool HasTransactionObject(AbstractObject subject, State state) =>
        state.Variables.Any(pair => pair.Key is Cell { Object.Kind: ObjectKind.Transaction, Member: var member } && member.Is(Slot.Connection)
            && pair.Value.Objects(ObjectKind.Connection).Any(item => IsOf(item, subject, state)));

    private static IEnumerable<AbstractObject> ConnectionsOf(AbstractObject transaction, State state) =>
        state.Linked(transaction, Slot.Connection, ObjectKind.Connection);

    private static bool IsInTransaction(AbstractObject database, State state) =>
        state.Objects.Any(pair => pair.Key.Kind == ObjectKind.Connection && state[pair.Key].May(Component.InTransaction) && IsOf(pair.Key, database, state));

    private static bool IsInPool(AbstractObject connection, State state) =>
        state[connection].Must(Component.Opening, Typestate.Closed) && state[connection].May(Component.InTransaction);

    private static bool IsOf(AbstractObject connection, AbstractObject subject, State state) =>
        subject.Kind == ObjectKind.Connection
            ? connection.Equals(subject)
            : state.DatabasesOf(connection).Contains(subject) && !state[connection].Must(Component.Opening, Typestate.Closed);

    private static bool IsOpenedBy(Place at, AbstractObject connection, State state) => state[connection].EvidenceOf(Typestate.Open) is { Anchor: var opened } && opened.Equals(at);

    /// <summary>The connection string of the database, where it is known to the letter.</summary>
    private static string? ConnectionStringOf(AbstractObject database, State state) =>
        state.Get(database, Slot.ConnectionString)?.Only<Text>()?.Flat;

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The names that can be used at one position, and the objects they hold.</summary>
    private sealed class Visible(AbstractObject subject, State state, int position, Body body)
    {
        private readonly bool _inStaticCode = body.Model.GetEnclosingSymbol(position) is { IsStatic: true };

        public string? NameOf(ObjectKind kind, Func<AbstractObject, ISymbol, bool> isWanted) => (
            from held in HeldByVariables().Concat(HeldByMembers())
            where held.Item.Kind == kind
            let symbol = SymbolOf(held.Name, held.Start)
            where symbol is not null && isWanted(held.Item, symbol)
            orderby symbol is IFieldSymbol or IPropertySymbol, held.Name
            select held.Name).FirstOrDefault();

        private ISymbol? SymbolOf(string name, int? start)
        {
            var symbol = body.Model.LookupSymbols(position, name: name).FirstOrDefault(found => found is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol);
            var isVariable = symbol is ILocalSymbol or IParameterSymbol;
            return symbol is null
                || (isVariable && start is { } declared && body.IdOf(symbol).Start != declared)
                || (!isVariable && (start is not null || (_inStaticCode && !symbol.IsStatic)))
                || (symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(reference => reference.Span.Start > position))
                    ? null
                    : symbol;
        }

        private IEnumerable<(string Name, AbstractObject Item, int? Start)> HeldByVariables() =>
            from pair in state.Variables
            let item = pair.Value.OnlyOrNull<AbstractObject>()
            where item is not null
            let name = pair.Key switch
            {
                VariableKey { Variable: var variable } when variable.Member.Equals(body.Unit.Member) => (variable.Name, (int?)variable.Start),
                StaticKey { Member: var member } => (member.Name, null),
                Cell { Object: EntryObject { Path: { Parent: null } path }, Member: { Kind: ObjectMemberKind.Field } member } when IsThis(path) => (Unwrapped(member.Name), StartOfPrimary(member)),
                _ => default((string Name, int? Start)?),
            }
            where name is not null
            select (name.Value.Name, item, name.Value.Start);

        /// <summary>What nothing on the path assigns holds what was found there at entry.</summary>
        private IEnumerable<(string Name, AbstractObject Item, int? Start)> HeldByMembers() =>
            from item in state.Objects.Keys.OfType<EntryObject>().Concat(Untouched())
            let name = NameOf(item.Path)
            where name is not null && state.Get(name.Value.Key) is null
            select (name.Value.Name, (AbstractObject)item, name.Value.Start);

        /// <summary>What nothing has happened to yet is not in the state: the subject, and the connection whose database it is.</summary>
        private IEnumerable<EntryObject> Untouched()
        {
            if (subject is EntryObject entry)
            {
                yield return entry;
                if (entry is { Kind: ObjectKind.Database, Path.Parent: { } connection })
                {
                    yield return new(ObjectKind.Connection, connection);
                }
            }
        }

        private (string Name, StateKey Key, int? Start)? NameOf(AccessPath path)
        {
            switch (path)
            {
                case { Root: PathRoot.Static, Parent: null }:
                    return (path.Member!.Name, new StaticKey(path.Member), null);
                case { Parent: { Parent: null } owner, Member: { Kind: ObjectMemberKind.Field } member } when IsThis(owner):
                    return (Unwrapped(member.Name), new Cell(new EntryObject(ObjectKind.Plain, owner), member), StartOfPrimary(member));
                case { Root: PathRoot.Variable, Parent: null } when !path.Variable!.IsThis && path.Variable.Member.Equals(body.Unit.Member):
                    return (path.Variable.Name, new VariableKey(path.Variable), path.Variable.Start);
                case { Root: PathRoot.Parameter, Parent: null } when (body.Symbol as IMethodSymbol)?.Parameters.ElementAtOrDefault(path.Ordinal) is { } parameter:
                    return (parameter.Name, new VariableKey(body.IdOf(parameter)), body.IdOf(parameter).Start);
                default:
                    return null;
            }
        }

        private static bool IsThis(AccessPath path) => path.Root == PathRoot.This || path.Variable is { IsThis: true };

        private static string Unwrapped(string name) => name.Trim('(', ')');

        /// <summary>A primary constructor's parameter is a variable to the code that uses it: where it is declared does not matter.</summary>
        private int? StartOfPrimary(ObjectMember member) =>
            member.Name.StartsWith("(", StringComparison.Ordinal)
            && body.Model.LookupSymbols(position, name: Unwrapped(member.Name)).OfType<IParameterSymbol>().FirstOrDefault() is { } parameter
                ? body.IdOf(parameter).Start
                : null;
    }
}
