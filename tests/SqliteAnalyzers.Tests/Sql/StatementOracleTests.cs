using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Sql;
using SQLitePCL;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>SQLite itself judges what the classifier says of a statement.</summary>
public sealed class StatementOracleTests : IDisposable
{
    private readonly Engine _engine = Engine.InMemory();

    public StatementOracleTests() => _engine.Run(Corpus.Schema);

    public static TheoryData<string> Plain => [.. Corpus.Plain];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Plain))]
    public void Write_is_what_SQLite_does_not_call_read_only(string sql)
    {
        var statement = One(sql);
        var prepared = _engine.Prepare(sql);

        Assert.Null(prepared.Error);
        Assert.Equal(!prepared.IsReadOnly, statement.IsWrite);
        Assert.Equal(prepared.ColumnCount > 0, statement.ReturnsRows);
        Assert.Equal(prepared.IsExplain, statement.Kind == SqlStatementKind.Explain);
    }

    /// <summary>To SQLite a statement is not read only if it may change the file or takes the write lock; a "write" changes rows or the schema, when it runs.</summary>
    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN EXCLUSIVE")]
    [InlineData("PRAGMA journal_mode")]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA wal_checkpoint(FULL)")]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("PRAGMA incremental_vacuum")]
    [InlineData("VACUUM")]
    [InlineData("REINDEX")]
    [InlineData("ANALYZE")]
    [InlineData("EXPLAIN DELETE FROM t")]
    public void Not_everything_that_SQLite_does_not_call_read_only_is_a_write(string sql)
    {
        var prepared = _engine.Prepare(sql);

        Assert.Null(prepared.Error);
        Assert.False(prepared.IsReadOnly);
        Assert.False(One(sql).IsWrite);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Table_is_the_one_that_SQLite_asks_leave_for(string sql)
    {
        var statement = One(sql);
        var asked = _engine.Authorizations(sql).Where(asked => asked.First?.StartsWith("sqlite_", StringComparison.Ordinal) != true).ToList();
        var (table, schema) = statement.Kind switch
        {
            SqlStatementKind.Insert or SqlStatementKind.Replace => First(raw.SQLITE_INSERT),
            SqlStatementKind.Update => First(raw.SQLITE_UPDATE),
            SqlStatementKind.Delete => First(raw.SQLITE_DELETE),
            SqlStatementKind.Create => First(raw.SQLITE_CREATE_TABLE, raw.SQLITE_CREATE_TEMP_TABLE, raw.SQLITE_CREATE_VIEW, raw.SQLITE_CREATE_TEMP_VIEW, raw.SQLITE_CREATE_VTABLE) is { Table: not null } created
                ? created
                : Second(raw.SQLITE_CREATE_INDEX, raw.SQLITE_CREATE_TRIGGER, raw.SQLITE_CREATE_TEMP_TRIGGER),
            SqlStatementKind.Drop => First(raw.SQLITE_DROP_TABLE, raw.SQLITE_DROP_VIEW),
            SqlStatementKind.Alter => Second(raw.SQLITE_ALTER_TABLE),
            _ => (null, null),
        };

        Assert.Equal(table, statement.Table?.Text);
        if (statement.Schema is not null && schema is not null)
        {
            Assert.Equal(schema, statement.Schema.Text);
        }

        if (statement.IsTemporary)
        {
            Assert.Equal("temp", schema);
        }

        (string? Table, string? Schema) First(params int[] actions) => asked.Where(asked => actions.Contains(asked.Action)).Select(asked => (asked.First, asked.Schema)).FirstOrDefault();

        // An ALTER asks with its schema in the place of the table and the table in the place of the other name.
        (string? Table, string? Schema) Second(params int[] actions) => asked.Where(asked => actions.Contains(asked.Action)).Select(asked => (asked.Second, asked.Schema ?? asked.First)).FirstOrDefault();
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Span_is_the_statement_without_its_surroundings(string sql)
    {
        var padded = $" -- before;\n ; {sql} /* after; */ ; ";
        var span = One(padded).Span;
        var start = padded.IndexOf(sql, StringComparison.Ordinal);

        Assert.Equal(start, span.Start);
        Assert.True(new TextSpan(start, sql.Length).Contains(span));
    }

    private static SqlStatement One(string sql) => Assert.Single(SqlScript.Parse(sql).Statements);
}
