using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>Code that no one should write: the engine does not throw, does not hang, and its steps are bounded.</summary>
public sealed class LimitsTests
{
    private const string Write = "connection.Execute(\"INSERT INTO t VALUES (1)\");";

    private const string Start = "Process.Start(\"worker\");";

    /// <summary>Code in <c>Run(SqliteConnection connection, bool flag)</c>, by what is too much of it.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "ifs a thousand deep", Nested(1_000, "if (flag) {", Write + Start, "}") },
        { "loops a hundred deep", Nested(100, "while (flag) {", Write + Start, "}") },
        { "tries a hundred deep", Nested(100, "try {", Write + Start, "} finally { " + Write + " }") },
        { "tries with a catch a hundred deep", Nested(100, "try {", Write + Start, "} catch (Exception) { " + Write + " }") },
        { "usings three hundred deep", Nested(300, "using (var transaction = connection.BeginTransaction()) {", Write + Start, "}") },
        { "lambdas a hundred deep", Nested(100, "new Action(() => {", Write + Start, "})();") },
        { "local functions a hundred deep", Nested(100, "void Local() {", Write + Start, "} Local();") },
        { "lambdas three hundred deep", Nested(300, "new Action(() => {", Write + Start, "})();") },
        { "brackets a thousand deep", $"var sum = {Nested(1_000, "(1 + ", "connection.Execute(\"DELETE FROM t\")", ")")}; {Start}" },
        { "conditions a thousand long", $"if ({string.Join(" && ", Enumerable.Repeat("flag", 1_000))}) {Write} {Start}" },
        { "a sum of ten thousand texts", $"connection.Execute({string.Join(" + ", Enumerable.Repeat("\"INSERT INTO t VALUES (1);\"", 10_000))}); {Start}" },
        { "a megabyte of SQL", $"connection.Execute(\"{string.Concat(Enumerable.Repeat("INSERT INTO t VALUES (1);", (1 << 20) / 25))}\"); {Start}" },
        { "a megabyte in one value", $"connection.Execute(\"INSERT INTO t VALUES ('{new string('a', 1 << 20)}')\"); {Start}" },
        { "unbalanced quotes", $"connection.Execute(\"INSERT INTO t VALUES ('{new string('\'', 10_001)}\"); {Start}" },
        { "comment without end", $"connection.Execute(\"INSERT INTO t /* {new string('*', 10_000)}\"); {Start}" },
        { "thousands of writes", string.Concat(Enumerable.Repeat(Write, 5_000)) + Start },
        { "a thousand conditional writes", string.Concat(Enumerable.Repeat("if (Environment.TickCount > 0) " + Write, 1_000)) + Start },
        { "a switch of five hundred cases", "switch (Environment.TickCount) {" + string.Concat(Enumerable.Range(0, 500).Select(number => $"case {number}: {Write} break;")) + "} " + Start },
        { "thousands of jumps", string.Concat(Enumerable.Range(0, 1_000).Select(number => $"label{number}: {Write} if (Environment.TickCount == {number}) goto label{999 - number};")) + Start },
        { "thousands of connections", string.Concat(Enumerable.Range(0, 2_000).Select(number => $"using var c{number} = new SqliteConnection(\"Data Source=app.db\"); c{number}.Open();")) + Start },
    };

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(Bodies))]
    public Task Body_is_survived(string what, string body) => Task.Run(() => AssertBounded(what, Source.Class(
        $$"""
        static void Run(SqliteConnection connection, bool flag)
        {
            {{body}}
        }
        """)), TestContext.Current.CancellationToken);

    /// <summary>Within the limits for visits, blocks whose states tell of hundreds of variables took minutes.</summary>
    [Theory]
    [InlineData(10, 0)]
    [InlineData(400, 1)]
    public async Task Loops_over_states_that_tell_of_much_are_given_up(int connections, int abandoned)
    {
        var numbers = Enumerable.Range(0, connections);
        var source = Source.Method(
            string.Concat(numbers.Select(number => $"var c{number} = new SqliteConnection(\"Data Source=app.db\");\n"))
            + $"while (flag) {{ {string.Concat(numbers.Select(number => $"if (flag) {{ c{number}.Open(); }}\n"))} }}\n"
            + string.Concat(numbers.Select(number => $"c{number}.Execute(\"INSERT INTO t VALUES (1)\");\n")),
            parameters: "bool flag");

        var counters = (await FlowRun.Of(source)).Counters;

        Assert.Equal(abandoned, counters.MethodsAbandoned);
    }

    [Theory(Timeout = 180_000)]
    [InlineData(1)]
    [InlineData(12)]
    public Task Recursion_is_survived(int methods) => Task.Run(() => AssertBounded("recursion", Source.Class(
        string.Concat(Enumerable.Range(0, methods).Select(number => $$"""
            private static void Method{{number}}(SqliteConnection connection, bool flag)
            {
                {{Write}}
                {{string.Concat(Enumerable.Range(0, methods).Select(called => $"if (flag) Method{called}(connection, !flag);\n"))}}
                {{Start}}
            }

            """)))), TestContext.Current.CancellationToken);

    /// <summary>Methods that call each other in a ring: longer than the stack of summaries that wait for each other.</summary>
    [Theory(Timeout = 180_000)]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(199)]
    public async Task Ring_of_calls_is_seen_through_from_any_of_its_methods(int first)
    {
        const int Length = 200;
        var source = Source.Class(string.Concat(Enumerable.Range(0, Length).Select(number => (number + first) % Length).Select(number => $$"""
            private static void Method{{number}}(SqliteConnection connection, int count)
            {
                {{(number == 150 ? Write : "")}}
                if (count > 0) Method{{(number + 1) % Length}}(connection, count - 1);
            }

            """)) + $$"""
            static void Run()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                using var transaction = connection.BeginTransaction();
                Method{{first}}(connection, 1000);
                {{Start}}
                transaction.Commit();
            }
            """);

        var result = await FlowRun.Of(FlowRun.Compile(source), TestContext.Current.CancellationToken);

        Assert.Contains(result.Findings, finding => finding.Id == "SQLITE1002");
        Assert.True(result.Counters.SummariesMade < 20 * Length, $"{result.Counters.SummariesMade} summaries");
    }

    [Fact(Timeout = 180_000)]
    public Task Fan_out_of_calls_is_survived() => Task.Run(() => AssertBounded("fan-out", Source.Class(
        string.Concat(Enumerable.Range(0, 12).Select(number => $$"""
            private static void Method{{number}}(SqliteConnection connection)
            {
                {{string.Concat(Enumerable.Range(number + 1, 12 - number).Select(called => $"Method{called}(connection); {Write}\n"))}}
            }

            """)) + $"private static void Method12(SqliteConnection connection) {{ {Write} {Start} }}")), TestContext.Current.CancellationToken);

    private static async Task AssertBounded(string what, string source)
    {
        var counters = (await FlowRun.Of(FlowRun.Compile(source), TestContext.Current.CancellationToken)).Counters;

        var bound = (Limits.MaxVisitsPerBlock * (counters.BlocksRead + (10L * counters.SummariesMade))) + counters.SummariesMade;
        Assert.True(counters.BlocksVisited <= bound, $"{what}: {counters.BlocksVisited} visits of {counters.BlocksRead} blocks in {counters.SummariesMade} summaries");
    }

    private static string Nested(int depth, string open, string inner, string close) =>
        string.Concat(Enumerable.Range(0, depth).Select(level => NameLevel(open, level)))
        + inner
        + string.Concat(Enumerable.Range(0, depth).Reverse().Select(level => NameLevel(close, level)));

    private static string NameLevel(string text, int level) =>
        text.Replace("Local", $"Local{level}", StringComparison.Ordinal).Replace("transaction", $"transaction{level}", StringComparison.Ordinal);
}
