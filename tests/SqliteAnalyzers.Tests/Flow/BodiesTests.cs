using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>
/// What the engine spares by: inside an analyzer, the compilation's semantic model hands out the very operations that the driver
/// hands out, so that looking into a callee binds nothing twice.
/// </summary>
public sealed class BodiesTests
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
                var found = new CompiledCode(block.Compilation, new Counters()).Bodies.ModelOf(root.Syntax.SyntaxTree).GetOperation(root.Syntax);
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
                var code = new CompiledCode(block.Compilation, new Counters());
                lookedInto = code.Bodies.Find(code.Units.Of(call.TargetMethod)!, block.CancellationToken)!.Graph!.OriginalOperation;
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
        var counters = new Counters();
        var code = default(CompiledCode);
        var found = new List<Body?>();
        await RunWith(Code, block =>
        {
            code ??= new(block.Compilation, counters);
            found.Add(code.Bodies.Find(code.Units.Of(Root(block.OperationBlocks[0]).Syntax)!, block.CancellationToken));
            if (block.OwningSymbol is IMethodSymbol method)
            {
                found.Add(code.Bodies.Find(code.Units.Of(method)!, block.CancellationToken));
                found.Add(code.Bodies.Find(code.Units.Of(method)!, block.CancellationToken));
            }
        });

        // The field's initializer, the constructor, the property, Method with its local function, and Other.
        Assert.DoesNotContain(null, found);
        Assert.Equal(5, counters.GraphsBuilt);
    }

    [Fact]
    public async Task Units_of_members_have_the_operation_blocks_of_the_driver()
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
        var compilation = FlowRun.Compile(AllKinds);
        var fromDriver = new HashSet<IOperation>();
        var fromCode = new List<IOperation>();
        var analyzer = new BlockAnalyzer(
            block => fromDriver.UnionWith(block.OperationBlocks.Where(operation => operation is not IParameterInitializerOperation).Select(Root)),
            file =>
            {
                var code = new CompiledCode(file.SemanticModel.Compilation, new Counters());
                var root = file.SemanticModel.SyntaxTree.GetRoot(file.CancellationToken);
                fromCode.AddRange(code.Project.Members
                    .SelectMany(member => code.Units.In(member, TreeIndex.DeclarationOf(member, root)))
                    .Select(unit => code.Bodies.OperationOf(unit, file.CancellationToken))
                    .OfType<IOperation>()
                    .Select(Root));
            });
        Assert.Empty(await FlowRun.With(compilation, analyzer).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));

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

    /// <summary>What the engine has of the code of one compilation.</summary>
    private sealed class CompiledCode
    {
        public CompiledCode(Compilation compilation, Counters counters)
        {
            var libraries = LibrarySet.For(compilation)!;
            Project = new(compilation, libraries, ProjectMemory.Of(compilation, library: null), TestContext.Current.CancellationToken);
            Units = new(compilation, libraries, Project);
            Bodies = new(compilation, Project, Units, counters);
        }

        public ProjectIndex Project { get; }

        public CodeUnits Units { get; }

        public Bodies Bodies { get; }
    }

#pragma warning disable RS1001, RS1036 // It is no analyzer of a package.
    private sealed class BlockAnalyzer(Action<OperationBlockAnalysisContext> look, Action<SemanticModelAnalysisContext> lookAtFile) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("TEST0001", "Test", "Test", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationBlockAction(block => InTurn(() => look(block)));
            context.RegisterSemanticModelAction(file => InTurn(() => lookAtFile(file)));
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
