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

    [Theory]
    [InlineData("bool a, bool b", "switch ((a, b)) { case (true, true): Begin(); break; }", "switch ((a, b)) { case (true, true): End(); break; }")]
    [InlineData("string mode", "switch (mode) { case \"batch\": Begin(); break; }", "if (mode == \"batch\") End();")]
    [InlineData("string mode", "switch (mode) { case \"batch\" or \"bulk\": Begin(); break; }", "if (mode is \"batch\" or \"bulk\") End();")]
    [InlineData("string mode", "_ = mode switch { \"batch\" or \"bulk\" => Begin(), _ => 0 };", "if (mode is not (\"batch\" or \"bulk\")) return; End();")]
    [InlineData("int n", "switch (n) { case > 10: Begin(); break; }", "if (n is > 10) End();")]
    [InlineData("FileMode mode, bool a", "switch (mode) { case FileMode.Open or FileMode.Append when a: Begin(); break; }", "switch (mode) { case FileMode.Open or FileMode.Append when a: End(); break; }")]
    [InlineData("Plan plan", "if (plan.IsLarge()) Begin();", "if (plan.IsLarge()) End();")]
    [InlineData("Plan plan", "if (plan.IsSmall) return; Begin();", "if (!plan.IsSmall) End();")]
    public Task Clean_where_a_choice_is_asked_again(string parameters, string begin, string end) => VerifyChoiceAsync(parameters, begin, end, "Db.Start()");

    [Theory]
    [InlineData("string mode", "switch (mode) { case \"batch\": Begin(); break; }", "if (mode == \"bulk\") End();")]
    [InlineData("string mode", "switch (mode) { case \"batch\" or \"bulk\": Begin(); break; }", "mode = Console.ReadLine(); if (mode is \"batch\" or \"bulk\") End();")]
    [InlineData("int n", "switch (n) { case > 10: Begin(); break; }", "if (n is > 20) End();")]
    [InlineData("Plan plan", "if (plan.IsLarge()) Begin();", "if (plan.IsSmall) End();")]
    public Task Reported_where_another_choice_is_asked(string parameters, string begin, string end) => VerifyChoiceAsync(parameters, begin, end, "{|SQLITE1002:Db.Start()|}");

    /// <summary>What a property or method works out of what may change.</summary>
    [Theory]
    [InlineData("plan.IsOpen()")]
    [InlineData("plan.HasMany")]
    public Task Reported_where_what_is_worked_out_changes(string question) => VerifyChoiceAsync(
        "Plan plan",
        $"if ({question}) return; Begin(); plan.Change();",
        $"if (!{question}) return;",
        "{|SQLITE1002:Db.Start()|}");

    private static Task VerifyChoiceAsync(string parameters, string begin, string end, string start) => RuleVerifier.VerifyAsync(
        SqliteAnalyzers.Rules.Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members($$"""
            private sealed class Plan(IReadOnlyList<int> items)
            {
                private readonly List<int> _done = new();
                private bool _isOpen;

                private IReadOnlyList<int> Items { get; } = items;

                public bool IsSmall => Items.Count < 10;

                public bool HasMany => _done.Count > 10;

                public bool IsLarge() => Items.Count > 1000 && !(Items.Count == 5000);

                public bool IsOpen() => _isOpen;

                public void Change() => (_isOpen, _) = (true, _done.Remove(1));
            }

            static void Run({{parameters}})
            {
                using var connection = Db.Open();
                int Begin() => connection.Execute("BEGIN IMMEDIATE");
                int End() => connection.Execute("COMMIT");
                {{begin}}
                Db.Write(connection);
                {{end}}
                {{start}};
            }
            """));

    /// <summary>A pattern that asks for members.</summary>
    [Theory]
    [InlineData("if (holder is { Transaction: { } open }) open.Commit();")]
    [InlineData("if (holder is { Transaction: SqliteTransaction open }) { open.Commit(); }")]
    [InlineData("if (holder is { Transaction: not null }) holder.Transaction.Commit();")]
    [InlineData("if (holder is { Transaction: null }) return; holder.Transaction.Commit();")]
    [InlineData("if (holder is not { Transaction: { } open }) return; open.Commit();")]
    public Task Clean_where_a_pattern_asks_for_a_member(string end) => VerifyHolderAsync(end, "Db.Start()");

    [Theory]
    [InlineData("if (holder is { Other: { } open }) open.Commit();")]
    [InlineData("if (holder is { Transaction: null }) holder.Other?.Commit();")]
    [InlineData("if (holder is { Transaction: { } open, Name: \"a\" }) open.Commit();")]
    public Task Reported_where_a_pattern_asks_for_another_member(string end) => VerifyHolderAsync(end, "{|SQLITE1002:Db.Start()|}");

    private static Task VerifyHolderAsync(string end, string start) => RuleVerifier.VerifyAsync(
        SqliteAnalyzers.Rules.Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members($$"""
            private sealed class Holder
            {
                public string Name { get; set; } = "";
                public SqliteTransaction? Transaction { get; set; }
                public SqliteTransaction? Other { get; set; }
            }

            static void Run(bool batch, string name)
            {
                using var connection = Db.Open();
                var holder = new Holder { Name = name, Transaction = batch ? connection.BeginTransaction() : null };
                connection.Execute("INSERT INTO items VALUES (1)", transaction: holder.Transaction);
                {{end}}
                {{start}};
            }
            """));

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
