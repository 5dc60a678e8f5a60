using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Libraries;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>Finds the delegates that run on another thread, and of the connections that they have from around them the one that is used beside them too.</summary>
/// <remarks>A lock anywhere in the member, or in what the delegate calls, is taken to keep the two apart; a connection in a field is left to the locks of its type.</remarks>
internal sealed class ThreadedCode(SemanticModel model, CancellationToken cancellation)
{
    /// <summary>What code that lets in one after another calls.</summary>
    private static readonly HashSet<string> s_locks = new(StringComparer.Ordinal)
    {
        "WaitAsync", "EnterScope", "TryEnter", "WaitOne", "LockAsync", "Synchronized", "Lock", "Acquire", "AcquireAsync", "AddOrUpdate", "MaxDegreeOfParallelism", "WithDegreeOfParallelism",
    };

    /// <summary>Uses that touch no statement: of what is asked before, and the end.</summary>
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal) { "ConnectionString", "DataSource", "State", "StateChange", "Database", "Cancel", "Connection", "Transaction", "CommandTimeout" };

    /// <summary>ADO.NET's own types, that are SQLite's where nothing else is referenced.</summary>
    private readonly bool _isOnlyDatabase = AdoNet.IsOnlyDatabase(model.Compilation);

    private enum Running
    {
        /// <summary>Several times at once.</summary>
        Together,

        /// <summary>Beside what follows, until it is waited for.</summary>
        Beside,
    }

    /// <summary>The use in a delegate, the connection's name, and who else uses it at the same time; null where nobody does.</summary>
    public (SyntaxNode Use, string Name, string Others)? SharedIn(SyntaxNode node)
    {
        if (node is not (AnonymousFunctionExpressionSyntax or IdentifierNameSyntax) || node is not { Parent: ArgumentSyntax { Parent.Parent: { } starter } }
            || RunningOf(starter, node) is not { } running || CodeOf(node) is not { } code)
        {
            return null;
        }

        var member = (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>(outer => outer is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot(cancellation);
        if (IsLocked(member))
        {
            return null;
        }

        foreach (var use in UsesIn(code).Where(use => !code.Span.Contains(DeclarationOf(use.Connection)!.Span)))
        {
            var others = running == Running.Together || IsTogether(starter, use.Connection) ? "every other run of this delegate"
                : IsUsedBeside(starter, node, member, use.Connection) ? "the code beside this delegate"
                : null;
            if (others is not null)
            {
                return CallsLocked(code) ? null : (code == node ? use.Node : node, use.Connection.Name, others);
            }
        }

        return null;
    }

    /// <summary>What runs: the lambda, or the local function of this name.</summary>
    private SyntaxNode? CodeOf(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax ? node
        : model.GetSymbolInfo(node, cancellation).Symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } function ? DeclarationOf(function)
        : null;

    public static bool IsConnection(ITypeSymbol? type) => type is not null
        && type.Name is "SqliteConnection" or "SQLiteConnection" && IsOfProvider(type);

    private static bool IsOfProvider(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is { } name && (name == MicrosoftDataSqlite.Provider.Namespace || name == SystemDataSqlite.Provider.Namespace);

    private static bool IsCommand(ITypeSymbol type) => type.Name is "SqliteCommand" or "SQLiteCommand" && IsOfProvider(type);

    private static bool IsOfAdoNet(ITypeSymbol type) => (type.Name, type.ContainingNamespace?.ToDisplayString()) is
        ("DbConnection" or "DbCommand", "System.Data.Common") or ("IDbConnection" or "IDbCommand", "System.Data");

    private Running? RunningOf(SyntaxNode starter, SyntaxNode code)
    {
        if (starter is BaseObjectCreationExpressionSyntax creation)
        {
            return model.GetTypeInfo(creation, cancellation).Type is { Name: "Thread", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } ? Running.Beside : null;
        }

        if (starter is not InvocationExpressionSyntax call || DriverCalls.NameOf(call) is not { } name
            || name.Identifier.ValueText is not ("For" or "ForEach" or "ForEachAsync" or "ForAsync" or "Invoke" or "ForAll" or "Run" or "StartNew" or "QueueUserWorkItem")
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { ContainingType: var type } method)
        {
            return null;
        }

        return (type.Name, method.Name) switch
        {
            ("Parallel", "For" or "ForEach" or "ForEachAsync" or "ForAsync") or ("ParallelEnumerable", "ForAll") => Running.Together,
            ("Parallel", "Invoke") => call.ArgumentList.Arguments.Any(other => !other.Span.Contains(code.Span) && other.Expression is AnonymousFunctionExpressionSyntax) ? Running.Beside : null,
            ("Task", "Run") or ("TaskFactory", "StartNew") or ("ThreadPool", _) => Running.Beside,
            _ => null,
        };
    }

    /// <summary>Whether the delegate is started again and again, and nobody waits for one before the next, with a connection from around the loop.</summary>
    private bool IsTogether(SyntaxNode starter, ISymbol connection)
    {
        if (IsWaitedFor(starter) && starter.Parent is not AnonymousFunctionExpressionSyntax)
        {
            return false;
        }

        var declared = DeclarationOf(connection)!;
        foreach (var outer in starter.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax))
        {
            if (outer is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax && !outer.Span.Contains(declared.Span))
            {
                return HoldsNoWait(outer);
            }

            if (outer is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" } } } } && !outer.Span.Contains(declared.Span))
            {
                return true;
            }
        }

        return false;

        static bool HoldsNoWait(SyntaxNode loop) => !loop.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).Any(node =>
            node is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "WaitAll" or "WaitAny" or "Join" or "Result" or "GetResult" } or BreakStatementSyntax or ReturnStatementSyntax);
    }

    /// <summary>Whether the connection is used in the same block after the start, and before anything is waited for.</summary>
    private bool IsUsedBeside(SyntaxNode starter, SyntaxNode code, SyntaxNode member, ISymbol connection)
    {
        if (starter is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } } parallel)
        {
            return parallel.ArgumentList.Arguments.Any(other => !other.Span.Contains(code.Span) && UsesIn(other.Expression).Any(use => Is(use.Connection, connection)));
        }

        if (IsWaitedFor(starter) || starter.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || statement.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } outer && member.Span.Contains(outer.Span) && !outer.Span.Contains(DeclarationOf(connection)!.Span))
        {
            return false;
        }

        // Another delegate of the same statement, as an argument of Task.WhenAll.
        if (starter.Parent is ArgumentSyntax { Parent: ArgumentListSyntax tasks } && tasks.Arguments.Any(other => other.SpanStart > starter.Span.End && UsesIn(other.Expression).Any(use => Is(use.Connection, connection))))
        {
            return true;
        }

        var thread = NameOfThread(starter);
        foreach (var next in Following(statement))
        {
            foreach (var node in next.DescendantNodesAndSelf())
            {
                if (thread is not null)
                {
                    thread = IsStartOf(node, thread) ? null : thread;
                }
                else if (IsWait(node))
                {
                    return false;
                }
                else if (UseAt(node) is { } use && Is(use.Connection, connection))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The variable of a thread that is made and not started yet.</summary>
    private static string? NameOfThread(SyntaxNode starter) => starter switch
    {
        BaseObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } } } => name,
        BaseObjectCreationExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } } => name,
        _ => null,
    };

    private static bool IsStartOf(SyntaxNode node, string thread) =>
        node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" or "UnsafeStart", Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } && name == thread;

    /// <summary>The statements that run after one in its block.</summary>
    private static IEnumerable<StatementSyntax> Following(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.SkipWhile(other => other != statement).Skip(1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global => unit.Members.OfType<GlobalStatementSyntax>().SkipWhile(other => other != global).Skip(1).Select(other => other.Statement),
        _ => [],
    };

    /// <summary>Whether what is started is waited for, or handed on to whoever waits, in the same expression.</summary>
    private static bool IsWaitedFor(SyntaxNode starter)
    {
        var user = starter.Parent;
        while (user is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "Unwrap" or "WaitAsync" or "ContinueWith" } or ParenthesizedExpressionSyntax or InvocationExpressionSyntax)
        {
            user = user.Parent;
        }

        return user is AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: not ("Start" or "UnsafeStart") };
    }

    private static bool IsWait(SyntaxNode node) => node is AwaitExpressionSyntax or ReturnStatementSyntax or YieldStatementSyntax
        || (node is SimpleNameSyntax { Identifier.ValueText: "Wait" or "WaitAll" or "WaitAny" or "WhenAll" or "Join" or "Result" or "GetResult" or "IsCompleted" or "Sleep" });

    private static bool IsLocked(SyntaxNode member) => member.DescendantNodes().Any(node =>
        node is LockStatementSyntax || (node is SimpleNameSyntax name && (s_locks.Contains(name.Identifier.ValueText) || name is IdentifierNameSyntax { Identifier.ValueText: "Monitor" or "SemaphoreSlim" or "Mutex" or "ReaderWriterLockSlim" })));

    /// <summary>Whether code calls a method of the project that takes a lock, as an object does that gives one out.</summary>
    private bool CallsLocked(SyntaxNode code) => code.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] } && IsLocked(reference.GetSyntax(cancellation)));

    /// <summary>The first use of each name.</summary>
    private IEnumerable<(SyntaxNode Node, ISymbol Connection)> UsesIn(SyntaxNode code) => code.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(IsUse)
        .GroupBy(name => name.Identifier.ValueText)
        .Select(names => UseAt(names.First()))
        .OfType<(SyntaxNode, ISymbol)>();

    /// <summary>The use of a connection, or of a command or transaction, that is held in a local variable or parameter.</summary>
    private (SyntaxNode Node, ISymbol Connection)? UseAt(SyntaxNode node)
    {
        if (node is not IdentifierNameSyntax name || !IsUse(name))
        {
            return null;
        }

        return model.GetSymbolInfo(name, cancellation).Symbol is { } symbol and (ILocalSymbol or IParameterSymbol)
            && ((symbol as ILocalSymbol)?.Type ?? ((IParameterSymbol)symbol).Type) is var type && (IsConnection(type) || IsCommand(type) || (_isOnlyDatabase && IsOfAdoNet(type)))
            && DeclarationOf(symbol) is not null
                ? (name, ConnectionOf(symbol) ?? symbol)
                : null;
    }

    /// <summary>The variable with the connection that a command is made of, and keeps.</summary>
    private ISymbol? ConnectionOf(ISymbol command) =>
        DeclarationOf(command) is VariableDeclaratorSyntax { Initializer.Value: var made } declared
        && ConnectionIn(made) is { } name
        && model.GetSymbolInfo(name, cancellation).Symbol is { } connection and (ILocalSymbol or IParameterSymbol)
        && DeclarationOf(connection) is not null
        && !IsChanged(command, declared)
            ? connection
            : null;

    private ExpressionSyntax? ConnectionIn(ExpressionSyntax made) => made switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateCommand", Expression: IdentifierNameSyntax connection } } => connection,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } =>
            arguments.Select(argument => argument.Expression).FirstOrDefault(argument => argument is IdentifierNameSyntax && IsConnection(model.GetTypeInfo(argument, cancellation).Type)),
        _ => null,
    };

    /// <summary>Whether the variable gets another command, or the command another connection.</summary>
    private static bool IsChanged(ISymbol command, SyntaxNode declared) => declared.Ancestors().First(outer => outer is CompilationUnitSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax))
        .DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } ? name == command.Name
            : assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Connection", Expression: IdentifierNameSyntax { Identifier.ValueText: var holder } } && holder == command.Name);

    private static bool IsUse(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name != name && !s_harmless.Contains(access.Name.Identifier.ValueText),
        ArgumentSyntax => !IsOnlyNamed(name),
        _ => false,
    };

    /// <summary>Whether an argument only names the connection to an equality test or a <c>nameof</c>.</summary>
    private static bool IsOnlyNamed(IdentifierNameSyntax name) =>
        name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" or "ReferenceEquals" } } };

    private SyntaxNode? DeclarationOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == model.SyntaxTree ? reference.GetSyntax(cancellation) : null;

    private static bool Is(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
