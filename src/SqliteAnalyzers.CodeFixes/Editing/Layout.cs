using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// How a document is written: line endings, indentation, and where it puts braces.
/// </summary>
internal sealed class Layout(SourceText text)
{
    private const string TemplateIndent = "    ";

    /// <summary>The document's line ending.</summary>
    public string NewLine { get; } = FindNewLine(text);

    /// <summary>The white space the line of the position begins with.</summary>
    public string IndentAt(int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>Whether only white space stands before the position on its line.</summary>
    public bool IsFirstOnLine(int position)
    {
        for (var start = position - 1; start >= 0 && text[start] is not ('\n' or '\r'); start--)
        {
            if (text[start] is not (' ' or '\t'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One step of indentation, as the code around the node has it.</summary>
    public string UnitAt(SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            var (owner, inner) = ancestor switch
            {
                BlockSyntax { Statements: [var first, ..], Parent: BlockSyntax or GlobalStatementSyntax } => (ancestor, first),
                BlockSyntax { Statements: [var first, ..], Parent: { } parent } => (parent, first),
                TypeDeclarationSyntax { Members: [var first, ..] } => (ancestor, (SyntaxNode)first),
                _ => default,
            };

            if (inner is null || !IsFirstOnLine(inner.SpanStart))
            {
                continue;
            }

            var outerIndent = IndentAt(owner.SpanStart);
            var innerIndent = IndentAt(inner.SpanStart);
            if (innerIndent.Length > outerIndent.Length && innerIndent.StartsWith(outerIndent, System.StringComparison.Ordinal))
            {
                return innerIndent.Substring(outerIndent.Length);
            }
        }

        return IndentAt(node.SpanStart).Contains('\t') ? "\t" : TemplateIndent;
    }

    /// <summary>Whether the code around the node opens its braces on the line of what they belong to.</summary>
    public bool OpensBracesOnSameLine(SyntaxNode node)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            var open = ancestor switch
            {
                BlockSyntax block when SpansLines(block) => block.OpenBraceToken,
                TypeDeclarationSyntax type when SpansLines(type) => type.OpenBraceToken,
                _ => default,
            };

            if (open.IsKind(SyntaxKind.OpenBraceToken))
            {
                return !IsFirstOnLine(open.SpanStart);
            }
        }

        return false;
    }

    /// <summary>
    /// Lines of a template (braces on their own lines, steps of four spaces) in the document's style.
    /// </summary>
    public IReadOnlyList<string> Render(IEnumerable<string> template, string indent, SyntaxNode around)
    {
        var unit = UnitAt(around);
        var sameLine = OpensBracesOnSameLine(around);
        var lines = new List<string>();

        foreach (var line in template)
        {
            var content = line.TrimStart(' ');
            if (sameLine && content == "{" && lines.Count > 0)
            {
                lines[lines.Count - 1] += " {";
                continue;
            }

            var depth = (line.Length - content.Length) / TemplateIndent.Length;
            lines.Add(indent + string.Concat(Enumerable.Repeat(unit, depth)) + content);
        }

        return lines;
    }

    /// <summary>The lines, each ended by the document's line ending.</summary>
    public string Join(IEnumerable<string> lines)
    {
        var joined = new StringBuilder();
        foreach (var line in lines)
        {
            joined.Append(line).Append(NewLine);
        }

        return joined.ToString();
    }

    private bool SpansLines(SyntaxNode node) =>
        text.Lines.IndexOf(node.SpanStart) != text.Lines.IndexOf(node.Span.End);

    private static string FindNewLine(SourceText text)
    {
        var first = text.Lines[0];
        var ending = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
        return ending.Length == 0 ? "\n" : ending;
    }
}
