using SqliteAnalyzers.Tests.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>A condition that is asked twice, of what does not change in between, answers the same both times.</summary>
public sealed class QuestionsTests
{
    public static TheoryData<string, string> Questions { get; } = new()
    {
        { "bool a, bool b", "a || b" },
        { "bool a, bool b", "!(a || b)" },
        { "bool a, bool b, bool c", "a && b || c" },
        { "int n, bool a", "n > 10 || a" },
        { "string mode", "mode == \"batch\"" },
        { "string mode", "mode != \"batch\"" },
        { "string mode", "mode is \"batch\" or \"bulk\"" },
        { "string mode", "mode is not \"batch\"" },
        { "string mode", "string.Equals(mode, \"batch\", StringComparison.OrdinalIgnoreCase)" },
        { "string mode", "!string.IsNullOrEmpty(mode)" },
        { "string mode", "mode.StartsWith(\"b\") || mode.Length > 10" },
        { "bool? given", "given ?? false" },
        { "object item", "item is string" },
        { "FileAttributes kind", "kind.HasFlag(FileAttributes.Hidden)" },
        { "FileAttributes kind", "(kind & FileAttributes.Hidden) != 0" },
        { "IReadOnlyList<int> ids", "ids.Any()" },
        { "int[] ids", "ids.Length > 3 && ids.Contains(7)" },
        { "List<int> ids", "ids.Any()" },
        { "List<int> ids", "ids.Count > 3 && ids.Contains(7)" },
        { "HashSet<string> flags", "flags.Contains(\"a\")" },
        { "Dictionary<string, int> sizes", "sizes.ContainsKey(\"a\") || sizes.Count == 1" },
        { "int n", "OperatingSystem.IsWindows()" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public Task Clean_where_the_same_is_asked_again(string parameters, string question) => VerifyAsync(parameters, $$"""
        if ({{question}}) connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("INSERT INTO items VALUES (1)");
        if ({{question}}) connection.Execute("COMMIT");
        Db.Checkpoint(connection);
        Db.Start();
        """);

    [Theory]
    [MemberData(nameof(Questions))]
    public Task Reported_where_the_opposite_is_asked(string parameters, string question) => VerifyAsync(parameters, $$"""
        if ({{question}}) connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("INSERT INTO items VALUES (1)");
        if (!({{question}})) connection.Execute("SELECT 1");
        else connection.Execute("SELECT 2");
        {|SQLITE1002:Db.Start()|};
        """);

    [Theory]
    [InlineData("string mode", "mode == \"batch\"", "mode = Console.ReadLine();")]
    [InlineData("bool a, bool b", "a || b", "a = !a;")]
    [InlineData("int n, bool a", "n > 10 || a", "n++;")]
    public Task Reported_where_what_is_asked_of_changes(string parameters, string question, string change) => VerifyAsync(parameters, $$"""
        if ({{question}}) connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("INSERT INTO items VALUES (1)");
        {{change}}
        if ({{question}}) connection.Execute("COMMIT");
        {|SQLITE1002:Db.Start()|};
        """);

    /// <summary>What each round answers anew, or code elsewhere changes, is not taken for the same: the loops come to their end.</summary>
    [Theory]
    [InlineData("List<int> queue", "while (true) { if (queue.Any()) queue.RemoveAt(0); if (!queue.Any()) break; }")]
    [InlineData("List<string> names", "foreach (var name in names) { if (name == \"a\") connection.Execute(\"BEGIN IMMEDIATE\"); if (name == \"b\") return; if (name == \"a\") connection.Execute(\"COMMIT\"); if (name == \"b\") break; }")]
    [InlineData("int n", "while (true) { if (connection.State == System.Data.ConnectionState.Closed) break; connection.Close(); if (connection.State == System.Data.ConnectionState.Closed) break; } connection.Open();")]
    [InlineData("int n", "while (true) { if (s_stop) break; Console.ReadLine(); if (s_stop) break; }")]
    [InlineData("int n", "while (true) { if (DateTime.Now.Hour == 5) break; Console.ReadLine(); if (DateTime.Now.Hour == 5) break; }")]
    public Task Reported_after_a_loop(string parameters, string loop) => VerifyAsync(parameters, $$"""
        {{loop}}
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO items VALUES (1)", transaction: transaction);
        {|SQLITE1002:Db.Start()|};
        """);

    /// <summary>What a list or a text builder holds changes though nobody assigns it, and what a property works out of them.</summary>
    [Theory]
    [InlineData("List<string> names", "names.Any()", "names.Clear();")]
    [InlineData("List<string> names", "names.Contains(\"a\")", "names.Clear();")]
    [InlineData("List<string> names", "names.Contains(\"a\")", "Change(names);")]
    [InlineData("List<string> names", "names.Contains(\"a\")", "var same = names; same.Clear();")]
    [InlineData("Dictionary<string, int> sizes", "sizes.ContainsKey(\"a\")", "sizes[\"a\"] = 1;")]
    [InlineData("System.Text.StringBuilder text", "text.ToString().Contains(\"a\")", "text.Clear();")]
    [InlineData("Job job", "job.IsReady", "job.Queue.Clear();")]
    public Task Reported_where_what_is_asked_of_changes_by_itself(string parameters, string question, string change) => VerifyAsync(parameters, $$"""
        if (!({{question}})) return;
        {{change}}
        if (!({{question}}))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute("INSERT INTO items VALUES (1)", transaction: transaction);
            {|SQLITE1002:Db.Start()|};
        }
        """);

    /// <summary>What a method makes of a text that its caller writes out.</summary>
    [Theory]
    [InlineData("switch (verb) { case \"begin\": connection.Execute(\"BEGIN IMMEDIATE\"); break; case \"end\": connection.Execute(\"COMMIT\"); break; }")]
    [InlineData("if (verb == \"begin\") connection.Execute(\"BEGIN IMMEDIATE\"); else if (verb == \"end\") connection.Execute(\"COMMIT\");")]
    [InlineData("if (\"end\" != verb) connection.Execute(\"BEGIN IMMEDIATE\"); else connection.Execute(\"COMMIT\");")]
    [InlineData("if (verb is \"end\") connection.Execute(\"COMMIT\"); else connection.Execute(\"BEGIN IMMEDIATE\");")]
    [InlineData("_ = verb switch { \"begin\" => connection.Execute(\"BEGIN IMMEDIATE\"), \"end\" => connection.Execute(\"COMMIT\"), _ => 0 };")]
    public Task A_text_that_the_caller_writes_out(string statements) => VerifyVerbAsync(statements, "Do(connection, \"begin\"); Db.Write(connection); Do(connection, \"end\"); Db.Start();");

    [Theory]
    [InlineData("Do(connection, \"begin\"); Db.Write(connection); {|SQLITE1002:Db.Start()|}; Do(connection, \"end\");")]
    [InlineData("Do(connection, \"begin\"); Db.Write(connection); Do(connection, \"End\"); {|SQLITE1002:Db.Start()|};")]
    [InlineData("var verb = \"begin\"; Do(connection, verb); Db.Write(connection); verb = \"end\"; Do(connection, verb); Db.Start();")]
    public Task A_text_that_the_caller_writes_out_and_another(string statements) =>
        VerifyVerbAsync("switch (verb) { case \"begin\": connection.Execute(\"BEGIN IMMEDIATE\"); break; case \"end\": connection.Execute(\"COMMIT\"); break; }", statements);

    private static Task VerifyVerbAsync(string verbs, string statements) => RuleVerifier.VerifyAsync(
        SqliteAnalyzers.Rules.Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members($$"""
            static void Do(SqliteConnection connection, string verb)
            {
                {{verbs}}
            }

            static void Run()
            {
                using var connection = Db.Open();
                {{statements}}
            }
            """));

    private static Task VerifyAsync(string parameters, string statements) => RuleVerifier.VerifyAsync(
        SqliteAnalyzers.Rules.Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members($$"""
            private static bool s_stop = Environment.HasShutdownStarted;

            private record Job(Queue<int> Queue)
            {
                public bool IsReady => Queue.Any();
            }

            static void Change(List<string> names) => names.Clear();

            static void Run(SqliteConnection connection, {{parameters}})
            {
                {{statements}}
            }
            """));
}
