using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>How many writes committed by themselves on a connection since it was opened.</summary>
public sealed class WriteCounterTests
{
    private const string Write = "connection.Execute(\"INSERT INTO t VALUES (1)\");\n";

    [Fact]
    public void Writes_are_counted() => AssertCounts(["0", "1", "many", "many"], Write + Write + Write);

    [Fact]
    public void Reading_and_configuring_is_no_writing() =>
        AssertCounts(["0"], "connection.ExecuteScalar(\"SELECT 1 FROM t\");\nconnection.Execute(\"PRAGMA foreign_keys=ON\");\n");

    [Fact]
    public void What_a_transaction_holds_together_does_not_count() =>
        AssertCounts(["0", "0", "0"], "connection.Execute(\"BEGIN\");\n" + Write + Write + "connection.Execute(\"COMMIT\");\n");

    [Fact]
    public void After_the_transaction_it_counts_again() =>
        AssertCounts(["0", "0", "1"], "connection.Execute(\"BEGIN\");\n" + Write + "connection.Execute(\"COMMIT\");\n" + Write);

    [Fact]
    public void Loop_writes_many_times() =>
        AssertCounts(["0|1|many", "0|1|many"], "for (var i = 0; i < Environment.ProcessorCount; i++)\n{\n" + Write + "}\n");

    [Fact]
    public void Loop_in_a_transaction_counts_nothing() =>
        AssertCounts(["0", "0"], "connection.Execute(\"BEGIN\");\nfor (var i = 0; i < Environment.ProcessorCount; i++)\n{\n" + Write + "}\nconnection.Execute(\"COMMIT\");\n");

    [Fact]
    public void Helper_writes() => AssertCounts(["1"], "Insert(connection);\n");

    [Fact]
    public void Helper_writes_twice() => AssertCounts(["many"], "Insert(connection);\nInsert(connection);\n");

    [Fact]
    public void Helper_of_a_helper_writes() => AssertCounts(["1", "many"], "InsertBelow(connection);\n" + Write);

    [Fact]
    public void Helper_in_a_transaction_of_the_caller_counts_nothing() =>
        AssertCounts(["0"], "connection.Execute(\"BEGIN\");\nInsert(connection);\nInsertBelow(connection);\nconnection.Execute(\"COMMIT\");\n");

    [Fact]
    public void Write_in_a_transaction_on_one_path_counts_on_the_other() =>
        AssertCounts(["0", "0|1"], "if (DateTime.Now.Year > 2000)\n{\n    connection.Execute(\"BEGIN\");\n}\n\n" + Write);

    [Fact]
    public void Helper_in_a_transaction_on_one_path_counts_on_the_other() =>
        AssertCounts(["0|1"], "if (DateTime.Now.Year > 2000)\n{\n    connection.Execute(\"BEGIN\");\n}\n\nInsert(connection);\n");

    [Fact]
    public void Opening_anew_begins_anew() => AssertCounts(["0", "0"], Write + "connection.Close();\nconnection.Open();\n");

    [Fact]
    public void Each_connection_has_its_own() =>
        AssertCounts(["0", "0"], "using var other = new SqliteConnection(\"Data Source=app.db\");\nother.Open();\nother.Execute(\"INSERT INTO t VALUES (1)\");\n");

    /// <param name="expected">Before each write of the method itself, and before a last one.</param>
    /// <param name="body">Statements.</param>
    private static void AssertCounts(string[] expected, string body)
    {
        var counts = new SortedDictionary<int, Typestate>();
        PartRun.In(
            "Run",
            new((e, before) =>
            {
                if (e is Executes { IsWrite: true } write && e.At.Member.Key.Contains("Run(", StringComparison.Ordinal))
                {
                    counts[e.At.Start] = counts.GetValueOrDefault(e.At.Start) | before[write.Connection].Bits;
                }

                return null;
            }),
            $$"""
            static void Run()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                {{body}}
                connection.Execute("DELETE FROM t");
            }

            static void Insert(SqliteConnection connection) => connection.Execute("INSERT INTO t VALUES (1)");

            static void InsertBelow(SqliteConnection connection) => Insert(connection);
            """);
        Assert.Equal(expected, counts.Values.Select(Words));
    }

    private static string Words(Typestate bits) => string.Join('|', Component.BitsOf(bits & Component.Writes).Select(bit => bit switch
    {
        Typestate.NoWrite => "0",
        Typestate.OneWrite => "1",
        Typestate.ManyWrites => "many",
        _ => "?",
    }));
}
