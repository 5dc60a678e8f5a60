using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Who must dispose of a connection that a method has or makes.</summary>
public sealed class OwnershipTests
{
    private const string Open = "var connection = new SqliteConnection(\"Data Source=app.db\");\nconnection.Open();\n";

    /// <remarks>A lambda has an end of its own, at which what it captured is that of others.</remarks>
    [Theory]
    [InlineData(Open, "Code")]
    [InlineData("var connection = Make();", "Code")]
    [InlineData("var connection = Make();\nUse(connection);", "Code")]
    [InlineData("using var connection = Make();", "")]
    [InlineData("var connection = Make();\nconnection.Dispose();", "")]
    [InlineData("var connection = Make();\nEnd(connection);", "")]
    [InlineData("using (Make())\n{\n    Console.WriteLine();\n}", "")]
    [InlineData("var connection = new SqliteConnection(\"Data Source=app.db\");", "")]
    [InlineData("_connection = Make();", "Holder")]
    [InlineData("s_connection = Make();", "Holder")]
    [InlineData("Keep(Make());", "Holder")]
    [InlineData("_list.Add(Make());", "Holder")]
    [InlineData("var connection = Make();\nif (DateTime.Now.Year > 2000)\n{\n    connection.Dispose();\n}", "Code")]
    [InlineData("var connection = Make();\nAppDomain.CurrentDomain.ProcessExit += (_, _) => connection.Dispose();", "Unknown Others")]
    [InlineData("var connection = Make();\nActivator.CreateInstance(typeof(Program), connection);", "Unknown")]
    [InlineData("var connection = Make();\nnew Session(connection, leaveOpen: false).Dispose();", "")]
    [InlineData("var connection = Make();\nnew Session(connection, leaveOpen: true).Dispose();", "Code")]
    public void Of_a_connection(string body, string expected) => AssertOwners(expected, $"void Run()\n{{\n{body}\n}}");

    [Theory]
    [InlineData("SqliteConnection Run()\n{\n    return Make();\n}", "Caller")]
    [InlineData("(SqliteConnection, int) Run()\n{\n    return (Make(), 1);\n}", "Caller")]
    [InlineData("Session Run()\n{\n    return new Session(Make(), leaveOpen: false);\n}", "Caller")]
    [InlineData("async Task<SqliteConnection> Run()\n{\n    var connection = Make();\n    await connection.OpenAsync();\n    return connection;\n}", "Caller")]
    public void Of_what_is_given_back(string method, string expected) => AssertOwners(expected, method);

    [Fact]
    public void Of_what_was_handed_in() => AssertOwners("Others", "void Run(SqliteConnection connection)\n{\n    connection.Execute(\"DELETE FROM t\");\n}");

    [Fact]
    public void Of_a_field() => AssertOwners("Others", "void Run()\n{\n    _connection!.Execute(\"DELETE FROM t\");\n}");

    [Fact]
    public void An_exception_leaves_it_to_the_code() =>
        AssertOwners("Code", "SqliteConnection Run()\n{\n    var connection = Make();\n    Console.ReadLine();\n    return connection;\n}", MethodEnd.Exceptional);

    [Fact]
    public void A_using_ends_it_with_an_exception_too() =>
        AssertOwners("", "void Run()\n{\n    using var connection = Make();\n    Console.ReadLine();\n}", MethodEnd.Exceptional);

    private static void AssertOwners(string expected, string method, MethodEnd at = MethodEnd.Normal)
    {
        var said = PartRun.In(
            "Run",
            new(onEnd: (end, state) =>
            {
                var owners = state.Objects.Keys
                    .Where(item => item.Kind == ObjectKind.Connection)
                    .Select(item => new Ownership(end, state).Of(item).ToString())
                    .ToArray();
                return end == at && owners.Length > 0 ? string.Join(' ', owners.Order(StringComparer.Ordinal)) : null;
            }),
            $$"""
            private static SqliteConnection? s_connection;
            private readonly List<SqliteConnection> _list = [];
            private SqliteConnection? _connection;

            public {{method}}

            private static SqliteConnection Make()
            {
                var made = new SqliteConnection("Data Source=app.db");
                made.Open();
                return made;
            }

            private void Keep(SqliteConnection connection) => _connection = connection;

            private static void Use(SqliteConnection connection) => connection.Execute("DELETE FROM t");

            private static void End(SqliteConnection connection) => connection.Dispose();

            internal sealed class Session(SqliteConnection connection, bool leaveOpen) : IDisposable
            {
                public void Dispose()
                {
                    if (!leaveOpen)
                    {
                        connection.Dispose();
                    }
                }
            }
            """);
        Assert.Equal(expected, string.Join(' ', said));
    }
}
