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

    private static IOperation Root(IOperation operation) => operation.Parent is { } parent ? Root(parent) : operation;

    private static async Task RunWith(string code, Action<OperationBlockAnalysisContext> look)
    {
        var findings = await FlowRun.With(FlowRun.Compile(code), new BlockAnalyzer(look)).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(findings);
    }

#pragma warning disable RS1001, RS1036 // It is no analyzer of a package.
    private sealed class BlockAnalyzer(Action<OperationBlockAnalysisContext> look) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("TEST0001", "Test", "Test", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationBlockAction(look);
        }
    }
#pragma warning restore RS1001, RS1036
}
