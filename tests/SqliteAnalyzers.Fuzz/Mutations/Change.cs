using SqliteAnalyzers.Fuzz.Pieces;

namespace SqliteAnalyzers.Fuzz.Mutations;

/// <summary>Other text in the place of a part of the program.</summary>
internal readonly record struct Change(Fragment Place, string NewText);
