using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Fuzz.Pieces;

/// <summary>A part of a piece's text.</summary>
/// <param name="File">The number of the file.</param>
/// <param name="Span">Where it stands in the file.</param>
/// <param name="Text">What stands there.</param>
internal readonly record struct Fragment(int File, TextSpan Span, string Text);
