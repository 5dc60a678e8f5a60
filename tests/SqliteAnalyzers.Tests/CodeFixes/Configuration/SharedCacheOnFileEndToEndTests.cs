using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3005, the rule and its fix together.</summary>
public sealed class SharedCacheOnFileEndToEndTests
{
    [Theory]
    [InlineData("\"Data Source=a.db;[|Cache|]=Shared\"", "\"Data Source=a.db\"")]
    [InlineData("\"[|Cache|]=Shared; Data Source=a.db\"", "\"Data Source=a.db\"")]
    [InlineData("\"Data Source=a.db; [|Cache|] = 'Shared' ;Pooling=False\"", "\"Data Source=a.db ;Pooling=False\"")]
    [InlineData("$\"Data Source={Environment.ProcessId};[|Cache|]=Shared;\"", "$\"Data Source={Environment.ProcessId};\"")]
    [InlineData("Environment.CurrentDirectory + \";[|Cache|]=Shared\"", "Environment.CurrentDirectory")]
    [InlineData("\"Data Source=\" + Environment.CurrentDirectory + \";[|Cache|]=Shared\"", "\"Data Source=\" + Environment.CurrentDirectory")]
    [InlineData("\"Data Source=\" + Environment.CurrentDirectory + \";[|Cache|]=Shared;Pooling=False\"", "\"Data Source=\" + Environment.CurrentDirectory + \";Pooling=False\"")]
    [InlineData("\"Data Source=file:a.db?[|cache|]=shared\"", "\"Data Source=file:a.db\"")]
    [InlineData("\"Data Source=file:a.db?[|cache|]=shared&mode=rw\"", "\"Data Source=file:a.db?mode=rw\"")]
    [InlineData("\"Data Source=file:a.db?mode=rw&[|cache|]=shared\"", "\"Data Source=file:a.db?mode=rw\"")]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = \"a.db\", [|Cache|] = SqliteCacheMode.Shared }.ToString()", "new SqliteConnectionStringBuilder { DataSource = \"a.db\" }.ToString()")]
    [InlineData("new SqliteConnectionStringBuilder { [|Cache|] = SqliteCacheMode.Shared, DataSource = \"a.db\" }.ToString()", "new SqliteConnectionStringBuilder { DataSource = \"a.db\" }.ToString()")]
    public Task Removed_from_an_expression(string before, string after) => VerifyAsync(
        $"-using var other = new SqliteConnection({before}); // one\n+using var other = new SqliteConnection({after}); // one");

    [Fact]
    public Task Removed_from_lines() => VerifyAsync(
        """
         var builder = new SqliteConnectionStringBuilder
         {
             DataSource = "a.db",
        -    [|Cache|] = SqliteCacheMode.Shared,
             Pooling = false,
         };
         var last = new SqliteConnectionStringBuilder
         {
        -    DataSource = "b.db",
        -    [|Cache|] = SqliteCacheMode.Shared
        +    DataSource = "b.db"
         };
        -last.[|Cache|] = SqliteCacheMode.Shared; // all
        +// all
        -builder[[|"Cache"|]] = "Shared";
         using var other = new SqliteConnection(builder.ToString());
         using var another = new SqliteConnection(last.ToString());
        """);

    [Theory]
    [InlineData("var name = Environment.ProcessId > 1 ? \":memory:\" : \"a.db\"; using var other = new SqliteConnection($\"Data Source={name};[|Cache|]=Shared\");")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { DataSource = \"a\", Mode = Environment.ProcessId > 1 ? SqliteOpenMode.Memory : SqliteOpenMode.ReadWrite, [|Cache|] = SqliteCacheMode.Shared };")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { DataSource = \"a.db\" }; if (builder.Pooling) builder.[|Cache|] = SqliteCacheMode.Shared;")]
    public Task Nothing_is_offered_where_memory_needs_it_or_a_statement_is_needed(string body) => FixVerifier.VerifyNothingOfferedAsync(
        Descriptors.SharedCacheOnFile, $"static class Program {{ static void Main() {{ {body} }} }}");

    private static Task VerifyAsync(string body) => FixVerifier.VerifyAsync(
        Descriptors.SharedCacheOnFile, "SharedCacheOnFile.Plain", ChangeSource.Program(body, runtime: false));
}
