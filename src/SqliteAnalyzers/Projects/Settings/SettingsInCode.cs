using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>The settings of connections that code writes: in connection strings, and as properties.</summary>
internal sealed class SettingsInCode(ConnectionSettingsApi api, TextDestinations destinations)
{
    /// <summary>As Dapper names the parameter.</summary>
    private const string CommandTimeout = "commandTimeout";

    /// <summary>Dapper's methods take the SQL, the values and the transaction before it.</summary>
    private const int MaxPositionalBeforeTimeout = 2;

    /// <summary>All that these nodes of one member write.</summary>
    public IEnumerable<ConnectionSettings> In(IReadOnlyCollection<SyntaxNode> nodes, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var text in WrittenText.In(nodes.Where(HasSetting)))
        {
            foreach (var source in text.Read(model, cancellation))
            {
                if (InText(text, source, model, cancellation) is { } settings)
                {
                    yield return settings;
                }
            }
        }

        foreach (var node in nodes)
        {
            var settings = node switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => InAssignment(assignment, model, cancellation),
                ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } element when !IsAssigned(element) =>
                    InIndex(element.Expression, key, null, model, cancellation),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } add, ArgumentList.Arguments: [{ Expression: var key }, { Expression: var value }] } =>
                    InIndex(add.Expression, key, value, model, cancellation),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "SetCommandTimeout" or "CommandTimeout" } name }, ArgumentList.Arguments: [{ NameColon: null } argument] } =>
                    InArgument(argument, name, model, cancellation),
                ArgumentSyntax { NameColon.Name: { Identifier.ValueText: CommandTimeout } name } argument => InArgument(argument, name, model, cancellation),
                ArgumentSyntax { NameColon: null, Expression: LiteralExpressionSyntax { Token.Value: 0 } zero, Parent: ArgumentListSyntax { Arguments.Count: > MaxPositionalBeforeTimeout } } argument => InArgument(argument, zero, model, cancellation),
                _ => null,
            };
            if (settings is not null)
            {
                yield return settings;
            }
        }
    }

    /// <summary>Whether a node is text in which a setting may be.</summary>
    private static bool HasSetting(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText.IndexOf('=') >= 0,
        InterpolatedStringTextSyntax text => text.TextToken.ValueText.IndexOf('=') >= 0,
        _ => false,
    };

    private ConnectionSettings? InText(WrittenText text, SqlSource source, SemanticModel model, CancellationToken cancellation)
    {
        // What it is added to comes before it.
        if (text.Expression.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } addition)
        {
            source = SqlSource.FromConstant(SqlSource.Hole.ToString(), addition.Left).Concat(source);
        }

        if (ConnectionStringReader.Read(source.Text) is not { IsEmpty: false } pairs)
        {
            return null;
        }

        var read = new ConnectionStringSettings(source.Text, pairs, api.Keywords, source.GetLocation, source.IsWrittenAsIs);
        return read.Read() is { IsEmpty: false } settings
            ? new(settings, api.Keywords, () => DatabaseKinds.Of(read, pairs, TextsOf), () => destinations.IncludeSqlite(text.Expression, cancellation))
            {
                AreHandedOut = () => destinations.IsHandedOut(text.Expression, cancellation),
                IsTakenBack = name => BuilderUse.TakesBack(text.Expression, name, api, model, cancellation),
            }
            : null;

        IEnumerable<string?> TextsOf(ConnectionStringPair pair) =>
            ExpressionAt(source.GetLocation(pair.Keyword is null ? pair.KeywordSpan : pair.ValueSpan), cancellation) is { } expression
                ? ConstantTexts.Of(expression, model, cancellation)
                : [null];
    }

    private static ExpressionSyntax? ExpressionAt(Location location, CancellationToken cancellation) =>
        location.SourceTree?.GetRoot(cancellation).FindNode(location.SourceSpan, getInnermostNodeForTie: true) switch
        {
            InterpolationSyntax interpolation => interpolation.Expression,
            ExpressionSyntax expression => expression,
            _ => null,
        };

    private ConnectionSettings? InAssignment(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellation) => assignment.Left switch
    {
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } property when IsSetting(name) =>
            InProperty(assignment, name, model.GetTypeInfo(property.Expression, cancellation).Type, model, cancellation),
        IdentifierNameSyntax name when IsSetting(name) && assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } =>
            InProperty(assignment, name, model.GetTypeInfo(creation, cancellation).Type, model, cancellation),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: var key }] } element =>
            InIndex(element.Expression, key, assignment, model, cancellation),
        ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: var key }] } when assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } =>
            InIndex(creation, key, assignment, model, cancellation),
        _ => null,
    };

    private bool IsSetting(IdentifierNameSyntax name) =>
        name.Identifier.ValueText == "CommandTimeout" || api.Keywords.NameOf(SqliteKeywords.KeywordOf(name.Identifier.ValueText)) is not null;

    private ConnectionSettings? InProperty(AssignmentExpressionSyntax assignment, IdentifierNameSyntax name, ITypeSymbol? receiver, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(name, cancellation).Symbol is not IPropertySymbol property || api.KeywordOf(property, receiver) is not { } keyword)
        {
            return null;
        }

        return Alone(
            new(SettingForm.Property, property.Name, keyword, TextOf(assignment.Right, model, cancellation), name.GetLocation(), assignment.Right.GetLocation())
            {
                Whole = assignment.GetLocation(),
                ValuePattern = PatternOf(assignment.Right),
            },
            () => BuilderUse.KindOf(assignment, model, cancellation));
    }

    /// <param name="builder">What is indexed.</param>
    /// <param name="key">The keyword.</param>
    /// <param name="use">The assignment, or the value; null where it is only read.</param>
    /// <param name="model">The semantic model.</param>
    /// <param name="cancellation">Ends the work.</param>
    private ConnectionSettings? InIndex(ExpressionSyntax builder, ExpressionSyntax key, ExpressionSyntax? use, SemanticModel model, CancellationToken cancellation)
    {
        if (key is not (LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or IdentifierNameSyntax or MemberAccessExpressionSyntax)
            || !api.IsBuilder(model.GetTypeInfo(builder, cancellation).Type)
            || model.GetConstantValue(key, cancellation).Value is not string keyword)
        {
            return null;
        }

        var assignment = use as AssignmentExpressionSyntax;
        var value = assignment?.Right ?? use;
        return Alone(
            new(SettingForm.Index, keyword, api.Keywords.NameOf(keyword), value is null ? null : TextOf(value, model, cancellation), key.GetLocation(), (value ?? key).GetLocation())
            {
                Whole = assignment?.GetLocation(),
                Written = key.GetLocation(),
                IsWrittenAsIs = key is LiteralExpressionSyntax,
                ValuePattern = value is null ? null : PatternOf(value),
            },
            () => assignment is null ? DatabaseKind.Memory : BuilderUse.KindOf(assignment, model, cancellation));
    }

    /// <param name="argument">The argument that says how long to wait.</param>
    /// <param name="keyword">What names it; the argument itself where only its position does.</param>
    /// <param name="model">The semantic model.</param>
    /// <param name="cancellation">Ends the work.</param>
    private ConnectionSettings? InArgument(ArgumentSyntax argument, ExpressionSyntax keyword, SemanticModel model, CancellationToken cancellation)
    {
        if (argument.Parent?.Parent is not ExpressionSyntax call
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || !api.IsTimeoutOf(method, (call as InvocationExpressionSyntax)?.Expression is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression, cancellation).Type : null)
            || (keyword is LiteralExpressionSyntax && !IsTimeout(argument, method)))
        {
            return null;
        }

        var name = keyword is SimpleNameSyntax written ? written.Identifier.ValueText : CommandTimeout;
        var isZeroSpan = argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" } zero
            && model.GetTypeInfo(zero, cancellation).Type is { Name: "TimeSpan" };
        return Alone(
            new(SettingForm.Argument, name, SqliteKeywords.DefaultTimeout, isZeroSpan ? "0" : TextOf(argument.Expression, model, cancellation), keyword.GetLocation(), argument.Expression.GetLocation())
            {
                ValuePattern = isZeroSpan ? $"{((MemberAccessExpressionSyntax)argument.Expression).Expression}.FromSeconds({{0}})" : PatternOf(argument.Expression),
            },
            () => DatabaseKind.File);
    }

    private static bool IsTimeout(ArgumentSyntax argument, IMethodSymbol method) =>
        argument.Parent is ArgumentListSyntax list && method.Parameters.ElementAtOrDefault(list.Arguments.IndexOf(argument)) is { Name: CommandTimeout };

    /// <summary>How another value is written in the place of this one.</summary>
    private static string PatternOf(ExpressionSyntax value) => value.IsKind(SyntaxKind.StringLiteralExpression) ? "\"{0}\"" : "{0}";

    private ConnectionSettings Alone(ConnectionSetting setting, Func<DatabaseKind> database) =>
        new(ImmutableArray.Create(setting), api.Keywords, database, () => true);

    private static string? TextOf(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) =>
        ConnectionSettingsApi.TextOf(model.GetConstantValue(value, cancellation), model.GetTypeInfo(value, cancellation).Type);

    private static bool IsAssigned(ElementAccessExpressionSyntax element) =>
        element.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == element;
}
