using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Tests of a rule together with its fix. Source is written as a change: lines that begin with <c>+</c> are there only after the fix,
/// lines that begin with <c>-</c> only before it, all others begin with a space; <c>[|…|]</c> marks what the rule reports.
/// </summary>
internal static class FixVerifier
{
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using CliWrap;
        global using Dapper;
        global using Microsoft.Data.Sqlite;
        """;

    /// <summary>
    /// Checks that the rule speaks at the marks of all changes, each a document of one project, and that the variant of its fix makes
    /// these changes: one by one, and all at once in document, project and solution.
    /// </summary>
    public static Task VerifyAsync(DiagnosticDescriptor rule, string equivalenceKey, params string[] changes)
    {
        var test = new FixTest(rule, equivalenceKey);
        test.AddDocument(GlobalUsings, GlobalUsings);
        foreach (var change in changes)
        {
            test.AddDocument(Side(change, '-'), WithoutMarks(Side(change, '+')));
        }

        test.NumberOfFixAllIterations = 1;
        test.NumberOfFixAllInDocumentIterations = changes.Length;
        test.NumberOfFixAllInProjectIterations = 1;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Checks that the rule speaks at the marks of <paramref name="source"/> and that no variant of its fix is offered there.</summary>
    public static Task VerifyNothingOfferedAsync(DiagnosticDescriptor rule, string source)
    {
        var test = new FixTest(rule, equivalenceKey: null);
        test.AddDocument(GlobalUsings, GlobalUsings);
        test.AddDocument(source, source);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The lines of one side of a change and those of both.</summary>
    private static string Side(string change, char side) =>
        string.Join('\n', change.Split('\n').Where(line => line.Length == 0 || line[0] == ' ' || line[0] == side).Select(line => line.Length == 0 ? line : line[1..]));

    private static string WithoutMarks(string source)
    {
        TestFileMarkupParser.GetSpans(source, out var clean, out System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        return clean;
    }
}
