using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Which pragmas of a connection were set to what since it was opened.</summary>
public sealed class PragmaCellsTests
{
    private const string Open = """
        var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();

        """;

    [Fact]
    public void Pragma_that_was_set_is_seen_with_its_value() =>
        AssertAtQuery("busy_timeout=5000 foreign_keys=ON", Open + "connection.Execute(\"PRAGMA foreign_keys=ON; PRAGMA busy_timeout = 5000\");");

    [Fact]
    public void Nothing_was_set() => AssertAtQuery("busy_timeout=- foreign_keys=-", Open);

    [Fact]
    public void Question_sets_nothing() => AssertAtQuery("busy_timeout=- foreign_keys=-", Open + "connection.Execute(\"PRAGMA foreign_keys\");");

    [Fact]
    public void Last_value_counts() =>
        AssertAtQuery("busy_timeout=- foreign_keys=OFF", Open + "connection.Execute(\"PRAGMA foreign_keys=ON\");\nconnection.Execute(\"PRAGMA foreign_keys=OFF\");");

    [Fact]
    public void Closing_forgets() =>
        AssertAtQuery("busy_timeout=- foreign_keys=-", Open + "connection.Execute(\"PRAGMA foreign_keys=ON\");\nconnection.Close();\nconnection.Open();");

    [Fact]
    public void Helper_sets() =>
        AssertAtQuery("busy_timeout=- foreign_keys=ON", Open + "Set(connection);", "static void Set(SqliteConnection c) => c.Execute(\"PRAGMA foreign_keys=ON\");");

    [Fact]
    public void Factory_sets() =>
        AssertAtQuery(
            "busy_timeout=100 foreign_keys=-",
            "var connection = Make();",
            """
            static SqliteConnection Make()
            {
                var c = new SqliteConnection("Data Source=app.db");
                c.Open();
                c.Execute("PRAGMA busy_timeout=100");
                return c;
            }
            """);

    [Fact]
    public void Helper_that_reopens_forgets() =>
        AssertAtQuery(
            "busy_timeout=7 foreign_keys=-",
            Open + "connection.Execute(\"PRAGMA foreign_keys=ON\");\nReopen(connection);",
            "static void Reopen(SqliteConnection c)\n{\n    c.Close();\n    c.Open();\n    c.Execute(\"PRAGMA busy_timeout=7\");\n}");

    [Fact]
    public void Set_on_one_path_only_may_be_set() =>
        AssertAtQuery("busy_timeout=- foreign_keys=-|ON", Open + "if (DateTime.Now.Year > 2000)\n{\n    connection.Execute(\"PRAGMA foreign_keys=ON\");\n}");

    [Fact]
    public void Pragma_that_a_transaction_hinders_is_not_set() =>
        AssertAtQuery(
            "busy_timeout=5 foreign_keys=-",
            Open + "using var transaction = connection.BeginTransaction();\nconnection.Execute(\"PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5\");");

    [Fact]
    public void Sql_that_is_not_known_may_set_anything() =>
        AssertAtQuery("busy_timeout=? foreign_keys=?|ON", Open + "connection.Execute(\"PRAGMA foreign_keys=ON\");\nconnection.Execute(Environment.GetEnvironmentVariable(\"SQL\")!);");

    [Fact]
    public void Value_that_is_not_known_is_set() =>
        AssertAtQuery("busy_timeout=? foreign_keys=-", Open + "connection.Execute($\"PRAGMA busy_timeout={Environment.ProcessorCount}\");");

    [Fact]
    public void Connection_that_is_handed_in_may_have_any() =>
        Assert.Equal(
            ["busy_timeout=entry foreign_keys=ON"],
            Run("static void Read(SqliteConnection connection)\n{\n    connection.Execute(\"PRAGMA foreign_keys=ON\");\n    connection.ExecuteScalar(\"SELECT 1 FROM t\");\n}"));

    [Fact]
    public void Caller_knows_what_was_set_before_the_call() =>
        Assert.Equal(
            ["busy_timeout=9 foreign_keys=ON"],
            Run(
                $$"""
                static void Run()
                {
                {{Open}}
                    connection.Execute("PRAGMA foreign_keys=ON");
                    Read(connection);
                }

                static void Read(SqliteConnection connection)
                {
                    connection.Execute("PRAGMA busy_timeout=9");
                    connection.ExecuteScalar("SELECT 1 FROM t");
                }
                """,
                ofCaller: true));

    [Fact]
    public void Caller_that_has_set_nothing_knows_that() =>
        Assert.Equal(
            ["busy_timeout=- foreign_keys=-"],
            Run($"static void Run()\n{{\n{Open}    Read(connection);\n}}\n\nstatic void Read(SqliteConnection c) => c.ExecuteScalar(\"SELECT 1 FROM t\");", ofCaller: true));

    [Fact]
    public void Other_connection_has_its_own() =>
        AssertAtQuery("busy_timeout=- foreign_keys=-", Open + "var other = new SqliteConnection(\"Data Source=app.db\");\nother.Open();\nother.Execute(\"PRAGMA foreign_keys=ON\");");

    private static void AssertAtQuery(string expected, string body, string members = "") =>
        Assert.Equal([expected], Run($"static void Run()\n{{\n{body}\nconnection.ExecuteScalar(\"SELECT 1 FROM t\");\n}}\n{members}"));

    /// <param name="members">Of the program.</param>
    /// <param name="ofCaller">Whether to wait for a caller who knows what was set.</param>
    private static IReadOnlyList<string> Run(string members, bool ofCaller = false) =>
        PartRun.Of(
            new(
                (e, before) => e is Executes { Verb: "SELECT" } query && !(ofCaller && query.Connection.ExistsAtEntry)
                    ? $"busy_timeout={Words(PragmaCells.Of(before, query.Connection, "busy_timeout"))} foreign_keys={Words(PragmaCells.Of(before, query.Connection, "foreign_keys"))}"
                    : null,
                dependsOnCaller: _ => ofCaller),
            members);

    private static string Words(Value value) => string.Join('|', value.Atoms.Select(Word).Order(StringComparer.Ordinal));

    private static string Word(Atom atom) => atom switch
    {
        Text text when text.Equals(PragmaCells.NotSet) => "-",
        Text text => text.Flat,
        EntryObject => "entry",
        _ => "?",
    };
}
