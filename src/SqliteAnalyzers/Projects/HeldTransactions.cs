using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Transactions that a member begins and leaves open for others, as a unit of work does, or in which it runs what others have put in a queue.</summary>
internal sealed class HeldTransactions
{
    private static readonly HashSet<int> s_begins = new(new[] { "BeginTransaction", "BeginTransactionAsync", "BEGIN", "Begin", "begin", "SAVEPOINT", "savepoint" }.Select(NameHash.Of));

    /// <summary>Calls that a connection is handed on over until one is reached that leaves a transaction open on it.</summary>
    private const int MaxCalls = 3;

    private readonly FlowEngine _engine;
    private readonly Mentions _mentions;
    private readonly HashSet<HeldConnection> _connections = [];

    /// <summary>A connection on which a transaction is left open.</summary>
    /// <param name="Holder">The member by which others reach it; null if that is not known.</param>
    /// <param name="Database">Its database; null if it is not known.</param>
    /// <param name="IsParameter">Whether a caller hands it in, who leaves the transaction open in its turn if anybody does.</param>
    private sealed record HeldConnection(ObjectMember? Holder, DatabaseIdentity? Database, bool IsParameter);

    public HeldTransactions(FlowEngine engine, CancellationToken cancellation)
    {
        (_engine, _mentions) = (engine, new(engine.Project, [.. engine.Compilation.SyntaxTrees]));
        if (UnseenTransactions.AreBegunBy(engine, cancellation))
        {
            _connections.Add(new(Holder: null, Database: null, IsParameter: false));
        }

        var left = engine.Project.Members.Where(member => (member.Words & Words.Begins) != 0 && NameHash.Overlaps(member.Names, s_begins)).ToArray();
        var seen = new HashSet<CodeMember>(left.Select(member => member.Member));
        for (var calls = 0; calls <= MaxCalls && left.Length > 0; calls++)
        {
            var handing = new HashSet<int>(left.Where(member => AddHeldBy(member.Member, cancellation)).Select(member => member.NameHash));
            left = [.. engine.Project.Members.Where(member => NameHash.Overlaps(member.Names, handing) && seen.Add(member.Member))];
        }
    }

    /// <summary>Whether such a transaction may be open on a connection.</summary>
    /// <param name="holder">The member that holds the connection; null if that is not known.</param>
    /// <param name="databases">What is known of its database.</param>
    /// <param name="cancellation">Cancels.</param>
    public bool MayBeOn(ObjectMember? holder, ImmutableArray<DatabaseIdentity> databases, CancellationToken cancellation) => _connections.Any(held =>
        (databases.IsEmpty || held.Database is null || databases.Any(held.Database.MayBe))
        && (holder is null || holder.Equals(held.Holder) || !IsMadeFor(holder, cancellation) || !(held.IsParameter || (held.Holder is { } other && IsMadeFor(other, cancellation)))));

    /// <summary>Adds what the code of a member leaves open, and says whether it does so on what callers hand in.</summary>
    private bool AddHeldBy(CodeMember member, CancellationToken cancellation)
    {
        var isOnParameter = false;
        foreach (var unit in _engine.Units.In(member, cancellation))
        {
            var summary = _engine.SummaryOf(unit, cancellation);
            _connections.UnionWith(summary.Uses
                .Where(use => (use.Use & ConnectionUse.LendsTransaction) != 0 && use.Connection is EntryObject { Path.Member.Kind: ObjectMemberKind.Field })
                .Select(use => new HeldConnection(Ownership.MemberHolding(State.Empty, use.Connection), Database: null, IsParameter: false)));
            foreach (var exit in summary.Exits)
            {
                var ownership = new Ownership(MethodEnd.Normal, exit);
                foreach (var connection in exit.Objects.Where(pair => IsLeftOpen(pair.Key, pair.Value)).Select(pair => pair.Key))
                {
                    // What nobody has any longer can only be closed.
                    if (ownership.HolderOf(connection) == Owner.Code)
                    {
                        continue;
                    }

                    var isParameter = connection is EntryObject { Path: { Root: PathRoot.Parameter, Parent: null } };
                    isOnParameter |= isParameter;
                    var database = exit.DatabasesOf(connection).ToArray() is [var only] ? DatabaseIdentity.Of(only, unit, summary.IsToldByCallers) : null;
                    _connections.Add(new(Ownership.MemberHolding(exit, connection), database, isParameter));
                }
            }
        }

        return isOnParameter;
    }

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
