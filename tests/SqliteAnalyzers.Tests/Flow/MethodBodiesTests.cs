using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>
/// The identity the engine builds on: inside an analyzer, the compilation's semantic model hands out the very operations that
/// the driver hands out. Objects are told apart by the operation that made them, in whatever method it stands.
/// </summary>
public sealed class MethodBodiesTests
{
    private const string Code = """
        class First
        {
            private int _field = 3;

            public First() => _field = 4;

            public int Property => _field + 1;

            public int Method(int a)
            {
                int Local() => a;
                return Local() + new Second().Other(a);
            }
        }

        class Second
        {
            public int Other(int a) => a * 2;
        }
        """;

    [Fact]
    public async Task Model_hands_out_the_operations_of_the_driver()
    {
        var compared = new List<(IOperation FromDriver, IOperation? FromModel)>();
        await RunWith(Code, block =>
        {
            foreach (var root in block.OperationBlocks.Select(Root))
            {
                var found = new MethodBodies(block.Compilation, new FlowCounters()).ModelOf(root.Syntax.SyntaxTree).GetOperation(root.Syntax);
                compared.AddRange(root.DescendantsAndSelf().Zip(found!.DescendantsAndSelf(), (driver, model) => (driver, (IOperation?)model)));
            }
        });

        Assert.NotEmpty(compared);
        Assert.All(compared, pair => Assert.Same(pair.FromDriver, pair.FromModel));
    }

    [Fact]
    public async Task Callee_looked_into_first_has_the_operations_that_the_driver_hands_out_later()
    {
        var lookedInto = default(IOperation);
        var handedOut = default(IOperation);
        await RunWith(Code, block =>
        {
            var root = Root(block.OperationBlocks[0]);
            if (block.OwningSymbol.Name == "Method")
            {
                var call = root.Descendants().OfType<IInvocationOperation>().First(invocation => invocation.TargetMethod.Name == "Other");
                var callee = new MethodBodies(block.Compilation, new FlowCounters()).Find(call.TargetMethod, block.CancellationToken);
                lookedInto = callee!.Value.Graph.OriginalOperation;
            }
            else if (block.OwningSymbol.Name == "Other")
            {
                handedOut = root;
            }
        });

        Assert.NotNull(lookedInto);
        Assert.Same(handedOut, lookedInto);
    }

    [Fact]
    public async Task Graph_is_built_once_for_driver_and_caller()
    {
        var counters = new FlowCounters();
        var bodies = default(MethodBodies);
        await RunWith(Code, block =>
        {
            bodies ??= new(block.Compilation, counters);
            bodies.GraphOf(block.OperationBlocks[0], block.CancellationToken);
            if (block.OwningSymbol is IMethodSymbol method)
            {
                bodies.Find(method, block.CancellationToken);
                bodies.Find(method, block.CancellationToken);
            }
        });

        // The field's initializer, the constructor, the property, Method with its local function, and Other.
        Assert.Equal(5, counters.GraphsBuilt);
    }

    [Fact]
    public async Task Code_blocks_hold_the_operation_blocks_of_the_driver()
    {
        const string AllKinds = """
            class Base(int number)
            {
                public int Number => number;
            }

            class Derived(int number) : Base(number + 1)
            {
                private static int s_first = 1, s_second = 2;
                private int _count;

                static Derived() => s_first = 3;

                public Derived() : this(4)
                {
                    _count = 5;
                }

                public int Initialized { get; set; } = 6;

                public int Short => 7;

                public int Accessors
                {
                    get => 8;
                    set { _count = value; }
                }

                public int this[int index] => index + 9;

                public event System.Action Changed
                {
                    add { _count++; }
                    remove => _count--;
                }

                public static Derived operator +(Derived left, Derived right) => left;

                public static implicit operator int(Derived derived) => 10;

                ~Derived() => _count = 11;

                public int Method(int a = 12)
                {
                    int Local() => a;
                    return Local();
                }
            }

            record Pair(int Left, int Right)
            {
                public int Sum { get; } = Left + Right;
            }
            """;
        var fromDriver = new HashSet<IOperation>();
        var fromCode = new List<IOperation>();
        var analyzer = new BlockAnalyzer(
            block => fromDriver.UnionWith(block.OperationBlocks.Where(operation => operation is not IParameterInitializerOperation).Select(Root)),
            code =>
            {
                if (new MethodBodies(code.SemanticModel.Compilation, new FlowCounters()).BlockOf(code.CodeBlock, code.OwningSymbol, code.CancellationToken) is { } block)
                {
                    fromCode.Add(block);
                }
            });
        Assert.Empty(await FlowRun.With(FlowRun.Compile(AllKinds), analyzer).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));

        Assert.True(fromDriver.Count > 15);
        Assert.Equal(Places(fromDriver), Places(fromCode));

        static IEnumerable<string> Places(IEnumerable<IOperation> operations) => operations.Select(operation => $"{operation.Kind} {operation.Syntax}").Order();
    }

    private static IOperation Root(IOperation operation) => operation.Parent is { } parent ? Root(parent) : operation;

    private static async Task RunWith(string code, Action<OperationBlockAnalysisContext> look)
    {
        var findings = await FlowRun.With(FlowRun.Compile(code), new BlockAnalyzer(look, _ => { })).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(findings);
    }

#pragma warning disable RS1001, RS1036 // It is no analyzer of a package.
    private sealed class BlockAnalyzer(Action<OperationBlockAnalysisContext> look, Action<CodeBlockAnalysisContext> lookAtCode) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("TEST0001", "Test", "Test", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationBlockAction(block => InTurn(() => look(block)));
            context.RegisterCodeBlockAction(code => InTurn(() => lookAtCode(code)));
        }

        private void InTurn(Action action)
        {
            lock (look)
            {
                action();
            }
        }
    }
#pragma warning restore RS1001, RS1036
}
