using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What code does to an object that a member keeps, by its syntax alone.</summary>
internal static class KeptObjects
{
    /// <summary>What any code that has the object can change.</summary>
    private static readonly HashSet<ObjectMember> s_open =
    [
        .. new[]
        {
            Slot.CommandText, Slot.Connection, Slot.Transaction, Slot.ConnectionString, Slot.DataSource, Slot.Mode, Slot.Pooling, Slot.Cache,
            Slot.FileName, Slot.Arguments, Slot.Given, Slot.UseShellExecute, Slot.Content,
        }.Select(ObjectMember.Of),
    ];

    private static readonly string[] s_takesIn = ["Add", "Insert", "Push", "Enqueue", "TryAdd", "GetOrAdd", "Append", "Prepend"];

    /// <summary>The properties of a process that is started, whose own members are changed.</summary>
    private static readonly HashSet<string> s_ofProcess = ["StartInfo", "ArgumentList", "Environment", "EnvironmentVariables", "WorkingDirectory"];

    /// <summary>Whether a member of an object of this kind is one that code which has the object can change.</summary>
    public static bool IsOpen(ObjectKind kind, ObjectMember inner) => inner.Kind switch
    {
        ObjectMemberKind.Field or ObjectMemberKind.Element or ObjectMemberKind.Index => true,
        _ => kind is ObjectKind.Command or ObjectKind.ConnectionStringBuilder or ObjectKind.ProcessStart or ObjectKind.TextBuilder && s_open.Contains(inner),
    };

    /// <summary>Whether the name is assigned where an object is made, so that no object changes that was there before.</summary>
    public static bool IsInInitializer(IdentifierNameSyntax target) =>
        target.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: not AssignmentExpressionSyntax } } assignment && assignment.Left == target;

    /// <summary>Whether the object that is kept here may hold something else under the member afterwards.</summary>
    /// <param name="name">A mention of the member that keeps the object.</param>
    /// <param name="type">The type of that member.</param>
    /// <param name="inner">What the object holds.</param>
    public static bool MayChange(IdentifierNameSyntax name, ITypeSymbol? type, ObjectMember inner)
    {
        ExpressionSyntax kept = name;
        while ((kept.Parent is MemberAccessExpressionSyntax access && access.Name == kept)
            || kept.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or ParenthesizedExpressionSyntax)
        {
            kept = (ExpressionSyntax)kept.Parent;
        }

        return kept.Parent switch
        {
            MemberAccessExpressionSyntax access => Changes(access.Name, access, type, inner),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax called } } asked => asked.Expression != kept || Changes(called.Name, called, type, inner),
            ElementAccessExpressionSyntax element => Assignments.IsTarget(element),
            AssignmentExpressionSyntax assignment => assignment.Left != kept || assignment.Right is InitializerExpressionSyntax || assignment.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => false,
            ArgumentSyntax => inner.Kind != ObjectMemberKind.Slot || inner.Is(Slot.Transaction),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => false,
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => false,
            CommonForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax => false,
            _ => true,
        };
    }

    private static bool Changes(SimpleNameSyntax used, ExpressionSyntax use, ITypeSymbol? type, ObjectMember inner)
    {
        var name = used.Identifier.ValueText;
        var isCalled = use.Parent is InvocationExpressionSyntax;
        return inner.Kind != ObjectMemberKind.Slot ? isCalled && Array.Exists(s_takesIn, verb => name.StartsWith(verb, StringComparison.Ordinal))
            : inner.Is(Slot.Content) ? isCalled && name != "ToString"
            : isCalled ? !IsMemberOf(type, name)
            : s_ofProcess.Contains(name) || (name == inner.Name && Assignments.IsTarget(use));
    }

    /// <summary>Whether the type has a member of this name itself: an extension method is handed the object as any other code.</summary>
    private static bool IsMemberOf(ITypeSymbol? type, string name)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            if (!declaring.GetMembers(name).IsEmpty)
            {
                return true;
            }
        }

        return type is not null && type.AllInterfaces.Any(implemented => !implemented.GetMembers(name).IsEmpty);
    }
}
