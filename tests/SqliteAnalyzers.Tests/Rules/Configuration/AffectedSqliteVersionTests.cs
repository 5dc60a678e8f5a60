using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Rules.Configuration;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3010 for each version that is affected, and for none that is not.</summary>
public sealed class AffectedSqliteVersionTests
{
    private const string Driver = "Microsoft.Data.Sqlite";
    private const string Core = "SQLitePCLRaw.core";
    private const string Bundle = "SQLitePCLRaw.batteries_v2";

    [Theory]
    [InlineData("Microsoft.Data.Sqlite 8.0.29", Driver, "8.0.29.0")]
    [InlineData("Microsoft.Data.Sqlite 5.0.0", Driver, "5.0.0.0")]
    [InlineData("Microsoft.Data.Sqlite 9.0.18", Driver, "9.0.18.0")]
    [InlineData("Microsoft.Data.Sqlite 10.0.10", Driver, "10.0.10.0")]
    [InlineData("Microsoft.Data.Sqlite 10.0.11", Driver, "10.0.11.0")]
    [InlineData("SQLitePCLRaw 2.1.11", Core, "2.1.11.2622")]
    [InlineData("SQLitePCLRaw 2.0.4", Core, "2.0.4.976")]
    [InlineData("SQLitePCLRaw 3.0.3", Core, "3.0.3.3048")]
    [InlineData("SQLitePCLRaw 2.1.11", Driver, "8.0.30.0", Bundle, "2.1.11.2622")]
    [InlineData("Microsoft.Data.Sqlite 10.0.11", Driver, "10.0.11.0", Core, "2.1.12.3116")]
    [InlineData(null, Driver, "8.0.30.0")]
    [InlineData(null, Driver, "9.0.19.0")]
    [InlineData(null, Driver, "10.0.12.0")]
    [InlineData(null, Driver, "10.0.15.0")]
    [InlineData(null, Driver, "11.0.0.0")]
    [InlineData(null, Core, "2.1.12.3116")]
    [InlineData(null, Core, "3.0.4.3100")]
    [InlineData(null, Core, "3.0.5.3129")]
    [InlineData(null, Driver, "8.0.5.0", Core, "2.1.12.3116")]
    [InlineData(null, Core, "2.1.11.2622", Bundle, "2.1.12.3116")]
    [InlineData(null, "Microsoft.Data.Sqlite.Extensions", "1.0.0.0")]
    public void Versions(string? library, params string[] references) => Assert.Equal(
        library,
        AffectedVersions.Find(references.Chunk(2).Select(reference => new AssemblyIdentity(reference[0], new(reference[1]))))?.Library);

    [Theory]
    [InlineData("9.0.18.0", true, false)]
    [InlineData("10.0.10.0", true, true)]
    [InlineData("10.0.11.0", false, true)]
    public void What_is_wrong_with_the_driver(string version, bool hasEngine, bool hasPool)
    {
        var (_, why) = AffectedVersions.Find([new(Driver, new(version))])!.Value;

        Assert.Equal((hasEngine, hasPool), (why.Contains("checkpoints", StringComparison.Ordinal), why.Contains("pool", StringComparison.Ordinal)));
    }

    [Fact]
    public Task The_first_use_of_WAL_is_reported() => VerifyAsync(
        """
        class Program
        {
            static void A(SqliteConnection connection) => connection.Execute("PRAGMA journal_mode = DELETE");
            static void B(SqliteConnection connection) => connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA journal_mode = [|WAL|]");
            static void C(SqliteConnection connection) => connection.Execute("PRAGMA journal_mode = WAL");
        }
        """,
        "2.1.11.2622");

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA journal_mode = DELETE\");")]
    [InlineData("connection.Execute(\"PRAGMA journal_mode\");")]
    [InlineData("connection.Execute(\"PRAGMA synchronous = NORMAL\");")]
    [InlineData("connection.Execute(\"SELECT 1\");")]
    public Task Clean_without_WAL(string statements) => VerifyAsync($"class Program {{ static void Run(SqliteConnection connection) {{ {statements} }} }}", "2.1.11.2622");

    [Fact]
    public Task Clean_with_a_version_that_is_mended() => VerifyAsync(
        "class Program { static void Run(SqliteConnection connection) => connection.Execute(\"PRAGMA journal_mode = WAL\"); }",
        "2.1.12.3116");

    [Fact]
    public Task The_message_names_the_version() => RuleVerifier.VerifyAsync(
        Descriptors.AffectedSqliteVersion,
        RuleSource.Alone("class Program { static void Run(SqliteConnection connection) => connection.Execute(\"PRAGMA journal_mode = {|#0:WAL|}\"); }"),
        test =>
        {
            test.References = With("3.0.2.0");
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.AffectedSqliteVersion).WithLocation(0).WithArguments(
                "SQLitePCLRaw 3.0.2", "its SQLite can damage a database when two checkpoints follow one another while another connection commits"));
        });

    private static Task VerifyAsync(string source, string version) => RuleVerifier.VerifyAsync(
        Descriptors.AffectedSqliteVersion, RuleSource.Alone(source), test => test.References = With(version));

    /// <summary>The references of a project whose bundle has this version.</summary>
    private static ImmutableArray<MetadataReference> With(string version)
    {
        var bundle = CSharpCompilation.Create(
            Bundle,
            [CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]", TestCompilation.ParseOptions)],
            TestReferences.Net,
            new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(bundle.Emit(image).Success);
        return [.. TestReferences.All, MetadataReference.CreateFromImage(image.ToArray())];
    }
}
