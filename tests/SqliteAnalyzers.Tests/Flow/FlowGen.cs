using System.Collections.Immutable;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>Random states, and random events on the objects of those states.</summary>
internal static class FlowGen
{
    private static readonly MethodModel s_method = new("class C { static int M(int known, bool flag) { known = 1; known = 2; known = 3; return known * 4; } }");

    private static readonly ImmutableArray<AbstractObject> s_databases =
    [
        new(ObjectKind.Database, Identity: new("a.db", DataSourceKind.Constant)),
        new(ObjectKind.Database, Identity: new("b.db", DataSourceKind.Constant)),
    ];

    /// <summary>Two made in the method, one handed to it.</summary>
    private static readonly ImmutableArray<AbstractObject> s_connections =
    [
        new(ObjectKind.Connection, s_method.Operations[0]),
        new(ObjectKind.Connection, s_method.Operations[1]),
        new(ObjectKind.Connection, Symbol: s_method.Symbol.Parameters[0]),
    ];

    private static readonly Gen<IOperation> s_operation = Gen.OneOfConst([.. s_method.Operations]);

    private static readonly Gen<Evidence> s_evidence =
        from origin in s_operation
        from anchor in s_operation
        from fromEntry in Gen.Bool
        select fromEntry ? new Evidence(origin, anchor, "", new EntryFact(s_connections[0], Typestate.Open)) : new Evidence(origin, anchor);

    private static readonly Gen<Typestate> s_component = Gen.OneOfConst(Component.All);

    /// <summary>Any bits with any evidence.</summary>
    public static readonly Gen<ObjectState> ObjectState =
        (from bits in Gen.UInt[0, (1u << 20) - 1]
         from evidence in s_evidence.Array[20]
         from withEvidence in Gen.UInt[0, (1u << 20) - 1]
         select Enumerable.Range(0, 20).Where(bit => (bits >> bit & 1) != 0).Aggregate(
             SqliteAnalyzers.Flow.ObjectState.Bottom,
             (state, bit) => state.Add((Typestate)(1u << bit), (withEvidence >> bit & 1) != 0 ? evidence[bit] : null)));

    public static readonly Gen<(Typestate Component, Typestate Bit)> BitOfComponent =
        from component in s_component
        from bit in Gen.OneOfConst(BitsOf(component))
        select (component, bit);

    private static readonly Gen<Value> s_value =
        from atoms in Gen.OneOf<object>(
            Gen.OneOfConst<object>(new Constant(null), Constant.True, Constant.False, new Opaque(s_method.Symbol.Parameters[1])),
            Gen.OneOfConst<object>([.. s_connections])).Array[1, 3]
        select atoms.Select(Value.Of).Aggregate((left, right) => left.Join(right));

    /// <summary>A state in which each connection leads to its database, and some variables are known.</summary>
    public static readonly Gen<State> State =
        from objects in ObjectState.Array[s_connections.Length + s_databases.Length]
        from present in Gen.Bool.Array[s_connections.Length + s_databases.Length]
        from variables in s_value.Array[2]
        from known in Gen.Bool.Array[2]
        select Make(objects, present, variables, known);

    public static readonly Gen<SqliteEvent> Event =
        from operation in s_operation
        from connection in Gen.OneOfConst([.. s_connections])
        from mode in Gen.OneOfConst<CheckpointMode?>(CheckpointMode.Passive, CheckpointMode.Full, CheckpointMode.Truncate, CheckpointMode.Noop, null)
        from made in Gen.OneOfConst<SqliteEvent>(
            new Opens(operation, connection),
            new Executes(operation, connection, IsWrite: true, "INSERT", "t"),
            new Executes(operation, connection, IsWrite: true, "INSERT", "t", InUnknownTransaction: true),
            new Executes(operation, connection, IsWrite: false, "SELECT", ""),
            new Checkpoints(operation, connection, mode, null, ResultUse.Returned),
            new Begins(operation, connection, SqlBeginKind.Deferred, BySql: true),
            new Begins(operation, connection, SqlBeginKind.Immediate, "savepoint"),
            new Commits(operation, connection),
            new RollsBack(operation, connection),
            new Configures(operation, connection, "journal_mode", "wal"),
            new BacksUp(operation, connection),
            new OpensReader(operation, connection),
            new FinishesReader(operation, connection),
            new Closes(operation, connection),
            new ClearsPool(operation, connection),
            new ClearsPool(operation, null),
            new StartsProcess(operation))
        select made;

    public static IEnumerable<AbstractObject> Objects => s_connections.Concat(s_databases);

    private static Typestate[] BitsOf(Typestate component) =>
        [.. Enumerable.Range(0, 32).Select(bit => (Typestate)(1u << bit)).Where(bit => (component & bit) != 0)];

    private static State Make(ObjectState[] objects, bool[] present, Value[] variables, bool[] known)
    {
        var state = SqliteAnalyzers.Flow.State.Empty;
        foreach (var (item, index) in Objects.Select((item, index) => (item, index)))
        {
            state = present[index] ? state.With(item, objects[index]) : state;
        }

        for (var i = 0; i < s_connections.Length; i++)
        {
            state = state.With(s_connections[i], Slot.Database, Value.Of(s_databases[i % s_databases.Length]));
        }

        for (var i = 0; i < variables.Length; i++)
        {
            state = known[i] ? state.With(s_method.Symbol.Parameters[i], variables[i]) : state;
        }

        return state;
    }

    /// <summary>Operations and symbols to make events and objects of.</summary>
    private sealed class MethodModel
    {
        public MethodModel(string code)
        {
            var compilation = FlowRun.Compile(code);
            var tree = compilation.SyntaxTrees.Single();
            var model = compilation.GetSemanticModel(tree);
            var declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
            Symbol = (IMethodSymbol)model.GetDeclaredSymbol(declaration)!;
            Operations = [.. model.GetOperation(declaration)!.Descendants().Where(operation => operation.Syntax is AssignmentExpressionSyntax or BinaryExpressionSyntax)];
        }

        public IMethodSymbol Symbol { get; }

        public ImmutableArray<IOperation> Operations { get; }
    }
}
