using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>What the code around a connection string makes of its settings before a connection is opened.</summary>
internal static class SettingOverride
{
    /// <summary>Whether a builder is given another value for what the text sets, or told to forget it, in the same member.</summary>
    public static bool Of(ConnectionSetting setting, SqliteKeywords keywords)
    {
        var name = setting.Name;
        return setting is { Form: SettingForm.Text, Name: not null }
        && setting.KeywordAt.SourceTree?.GetRoot().FindNode(setting.KeywordAt.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax { Left: SimpleNameSyntax property } => IsOf(property),
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name: var property } } => IsOf(property),
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Remove" },
                ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string keyword } }],
            } => keywords.NameOf(keyword) == name,
            _ => false,
        });

        bool IsOf(SimpleNameSyntax property) => keywords.NameOf(SqliteKeywords.KeywordOf(property.Identifier.ValueText)) == name;
    }
}
