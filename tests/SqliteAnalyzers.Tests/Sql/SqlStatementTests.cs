using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

public sealed class SqlStatementTests
{
    [Theory]
    [InlineData("SELECT 1", nameof(SqlStatementKind.Select))]
    [InlineData("values (1)", nameof(SqlStatementKind.Select))]
    [InlineData("WITH a AS (SELECT 1), b(x) AS NOT MATERIALIZED (SELECT 2) SELECT * FROM a, b", nameof(SqlStatementKind.Select))]
    [InlineData("WITH RECURSIVE replace(delete_, x) AS (SELECT 1, 2) INSERT INTO t SELECT * FROM replace", nameof(SqlStatementKind.Insert))]
    [InlineData("WITH {} DELETE FROM t", nameof(SqlStatementKind.Delete))]
    [InlineData("INSERT OR IGNORE INTO t VALUES (1)", nameof(SqlStatementKind.Insert))]
    [InlineData("REPLACE INTO t VALUES (1)", nameof(SqlStatementKind.Replace))]
    [InlineData("/* SELECT */ -- SELECT\n Update t SET a = 1", nameof(SqlStatementKind.Update))]
    [InlineData("DELETE FROM t", nameof(SqlStatementKind.Delete))]
    [InlineData("CREATE TABLE t(a)", nameof(SqlStatementKind.Create))]
    [InlineData("DROP INDEX i", nameof(SqlStatementKind.Drop))]
    [InlineData("ALTER TABLE t RENAME TO u", nameof(SqlStatementKind.Alter))]
    [InlineData("BEGIN", nameof(SqlStatementKind.Begin))]
    [InlineData("COMMIT TRANSACTION", nameof(SqlStatementKind.Commit))]
    [InlineData("END", nameof(SqlStatementKind.Commit))]
    [InlineData("ROLLBACK", nameof(SqlStatementKind.Rollback))]
    [InlineData("ROLLBACK TRANSACTION", nameof(SqlStatementKind.Rollback))]
    [InlineData("ROLLBACK TO s", nameof(SqlStatementKind.RollbackTo))]
    [InlineData("ROLLBACK TRANSACTION TO SAVEPOINT s", nameof(SqlStatementKind.RollbackTo))]
    [InlineData("ROLLBACK {}", nameof(SqlStatementKind.Unknown))]
    [InlineData("SAVEPOINT s", nameof(SqlStatementKind.Savepoint))]
    [InlineData("RELEASE SAVEPOINT s", nameof(SqlStatementKind.Release))]
    [InlineData("PRAGMA foreign_keys", nameof(SqlStatementKind.Pragma))]
    [InlineData("ATTACH 'a.db' AS a", nameof(SqlStatementKind.Attach))]
    [InlineData("DETACH a", nameof(SqlStatementKind.Detach))]
    [InlineData("VACUUM INTO 'copy.db'", nameof(SqlStatementKind.Vacuum))]
    [InlineData("ANALYZE", nameof(SqlStatementKind.Analyze))]
    [InlineData("REINDEX t", nameof(SqlStatementKind.Reindex))]
    [InlineData("EXPLAIN QUERY PLAN DELETE FROM t", nameof(SqlStatementKind.Explain))]
    [InlineData("{}", nameof(SqlStatementKind.Unknown))]
    [InlineData("{} INSERT INTO t VALUES (1)", nameof(SqlStatementKind.Unknown))]
    [InlineData("'INSERT INTO t'", nameof(SqlStatementKind.Unknown))]
    [InlineData("\"DELETE\" FROM t", nameof(SqlStatementKind.Unknown))]
    [InlineData("INSERTED", nameof(SqlStatementKind.Unknown))]
    [InlineData("WITH", nameof(SqlStatementKind.Unknown))]
    public void Kind_is_named_by_the_verb(string sql, string kind) => Assert.Equal(kind, One(sql).Kind.ToString());

    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", null, "t")]
    [InlineData("INSERT INTO main.\"a \"\"b\"\"\" VALUES (1)", "main", "a \"b\"")]
    [InlineData("INSERT OR REPLACE INTO [my table] (a) VALUES (1)", null, "my table")]
    [InlineData("INSERT {} INTO t VALUES (1)", null, "t")]
    [InlineData("REPLACE INTO `t` VALUES (1)", null, "t")]
    [InlineData("UPDATE OR FAIL s . t SET a = 1", "s", "t")]
    [InlineData("DELETE FROM 't' WHERE a = 1", null, "t")]
    [InlineData("CREATE TABLE IF NOT EXISTS t(a)", null, "t")]
    [InlineData("CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(a)", null, "t")]
    [InlineData("CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t(a)", "main", "t")]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; END", null, "t")]
    [InlineData("CREATE VIEW v AS SELECT 1", null, "v")]
    [InlineData("DROP TABLE IF EXISTS main.t", "main", "t")]
    [InlineData("DROP INDEX IF EXISTS main.i", "main", null)]
    [InlineData("ALTER TABLE t ADD COLUMN b", null, "t")]
    [InlineData("INSERT INTO {} VALUES (1)", null, null)]
    [InlineData("INSERT INTO part_{} VALUES (1)", null, null)]
    [InlineData("INSERT INTO", null, null)]
    [InlineData("UPDATE", null, null)]
    [InlineData("CREATE", null, null)]
    [InlineData("DROP", null, null)]
    public void Write_names_its_table(string sql, string? schema, string? table)
    {
        var statement = One(sql);

        Assert.True(statement.IsWrite);
        Assert.Equal(schema, statement.Schema?.Text);
        Assert.Equal(table, statement.Table?.Text);
    }

    [Theory]
    [InlineData("CREATE TEMP TABLE t(a)", true)]
    [InlineData("CREATE TEMPORARY VIEW v AS SELECT 1", true)]
    [InlineData("INSERT INTO temp.t VALUES (1)", true)]
    [InlineData("DROP TABLE TEMP.t", true)]
    [InlineData("CREATE TABLE temp(a)", false)]
    [InlineData("INSERT INTO temp VALUES (1)", false)]
    public void Temporary_objects_are_told_apart(string sql, bool isTemporary) => Assert.Equal(isTemporary, One(sql).IsTemporary);

    [Theory]
    [InlineData("BEGIN", nameof(SqlBeginKind.Deferred))]
    [InlineData("BEGIN TRANSACTION", nameof(SqlBeginKind.Deferred))]
    [InlineData("begin deferred transaction", nameof(SqlBeginKind.Deferred))]
    [InlineData("BEGIN IMMEDIATE", nameof(SqlBeginKind.Immediate))]
    [InlineData("BEGIN EXCLUSIVE TRANSACTION", nameof(SqlBeginKind.Exclusive))]
    [InlineData("BEGIN {} TRANSACTION", nameof(SqlBeginKind.Unknown))]
    public void Begin_has_its_kind(string sql, string kind) => Assert.Equal(kind, One(sql).Begin.ToString());

    [Theory]
    [InlineData("SAVEPOINT s", "s")]
    [InlineData("RELEASE \"a b\"", "a b")]
    [InlineData("ROLLBACK TRANSACTION TO SAVEPOINT s", "s")]
    [InlineData("SAVEPOINT s{}", null)]
    public void Savepoint_has_its_name(string sql, string? name) => Assert.Equal(name, One(sql).SavepointName?.Text);

    [Theory]
    [InlineData("ATTACH 'a.db' AS a", "a.db")]
    [InlineData("ATTACH DATABASE 'it''s.db' AS a", "it's.db")]
    [InlineData("ATTACH @file AS a", null)]
    [InlineData("ATTACH '{}' AS a", null)]
    [InlineData("ATTACH 'a' || '.db' AS a", null)]
    public void Attach_has_its_constant_file(string sql, string? file) => Assert.Equal(file, One(sql).AttachedFile?.Text);

    [Theory]
    [InlineData("CREATE TABLE IF NOT EXISTS t(a)", true)]
    [InlineData("DROP TABLE IF EXISTS t", true)]
    [InlineData("CREATE TABLE t(a)", false)]
    public void If_exists_is_seen(string sql, bool expected) => Assert.Equal(expected, One(sql).HasIfExists);

    [Theory]
    [InlineData("INSERT INTO t VALUES (1) RETURNING a", true)]
    [InlineData("DELETE FROM t RETURNING *", true)]
    [InlineData("INSERT INTO t VALUES ('RETURNING')", false)]
    [InlineData("INSERT INTO t(\"returning\") VALUES (1)", false)]
    public void Returning_is_seen(string sql, bool expected)
    {
        var statement = One(sql);

        Assert.Equal(expected, statement.HasReturning);
        Assert.Equal(expected, statement.ReturnsRows);
    }

    [Fact]
    public void Script_is_cut_at_its_semicolons()
    {
        const string sql = """
            -- first; comment
            CREATE TABLE t(a DEFAULT ';'); ;;
            INSERT INTO t VALUES (';', ";", [;], `;`) /* ; */ ;
            SELECT 1
            """;

        Assert.Equal(
            ["CREATE TABLE t(a DEFAULT ';')", "INSERT INTO t VALUES (';', \";\", [;], `;`)", "SELECT 1"],
            SqlScript.Parse(sql).Statements.Select(statement => sql.Substring(statement.Span.Start, statement.Span.Length)));
    }

    [Theory]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; UPDATE u SET a = CASE WHEN 1 THEN 2 END; END")]
    [InlineData("CREATE TEMP TRIGGER IF NOT EXISTS begin AFTER INSERT ON t WHEN new.a BEGIN SELECT 1; END")]
    [InlineData("EXPLAIN CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT end FROM u; END")]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t BEGIN {} END")]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN a THEN {} END; END")]
    [InlineData("CREATE TRIGGER g")]
    public void Body_of_a_trigger_is_not_cut(string trigger)
    {
        var statements = Parse(trigger + "; SELECT 2").Statements;

        Assert.Equal([trigger.Replace("{}", "\uFFFC").Length, "SELECT 2".Length], statements.Select(statement => statement.Span.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ;; -- nothing\n /* at all")]
    public void Text_without_statements_has_none(string sql) => Assert.Empty(SqlScript.Parse(sql).Statements);

    private static SqlStatement One(string sql) => Assert.Single(Parse(sql).Statements);

    private static SqlScript Parse(string sql) => SqlScript.Parse(sql.Replace("{}", SqlSource.Hole.ToString()));
}
