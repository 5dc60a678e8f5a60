using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>In which states checks see a method end, normally and by an exception.</summary>
public sealed class MethodEndTests
{
    private const string Open = "var connection = new SqliteConnection(\"Data Source=app.db\");\nconnection.Open();\n";

    private const string Work = "connection.Execute(\"BEGIN\");\nconnection.Execute(\"INSERT INTO t VALUES (1)\");\nconnection.Execute(\"COMMIT\");\n";

    [Fact]
    public void Open_connection_is_seen_at_both_ends() => AssertEnds(["Exceptional open", "Normal open"], Open + "Console.ReadLine();");

    [Fact]
    public void Using_closes_at_both_ends() => AssertEnds([], "using " + Open + "Console.ReadLine();");

    [Fact]
    public void Close_is_skipped_by_an_exception() =>
        AssertEnds(["Exceptional open"], Open + "Console.ReadLine();\nconnection.Dispose();");

    [Fact]
    public void Finally_closes_at_both_ends() =>
        AssertEnds(["Exceptional closed"], "var connection = new SqliteConnection(\"Data Source=app.db\");\ntry\n{\n    connection.Open();\n}\nfinally\n{\n    connection.Dispose();\n}");

    [Fact]
    public void Transaction_is_open_at_the_exceptional_end_only() =>
        AssertEnds(["Exceptional open in transaction", "Normal open"], Open + Work);

    [Fact]
    public void Transaction_is_open_where_an_exception_skips_the_rollback() =>
        AssertEnds(
            ["Exceptional open in transaction", "Normal open"],
            Open + "try\n{\n" + Work + "}\ncatch (SqliteException)\n{\n    connection.Execute(\"ROLLBACK\");\n    throw;\n}");

    [Fact]
    public void Transaction_is_rolled_back_by_a_using() =>
        AssertEnds(
            ["Exceptional open", "Normal open"],
            Open + "using var transaction = connection.BeginTransaction();\nconnection.Execute(\"INSERT INTO t VALUES (1)\");\ntransaction.Commit();");

    [Fact]
    public void Catch_without_throw_ends_normally() =>
        AssertEnds(["Normal open"], "try\n{\n    s_kept = new SqliteConnection(\"Data Source=app.db\");\n    s_kept.Open();\n}\ncatch (Exception)\n{\n}");

    [Fact]
    public void Async_method_ends_the_same() =>
        AssertEnds([], "await using " + Open + "await Task.Delay(1);", "static async Task");

    [Fact]
    public void Async_method_may_leave_it_open() =>
        AssertEnds(["Exceptional open", "Normal open"], Open + "await Task.Delay(1);", "static async Task");

    [Fact]
    public void Iterator_ends_when_it_was_enumerated() =>
        AssertEnds([], "using " + Open + "yield return 1;\nconnection.Execute(\"DELETE FROM t\");", "static IEnumerable<int>");

    [Fact]
    public void Iterator_may_leave_it_open() =>
        AssertEnds(["Exceptional open", "Normal open"], Open + "yield return 1;\nconnection.Execute(\"DELETE FROM t\");", "static IEnumerable<int>");

    [Fact]
    public void Helper_throws() =>
        AssertEnds(["Exceptional open in transaction", "Normal open"], Open + "Fill(connection);");

    [Fact]
    public void Helper_closes() => AssertEnds(["Exceptional open"], Open + "End(connection);");

    /// <param name="expected">The ends at which a connection is still known; one that is closed and that nobody holds is forgotten.</param>
    /// <param name="body">Statements.</param>
    /// <param name="signature">Of the method.</param>
    private static void AssertEnds(string[] expected, string body, string signature = "static void")
    {
        var ends = new SortedSet<string>(StringComparer.Ordinal);
        PartRun.In(
            "Run",
            new(onEnd: (end, state) =>
            {
                foreach (var item in state.Objects.Keys.OfType<MadeObject>().Where(item => item is { Kind: ObjectKind.Connection } && item.Site.Member.Key.Contains("Run(", StringComparison.Ordinal)))
                {
                    ends.Add($"{end} {(state[item].Must(Component.Opening, Typestate.Closed) ? "closed" : "open")}{(state[item].May(Component.AnyTransaction) ? " in transaction" : "")}");
                }

                return null;
            }),
            $$"""
            private static SqliteConnection? s_kept;

            {{signature}} Run()
            {
            {{body}}
            }

            static void Fill(SqliteConnection connection)
            {
            {{Work}}
            }

            static void End(SqliteConnection connection) => connection.Dispose();
            """);
        Assert.Equal(expected, ends);
    }
}
