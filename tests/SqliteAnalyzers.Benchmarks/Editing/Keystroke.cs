namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>Somebody types one character again and again at one place of a file, and looks at a file: that one or another.</summary>
/// <param name="File">The file that is typed in.</param>
/// <param name="After">What stands before the place.</param>
/// <param name="Watched">The file whose squiggles are drawn.</param>
internal sealed record Keystroke(string Title, string File, string After, char Character, string Watched);
