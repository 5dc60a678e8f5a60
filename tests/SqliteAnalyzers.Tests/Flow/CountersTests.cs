using System.Text;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>What the engine spends: nothing where nothing can matter, once what is asked often, and in proportion to the code.</summary>
public sealed class CountersTests
{
    /// <summary>Twice the code may cost a little more than twice the blocks: what is paid once is paid for the smaller half too.</summary>
    private const double Linear = 2.2;

    [Fact]
    public async Task Compilation_without_a_library_costs_nothing()
    {
        var run = await FlowRun.Of(
            """
            using System.Diagnostics;

            class SqliteConnection
            {
                public void Open()
                {
                }
            }

            class Program
            {
                static void Run()
                {
                    new SqliteConnection().Open();
                    Process.Start("worker");
                }
            }
            """,
            withLibraries: false);

        AssertNothingDone(run);
    }

    [Fact]
    public async Task Methods_that_touch_neither_SQLite_nor_processes_cost_nothing()
    {
        var run = await FlowRun.Of(Source.Class(
            """
            private int _count = 3;

            public int Count => _count;

            public int Sum(IEnumerable<int> numbers)
            {
                var sum = 0;
                foreach (var number in numbers.Where(number => number > Count))
                {
                    sum += number;
                }

                return sum;
            }

            public override string ToString() => $"{Count} INSERT INTO t";
            """));

        AssertNothingDone(run);
    }

    [Theory]
    [InlineData("static void Run(System.Data.IDbConnection connection) => Process.Start(\"worker\");")]
    [InlineData("static void Run() => Say(\"hype_train.begin\"); static void Say(string text) { using var connection = new SqliteConnection(text); }")]
    public async Task What_cannot_be_all_that_a_rule_needs_costs_nothing(string members) => Assert.Equal(0, (await FlowRun.Of(Source.Class(members))).Counters.SummariesMade);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("  begin immediate")]
    [InlineData("COMMIT; BEGIN")]
    [InlineData("-- a note\\nBEGIN")]
    [InlineData("/* a note */ SAVEPOINT one")]
    public async Task A_text_whose_statement_begins_a_transaction_is_looked_at(string sql) =>
        Assert.NotEqual(0, (await FlowRun.Of(Source.Class($$"""static void Run(SqliteConnection connection) => connection.Execute("{{sql}}");"""))).Counters.SummariesMade);

    [Fact]
    public async Task Graph_of_a_method_is_built_once_however_often_it_is_called()
    {
        var calls = string.Concat(Enumerable.Range(0, 10).Select(number => $"static void Caller{number}() {{ Write(); Write(); Process.Start(\"worker\"); }}\n"));

        var run = await FlowRun.Of(Source.Class($$"""
            {{calls}}
            static void Write()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                connection.Execute("INSERT INTO t VALUES (1)");
            }
            """));

        Assert.Equal(11, run.Counters.GraphsBuilt);
    }

    [Fact]
    public async Task Method_entered_alike_is_summarised_once()
    {
        var calls = string.Concat(Enumerable.Range(0, 10).Select(number => $"static void Caller{number}() {{ Save(1); }}\n"));

        var run = await FlowRun.Of(Source.Class($$"""
            {{calls}}
            static void Save(int value)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Execute("INSERT INTO t VALUES (@value)", new { value });
            }
            """));

        Assert.InRange(run.Counters.SummariesMade, 1, 2);
    }

    [Fact]
    public async Task Code_is_searched_once_for_what_assigns_a_field_however_many_objects_have_it()
    {
        const int Fields = 10;
        var (ten, twenty) = (await Searches(10), await Searches(20));

        // Each further object is asked for who assigns what keeps it, not for each of its fields.
        Assert.InRange(twenty - ten, 1, 10 * (Fields / 2));

        static async Task<long> Searches(int objects) => (await FlowRun.Of(Source.Class($$"""
            {{Lines(objects, number => $"private static readonly Ship s_ship{number} = new Ship {{ {Lines(Fields, field => $"Part{field} = \"{number}\", ")} }};")}}
            private static readonly Dictionary<string, Ship> s_ships = new Dictionary<string, Ship> { {{Lines(objects, number => $"{{ \"{number}\", s_ship{number} }},")}} };

            static void Run(SqliteConnection connection)
            {
                connection.Execute("INSERT INTO Ship (Part) VALUES (@Part0)", s_ships["1"]);
            }

            private sealed class Ship
            {
                {{Lines(Fields, field => $"public string Part{field};")}}
            }
            """))).Counters.Searches;

        static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(number => line(number) + "\n"));
    }

    [Fact]
    public async Task Fields_that_a_method_cannot_touch_do_not_make_its_entry_another()
    {
        var fields = string.Concat(Enumerable.Range(0, 10).Select(number => $"private SqliteCommand _command{number};\n"));
        var calls = string.Concat(Enumerable.Range(0, 10).Select(number => $$"""
            void Caller{{number}}(SqliteConnection connection)
            {
                _command{{number}} = connection.CreateCommand();
                Save();
            }

            """));

        var run = await FlowRun.Of(Source.Class($$"""
            {{fields}}
            {{calls}}
            void Save()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Execute("INSERT INTO t VALUES (1)");
            }
            """));

        Assert.Equal(1, run.Counters.SummariesMade);
    }

    [Fact]
    public async Task Method_that_sets_pragmas_is_run_once_for_the_project_and_for_itself()
    {
        async Task<long> Visits(string sql) => (await FlowRun.Of(Source.Class($$"""
            static void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("{{sql}}");
            }
            """))).Counters.BlocksVisited;

        Assert.Equal(await Visits("SELECT 1"), await Visits("PRAGMA journal_mode=WAL"));
    }

    [Fact]
    public Task Many_methods_cost_in_proportion() => AssertLinear(
        count => Source.Class(Repeat(count, number => $$"""
            static void Method{{number}}(SqliteConnection connection, bool flag)
            {
                if (flag) connection.Execute("INSERT INTO t VALUES (1)");
                Process.Start("worker");
            }

            """)),
        50);

    [Fact]
    public Task Long_method_costs_in_proportion() => AssertLinear(
        count => Source.Method(Repeat(count, number => $"if (connection.Execute(\"INSERT INTO t VALUES ({number})\") > 1) Process.Start(\"worker\");\n")),
        50);

    [Fact]
    public Task Chain_of_calls_costs_in_proportion() => AssertLinear(
        count => Source.Class(
            Repeat(count, number => $"static void Method{number}(SqliteConnection connection) {{ connection.Execute(\"DELETE FROM t\"); Method{number + 1}(connection); }}\n")
            + $"static void Method{count}(SqliteConnection connection) => Process.Start(\"worker\");"),
        20);

    [Fact]
    public Task Callers_of_one_helper_cost_in_proportion() => AssertLinear(
        count => Source.Class(
            Repeat(count, number => $$"""
                static void Method{{number}}()
                {
                    using var connection = new SqliteConnection("Data Source=app.db");
                    connection.Open();
                    Save(connection);
                    Process.Start("worker");
                }

                """)
            + """
            static void Save(SqliteConnection connection)
            {
                for (var i = 0; i < 10; i++) connection.Execute("INSERT INTO t VALUES (1)");
            }
            """),
        30);

    [Fact]
    public Task Connections_in_one_method_cost_in_proportion() => AssertLinear(
        count => Source.Method(Connections(count), parameters: ""),
        25);

    [Fact]
    public async Task File_of_twenty_thousand_lines_costs_in_proportion()
    {
        var counters = await AssertLinear(
            count => Source.Class(Repeat(count, number => $$"""
                static int Method{{number}}(SqliteConnection connection, int value)
                {
                    var text = value.ToString();
                    if (text.Length > {{number}})
                    {
                        return 0;
                    }

                    connection.Execute("INSERT INTO t VALUES (1)");
                    return value;
                }

                """)),
            1000);

        Assert.InRange(counters.BlocksVisited, 2000, 20_000);
    }

    [Fact]
    public async Task Callers_that_lead_to_half_of_the_program_are_not_asked_which_database_a_helper_opens()
    {
        const int Length = 40;
        var chains = Repeat(20, number => $"static void Caller{number}() {{ var db = new Db(); db.Open(); Step{number}_0(db); }}\n"
            + Repeat(Length, step => $"static void Step{number}_{step}(Db db) {{ using var command = db.Connection.CreateCommand(); {(step < Length - 1 ? $"Step{number}_{step + 1}(db); " : "")}}}\n"));

        var run = await FlowRun.Of(Source.Class($$"""
            {{chains}}
            class Db
            {
                public static string Folder = Environment.CurrentDirectory;

                public SqliteConnection Connection { get; set; } = new("Data Source=" + Folder);

                public void Open()
                {
                    Connection.Open();
                    Connection.Execute("PRAGMA busy_timeout=5000");
                }
            }
            """));

        Assert.InRange(run.Counters.SummariesMade, 1, Length);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Comments_with_a_line_of_their_own_lead_to_nothing_and_hide_nothing(string newLine)
    {
        const string Comment = "\t// Opens a SqliteConnection, sets PRAGMA journal_mode=WAL, and BEGIN, by Execute: see http://sqlite.org.\n";
        static string With(string comment) => $$"""
            static void Run()
            {
            {{comment}}    using var connection = new SqliteConnection("Data Source=app.db");
            {{comment}}    connection.Open();
            {{comment}}    connection.Execute("INSERT INTO orders VALUES (1)");
            }

            static void Print(string address)
            {
            {{comment}}    Console.WriteLine(address + "http://sqlite.org");
            }

            static void PrintAll()
            {
            {{comment}}    Print("a");
            }
            """;
        var commented = await FlowRun.Of(Source.Class(With(Comment)).ReplaceLineEndings(newLine));
        var bare = await FlowRun.Of(Source.Class(With("")).ReplaceLineEndings(newLine));

        Assert.Equal(Assert.Single(bare.Findings).Id, Assert.Single(commented.Findings).Id);
        Assert.Equal(
            (bare.Counters.GraphsBuilt, bare.Counters.SummariesMade, bare.Counters.BlocksVisited),
            (commented.Counters.GraphsBuilt, commented.Counters.SummariesMade, commented.Counters.BlocksVisited));
    }

    /// <summary>Exceptions wait for each other at a finally region: it is not run for each statement that may throw.</summary>
    [Fact]
    public async Task Usings_around_statements_cost_in_proportion_to_both()
    {
        var small = await Visited(10);
        var large = await Visited(20);

        Assert.InRange(large, small, (long)(small * Linear));

        static async Task<long> Visited(int count) => (await FlowRun.Of(Source.Method(
            string.Concat(Enumerable.Range(0, count).Select(number => $"using var c{number} = new SqliteConnection(\"Data Source=app.db\");\n"))
            + string.Concat(Enumerable.Range(0, count).Select(number => $"if (flag) c0.Execute(\"INSERT INTO t VALUES ({number})\");\n"))
            + "Process.Start(\"worker\");\n",
            parameters: "bool flag"))).Counters.BlocksVisited;
    }

    private static void AssertNothingDone(FlowRun run)
    {
        Assert.Empty(run.Findings);
        Assert.Equal((0, 0, 0), (run.Counters.GraphsBuilt, run.Counters.BlocksVisited, run.Counters.SummariesMade));
    }

    /// <summary>The counters of the run over <paramref name="count"/> and twice as many pieces, none of which is given up.</summary>
    private static async Task<Counters> AssertLinear(Func<int, string> source, int count)
    {
        var once = (await FlowRun.Of(source(count))).Counters;
        var twice = (await FlowRun.Of(source(2 * count))).Counters;

        Assert.Equal((0, 0), (once.MethodsAbandoned, twice.MethodsAbandoned));
        Assert.InRange(once.BlocksVisited, count, long.MaxValue);
        Assert.InRange(twice.BlocksVisited, once.BlocksVisited + 1, (long)(Linear * once.BlocksVisited));
        Assert.InRange(twice.GraphsBuilt, once.GraphsBuilt, (long)(Linear * once.GraphsBuilt));
        return twice;
    }

    private static string Connections(int count) => Repeat(count, number => $"using var c{number} = new SqliteConnection(\"Data Source=app.db\");\nc{number}.Open();\n");

    private static string Repeat(int count, Func<int, string> part)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            text.Append(part(number));
        }

        return text.ToString();
    }
}
