using SqliteAnalyzers.CodeFixes.Usage;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Usage;

public sealed class DatabaseFileTouchedOutsideSqliteFixTests
{
    private const string Open =
        "using var shop = new SqliteConnection(\"Data Source=app.db\");\nshop.Open();\n";

    private static readonly (string, string) s_connection = (DiagnosticProperties.Connection, "shop");

    private readonly FixHarness _fix = new(new DatabaseFileTouchedOutsideSqliteFix(), Descriptors.DatabaseFileTouchedOutsideSqlite, nameof(Descriptors.DatabaseFileTouchedOutsideSqlite));

    [Theory]
    [InlineData("System.IO.File.Copy(\"app.db\", target)", "shop.BackupTo(target)")]
    [InlineData("System.IO.File.Copy(\"app.db\", target, true)", "shop.BackupTo(target, overwrite: true)")]
    [InlineData("System.IO.File.Copy(\"app.db\", target, overwrite: false)", "shop.BackupTo(target, overwrite: false)")]
    public Task It_copies_through_the_connection(string bad, string good) => _fix.VerifyAsync(
        "Helper.Once", Method($"{Open}[|{bad}|];"), Method($"{Open}{good};", runtime: true), Effect("Reads"), s_connection);

    [Theory]
    [InlineData("System.IO.File.Delete(\"app.db\")", "Deletes")]
    [InlineData("System.IO.File.Move(\"app.db\", target)", "Moves")]
    public Task It_clears_the_pools(string call, string effect) => _fix.VerifyAsync(
        "Plain.Once", Method($"Console.WriteLine(target);\n[|{call}|];"), Method($"Console.WriteLine(target);\nSqliteConnection.ClearAllPools();\n{call};"), Effect(effect));

    [Theory]
    [InlineData("[|System.IO.File.Copy(target, \"app.db\", true)|];", "Replaces")]
    [InlineData("var bytes = [|System.IO.File.ReadAllBytes(\"app.db\")|];", "Reads")]
    [InlineData("[|System.IO.File.Copy(\"app.db\", /* here */ target)|];", "Reads")]
    [InlineData("[|System.IO.File.Copy(destFileName: target, sourceFileName: \"app.db\")|];", "Reads")]
    [InlineData("[|System.IO.File.Delete(\"app.db\")|];", "Deletes")]
    public async Task Nothing_is_offered_while_a_connection_is_open(string statement, string effect) =>
        Assert.Empty(await _fix.OfferedAsync(Method(Open + statement), Effect(effect), s_connection));

    [Fact]
    public async Task Nothing_is_offered_for_a_copy_without_a_connection() =>
        Assert.Empty(await _fix.OfferedAsync(Method("[|System.IO.File.Copy(\"app.db\", target)|];"), Effect("Reads")));

    private static (string, string) Effect(string effect) => (DiagnosticProperties.FileEffect, effect);

    private static string Method(string body, bool runtime = false) => Source.Method(body, runtime, parameters: "string target");
}
