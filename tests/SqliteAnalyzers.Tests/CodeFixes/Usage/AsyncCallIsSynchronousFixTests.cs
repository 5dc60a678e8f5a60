using SqliteAnalyzers.CodeFixes.Usage;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Usage;

public sealed class AsyncCallIsSynchronousFixTests
{
    private const string Parameters = "SqliteConnection connection, SqliteCommand command, System.Threading.CancellationToken token";

    private readonly FixHarness _fix = new(new AsyncCallIsSynchronousFix(), Descriptors.AsyncCallIsSynchronous, nameof(Descriptors.AsyncCallIsSynchronous));

    [Theory]
    [InlineData("await [|connection.OpenAsync()|];", "connection.Open();")]
    [InlineData("await [|connection.OpenAsync()|].ConfigureAwait(false);", "connection.Open();")]
    [InlineData("var value = await [|command.ExecuteScalarAsync()|];", "var value = command.ExecuteScalar();")]
    [InlineData("int count = 1 + await [|command.ExecuteNonQueryAsync()|]; // rows", "int count = 1 + command.ExecuteNonQuery(); // rows")]
    [InlineData("using var reader = await [|command.ExecuteReaderAsync(System.Data.CommandBehavior.SingleRow)|];", "using var reader = command.ExecuteReader(System.Data.CommandBehavior.SingleRow);")]
    [InlineData("using var reader = await [|command.ExecuteReaderAsync(System.Data.CommandBehavior.SingleRow, default)|];", "using var reader = command.ExecuteReader(System.Data.CommandBehavior.SingleRow);")]
    [InlineData("await [|command.ExecuteNonQueryAsync(System.Threading.CancellationToken.None)|];", "command.ExecuteNonQuery();")]
    [InlineData("var text = (await [|command.ExecuteScalarAsync()|])?.ToString();", "var text = (command.ExecuteScalar())?.ToString();")]
    [InlineData("var text = (await [|command.ExecuteScalarAsync()|])!.ToString();", "var text = (command.ExecuteScalar())!.ToString();")]
    [InlineData("var name = (await [|command.ExecuteReaderAsync()|]).GetName(0);", "var name = command.ExecuteReader().GetName(0);")]
    [InlineData("using var reader = command.ExecuteReader();\nwhile (await [|reader.ReadAsync()|])\n{\n}", "using var reader = command.ExecuteReader();\nwhile (reader.Read())\n{\n}")]
    [InlineData("using var reader = command.ExecuteReader();\nvar id = await [|reader.GetFieldValueAsync<int>(0)|];", "using var reader = command.ExecuteReader();\nvar id = reader.GetFieldValue<int>(0);")]
    [InlineData("await using var transaction = await [|connection.BeginTransactionAsync()|];", "await using var transaction = connection.BeginTransaction();")]
    [InlineData("await [|connection.CloseAsync()|];", "connection.Close();")]
    [InlineData("[|connection.OpenAsync()|].GetAwaiter().GetResult();", "connection.Open();")]
    public Task The_synchronous_method_is_called(string before, string after) =>
        _fix.VerifyAsync("Plain", Method($"await Task.Yield();\n{before}"), Method($"await Task.Yield();\n{after}"));

    [Fact]
    public async Task A_call_that_drops_a_token_stands_alone()
    {
        var before = Method("await Task.Yield();\nawait [|command.ExecuteNonQueryAsync(token)|];");

        Assert.Equal(["Call 'ExecuteNonQuery' and no longer ask the cancellation token"], await _fix.TitlesAsync(before));
        await _fix.VerifyAsync("Plain.Once", before, Method("await Task.Yield();\ncommand.ExecuteNonQuery();"));
        await _fix.VerifyForOneOnlyAsync("Plain", before);
    }

    [Theory]
    [InlineData("await [|connection.OpenAsync()|];")]
    [InlineData("await Task.Yield();\nvar task = [|connection.OpenAsync()|];\nawait task;")]
    [InlineData("await Task.Yield();\nawait Task.WhenAll([|connection.OpenAsync()|], Task.Delay(1));")]
    [InlineData("await Task.Yield();\n[|connection.OpenAsync()|].Wait();")]
    [InlineData("await Task.Yield();\nFunc<Task> open = () => [|connection.OpenAsync()|];\nawait open();")]
    [InlineData("await Task.Yield();\nFunc<Task> open = async () => await [|connection.OpenAsync()|];\nawait open();")]
    [InlineData("await Task.Yield();\nawait /* now */ [|connection.OpenAsync()|];")]
    [InlineData("await Task.Yield();\nawait [|command.ExecuteNonQueryAsync(/* none */ default)|];")]
    public async Task Nothing_is_offered(string statements) => Assert.Empty(await _fix.OfferedAsync(Method(statements)));

    [Fact]
    public async Task The_title_names_the_method() => Assert.Equal(["Call 'Open'"], await _fix.TitlesAsync(Method("await Task.Yield();\nawait [|connection.OpenAsync()|];")));

    private static string Method(string body) => Source.Method(body, parameters: Parameters, signature: "static async Task");
}
