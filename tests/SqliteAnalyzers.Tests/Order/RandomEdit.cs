using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>What somebody might do next in a file.</summary>
internal static class RandomEdit
{
    /// <summary>The text of the file after the edit.</summary>
    public static string Of(SourceFile file, Random random)
    {
        var root = CompiledProgram.Parse(file).GetRoot();
        var statements = root.DescendantNodes().OfType<StatementSyntax>().Where(statement => statement.Parent is BlockSyntax).Select(statement => statement.Span);
        var texts = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.Span);
        var types = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Select(type => type.OpenBraceToken.Span).Where(brace => !brace.IsEmpty);
        return random.Next(5) switch
        {
            0 => Edit(statements, _ => ""),
            1 => Edit(statements, statement => "connection." + statement),
            2 => Edit(texts, _ => "\"PRAGMA wal_checkpoint(TRUNCATE)\""),
            3 => Edit(types, brace => brace + " static void Added() => Added(); "),
            _ => Edit(statements, statement => "/* comment */ " + statement),
        };

        string Edit(IEnumerable<TextSpan> places, Func<string, string> change)
        {
            TextSpan[] all = [.. places];
            if (all.Length == 0)
            {
                return file.Text + "// comment\n";
            }

            var place = all[random.Next(all.Length)];
            return file.Text[..place.Start] + change(file.Text[place.Start..place.End]) + file.Text[place.End..];
        }
    }
}
