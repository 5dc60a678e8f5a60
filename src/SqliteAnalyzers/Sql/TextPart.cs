using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Sql;

/// <summary>A part of a text that is put together: what an expression makes, or a text that is known.</summary>
/// <param name="Node">The expression, or what stands for the text in the source.</param>
/// <param name="Text">Null where the expression is still to be read.</param>
internal readonly record struct TextPart(SyntaxNode Node, SqlSource? Text = null);
