using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>
/// A summary tells its callers of what they can reach or must judge, and of nothing else: what it told beside that, each caller would
/// tell its own callers of, call by call.
/// </summary>
public sealed class SummarySizeTests
{
    private const string Register = """
        private sealed class Entry
        {
            public Entry(SqliteCommand command, string what)
            {
                Command = command;
                What = what;
            }

            public SqliteCommand Command { get; }

            public string What { get; }
        }

        private sealed class Holder
        {
            public Holder(SqliteConnection connection)
            {
                Connection = connection;
            }

            public SqliteConnection Connection { get; }
        }

        private Dictionary<long, Entry> _entries = new();
        private static readonly List<Holder> s_holders = new();
        private static Entry s_last;
        private string _name = "";

        private abstract class Source
        {
            public abstract SqliteConnection Get();

            public abstract SqliteTransaction Begin();
        }
        """;

    [Fact]
    public void Objects_that_calls_add_to_a_register_do_not_pile_up()
    {
        var exits = ExitsOf($$"""
            public void Set(Dictionary<long, Entry> entries) => _entries = entries;

            private void Log(SqliteCommand command, string what)
            {
                if (command.CommandTimeout > 30)
                {
                    _entries[command.CommandTimeout] = new Entry(command, what);
                }

                command.ExecuteNonQuery();
            }

            private void Run(SqliteCommand command)
            {
                {{Repeat("Log(command, \"a\");", 5)}}
            }
            """);

        Assert.All(exits, exit => Assert.DoesNotContain(exit.Objects.Keys, item => item is MadeObject));
    }

    [Fact]
    public void Plain_object_that_a_member_holds_for_certain_is_told_of()
    {
        var exits = ExitsOf("""
            private static void Run(SqliteCommand command)
            {
                s_last = new Entry(command, "a");
                command.ExecuteNonQuery();
            }
            """);

        Assert.All(exits, exit => Assert.Contains(exit.Objects.Keys, item => item is MadeObject { Kind: ObjectKind.Plain }));
    }

    [Fact]
    public void Connection_in_a_register_is_told_of()
    {
        var exits = ExitsOf("""
            private static void Run()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                s_holders.Add(new Holder(connection));
            }
            """);

        Assert.All(exits, exit => Assert.Contains(exit.Objects.Keys, item => item is MadeObject { Kind: ObjectKind.Connection }));
        Assert.All(exits, exit => Assert.Contains(exit.Objects.Keys, item => item is MadeObject { Kind: ObjectKind.Plain }));
    }

    [Fact]
    public void What_calls_have_given_the_code_is_not_told_of_if_it_is_only_read()
    {
        var exits = ExitsOf($$"""
            private static void Read(Source source)
            {
                using var connection = source.Get();
                using var transaction = source.Begin();
                connection.Execute("SELECT 1");
                transaction.Connection.Execute("SELECT 1");
            }

            private static void Run(Source source)
            {
                {{Repeat("Read(source);")}}
            }
            """);

        Assert.All(exits, exit => Assert.Empty(exit.Objects));
    }

    [Fact]
    public void Of_databases_that_were_written_so_some_are_told_of()
    {
        var exits = ExitsOf($$"""
            private static void Write(Source source)
            {
                using var connection = source.Get();
                connection.Execute("INSERT INTO t VALUES (1)");
            }

            private static void Run(Source source)
            {
                {{Repeat("Write(source);")}}
            }
            """);

        Assert.All(exits, exit => Assert.Contains(exit.Objects.Keys, item => item.Kind == ObjectKind.Database));
        Assert.All(exits, exit => Assert.InRange(exit.Objects.Count, 1, Limits.MaxLost * 2));
    }

    [Fact]
    public void Connection_that_a_call_has_given_and_that_is_given_back_is_told_of()
    {
        var exits = ExitsOf("""
            private static SqliteConnection Run(Source source)
            {
                var connection = source.Get();
                connection.Open();
                connection.Execute("BEGIN");
                return connection;
            }
            """);

        Assert.All(exits, exit => Assert.Contains(exit.Objects.Keys, item => item.Kind == ObjectKind.Connection && exit[item].May(Typestate.Begun)));
    }

    [Fact]
    public void Member_that_was_given_back_its_value_is_not_told_of()
    {
        var exits = ExitsOf("""
            private void Run(SqliteConnection connection)
            {
                var name = _name;
                _name = name;
                connection.Execute("SELECT 1");
            }
            """);

        Assert.All(exits, exit => Assert.DoesNotContain(exit.Variables.Keys, key => key is Cell { Member.Name: "_name" }));
    }

    [Fact]
    public void Ways_out_that_tell_of_too_much_are_joined()
    {
        var numbers = Enumerable.Range(0, 60);
        var exits = ExitsOf($$"""
            private static bool Run(bool flag, {{string.Join(", ", numbers.Select(number => $"SqliteConnection c{number}"))}})
            {
                if (flag)
                {
                    {{string.Concat(numbers.Select(number => $"c{number}.Open();\n"))}}
                    return true;
                }

                {{string.Concat(numbers.Select(number => $"c{number}.Close();\n"))}}
                return false;
            }
            """);

        Assert.Single(exits);
    }

    private static string Repeat(string statement, int count = 12) => string.Concat(Enumerable.Repeat(statement + "\n", count));

    private static IEnumerable<State> ExitsOf(string members)
    {
        var run = new EngineRun(FlowRun.Compile(Tests.Verifiers.Source.Class(Register + members)));
        var exits = run.SummaryOf(run.UnitOf("Run")).Exits;
        Assert.NotEmpty(exits);
        return exits;
    }
}
