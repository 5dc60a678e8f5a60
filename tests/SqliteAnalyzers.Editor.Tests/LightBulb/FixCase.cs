using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Editor.Tests.LightBulb;

/// <summary>
/// A finding and what the light bulb offers for it.
/// </summary>
/// <param name="Id">The rule.</param>
/// <param name="Severity">How loud it is where nothing is configured.</param>
/// <param name="Markup">The members of a class. What is underlined stands between <c>[|</c> and <c>|]</c>.</param>
/// <param name="Titles">What is offered, in this order, before everything else.</param>
/// <param name="Fixed">What stands in the file after the first of these is applied, without its layout.</param>
internal sealed record FixCase(string Id, DiagnosticSeverity Severity, string Markup, string[] Titles, string Fixed)
{
    private const string Before = "using System.Diagnostics;\nusing Microsoft.Data.Sqlite;\nusing SqliteAnalyzers.Runtime;\n\ninternal static class Store\n{\n";

    private int Start => File.IndexOf("[|", StringComparison.Ordinal);

    private string File => $"{Before}    {Markup.ReplaceLineEndings("\n    ")}\n}}\n";

    public string Text => File.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    public TextSpan Span => TextSpan.FromBounds(Start, File.IndexOf("|]", StringComparison.Ordinal) - 2);

    /// <summary>The same text in one line.</summary>
    public static string WithoutLayout(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
