using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>The connection that an object holds in a field or property of its own while it touches the file.</summary>
internal static class HeldConnection
{
    private static readonly HashSet<string> s_uses = new(StringComparer.Ordinal)
    {
        "CreateCommand", "Execute", "ExecuteAsync", "ExecuteNonQuery", "ExecuteScalar", "ExecuteScalarAsync", "Query", "QueryAsync", "BeginTransaction", "BeginTransactionAsync", "BackupDatabase",
    };

    /// <summary>
    /// Its name, where the code of the call executes on it and does not open it anew between, so that it is open at the call; null where
    /// this is not so, or where the object's own methods are called between, which may close and open it.
    /// </summary>
    public static string? Of(ExpressionSyntax call, SyntaxNode code, OpenedFile[] opened) =>
        call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? MembersOf(type).FirstOrDefault(name => opened.Any(file => file.Text.SyntaxTree == call.SyntaxTree && type.Span.Contains(file.Text.Span) && Makes(file, name, type)) && IsOpenAt(call, code, name))
            : null;

    private static IEnumerable<string> MembersOf(TypeDeclarationSyntax type) => type.Members.SelectMany(member => member switch
    {
        FieldDeclarationSyntax { Declaration: { Type: var made } declaration } when IsConnection(made) => declaration.Variables.Select(variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax { Type: var made, ExpressionBody: null, AccessorList: { } accessors } property
            when IsConnection(made) && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }) => [property.Identifier.ValueText],
        _ => Enumerable.Empty<string>(),
    });

    private static bool IsConnection(TypeSyntax type) => (type is NullableTypeSyntax { ElementType: var known } ? known : type) is SimpleNameSyntax { Identifier.ValueText: "SqliteConnection" };

    /// <summary>Whether the connection to the file is what the member is set to, or what the method gives back that it is set to.</summary>
    private static bool Makes(OpenedFile file, string name, TypeDeclarationSyntax type) => AssignmentsTo(name, type).Any(assignment =>
        assignment.Right.Span.Contains(file.Text.Span)
        || (assignment.Right is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var maker } } && maker == file.Member.Name));

    private static bool IsOpenAt(ExpressionSyntax call, SyntaxNode code, string name)
    {
        var calls = code.DescendantNodes().OfType<InvocationExpressionSyntax>().ToArray();
        var uses = calls.Where(other => IsOn(other, name) && DriverCalls.NameOf(other) is { Identifier.ValueText: var used } && s_uses.Contains(used)).ToArray();
        return uses.Any(use => IsAlwaysWith(use, call)
            && !calls.Any(other => IsBetween(other, use, call) && (IsOfOwn(other) || (IsOn(other, name) && !uses.Contains(other))))
            && !AssignmentsTo(name, code).Any(assignment => IsBetween(assignment, use, call)));
    }

    /// <summary>Whether whoever comes to the one comes to the other: the use stands in a block around the call, on no condition of its own.</summary>
    private static bool IsAlwaysWith(SyntaxNode use, SyntaxNode call) =>
        use.FirstAncestorOrSelf<StatementSyntax>()?.Parent is { } block && block.Span.Contains(call.Span);

    private static bool IsBetween(SyntaxNode node, SyntaxNode one, SyntaxNode other)
    {
        var (first, second) = one.SpanStart < other.SpanStart ? (one, other) : (other, one);
        return node.SpanStart > first.Span.End && node.Span.End <= second.SpanStart;
    }

    private static bool IsOn(InvocationExpressionSyntax call, string name) => call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && IsMember(receiver, name);

    private static bool IsOfOwn(InvocationExpressionSyntax call) =>
        call.Expression is SimpleNameSyntax { Identifier.ValueText: not "nameof" } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    private static IEnumerable<AssignmentExpressionSyntax> AssignmentsTo(string name, SyntaxNode code) =>
        code.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => IsMember(assignment.Left, name));

    private static bool IsMember(ExpressionSyntax expression, string name) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var text } => text == name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var text } => text == name,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var operand } => IsMember(operand, name),
        _ => false,
    };
}
