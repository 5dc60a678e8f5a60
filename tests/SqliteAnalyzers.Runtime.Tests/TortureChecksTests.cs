using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What the torture looks for it finds, if it is there.</summary>
public sealed class TortureChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("damaged.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", null)]
    [InlineData("DELETE FROM unit WHERE key = 3; DELETE FROM line WHERE unit = 3", "unit 3 was acknowledged and is lost")]
    [InlineData("INSERT INTO unit VALUES (3)", "unit 3 stands 2 times, with 3 lines, 3 numbers, 0 of other content")]
    [InlineData("INSERT INTO line SELECT * FROM line WHERE unit = 3 AND number = 0", "unit 3 stands 1 times, with 4 lines, 3 numbers, 0 of other content")]
    [InlineData("DELETE FROM line WHERE unit = 3 AND number = 2", "unit 3 stands 1 times, with 2 lines, 2 numbers, 0 of other content")]
    [InlineData("UPDATE line SET text = 'other' WHERE unit = 3 AND number = 0", "unit 3 stands 1 times, with 3 lines, 3 numbers, 1 of other content")]
    [InlineData("DELETE FROM line WHERE unit = 3", "unit 3 stands 1 times, with 0 lines, 0 numbers, 0 of other content")]
    [InlineData("INSERT INTO line VALUES (9, 0, '')", "1 lines without their unit")]
    [InlineData("INSERT INTO unit VALUES (8); INSERT INTO line VALUES (8, 0, '12345678'), (8, 1, '123456789'), (8, 2, '1234567890')", "unit 8 failed and is there")]
    public void A_unit_of_the_single_writer_is_missed_by_its_key(string damage, string? problem)
    {
        var books = new KeyedBooks();
        using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.OpenConfigured();
            KeyedUnits.CreateTables(connection);
            using var batch = new SqliteBatchWriter(connection);
            for (var key = 1; key <= 5; key++)
            {
                KeyedUnits.Write(batch.Execute, key);
                books.Acknowledged(key);
            }

            batch.Commit();
            connection.Run(damage);
        }

        books.Failed(8);
        var found = KeyedUnits.Find(Path);
        Assert.Equal(problem is null ? [] : [problem], found.Problems.Concat(books.Compare(books.Copy(), found)));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("DELETE FROM item WHERE key = 7", "2199 rows of 2199 keys from 1 to 2200, generation 6 to 6, 0.0 of other content")]
    [InlineData("INSERT INTO item SELECT * FROM item WHERE key = 7", "2201 rows of 2200 keys from 1 to 2200, generation 6 to 6, 0.0 of other content")]
    [InlineData("UPDATE item SET key = 8 WHERE key = 7", "2200 rows of 2199 keys from 1 to 2200, generation 6 to 6, 1.0 of other content")]
    [InlineData("UPDATE item SET generation = 5 WHERE key = 7", "2200 rows of 2200 keys from 1 to 2200, generation 5 to 6, 0.0 of other content")]
    [InlineData("UPDATE item SET text = '' WHERE key = 7", "2200 rows of 2200 keys from 1 to 2200, generation 6 to 6, 1.0 of other content")]
    public void A_row_of_a_generation_is_missed_by_its_key(string damage, string? content)
    {
        Generations.Create(Path, 6, 4_096, "WAL");
        using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            connection.Run(damage);
        }

        var found = Generations.Find(Path);
        Assert.Equal(6, found.Generation);
        Assert.Equal(content is null ? [] : [$"generation 6 is '{content}' and not '{Generations.Whole(6)}'"], found.Problems);
    }

    [Fact]
    public void What_is_no_database_is_a_finding_and_no_end_of_the_run()
    {
        File.WriteAllText(Path, new string('x', 5_000));

        Assert.NotEmpty(KeyedUnits.Find(Path).Problems);
        Assert.NotEmpty(Generations.Find(Path).Problems);
    }
}
