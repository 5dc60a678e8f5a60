namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>One file of a program.</summary>
internal readonly record struct SourceFile(string Name, string Text);
