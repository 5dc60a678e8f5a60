using SqliteAnalyzers.CodeFixes.Usage;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Usage;

public sealed class WalFileDeletedFixTests
{
    private readonly FixHarness _fix = new(new WalFileDeletedFix(), Descriptors.WalFileDeleted, nameof(Descriptors.WalFileDeleted));

    [Theory]
    [InlineData("[|System.IO.File.Delete(path + \"-wal\")|];\n")]
    [InlineData("if (System.IO.File.Exists(path + \"-wal\"))\n    [|System.IO.File.Delete(path + \"-wal\")|];\n")]
    [InlineData("if (System.IO.File.Exists(path + \"-wal\"))\n{\n    [|System.IO.File.Delete(path + \"-wal\")|];\n}\n")]
    [InlineData("foreach (var suffix in new[] { \"-wal\", \"-shm\" })\n{\n    if (System.IO.File.Exists(path + suffix))\n    {\n        [|System.IO.File.Delete(path + suffix)|];\n    }\n}\n")]
    public Task The_call_is_taken_out(string statements) =>
        _fix.VerifyAsync("Plain.Once", Method($"Console.WriteLine(1);\n{statements}Console.WriteLine(2);"), Method("Console.WriteLine(1);\nConsole.WriteLine(2);"));

    [Fact]
    public Task It_is_offered_for_one_place_only() => _fix.VerifyForOneOnlyAsync("Plain", Method("[|System.IO.File.Delete(path + \"-wal\")|];"));

    [Theory]
    [InlineData("Action tidy = () => [|System.IO.File.Delete(path + \"-wal\")|];\ntidy();")]
    [InlineData("if (path.Length > 0)\n    [|System.IO.File.Delete(path + \"-wal\")|];")]
    [InlineData("if (System.IO.File.Exists(path))\n    [|System.IO.File.Delete(path + \"-wal\")|];\nelse\n    Console.WriteLine(path);")]
    [InlineData("if (System.IO.File.Exists(path))\n{\n    // Tidy up.\n    [|System.IO.File.Delete(path + \"-wal\")|];\n}")]
    public async Task Nothing_is_offered(string statements) => Assert.Empty(await _fix.OfferedAsync(Method(statements)));

    [Fact]
    public async Task The_title_says_who_deletes_it() => Assert.Equal(
        ["Leave the file to SQLite"],
        await _fix.TitlesAsync(Method("[|System.IO.File.Delete(path + \"-wal\")|];")));

    private static string Method(string body) => Source.Method(body, parameters: "string path");
}
