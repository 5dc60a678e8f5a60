namespace SqliteAnalyzers.Benchmarks.Programs;

/// <summary>A program for the compiler.</summary>
internal sealed record GeneratedProgram(IReadOnlyList<SourceFile> Files, bool ReferencesSqlite = true)
{
    private static readonly SourceFile s_globalUsings = new("Global.cs", """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        """);

    public int FilesWithSqlite => Files.Count(f => f.Text.Contains("using Microsoft.Data.Sqlite;", StringComparison.Ordinal));

    public static GeneratedProgram Of(IEnumerable<SourceFile> files, bool referencesSqlite = true) => new([s_globalUsings, .. files], referencesSqlite);
}

/// <summary>A file of a generated program.</summary>
internal sealed record SourceFile(string Name, string Text);
