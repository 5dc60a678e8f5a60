namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Source around the few lines that a test is about.
/// </summary>
internal static class Source
{
    /// <summary>A library whose <c>Program.Run</c> has <paramref name="body"/>.</summary>
    /// <param name="body">Statements, not indented.</param>
    /// <param name="runtime">Whether the runtime library is imported, as it is after a fix that calls it.</param>
    /// <param name="parameters">The method's parameters.</param>
    /// <param name="signature">The method's modifiers and return type.</param>
    public static string Method(
        string body,
        bool runtime = false,
        string parameters = "SqliteConnection connection",
        string signature = "static void") =>
        Class($"public {signature} Run({parameters})\n{{\n{Indent(body)}\n}}", runtime);

    /// <summary>A library whose class <c>Program</c> has these members.</summary>
    public static string Class(string members, bool runtime = false) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;
        {{(runtime ? "using SqliteAnalyzers.Runtime;\n" : "")}}
        class Program
        {
        {{Indent(members)}}
        }
        """;

    private static string Indent(string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
