using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>
/// One way to write a program around the statements of a scenario.
/// </summary>
internal sealed record Style(string Name, Func<Scenario, string> Write)
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Data;
        using System.Data.Common;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;

        """;

    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    public bool IsNullable { get; init; } = true;

    public Func<Scenario, bool> Suits { get; init; } = _ => true;

    public static IReadOnlyList<Style> All { get; } =
    [
        new("Method", scenario => InClass(scenario, MainMethod(scenario, Indent(scenario.Body)))),
        new("TopLevel", scenario => $"{Usings}\n{scenario.Body}\n") { Suits = HasNoMembers },
        new("TopLevelAtTheEndOfTheFile", scenario => $"{Usings}\n{scenario.Body}".TrimEnd()) { Suits = scenario => HasNoMembers(scenario) && !scenario.Returns },
        new("TopLevelWithFunctions", scenario => $"{Usings}\n{scenario.Body}\n\n{scenario.Members.Replace("private static ", "static ", StringComparison.Ordinal)}\n")
        {
            Suits = HasFunctionsOnly,
        },
        new("TabsAndCrLf", scenario => InClass(scenario, MainMethod(scenario, Indent(scenario.Body)))
            .Replace("    ", "\t", StringComparison.Ordinal).ReplaceLineEndings("\r\n")),
        new("BracesOnTheSameLine", scenario => System.Text.RegularExpressions.Regex.Replace(
            InClass(scenario, MainMethod(scenario, Indent(scenario.Body))), @"(?<=[\w)>])(?<!//[^\n]*)\n\s*\{(?=\n)", " {")),
        new("Lambda", scenario => InClass(scenario, MainMethod(scenario, scenario.IsAsync
            ? Indent($"Func<Task> run = async () =>\n{{\n{Indent(scenario.Body)}\n}};\nawait run();")
            : Indent($"Action run = () =>\n{{\n{Indent(scenario.Body)}\n}};\nrun();")))),
        new("LocalFunction", scenario => InClass(scenario, MainMethod(scenario, scenario.IsAsync
            ? Indent($"await Run();\n\nasync Task Run()\n{{\n{Indent(scenario.Body)}\n}}")
            : Indent($"Run();\n\nvoid Run()\n{{\n{Indent(scenario.Body)}\n}}")))),
        new("SwitchSection", scenario => InClass(scenario, MainMethod(scenario, Indent(
            $"switch (Db.Copies)\n{{\n    case 0:\n{Indent(Indent(WithoutUsings(scenario.Body)))}\n        break;\n}}")))),
        new("Loop", scenario => InClass(scenario, MainMethod(scenario, Indent($"for (var round = 0; round < 2; round++)\n{{\n{Indent(scenario.Body)}\n}}"))))
        {
            Suits = scenario => scenario.CanRepeat && !scenario.Returns,
        },
        new("Iterator", scenario => InClass(scenario,
            MainMethod(scenario with { IsAsync = false }, "    foreach (var _ in Run())\n    {\n    }") + $"\n\nprivate static IEnumerable<int> Run()\n{{\n{Indent(scenario.Body)}\n    yield return 1;\n}}"))
        {
            Suits = scenario => !scenario.IsAsync && !scenario.Returns && !scenario.Body.Contains("catch", StringComparison.Ordinal),
        },
        new("Try", scenario => InClass(scenario, MainMethod(scenario, Indent(
            $"try\n{{\n{Indent(scenario.Body)}\n    Db.Note(\"stored\");\n}}\ncatch (Exception exception)\n{{\n    Db.Note(\"not stored: \" + exception.GetType().Name);\n}}"))))
        {
            Suits = scenario => !scenario.Returns,
        },
        new("Directives", scenario => InClass(scenario, MainMethod(scenario, Indent($"#region all\n#if !NEVER\n{scenario.Body}\n#else\nDb.Note(\"never\");\n#endif\n#endregion")))),
        new("OwnNames", scenario => "using Company.Data;\n" + InClass(scenario, MainMethod(scenario, Indent(scenario.Body))) + OwnNames),
        new("OwnNamespace", scenario => InClass(scenario, MainMethod(scenario, Indent(scenario.Body)))
            .Replace("class Program", "namespace Company.SqliteAnalyzers\n{\n    class Program", StringComparison.Ordinal)
            + "}\n"),
        new("UsingsInNamespace", scenario => "namespace Company.SqliteAnalyzers.Runtime;\n" + InClass(scenario, MainMethod(scenario, Indent(scenario.Body)))),
        new("OldLanguage", scenario => InClass(scenario, MainMethod(scenario, Indent(WithoutUsings(scenario.Body)))))
        {
            Language = LanguageVersion.CSharp7_3,
            IsNullable = false,
        },
        new("Oblivious", scenario => InClass(scenario, MainMethod(scenario, Indent(scenario.Body)))) { IsNullable = false },
    ];

    private const string OwnNames =
        """

        namespace Company.Data
        {
            public enum SqliteCheckpointMode { Full, Restart, Truncate }

            public class InvalidOperationException : Exception { public InvalidOperationException(string message) : base(message) { } }

            public static class Extensions
            {
                public static void Checkpoint(this Microsoft.Data.Sqlite.SqliteConnection connection) => Db.Note("own Checkpoint");

                public static void OpenConfigured(this Microsoft.Data.Sqlite.SqliteConnection connection) => Db.Note("own OpenConfigured");

                public static void Configure(this Microsoft.Data.Sqlite.SqliteConnection connection) => Db.Note("own Configure");
            }
        }

        """;

    public TortureProgram With(Scenario scenario) =>
        new($"{scenario.Name} / {Name}", Write(scenario))
        {
            Language = Language,
            IsNullable = IsNullable,
            IsWhatUserIsWarnedOf = scenario.IsWhatUserIsWarnedOf,
        };

    private static bool HasNoMembers(Scenario scenario) => scenario.Members.Length == 0;

    /// <summary>Whether the members can stand between statements.</summary>
    private static bool HasFunctionsOnly(Scenario scenario) =>
        !HasNoMembers(scenario) && SyntaxFactory.ParseMemberDeclaration($"class Program {{ {scenario.Members} }}") is TypeDeclarationSyntax type
        && type.Members.All(member => member is MethodDeclarationSyntax method && method.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.StaticKeyword)));

    /// <summary>Where declarations with using cannot stand.</summary>
    private static string WithoutUsings(string body) => body.Replace("using var ", "var ", StringComparison.Ordinal);

    private static string InClass(Scenario scenario, string members) =>
        $"{Usings}\nclass Program\n{{\n{Indent(members)}\n{(scenario.Members.Length == 0 ? "" : "\n" + Indent(scenario.Members) + "\n")}}}\n";

    private static string MainMethod(Scenario scenario, string body) =>
        $"{(scenario.IsAsync ? "private static async Task" : "private static void")} Main()\n{{\n{body}\n}}";

    private static string Indent(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 || line[0] == '#' ? line : "    " + line));
}
