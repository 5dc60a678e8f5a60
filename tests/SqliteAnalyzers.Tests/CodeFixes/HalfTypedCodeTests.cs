using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes;

/// <summary>A fix that is asked about code that is being typed offers something or nothing, but does not throw.</summary>
public sealed class HalfTypedCodeTests
{
    private const string Code =
        """
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        class Program
        {
            const string Typo = "PRAGMA wal_checkpoint(FUL)";

            void Run(SqliteConnection connection)
            {
                connection.Open();
                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                using (var reader = command.ExecuteReader())
                    reader.Read();
                transaction.Commit();
                if (command.Connection == null)
                    connection.Open();
                else if (Process.Start("worker") is { } worker)
                    worker.WaitForExit();
                System.Action start = () => Process.Start("worker");
            }

            void Start(SqliteConnection connection)
            {
                using var transaction = connection.BeginTransaction();
                Process.Start("worker");
                transaction.Commit();
            }

            void StartFirst(SqliteConnection connection)
            {
                Process.Start("worker");
                using var checkpoint = connection.CreateCommand();
                checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                checkpoint.ExecuteNonQuery();
            }

            SqliteConnection Connect(string path)
            {
                var builder = new SqliteConnectionStringBuilder("Data Source=a.db;Cache=Shared")
                {
                    DataSource = path, // given
                    Cache = SqliteCacheMode.Shared
                };
                builder.Cache = SqliteCacheMode.Shared;
                return new SqliteConnection(builder + ";Cache=Shared");
            }

            async System.Threading.Tasks.Task RunAsync(SqliteCommand command)
            {
                await System.Threading.Tasks.Task.Yield();
                await command.ExecuteNonQueryAsync();
            }

            void Import(SqliteConnection connection, string[] items)
            {
                using var batch = new SqliteAnalyzers.Runtime.SqliteBatchWriter(connection);
                batch.Execute("DELETE FROM items");
                var transaction = connection.BeginTransaction(deferred: true);
                foreach (var item in items)
                {
                    using var insert = connection.CreateCommand();
                    insert.CommandText = "INSERT INTO items VALUES (1)";
                    insert.ExecuteNonQuery();
                }

                System.IO.File.Copy("a.db", "b.db");
                new MigrationBuilder().Sql("PRAGMA foreign_keys = 0");
            }

            int Value => Process.Start("worker").Id;
        }

        class MigrationBuilder
        {
            public void Sql(string sql, bool suppressTransaction = false)
            {
            }
        }
        """;

    private static readonly ImmutableDictionary<string, string?> s_properties = ImmutableDictionary<string, string?>.Empty
        .Add(DiagnosticProperties.Connection, "connection")
        .Add(DiagnosticProperties.Transaction, "transaction")
        .Add(DiagnosticProperties.Mode, "Truncate")
        .Add(DiagnosticProperties.CanBegin, DiagnosticProperties.True)
        .Add(DiagnosticProperties.FileEffect, "Reads")
        .Add(DiagnosticProperties.Missing, "journal_mode,busy_timeout")
        .Add(DiagnosticProperties.Removable, DiagnosticProperties.True)
        .Add(DiagnosticProperties.Replacement, "FULL");

    private static readonly string[] s_words =
    [
        "connection.Open()", "Process.Start(\"worker\")", "command.ExecuteReader()", "command.ExecuteNonQueryAsync()", "FUL", "Cache = SqliteCacheMode.Shared",
        "builder.Cache = SqliteCacheMode.Shared", ";Cache=Shared", "new SqliteAnalyzers.Runtime.SqliteBatchWriter(connection)", "connection.BeginTransaction(deferred: true)",
        "insert.ExecuteNonQuery()", "checkpoint.ExecuteNonQuery()", "System.IO.File.Copy(\"a.db\", \"b.db\")", "new MigrationBuilder().Sql(\"PRAGMA foreign_keys = 0\")",
    ];

    /// <summary>One for all fixes: each is bound once. A document alone forgets its semantic model as soon as nobody holds it.</summary>
    private static readonly Lazy<Task<(string Source, Document Document, SemanticModel Model)[]>> s_documents = new(() => DocumentsOf(Damaged(new Random(1))));

    public static TheoryData<string> Fixes { get; } = [.. PackageParts.CodeFixes().Select(fix => fix.GetType().Name)];

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task A_fix_does_not_throw(string name)
    {
        var fix = PackageParts.CodeFixes().Single(fix => fix.GetType().Name == name);
        var rule = PackageParts.Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => fix.FixableDiagnosticIds.Contains(rule.Id));
        var actions = 0;

        foreach (var (source, document, model) in await s_documents.Value)
        {
            var tree = model.SyntaxTree;
            foreach (var word in s_words)
            {
                for (var start = source.IndexOf(word, StringComparison.Ordinal); start >= 0; start = source.IndexOf(word, start + 1, StringComparison.Ordinal))
                {
                    var location = Location.Create(tree, new TextSpan(start, word.Length));
                    var diagnostic = Diagnostic.Create(rule, location, word switch
                    {
                        "checkpoint.ExecuteNonQuery()" when source.LastIndexOf("Process.Start", start, StringComparison.Ordinal) is >= 0 and var before => [Location.Create(tree, new TextSpan(before, 1))],
                        _ when word.Contains("Cache", StringComparison.Ordinal) => [location],
                        _ => [],
                    }, s_properties);
                    await fix.RegisterCodeFixesAsync(new CodeFixContext(
                        document, diagnostic, (_, _) => actions++, TestContext.Current.CancellationToken));
                }
            }
        }

        Assert.NotEqual(0, actions);
    }

    private static Task<(string Source, Document Document, SemanticModel Model)[]> DocumentsOf(IEnumerable<string> sources)
    {
        var project = new AdhocWorkspace().AddProject("Test", LanguageNames.CSharp)
            .WithMetadataReferences(TestReferences.All)
            .WithParseOptions(TestCompilation.ParseOptions);
        return Task.WhenAll(sources.Select(async source =>
        {
            var document = project.AddDocument("Test.cs", SourceText.From(source));
            return (source, document, (await document.GetSemanticModelAsync(TestContext.Current.CancellationToken))!);
        }));
    }

    /// <summary>The code as it is, and with parts of it missing.</summary>
    private static IEnumerable<string> Damaged(Random random)
    {
        yield return Code;
        for (var round = 0; round < 12; round++)
        {
            var start = random.Next(Code.Length);
            yield return Code[..start];
            yield return Code.Remove(start, Math.Min(random.Next(1, 40), Code.Length - start));
        }
    }
}
