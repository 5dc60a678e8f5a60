using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Transactions that a member begins and leaves open for others, as a unit of work does.</summary>
internal sealed class HeldTransactions
{
    private static readonly HashSet<int> s_begins = new(new[] { "BeginTransaction", "BeginTransactionAsync", "BEGIN", "Begin", "begin", "SAVEPOINT", "savepoint" }.Select(NameHash.Of));

    private readonly FlowEngine _engine;
    private readonly Mentions _mentions;
    private readonly (ObjectMember? Holder, ImmutableArray<DatabaseIdentity> Databases)[] _connections;

    private HeldTransactions(FlowEngine engine, CancellationToken cancellation)
    {
        (_engine, _mentions) = (engine, new(engine.Project, [.. engine.Compilation.SyntaxTrees]));
        _connections =
        [
            .. from member in engine.Project.Members
               where (member.Words & Words.Begins) != 0 && NameHash.Overlaps(member.Names, s_begins)
               from unit in engine.Units.In(member.Member, cancellation)
               let summary = engine.SummaryOf(unit, cancellation)
               from exit in summary.Exits
               from pair in exit.Objects
               where IsLeftOpen(pair.Key, pair.Value)
               select (
                   Ownership.MemberHolding(exit, pair.Key),
                   exit.DatabasesOf(pair.Key).Select(database => DatabaseIdentity.Of(database, unit, summary.IsToldByCallers)).ToImmutableArray()),
        ];
    }

    public static HeldTransactions In(FlowEngine engine, CancellationToken cancellation) => new(engine, cancellation);

    /// <summary>Whether such a transaction may be open on a connection.</summary>
    /// <param name="holder">The member that holds the connection; null if that is not known.</param>
    /// <param name="databases">What is known of its database.</param>
    /// <param name="cancellation">Cancels.</param>
    public bool MayBeOn(ObjectMember? holder, ImmutableArray<DatabaseIdentity> databases, CancellationToken cancellation) => _connections.Any(held =>
        (held.Databases.IsEmpty || databases.IsEmpty || held.Databases.Any(one => databases.Any(other => DatabaseIdentity.MayBeOne(one.FileName, other.FileName))))
        && (held.Holder is null || holder is null || held.Holder.Equals(holder) || !IsMadeFor(held.Holder, cancellation) || !IsMadeFor(holder, cancellation)));

    private static bool IsLeftOpen(AbstractObject item, ObjectState known) =>
        item.Kind == ObjectKind.Connection
        && known.Rows.Any(row => (row.Bits & ~row.Inherited & Component.AnyTransaction) != 0 && (row.If.IsAlways || (row.If.Bit & Component.AnyTransaction) == 0));

    /// <summary>Whether all that the member ever holds is made where it is assigned, so that no other member had it before.</summary>
    private bool IsMadeFor(ObjectMember holder, CancellationToken cancellation)
    {
        if (_engine.SymbolOf(holder) is not { Kind: SymbolKind.Field or SymbolKind.Property } symbol || !InitialValues.MayBeForGood(symbol))
        {
            return false;
        }

        var given = _mentions.Of(symbol, cancellation).Where(Assignments.IsTarget).Select(ValueGiven).ToList();
        if (_engine.InitializerOf(symbol, cancellation) is { } initializer)
        {
            given.Add(initializer.Value);
        }

        return given.Count > 0 && given.All(value => value is not null && Makes(value, cancellation));
    }

    private static ExpressionSyntax? ValueGiven(SimpleNameSyntax name)
    {
        ExpressionSyntax target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment && assignment.Left == target ? assignment.Right : null;
    }

    private bool Makes(ExpressionSyntax value, CancellationToken cancellation) => value switch
    {
        BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } => true,
        AwaitExpressionSyntax awaited => Makes(awaited.Expression, cancellation),
        InvocationExpressionSyntax call => _engine.Bodies.ModelOf(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && _engine.Units.Of(method) is { } unit
            && _engine.SummaryOf(unit, cancellation).Exits is { IsEmpty: false } exits
            && exits.All(exit => exit.Get(ReturnKey.Instance) is { } returned && returned.Atoms.All(atom => atom is MadeObject)),
        _ => false,
    };
}
