using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Where statements stand one after another: a block, a section of a switch, the top level of a program.
/// </summary>
internal static class StatementLists
{
    /// <summary>The node that holds the list a statement is in, or its parent where there is no list.</summary>
    public static SyntaxNode? OwnerOf(StatementSyntax? statement) => statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent;

    /// <summary>The statements a node holds, or null.</summary>
    public static IEnumerable<StatementSyntax>? Of(SyntaxNode? owner) => owner switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement),
        _ => null,
    };
}
