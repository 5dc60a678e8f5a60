using Microsoft.CodeAnalysis.CSharp;

namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>A whole program, with <c>@DB@</c> where the path of the database is to be written.</summary>
internal sealed record TortureProgram(string Name, string Source)
{
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    public bool IsNullable { get; init; } = true;

    /// <summary>Whether a fix that is offered for one finding only may make it fail.</summary>
    public bool IsWhatUserIsWarnedOf { get; init; }

    public string At(string database) => Source.Replace("@DB@", database.Replace('\\', '/'), StringComparison.Ordinal);

    public override string ToString() => Name;
}
