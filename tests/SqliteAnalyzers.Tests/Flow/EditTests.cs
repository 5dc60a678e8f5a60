using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>After an edit, only what depends on it is made anew, and the same is found as if everything were.</summary>
public sealed class EditTests
{
    private const int Stores = 12;

    private static readonly CancellationToken s_cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Totals.cs", "var sum = 0L;", "var sum = 0L; var unheardOf = 1;", 0)]
    [InlineData("Totals.cs", "var sum = 0L;", "var sum = 0L", 0)]
    [InlineData("Store3.cs", "return 3;", "return 33;", 1)]
    [InlineData("Store3.cs", "command.ExecuteNonQuery();", "command.ExecuteNonQuery(); command.ExecuteNonQuery();", 3)]
    [InlineData("Connections.cs", "connection.Open();", "connection.Open(); connection.Open();", (3 * Stores) + 2)]
    [InlineData("Store3.cs", "command.ExecuteNonQuery();", "command.ExecuteNon", 3)]
    public async Task Only_what_depends_on_the_edit_is_made_anew(string file, string before, string after, int maxSummaries)
    {
        var first = Compile();
        await FlowRun.Of(first, s_cancellation);
        var second = Edit(first, file, before, after);

        var edited = await FlowRun.Of(second, s_cancellation);

        Assert.InRange(edited.Counters.SummariesMade, 0, maxSummaries);
        var fresh = await FlowRun.Of(FlowRun.AsNewProject(second), s_cancellation);
        Assert.NotEmpty(fresh.Findings);
        Assert.Equal(fresh.Findings.Select(finding => finding.ToString()), edited.Findings.Select(finding => finding.ToString()));
    }

    [Theory]
    [InlineData("Totals.cs", "var sum = 0L;", "var sum = 0L; var unheardOf = 1;", true)]
    [InlineData("Store3.cs", "return 3;", "return 33;", true)]
    [InlineData("Store3.cs", "command.ExecuteNonQuery();", "", false)]
    [InlineData("Totals.cs", "var sum = 0L;", "var sum = 0L; Save();", false)]
    [InlineData("Totals.cs", "var sum = 0L;", "var sum = 0L; new Store3();", false)]
    [InlineData("Totals.cs", "static long Sum", "private static long Sum", false)]
    [InlineData("Totals.cs", "static long Sum", "static void Other() { } static long Sum", false)]
    [InlineData("Store3.cs", "Connections.Create()", "null!", false)]
    public void What_names_say_is_kept_until_a_name_that_means_something_comes_or_goes(string file, string before, string after, bool isKept)
    {
        var first = Compile();
        var libraries = LibrarySet.For(first)!;
        var reach = new Reach(TreesOf(first, libraries), libraries);

        Assert.Equal(isKept, reach.IsTrueOf(TreesOf(Edit(first, file, before, after), libraries), libraries));
    }

    /// <summary>
    /// Each edit on top of the one before. What a field holds for good changes with code that mentions it, and which code counts of a
    /// member that is written twice, with its length.
    /// </summary>
    [Theory]
    [InlineData("Other.cs", "/* other */", "void Change(string text) { Path.Source = text; }", "/* more */", "int Length() => Path.Source.Length;")]
    [InlineData("Path.cs", "/* method */", "void Set(string text) { _own = text; }", "_own = text;", "Use(text);", "void Use(string text) { }", "")]
    [InlineData("Path.cs", "= \"Data Source=own.db\"", "", "/* constructor */", "_own = \"Data Source=own.db\";", "_own = \"Data Source=own.db\";", "_own = \"Data Source=:memory:\";")]
    [InlineData("Path.cs", "own.db", ":memory:", "/* method */", "string Other() => _own + Other();", "private string", "private readonly string")]
    [InlineData("Path.cs", "public Path()", "static void None() { } public Path()", "static void None() { }", "")]
    [InlineData("Twice.cs", "/* first */", "_connection.Execute(\"PRAGMA journal_mode=WAL\");", "journal_mode=WAL", "journal_mode=DELETE", "journal_mode=DELETE", "user_version")]
    [InlineData("Named.cs", "=> \"named.db\"", "=> Read()", "=> Read()", "=> \":memory:\"", "=> \":memory:\"", "=> \"other.db\"")]
    [InlineData("Named.cs", "=> new One()", "=> new Two()", "=> new Two()", "=> new One()")]
    public async Task After_each_of_several_edits_the_same_is_found_as_if_all_were_new(string file, params string[] edits)
    {
        var compilation = FlowRun.AsNewProject(Compile().AddSyntaxTrees(
            Parse("Path.cs", """
                using Microsoft.Data.Sqlite;
                partial class Path
                {
                    public static string Source = "Data Source=static.db";
                    private string _own = "Data Source=own.db";
                    public Path() { /* constructor */ }
                    public void Open()
                    {
                        using var connection = new SqliteConnection(_own);
                        connection.Open();
                        using var other = new SqliteConnection(Source);
                        other.Open();
                    }
                    void Use(string text) { }
                    /* method */
                }
                """),
            Parse("Other.cs", "partial class Other { /* other */ /* more */ }"),
            Parse("Twice.cs", """
                using Dapper;
                using Microsoft.Data.Sqlite;
                partial class Twice
                {
                    private readonly SqliteConnection _connection = new("Data Source=twice.db");
                    void Start() { _connection.Open(); /* first */ }
                    void Run() { Start(); _connection.Execute("INSERT INTO t VALUES (1)"); }
                }
                """),
            Parse("Named.cs", """
                class One { }
                class Two { }
                static class Named
                {
                    public static string File => "named.db";
                    public static object Make() => new One();
                    static string Read() => System.Environment.MachineName;
                }
                """),
            Parse("User.cs", """
                using Dapper;
                using Microsoft.Data.Sqlite;
                class User
                {
                    void Open()
                    {
                        using var connection = new SqliteConnection($"Data Source={Named.File}");
                        connection.Open();
                        connection.Execute("BEGIN");
                        connection.Execute("INSERT INTO t VALUES (1)");
                    }

                    void OpenOne(SqliteConnection connection)
                    {
                        if (Named.Make() is One)
                        {
                            connection.Execute("BEGIN");
                            connection.Execute("INSERT INTO t VALUES (1)");
                            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                        }
                    }
                }
                """),
            Parse("Second.cs", "using Dapper; partial class Twice { void Start() { _connection.Open(); /* a text that makes it the longer one */ } }")));
        await FlowRun.Of(compilation, s_cancellation);
        for (var i = 0; i + 1 < edits.Length; i += 2)
        {
            compilation = Edit(compilation, file, edits[i], edits[i + 1]);

            var edited = await FlowRun.Of(compilation, s_cancellation);

            var fresh = await FlowRun.Of(FlowRun.AsNewProject(compilation), s_cancellation);
            Assert.Equal(fresh.Findings.Select(finding => finding.ToString()), edited.Findings.Select(finding => finding.ToString()));
        }
    }

    /// <summary>An edit of one body leaves all answers but those about what it mentions.</summary>
    [Fact]
    public void What_a_member_holds_for_good_is_kept_until_code_that_mentions_it_changes()
    {
        var first = Compile().AddSyntaxTrees(Parse("Path.cs", "class Path { string _a = \"a\", _b = \"b\"; void Use() { _a.ToString(); } }"));
        var libraries = LibrarySet.For(first)!;
        var kept = KeptInitialValues.Of(TreesOf(first, libraries), 1, before: null);
        var (a, b) = (ObjectMember.Field("Path", "_a"), ObjectMember.Field("Path", "_b"));
        kept.Keep(a, inner: null, isForGood: true);
        kept.Keep(b, inner: null, isForGood: true);
        kept.Keep(b, inner: a, isForGood: true);
        var edited = TreesOf(Edit(first, "Path.cs", "_a.ToString();", ""), libraries);

        var next = KeptInitialValues.Of(edited, 1, kept);

        Assert.False(next.TryGet(a, inner: null, out _));
        Assert.True(next.TryGet(b, inner: null, out var isForGood) && isForGood);
        Assert.False(next.TryGet(b, inner: a, out _));
        Assert.False(KeptInitialValues.Of(edited, 2, kept).TryGet(b, inner: null, out _));
        Assert.False(KeptInitialValues.Of(TreesOf(Edit(first, "Path.cs", "void Use", "void More() { } void Use"), libraries), 1, kept).TryGet(b, inner: null, out _));
    }

    [Theory]
    [InlineData("Store3.cs", "return 3;", "return 33;", true)]
    [InlineData("Store3.cs", "public int Number()", "public int Numbers()", false)]
    [InlineData("Store3.cs", "class Store3", "class Store33", false)]
    [InlineData("Totals.cs", "static long Sum", "static void Other() { } static long Sum", false)]
    public void Where_members_stand_is_kept_until_one_comes_or_goes(string file, string before, string after, bool isKept)
    {
        var first = Compile();
        var libraries = LibrarySet.For(first)!;
        var trees = TreesOf(first, libraries);
        var twice = TreesOf(first.AddSyntaxTrees(Parse("Once.cs", "partial class Twice { partial void Do(); }"), Parse("Twice.cs", "partial class Twice { partial void Do() { } }")), libraries);

        Assert.Equal(isKept, new MemberPlaces(trees).AreThoseOf(TreesOf(Edit(first, file, before, after), libraries)));
        Assert.False(new MemberPlaces(twice).AreThoseOf(twice));
    }

    /// <summary>What is called without its name is looked for once for all overloads: those that others can call count for the private ones too.</summary>
    [Theory]
    [InlineData("private Store() { }", "public Store(int number) { }")]
    [InlineData("public Store(int number) { }", "private Store() { }")]
    public void A_target_typed_new_may_call_each_constructor(string first, string second)
    {
        var compilation = Compile().AddSyntaxTrees(
            Parse("Stores.cs", $$"""class Store { {{first}} {{second}} }"""),
            Parse("User.cs", "class User { Store Make() => new(1); }"));
        var libraries = LibrarySet.For(compilation)!;
        var trees = TreesOf(compilation, libraries);
        var reach = new Reach(trees, libraries);

        var constructors = trees.SelectMany(tree => tree.Members).Where(member => member.Name == "Store" && member.Has(MemberTraits.Constructor) && !member.Has(MemberTraits.TypeFront));

        var project = new ProjectIndex(compilation, libraries, new ProjectMemory(), TestContext.Current.CancellationToken);
        CodeMember[] called = [.. constructors.Select(member => member.Member)];
        var callers = reach.CallersOf(called, project);
        Assert.Contains(callers, caller => caller.Key.StartsWith("User.Make(", StringComparison.Ordinal));
        reach.EndSearch();
        Assert.Equal(callers, reach.CallersOf(called, project));
    }

    [Fact]
    public void What_names_say_is_not_that_of_other_words()
    {
        var compilation = Compile();
        var libraries = LibrarySet.For(compilation)!;
        var reach = new Reach(TreesOf(compilation, libraries), libraries);

        var others = libraries.With(["Shop.Totals.Sum"]);

        Assert.True(reach.IsTrueOf(TreesOf(compilation, libraries), libraries));
        Assert.False(reach.IsTrueOf(TreesOf(compilation, others), others));
    }

    [Fact]
    public void What_libraries_say_is_that_of_the_same_references()
    {
        var first = Compile();
        var table = LibraryTable.Of(first, table => Assert.NotNull(table.Find("Microsoft.Data.Sqlite.SqliteCommand")));

        Assert.True(table.HoldsNoCompilation(first));
        Assert.True(table.IsTrueOf(Edit(first, "Totals.cs", "var sum = 0L;", "")));
        Assert.False(table.IsTrueOf(first.RemoveReferences(first.References.First())));
        Assert.False(table.IsTrueOf(first.AddReferences(CSharpCompilation.Create("Other").ToMetadataReference())));
        Assert.False(table.IsTrueOf(first.AddSyntaxTrees(Parse("Own.cs", "namespace Microsoft.Data.Sqlite; class SqliteCommand { }"))));
    }

    /// <summary>A library may be another project of the solution: its types lead to the compilation of that.</summary>
    [Fact]
    public void What_a_library_of_another_project_says_is_not_kept()
    {
        var library = CSharpCompilation.Create("Dapper", [Parse("SqlMapper.cs", "namespace Dapper; public static class SqlMapper { }")], TestReferences.Net, TestCompilation.Options);
        var compilation = Compile().RemoveAllReferences().AddReferences(TestReferences.Net).AddReferences(library.ToMetadataReference());

        var table = LibraryTable.Of(compilation, table => Assert.NotNull(table.Find("Dapper.SqlMapper")));

        Assert.False(table.HoldsNoCompilation(compilation));
    }

    private static IReadOnlyList<TreeIndex> TreesOf(Compilation compilation, LibrarySet libraries) => new ProjectIndex(compilation, libraries, ProjectMemory.Of(compilation, library: null), s_cancellation).Trees;

    private static Compilation Edit(Compilation compilation, string file, string before, string after)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
        var text = tree.GetText(s_cancellation);
        var at = text.ToString().IndexOf(before, StringComparison.Ordinal);
        Assert.InRange(at, 0, text.Length);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new(at, before.Length), after))));
    }

    private static CSharpCompilation WithOwnLibrary(CSharpCompilation compilation) => compilation.WithReferences(compilation.References.Select(reference =>
        reference is PortableExecutableReference { FilePath: { } path } && Path.GetFileName(path).StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
            ? MetadataReference.CreateFromFile(path)
            : reference));

    // With a reference of its own to the library: what is kept lives as long as that, and is dropped when so many projects share it as all tests make.
    private static CSharpCompilation Compile() => WithOwnLibrary(FlowRun.Compile("")).RemoveAllSyntaxTrees().AddSyntaxTrees(
    [
        Parse("Connections.cs", """
            using Microsoft.Data.Sqlite;
            static class Connections
            {
                public static SqliteConnection Create()
                {
                    var connection = new SqliteConnection("Data Source=shop.db");
                    connection.Open();
                    return connection;
                }
            }
            """),
        Parse("Totals.cs", """
            static class Totals
            {
                static long Sum(long[] values)
                {
                    var sum = 0L;
                    foreach (var value in values)
                    {
                        sum += value;
                    }

                    return sum;
                }
            }
            """),
        .. Enumerable.Range(0, Stores).Select(number => Parse($"Store{number}.cs", $$"""
            using System.Diagnostics;
            using Microsoft.Data.Sqlite;
            class Store{{number}}
            {
                public int Number()
                {
                    return {{number}};
                }

                public void Run()
                {
                    using var connection = Connections.Create();
                    Save(connection);
                    Process.Start("worker");
                }

                private static void Save(SqliteConnection connection)
                {
                    using var command = new SqliteCommand("INSERT INTO orders VALUES (1)", connection);
                    command.ExecuteNonQuery();
                }
            }
            """)),
    ]);

    private static SyntaxTree Parse(string file, string text) => CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions, file, cancellationToken: s_cancellation);
}
