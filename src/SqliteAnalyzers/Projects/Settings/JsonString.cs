using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Projects;

/// <summary>A string of a settings file.</summary>
/// <param name="Path">The names that lead to it, joined by colons, as Microsoft.Extensions.Configuration has it.</param>
/// <param name="Text">Its characters.</param>
/// <param name="Starts">Where each of them stands in the file, and where the last ends.</param>
internal sealed record JsonString(string Path, string Text, ImmutableArray<int> Starts)
{
    /// <summary>Where characters of the text stand in the file.</summary>
    public TextSpan SpanOf(TextSpan spanInText) => TextSpan.FromBounds(Starts[spanInText.Start], Starts[spanInText.End]);
}
