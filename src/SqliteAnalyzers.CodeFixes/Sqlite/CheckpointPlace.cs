using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A place where a checkpoint is to be put that the program did not have: whether it can complete there, and does any good.
/// </summary>
internal sealed class CheckpointPlace
{
    private readonly FixContext _context;
    private readonly SyntaxNode _host;
    private readonly NamedValue? _connection;

    /// <param name="context">The document.</param>
    /// <param name="host">What the checkpoint goes before.</param>
    /// <param name="connection">The connection it runs on; null if it opens one of its own.</param>
    public CheckpointPlace(FixContext context, SyntaxNode host, NamedValue? connection)
    {
        _context = context;
        _host = host;
        _connection = connection;
    }

    /// <param name="transaction">The transaction that is committed before the checkpoint, if any.</param>
    public FixReach ReachBefore(ISymbol? transaction)
    {
        if (Handlers.Contains(_host)
            || Handlers.RollBackAfter(_host)
            || HasOpenReader()
            || HasOtherTransaction(transaction)
            || (WorkInHost() & Effects.Database) != 0
            || _connection is { Symbol: { } symbol } && (MayBeNull(symbol) || IsClosedBefore(symbol)))
        {
            return FixReach.None;
        }

        var reach = new FunctionsAround(_context, _host).ReachOf(_connection);
        return reach == FixReach.All && transaction is null && MayBeInTransactionOfCaller() ? FixReach.One : reach;
    }

    /// <summary>Whether the connection comes from elsewhere, where a transaction may have been begun on it.</summary>
    private bool MayBeInTransactionOfCaller() =>
        _connection?.Symbol is IParameterSymbol or IFieldSymbol or IPropertySymbol
        && Functions(_host).LastOrDefault() is { } method
        && ProjectWords.MayBeCalledInTransaction(
            _context.Model.Compilation,
            method.AssociatedSymbol?.Name ?? (method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name),
            _context.CancellationToken);

    /// <summary>Whether a query may be half read at the place: a checkpoint then fails, or is blocked.</summary>
    public bool HasOpenReader()
    {
        for (SyntaxNode child = _host, parent = _host.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            if (parent is CommonForEachStatementSyntax loop && loop.Statement.Span.Contains(child.Span) && !IsInMemory(loop)
                || parent is UsingStatementSyntax { Declaration: { } declaration } && declaration != child && declaration.Variables.Any(IsReader)
                || StatementLists.Of(parent) is { } statements && HasOpenReaderBefore(statements, child))
            {
                return true;
            }

            if (parent is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return Functions(_host).SelectMany(function => function.Parameters).Any(parameter => parameter.Type.IsA("IDataReader"));
            }
        }

        return false;
    }

    private bool HasOpenReaderBefore(IEnumerable<StatementSyntax> statements, SyntaxNode child)
    {
        var open = new HashSet<string>();
        foreach (var statement in statements.TakeWhile(statement => statement.SpanStart < child.SpanStart && !statement.Span.Contains(child.Span)))
        {
            switch (statement)
            {
                case LocalDeclarationStatementSyntax local:
                    open.UnionWith(local.Declaration.Variables.Where(IsReader).Select(variable => variable.Identifier.ValueText));
                    break;
                case WhileStatementSyntax { Condition: var condition } loop when !loop.DescendantNodes().Any(node => node is BreakStatementSyntax or GotoStatementSyntax):
                    open.RemoveWhere(reader => condition.ToString() == reader + ".Read()" || condition.ToString() == $"await {reader}.ReadAsync()");
                    break;
                case ExpressionStatementSyntax { Expression: var expression }:
                    open.RemoveWhere(reader => new[] { ".Close()", ".Dispose()", ".CloseAsync()", ".DisposeAsync()" }
                        .Any(end => expression.ToString() == reader + end || expression.ToString() == $"await {reader}{end}"));
                    break;
            }
        }

        return open.Count > 0;
    }

    private bool IsReader(VariableDeclaratorSyntax variable) =>
        _context.Model.GetDeclaredSymbol(variable, _context.CancellationToken) is ILocalSymbol { Type: var type } && type.IsA("IDataReader");

    /// <summary>Whether the loop goes over what is there already, as opposed to rows that are read on the way.</summary>
    private bool IsInMemory(CommonForEachStatementSyntax loop)
    {
        if (!loop.AwaitKeyword.IsKind(SyntaxKind.None))
        {
            return false;
        }

        var type = _context.Model.GetTypeInfo(loop.Expression, _context.CancellationToken).Type;
        return type is IArrayTypeSymbol { Rank: 1 } or { SpecialType: SpecialType.System_String }
            || type is { Name: "Span" or "ReadOnlySpan" or "Range" }
            || type is not null && type.IsA("ICollection") && !type.IsA("IQueryable")
            || type is not null && type.IsA("IReadOnlyCollection")
            || loop.Expression is InvocationExpressionSyntax call && IsEnumerationOfMemory(call);
    }

    private bool IsEnumerationOfMemory(InvocationExpressionSyntax call) =>
        _context.Model.GetSymbolInfo(call, _context.CancellationToken).Symbol is IMethodSymbol { ContainingType.Name: "Enumerable" or "Directory" or "File", ContainingNamespace: var space } method
        && space.ToDisplayString().StartsWith("System", System.StringComparison.Ordinal)
        && (method.ReducedFrom is null
            ? call.ArgumentList.Arguments.All(argument => argument.Expression is LiteralExpressionSyntax || IsPlainValue(argument.Expression))
            : call.Expression is MemberAccessExpressionSyntax { Expression: var source }
                && call.ArgumentList.Arguments.All(argument => _context.Effects.Of(argument) == Effects.None)
                && (source is InvocationExpressionSyntax inner ? IsEnumerationOfMemory(inner) : IsPlainValue(source)));

    /// <summary>A value that is no sequence which reads on when it is asked for more.</summary>
    private bool IsPlainValue(ExpressionSyntax expression) =>
        _context.Model.GetTypeInfo(expression, _context.CancellationToken).Type is { } type
        && (type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_String || type.IsValueType || type.IsA("ICollection"));

    /// <summary>Whether somebody may have a transaction open that the checkpoint would run into: one handed in, or one in a field.</summary>
    private bool HasOtherTransaction(ISymbol? known)
    {
        var handedIn = Functions(_host).SelectMany(function => function.Parameters).Any(parameter => Is(parameter, parameter.Type));
        var type = _context.Model.GetEnclosingSymbol(_host.SpanStart, _context.CancellationToken)?.ContainingType;
        return handedIn
            || type is not null && type.GetMembers().Any(member => member switch
            {
                IFieldSymbol field => Is(field.AssociatedSymbol ?? field, field.Type),
                IPropertySymbol property => Is(property, property.Type),
                _ => false,
            });

        bool Is(ISymbol symbol, ITypeSymbol candidate) =>
            (candidate.IsA("IDbTransaction") || candidate.IsA("IDbContextTransaction")) && !SymbolEqualityComparer.Default.Equals(symbol, known);
    }

    /// <summary>What the statement does, with the code that starts the process. What it writes itself, no checkpoint before it can move.</summary>
    private Effects WorkInHost() =>
        _host.ChildNodes().Where(child => child is not (StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax or SwitchSectionSyntax))
            .Aggregate(Effects.None, (effects, child) => effects | _context.Effects.Of(child));

    /// <summary>Whether the program asks, somewhere, if the connection is null; the compiler warns where it knows.</summary>
    private bool MayBeNull(ISymbol connection) =>
        !_context.Model.GetNullableContext(_host.SpanStart).WarningsEnabled()
        && Names.UsesOf(_context, connection, MemberOf(connection)).Any(use => use.Parent switch
        {
            ConditionalAccessExpressionSyntax access => access.Expression == use,
            BinaryExpressionSyntax binary => binary.IsKind(SyntaxKind.CoalesceExpression)
                || binary.Left.IsKind(SyntaxKind.NullLiteralExpression)
                || binary.Right.IsKind(SyntaxKind.NullLiteralExpression),
            IsPatternExpressionSyntax => true,
            AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) || IsNothing(assignment.Right),
            _ => false,
        })
        || connection.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(_context.CancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => IsNothing(value),
            ParameterSyntax { Default.Value: var value } => IsNothing(value),
            _ => false,
        });

    private static bool IsNothing(ExpressionSyntax value) =>
        value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression) || value.IsKind(SyntaxKind.AsExpression);

    private bool IsClosedBefore(ISymbol connection) =>
        Names.UsesOf(_context, connection, Names.MemberAround(_context, _host)).Any(use => use.SpanStart < _host.SpanStart
            && use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" });

    private SyntaxNode MemberOf(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol ? Names.MemberAround(_context, _host) : _context.Root;

    private IEnumerable<IMethodSymbol> Functions(SyntaxNode node)
    {
        for (var symbol = _context.Model.GetEnclosingSymbol(node.SpanStart, _context.CancellationToken); symbol is IMethodSymbol method; symbol = symbol.ContainingSymbol)
        {
            yield return method;
        }
    }
}
