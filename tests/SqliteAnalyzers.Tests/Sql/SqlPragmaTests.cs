using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

public sealed class SqlPragmaTests
{
    [Theory]
    [InlineData("PRAGMA journal_mode", null, "journal_mode", null)]
    [InlineData("PRAGMA journal_mode = WAL", null, "journal_mode", "WAL")]
    [InlineData("PRAGMA main.journal_mode=DELETE", "main", "journal_mode", "DELETE")]
    [InlineData("PRAGMA journal_mode(WAL)", null, "journal_mode", "WAL")]
    [InlineData("PRAGMA journal_mode = 'wal'", null, "journal_mode", "wal")]
    [InlineData("PRAGMA \"main\".[journal_mode] = \"wal\"", "main", "journal_mode", "wal")]
    [InlineData("PRAGMA cache_size = -64000", null, "cache_size", "-64000")]
    [InlineData("PRAGMA cache_size = - 64000", null, "cache_size", "-64000")]
    [InlineData("PRAGMA cache_size = +64000", null, "cache_size", "64000")]
    [InlineData("PRAGMA foreign_keys = ON", null, "foreign_keys", "ON")]
    [InlineData("PRAGMA cache_size =", null, "cache_size", null)]
    [InlineData("PRAGMA cache_size = -", null, "cache_size", null)]
    [InlineData("PRAGMA cache_size()", null, "cache_size", null)]
    public void Parts_are_read(string sql, string? schema, string name, string? value)
    {
        var pragma = One(sql);

        Assert.Equal(schema, pragma.Schema?.Text);
        Assert.Equal(name, pragma.Name.Text);
        Assert.Equal(value, pragma.Value?.Text);
        Assert.Equal(value is not null, pragma.IsSet);
        Assert.Equal(sql.Contains('('), pragma.HasParentheses);
    }

    [Theory]
    [InlineData("PRAGMA wal_checkpoint", nameof(CheckpointMode.Passive), false)]
    [InlineData("PRAGMA main.wal_checkpoint(passive)", nameof(CheckpointMode.Passive), false)]
    [InlineData("PRAGMA wal_checkpoint(FULL)", nameof(CheckpointMode.Full), false)]
    [InlineData("PRAGMA wal_checkpoint = restart", nameof(CheckpointMode.Restart), false)]
    [InlineData("PRAGMA WAL_CHECKPOINT('TRUNCATE')", nameof(CheckpointMode.Truncate), false)]
    [InlineData("PRAGMA wal_checkpoint(NOOP)", nameof(CheckpointMode.Noop), false)]
    [InlineData("PRAGMA wal_checkpoint(FUL)", nameof(CheckpointMode.Passive), true)]
    [InlineData("PRAGMA wal_checkpoint(1)", nameof(CheckpointMode.Passive), true)]
    [InlineData("PRAGMA wal_checkpoint({})", null, false)]
    [InlineData("PRAGMA wal_checkpoint({}CATE)", null, false)]
    [InlineData("PRAGMA wal_checkpoint {}", null, false)]
    [InlineData("PRAGMA wal_checkpoint(@mode)", null, false)]
    public void Checkpoint_has_its_mode(string sql, string? mode, bool isUnknownWord)
    {
        var pragma = One(sql);

        Assert.True(pragma.IsCheckpoint);
        Assert.False(pragma.IsSet);
        Assert.Equal(mode, pragma.Mode?.ToString());
        Assert.Equal(isUnknownWord, pragma.ModeIsUnknownWord);
    }

    [Theory]
    [InlineData("PRAGMA busy_timeout = @ms", true, false)]
    [InlineData("PRAGMA busy_timeout = ?", true, false)]
    [InlineData("PRAGMA busy_timeout = {}", false, true)]
    [InlineData("PRAGMA busy_timeout = {}000", false, true)]
    [InlineData("PRAGMA busy_timeout = '{}'", false, true)]
    [InlineData("PRAGMA busy_timeout = 5000", false, false)]
    public void Values_that_are_not_constant_are_told_apart(string sql, bool isParameter, bool hasHole)
    {
        var pragma = One(sql);

        Assert.Equal(isParameter, pragma.ValueIsParameter);
        Assert.Equal(hasHole, pragma.ValueHasHole);
    }

    [Theory]
    [InlineData("PRAGMA group_concat_max_len = 1")]
    [InlineData("PRAGMA journal_{} = WAL")]
    [InlineData("PRAGMA {}")]
    public void Unknown_pragma_has_no_entry(string sql)
    {
        var pragma = One(sql);

        Assert.Null(pragma.Info);
        Assert.False(pragma.IsSet);
        Assert.False(pragma.ReturnsRows);
    }

    [Fact]
    public void Span_of_a_signed_value_holds_the_sign()
    {
        const string sql = "PRAGMA cache_size = - 64000";

        Assert.Equal("- 64000", sql.Substring(One(sql).Value!.Span.Start, One(sql).Value!.Span.Length));
    }

    private static SqlPragma One(string sql) =>
        Assert.Single(SqlScript.Parse(sql.Replace("{}", SqlSource.Hole.ToString())).Statements).Pragma!;
}
