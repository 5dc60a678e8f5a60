namespace SqliteAnalyzers.Tests.Sql;

/// <summary>Statements that SQLite accepts on the schema below, in any order.</summary>
internal static class Corpus
{
    public const string Schema = """
        CREATE TABLE t(a INTEGER PRIMARY KEY, b, c DEFAULT ';');
        CREATE TABLE "my table"("a;b", [c d]);
        CREATE TABLE u(a, b);
        CREATE INDEX i ON u(a);
        CREATE VIEW v AS SELECT * FROM t;
        CREATE TRIGGER g AFTER DELETE ON t BEGIN DELETE FROM u; END;
        CREATE TEMP TABLE x(a);
        ATTACH ':memory:' AS other;
        CREATE TABLE other.o(a);
        """;

    /// <summary>Where SQLite and the rules mean the same by "write".</summary>
    public static readonly string[] Plain =
    [
        "SELECT 1",
        "select * from t where b = 'INSERT INTO t' -- DELETE",
        "VALUES (1), (2)",
        "WITH w AS (SELECT 1) SELECT * FROM w",
        "WITH w(n) AS MATERIALIZED (VALUES (1)), r AS (SELECT * FROM w) SELECT n FROM r",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "SELECT (SELECT count(*) FROM t), a->>'$.x' FROM t WHERE a IN (SELECT a FROM u) AND b <> x'00' AND c != \"b\"",
        "SELECT ?, ?7, :name, @name, $name, $n::s(x)",
        "SELECT 1e5, .5, 1., 0x1F, 1_000, 'it''s', `b`, [b], \"b\" FROM t",
        "INSERT INTO t(a, b) VALUES (NULL, 2)",
        "INSERT INTO main.t DEFAULT VALUES",
        "INSERT OR IGNORE INTO \"my table\" VALUES (1, 2)",
        "insert or replace into [my table] select 1, 2",
        "INSERT INTO `my table`(`a;b`) VALUES (';')",
        "INSERT INTO 't' VALUES (1, 2, 3) ON CONFLICT DO NOTHING",
        "INSERT INTO t(a) VALUES (1) ON CONFLICT(a) DO UPDATE SET b = excluded.a RETURNING a",
        "INSERT INTO temp.x VALUES (1)",
        "INSERT INTO x VALUES (1)",
        "INSERT/**/INTO/**/other.o/**/VALUES(1)",
        "WITH w AS (SELECT 1) INSERT INTO u(a) SELECT * FROM w",
        "WITH replace(delete_) AS (SELECT 1) REPLACE INTO u(a) SELECT delete_ FROM replace",
        "REPLACE INTO t VALUES (1, 2, 3)",
        "UPDATE t SET b = 1",
        "UPDATE OR IGNORE main . t SET b = (SELECT max(a) FROM u) WHERE a = 1",
        "UPDATE t AS z SET b = 1 FROM u WHERE u.a = z.a RETURNING *",
        "WITH w AS (SELECT 1 AS n) UPDATE u SET a = (SELECT n FROM w)",
        "DELETE FROM t",
        "DELETE FROM t WHERE a = 1 RETURNING a, b",
        "DELETE FROM u AS z WHERE z.a = CASE WHEN z.b THEN 1 ELSE 2 END",
        "WITH w AS (SELECT 1) DELETE FROM u WHERE a IN w",
        "CREATE TABLE IF NOT EXISTS n1(a, b DEFAULT (CASE WHEN 1 THEN ';' END))",
        "CREATE TABLE IF NOT EXISTS main.n2 AS SELECT 1 AS a",
        "CREATE TEMP TABLE IF NOT EXISTS n3(a)",
        "CREATE TEMPORARY TABLE IF NOT EXISTS n4(a)",
        "CREATE VIRTUAL TABLE IF NOT EXISTS n5 USING fts5(a)",
        "CREATE INDEX IF NOT EXISTS n6 ON t(b)",
        "CREATE UNIQUE INDEX IF NOT EXISTS main.n7 ON u(b) WHERE b IS NOT NULL",
        "CREATE VIEW IF NOT EXISTS n8 AS SELECT 1",
        "CREATE TEMP VIEW IF NOT EXISTS n9 AS SELECT 1",
        "CREATE TRIGGER IF NOT EXISTS n10 AFTER INSERT ON t BEGIN INSERT INTO u VALUES (1, ';'); SELECT CASE WHEN new.a THEN 1 END; END",
        "CREATE TEMP TRIGGER IF NOT EXISTS n11 BEFORE UPDATE OF b ON main.t FOR EACH ROW WHEN new.b > CASE new.a WHEN 1 THEN 2 END BEGIN DELETE FROM u; END",
        "CREATE TRIGGER IF NOT EXISTS begin INSTEAD OF INSERT ON v BEGIN UPDATE t SET b = 'END;'; END",
        "CREATE TRIGGER IF NOT EXISTS n12 AFTER DELETE ON u BEGIN SELECT end FROM (SELECT 1 AS end); END",
        "DROP TABLE u",
        "DROP TABLE IF EXISTS main.[my table]",
        "DROP VIEW v",
        "DROP INDEX main.i",
        "DROP TRIGGER IF EXISTS g",
        "ALTER TABLE t RENAME TO renamed",
        "ALTER TABLE main.t ADD COLUMN d",
        "ALTER TABLE t RENAME COLUMN b TO e",
        "ALTER TABLE u DROP COLUMN b",
        "BEGIN",
        "BEGIN DEFERRED TRANSACTION",
        "COMMIT",
        "END TRANSACTION",
        "ROLLBACK",
        "SAVEPOINT s",
        "RELEASE s",
        "ROLLBACK TO SAVEPOINT s",
        "ATTACH DATABASE 'file.db' AS f",
        "DETACH other",
        "PRAGMA foreign_keys",
        "PRAGMA main.cache_size = -2000",
        "PRAGMA table_info('t')",
        "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT * FROM t",
    ];
}
