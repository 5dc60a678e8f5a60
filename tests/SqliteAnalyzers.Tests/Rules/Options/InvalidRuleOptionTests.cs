using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Options;

/// <summary>SQLITE9001 for each word that an option does not take, and each key by which an option can be set.</summary>
public sealed class InvalidRuleOptionTests
{
    private const string Open = "connection.Execute(\"SELECT 1\");";

    [Theory]
    [InlineData("dotnet_code_quality.SQLITE3001.required_pragmas", "jornal_mode")]
    [InlineData("sqlite_analyzers.required_pragmas", "journal mode")]
    [InlineData("dotnet_code_quality.SQLITE1001.process_start_methods", "Launch")]
    [InlineData("dotnet_code_quality.SQLITE1002.process_start_methods", "Pool.Launch()")]
    [InlineData("sqlite_analyzers.process_start_methods", "Pool..Launch")]
    [InlineData("sqlite_analyzers.process_start_methods", "3.Launch")]
    [InlineData("sqlite_analyzers.process_start_methods", "Pool.Launch now")]
    [InlineData("sqlite_analyzers.process_start_methods", "Pool.Launch<int>")]
    public Task Word_that_the_option_does_not_take(string key, string word) => VerifyAsync(
        $"{key} = {word}",
        new DiagnosticResult(Descriptors.InvalidRuleOption).WithSpan(1, 1, 1, 1)
            .WithArguments(word, key, key.EndsWith("pragmas", StringComparison.Ordinal) ? "a pragma that SQLite knows" : "a method as Namespace.Type.Method"));

    [Theory]
    [InlineData("dotnet_code_quality.SQLITE3001.requred_pragmas", "requred_pragmas", "an option of SQLITE3001")]
    [InlineData("dotnet_code_quality.SQLITE2002.required_pragmas", "required_pragmas", "an option of SQLITE2002")]
    [InlineData("dotnet_code_quality.SQLITE_rules.required_pragmas", "required_pragmas", "an option of SQLITE_RULES")]
    [InlineData("dotnet_code_quality.SQLITE3001", "SQLITE3001", "an option of these analyzers")]
    [InlineData("sqlite_analyzers.process_starters", "process_starters", "an option of these analyzers")]
    public Task Key_that_no_rule_reads(string key, string word, string expected) => VerifyAsync(
        $"{key} = journal_mode",
        new DiagnosticResult(Descriptors.InvalidRuleOption).WithSpan(1, 1, 1, 1).WithArguments(word.ToLowerInvariant(), key.ToLowerInvariant(), expected));

    [Theory]
    [InlineData("")]
    [InlineData("DOTNET_code_quality.sqlite3001.Required_Pragmas = journal_mode")]
    [InlineData("dotnet_diagnostic.SQLITE3001.severity = error")]
    [InlineData("dotnet_code_quality.SQLITE3001.required_pragmas = journal_mode")]
    [InlineData("dotnet_code_quality.SQLITE3001.required_pragmas =")]
    [InlineData("sqlite_analyzers.required_pragmas = Busy_Timeout, , JOURNAL_MODE")]
    [InlineData("dotnet_code_quality.SQLITE1001.process_start_methods = Contoso.Jobs.WorkerPool.Launch, Pool.Launch")]
    [InlineData("dotnet_code_quality.SQLITE1002.process_start_methods = Größe._Über.Starte")]
    [InlineData("dotnet_code_quality.SQLITE1001.process_start_methods = Contoso.Pool<int>.Launch")]
    [InlineData("sqlite_analyzers.process_start_methods =")]
    [InlineData("dotnet_code_quality.CA1062.required_pragmas = jornal_mode")]
    [InlineData("other_analyzers.required_pragmas = jornal_mode")]
    public Task Clean_where_each_word_is_right(string option) => VerifyAsync(option);

    /// <summary>As the base class of Roslyn does.</summary>
    [Fact]
    public void A_host_that_cannot_list_its_options_is_told_nothing_of_them() => Assert.Empty(RuleOption.UnknownIn(new Unlisted()));

    [Fact]
    public Task Each_wrong_word_is_told_once_for_all_files() => RuleVerifier.VerifyAsync(
        Descriptors.InvalidRuleOption,
        RuleSource.Statements(Open),
        test =>
        {
            test.TestState.Sources.Add(("/0/Another.cs", "class Another { Microsoft.Data.Sqlite.SqliteConnection Connection; }"));
            test.EditorConfig = "dotnet_code_quality.SQLITE3001.required_pragmas = jornal_mode, synchronous, bussy_timeout";
            test.ExpectedDiagnostics.Add(Expected("/0/Another.cs", "jornal_mode"));
            test.ExpectedDiagnostics.Add(Expected("/0/Another.cs", "bussy_timeout"));
        });

    [Fact]
    public Task Clean_where_nothing_uses_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.InvalidRuleOption,
        "class Program { static void Main() { } }",
        test => test.EditorConfig = "dotnet_code_quality.SQLITE3001.required_pragmas = jornal_mode");

    /// <summary>A word that is left out is not asked for, the others are.</summary>
    [Theory]
    [InlineData("dotnet_code_quality.SQLITE3001.required_pragmas = jornal_mode, foreign_keys", "foreign_keys")]
    [InlineData("dotnet_code_quality.SQLITE3001.required_pragmas = cache_size", "cache_size")]
    [InlineData("sqlite_analyzers.required_pragmas = foreign_keys", "foreign_keys")]
    public Task The_rule_goes_on_with_the_other_words(string option, string missing) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured,
        test =>
        {
            test.EditorConfig = option;
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.ConnectionNotConfigured).WithLocation(0).WithLocation(1).WithArguments(missing, "it"));
        });

    /// <summary>The key of a rule is read before the one of all.</summary>
    [Fact]
    public Task Key_of_the_rule_wins() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured,
        test =>
        {
            test.EditorConfig = "sqlite_analyzers.required_pragmas = foreign_keys\ndotnet_code_quality.SQLITE3001.required_pragmas = cache_size";
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.ConnectionNotConfigured).WithLocation(0).WithLocation(1).WithArguments("cache_size", "it"));
        });

    private static string Unconfigured => RuleSource.Alone(
        """
        using var other = {|#1:new SqliteConnection("Data Source=app.db")|};
        {|#0:other.Open()|};
        other.Execute("PRAGMA journal_mode=WAL; PRAGMA busy_timeout=30000; PRAGMA synchronous=NORMAL");
        other.Execute("INSERT INTO t VALUES (1)");
        """);

    private static DiagnosticResult Expected(string file, string word) =>
        new DiagnosticResult(Descriptors.InvalidRuleOption).WithSpan(file, 1, 1, 1, 1)
            .WithArguments(word, "dotnet_code_quality.SQLITE3001.required_pragmas", "a pragma that SQLite knows");

    private static Task VerifyAsync(string option, params DiagnosticResult[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.InvalidRuleOption,
        RuleSource.Statements(Open),
        test =>
        {
            test.EditorConfig = option;
            test.ExpectedDiagnostics.AddRange(expected);
        });

    private sealed class Unlisted : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }
    }
}
