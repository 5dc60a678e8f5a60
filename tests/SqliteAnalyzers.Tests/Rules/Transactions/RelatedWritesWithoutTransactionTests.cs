using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4002 where writes follow one another and no transaction is open, and nowhere else.</summary>
public sealed class RelatedWritesWithoutTransactionTests
{
    private const string Second = "connection.Execute(\"UPDATE bugs SET updated = 1\");";
    private const string Unmarked = "connection.Execute(\"INSERT INTO items (name) VALUES ('a')\");";
    private const string Marked = "[|connection.Execute(\"UPDATE bugs SET updated = 1\")|];";

    [Theory]
    [InlineData(Unmarked + Marked)]
    [InlineData(Unmarked + " Console.WriteLine(); " + Marked)]
    [InlineData(Unmarked + Marked + " connection.Execute(\"DELETE FROM bugs\");")]
    [InlineData(Unmarked + " connection.Query(\"SELECT name FROM items\"); " + Marked)]
    [InlineData("connection.Execute(\"CREATE TABLE IF NOT EXISTS items (name TEXT)\"); " + Unmarked + Marked)]
    [InlineData(Unmarked + " if (flag) { " + Marked + " }")]
    [InlineData("if (flag) { " + Unmarked + " } " + Marked)]
    [InlineData("if (flag) { return; } " + Unmarked + Marked)]
    [InlineData("try { " + Unmarked + Marked + " } catch (SqliteException) { Console.WriteLine(); }")]
    [InlineData("try { " + Unmarked + Marked + " } finally { Console.WriteLine(); }")]
    [InlineData("try { Console.WriteLine(); } finally { " + Unmarked + Marked + " }")]
    [InlineData("try { Console.WriteLine(); } catch (Exception) { " + Unmarked + Marked + " }")]
    [InlineData("[|connection.Execute(\"DELETE FROM items; DELETE FROM bugs\")|];")]
    [InlineData("connection.Execute(\"DELETE FROM items\"); [|connection.Execute(\"DROP TABLE bugs\")|];")]
    [InlineData("connection.Execute(\"UPDATE items SET current = 0\"); [|connection.Execute(\"INSERT INTO items (current) VALUES (1)\")|];")]
    [InlineData("connection.ExecuteScalar<long>(\"INSERT INTO items (name) VALUES ('a') RETURNING id\"); " + Marked)]
    [InlineData("using (var transaction = connection.BeginTransaction()) { connection.Execute(\"DELETE FROM bugs\", transaction: transaction); transaction.Commit(); } " + Unmarked + Marked)]
    [InlineData("using var a = connection.CreateCommand(); a.CommandText = \"DELETE FROM items\"; a.ExecuteNonQuery(); using var b = connection.CreateCommand(); b.CommandText = \"DELETE FROM bugs\"; [|b.ExecuteNonQuery()|];")]
    [InlineData("using var a = connection.CreateCommand(); a.CommandText = \"DELETE FROM items\"; a.ExecuteNonQuery(); a.CommandText = \"DELETE FROM bugs\"; [|a.ExecuteNonQuery()|];")]
    [InlineData("if (items.Length == 1) { " + Unmarked + " } if (items.Rank == 2) { " + Marked + " }")]
    [InlineData("if (items.Length == 1) { " + Unmarked + " } if (items.Length == 1) { " + Marked + " }")]
    [InlineData("if (items.Length == 1) { " + Unmarked + " } if (items.Length != 2) { " + Marked + " }")]
    [InlineData("using var closed = new SqliteConnection(Db.Text); closed.Execute(\"DELETE FROM items\"); [|closed.Execute(\"DELETE FROM bugs\")|];")]
    [InlineData("foreach (var table in new[] { \"items\", \"bugs\" }) [|connection.Execute($\"DELETE FROM {table}\")|];")]
    public Task Writes_one_after_another(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData(Unmarked)]
    [InlineData(Unmarked + " connection.Query(\"SELECT name FROM items\");")]
    [InlineData(Unmarked + " connection.ExecuteScalar<long>(\"SELECT changes()\");")]
    [InlineData(Unmarked + " connection.Execute(\"PRAGMA incremental_vacuum\");")]
    [InlineData(Unmarked + " connection.Execute(\"VACUUM\");")]
    [InlineData(Unmarked + " connection.Execute(\"ANALYZE\");")]
    [InlineData("connection.Execute(\"CREATE TABLE IF NOT EXISTS items (name TEXT)\"); connection.Execute(\"CREATE INDEX IF NOT EXISTS by_name ON items (name)\");")]
    [InlineData("connection.Execute(\"CREATE TABLE items (name TEXT)\"); " + Unmarked)]
    [InlineData("connection.Execute(\"ALTER TABLE items ADD COLUMN a\"); connection.Execute(\"ALTER TABLE items ADD COLUMN b\");")]
    [InlineData("connection.Execute(\"DROP TABLE IF EXISTS items\"); connection.Execute(\"DROP TABLE IF EXISTS bugs\");")]
    [InlineData("connection.Execute(\"CREATE TEMP TABLE chosen (id INTEGER)\"); connection.Execute(\"INSERT INTO chosen VALUES (1)\"); " + Unmarked)]
    [InlineData("connection.Execute(\"INSERT INTO temp.chosen VALUES (1)\"); " + Unmarked)]
    [InlineData("if (flag) { " + Unmarked + " } else { " + Second + " }")]
    [InlineData("if (flag) { " + Unmarked + " return; } " + Second)]
    [InlineData("switch (items.Length) { case 0: " + Unmarked + " break; default: " + Second + " break; }")]
    [InlineData("if (items.Length == 1) { " + Unmarked + " } if (items.Length == 2) { " + Second + " }")]
    [InlineData("if (items[0].Trim() == \"a\") { " + Unmarked + " } if (flag && items[0].Trim() == \"b\") { " + Second + " }")]
    [InlineData("var day = DateTime.Now.DayOfWeek; if (day == DayOfWeek.Monday) { " + Unmarked + " } if (day == DayOfWeek.Friday) { " + Second + " }")]
    [InlineData("foreach (var item in items) { if (flag) { " + Unmarked + " } else { " + Second + " } Console.ReadLine(); }")]
    [InlineData("try { " + Unmarked + " } catch (SqliteException) { " + Second + " }")]
    [InlineData(Unmarked + " try { Console.WriteLine(); } catch (Exception) { " + Second + " throw; }")]
    [InlineData(Unmarked + " try { Console.WriteLine(); } finally { " + Second + " }")]
    [InlineData(Unmarked + " try { Console.WriteLine(); } catch (Exception) { throw; } finally { if (flag) { " + Second + " } }")]
    [InlineData("if (connection.Execute(\"INSERT OR IGNORE INTO items (name) VALUES ('a')\") == 0) { connection.Execute(\"UPDATE items SET name = 'a'\"); }")]
    [InlineData("var added = connection.Execute(\"INSERT OR IGNORE INTO items (name) VALUES ('a')\"); if (added == 0) { connection.Execute(\"UPDATE items SET name = 'a'\"); }")]
    [InlineData("if (connection.Execute(\"UPDATE items SET name = 'a'\") == 0) { connection.Execute(\"INSERT INTO items (name) VALUES ('a')\"); }")]
    [InlineData("var changed = connection.Execute(\"UPDATE items SET name = 'a'\"); if (changed == 0) { connection.Execute(\"INSERT INTO items (name) VALUES ('a')\"); }")]
    [InlineData("var changed = connection.Execute(\"UPDATE items SET name = 'a'\"); if (changed > 0) return; connection.Execute(\"INSERT INTO items (name) VALUES ('a')\");")]
    [InlineData("connection.Execute(\"INSERT INTO items (name) VALUES ('a') ON CONFLICT DO UPDATE SET name = 'b'\");")]
    [InlineData("connection.Execute(\"DELETE FROM items\"); connection.Execute(\"DELETE FROM sqlite_sequence\");")]
    [InlineData(Unmarked + " System.Threading.Thread.Sleep(1000); " + Second)]
    [InlineData(Unmarked + " using var process = Process.Start(\"tool\"); process.WaitForExit(); " + Second)]
    [InlineData("using var other = new SqliteConnection(\"Data Source=other.db\"); other.Open(); other.Execute(\"DELETE FROM items\"); " + Second)]
    [InlineData(Unmarked + " connection.Close(); connection.Open(); " + Second)]
    [InlineData("using (var closed = new SqliteConnection(Db.Text)) closed.Execute(\"DELETE FROM items\"); using (var closed = new SqliteConnection(Db.Text)) closed.Execute(\"DELETE FROM bugs\");")]
    [InlineData(Unmarked + " Db.Write(connection);")]
    public Task Clean_where_nothing_belongs_together(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); connection.Execute(\"DELETE FROM bugs\", transaction: transaction); transaction.Commit();")]
    [InlineData("connection.Execute(\"BEGIN\"); " + Unmarked + Second + " connection.Execute(\"COMMIT\");")]
    [InlineData("connection.Execute(\"BEGIN; DELETE FROM items; DELETE FROM bugs; COMMIT\");")]
    [InlineData(Unmarked + " using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("if (flag) connection.Execute(\"BEGIN\"); " + Unmarked + Second + " if (flag) connection.Execute(\"COMMIT\");")]
    [InlineData("foreach (var item in items) { using var transaction = connection.BeginTransaction(); connection.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit(); }")]
    public Task Clean_in_a_transaction(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Quiet_where_the_loop_is_reported() => RuleVerifier.VerifyAllRulesAsync(
        RuleSource.Statements(
            "foreach (var item in items) {|SQLITE4001:connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")|}; "
            + "connection.Execute(\"DELETE FROM bugs\");"));

    [Fact]
    public Task Quiet_before_a_loop_that_is_reported() => RuleVerifier.VerifyAllRulesAsync(
        RuleSource.Statements(
            "connection.Execute(\"DELETE FROM items\"); "
            + "foreach (var item in items) {|SQLITE4001:connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")|};"));

    [Fact]
    public Task Clean_where_something_is_awaited_between() => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.AsyncStatements("await connection.ExecuteAsync(\"UPDATE jobs SET state = 1\"); await Task.Delay(1); await connection.ExecuteAsync(\"UPDATE jobs SET state = 2\");"));

    [Fact]
    public Task Awaited_one_after_another() => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.AsyncStatements("await connection.ExecuteAsync(\"UPDATE jobs SET state = 1\"); await [|connection.ExecuteAsync(\"DELETE FROM queue\")|];"));

    [Fact]
    public Task A_helper_executes_what_it_is_given() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Execute(connection, "DELETE FROM items");
            [|Execute(connection, "DELETE FROM bugs")|];
        }
        static void Execute(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        """);

    /// <remarks>The code that says the texts mentions neither the connection nor anything that executes.</remarks>
    [Theory]
    [InlineData("Run(\"DELETE FROM items\"); [|Run(\"DELETE FROM bugs\")|];")]
    [InlineData("Run(\"DELETE FROM items\"); Console.WriteLine(); [|Run(\"DELETE FROM bugs\")|];")]
    [InlineData("Run(\"SELECT 1\"); Run(\"DELETE FROM items\"); [|Run(\"DELETE FROM bugs\")|];")]
    [InlineData("Run(\"DELETE FROM items\"); Run(\"SELECT 1\");")]
    [InlineData("Apart(\"DELETE FROM items\"); Apart(\"DELETE FROM bugs\");")]
    [InlineData("if (Done) { Run(\"DELETE FROM items\"); } else { Run(\"DELETE FROM bugs\"); }")]
    public Task A_helper_of_the_object_executes_what_it_is_given(string body) => VerifyMembersAsync(Helper(body, "null", ""));

    [Theory]
    [InlineData("Begin(); Run(\"DELETE FROM items\"); Run(\"DELETE FROM bugs\"); End();")]
    [InlineData("Run(\"BEGIN\"); Run(\"DELETE FROM items\"); Run(\"DELETE FROM bugs\"); Run(\"COMMIT\");")]
    [InlineData("Within(() => { Run(\"DELETE FROM items\"); Run(\"DELETE FROM bugs\"); });")]
    public Task Clean_where_a_helper_of_the_object_begins_a_transaction(string body) => VerifyMembersAsync(Helper(
        body,
        "_transaction",
        """
        private SqliteTransaction _transaction;
        private void Begin() => _transaction = _connection.BeginTransaction();
        private void End() { _transaction.Commit(); _transaction = null; }
        private void Within(Action work) { Begin(); work(); End(); }
        """));

    [Theory]
    [InlineData("_store.Run(\"DELETE FROM items\"); [|_store.Run(\"DELETE FROM bugs\")|];", "")]
    [InlineData("_store.Run(\"DELETE FROM items\"); _other.Run(\"DELETE FROM bugs\");", "")]
    [InlineData("_store.Begin(); _store.Run(\"DELETE FROM items\"); _store.Run(\"DELETE FROM bugs\"); _store.End();", "public void Begin() => Run(\"BEGIN IMMEDIATE\"); public void End() => Run(\"COMMIT\");")]
    public Task A_helper_of_another_object_executes_what_it_is_given(string body, string members) => VerifyMembersAsync(
        $$"""
        private readonly Store _store = new();
        private readonly Store _other = new();
        public void Clear() { {{body}} }
        public sealed class Store
        {
            private readonly SqliteConnection _connection;
            public Store() { _connection = new SqliteConnection("Data Source=app.db"); _connection.Open(); }
            public void Run(string sql) { using var command = _connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
            {{members}}
        }
        """);

    [Fact]
    public Task The_caller_opens_the_connection() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            Clear(connection);
        }
        static void Clear(SqliteConnection connection)
        {
            connection.Execute("DELETE FROM items");
            [|connection.Execute("DELETE FROM bugs")|];
        }
        """);

    [Fact]
    public Task Clean_where_the_caller_begins_the_transaction() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            Clear(connection);
            transaction.Commit();
        }
        static void Clear(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM items";
            command.ExecuteNonQuery();
            command.CommandText = "DELETE FROM bugs";
            command.ExecuteNonQuery();
        }
        """);

    [Fact]
    public Task Clean_where_nothing_is_known_of_what_is_handed_in() => VerifyMembersAsync(
        "public static void Clear(SqliteConnection connection) { connection.Execute(\"DELETE FROM items\"); connection.Execute(\"DELETE FROM bugs\"); }");

    [Fact]
    public Task A_connection_in_a_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        public void Clear()
        {
            _connection.Execute("DELETE FROM items");
            [|_connection.Execute("DELETE FROM bugs")|];
        }
        """);

    [Theory]
    [InlineData("using var transaction = Connection.BeginTransaction(); Clear(); transaction.Commit();", "connection.Execute(\"DELETE FROM bugs\")")]
    [InlineData("Clear();", "[|connection.Execute(\"DELETE FROM bugs\")|]")]
    public Task A_connection_that_is_opened_when_it_is_needed(string run, string second) => VerifyMembersAsync(
        $$"""
        private SqliteConnection _connection;
        private SqliteConnection Connection => _connection ??= Db.Open();
        public void Run() { {{run}} }
        private void Clear()
        {
            var connection = Connection;
            connection.Execute("DELETE FROM items");
            {{second}};
        }
        """);

    /// <summary>Who calls the helper names no connection: an object, or a static member, holds it.</summary>
    [Theory]
    [InlineData("public void Clear() { Execute(\"DELETE FROM items\"); [|Execute(\"DELETE FROM bugs\")|]; }")]
    [InlineData("public static void Clear() { var store = new Store(); store.Execute(\"DELETE FROM items\"); [|store.Execute(\"DELETE FROM bugs\")|]; }")]
    [InlineData("private static readonly Store s_store = new(); public static void Clear() { s_store.Execute(\"DELETE FROM items\"); [|s_store.Execute(\"DELETE FROM bugs\")|]; }")]
    [InlineData("private const string First = \"DELETE FROM items\"; public void Clear() { Execute(First); [|Execute(\"DELETE FROM bugs\")|]; }")]
    [InlineData("public void Clear(string name) { Execute($\"DELETE FROM items WHERE name = '{name}'\"); [|Execute($\"DELETE FROM bugs WHERE name = '{name}'\")|]; }")]
    public Task A_helper_holds_the_connection(string members) => VerifyTypesAsync(HoldingConnection(members));

    [Theory]
    [InlineData("public void Clear() { Execute(\"DELETE FROM items\"); Execute(\"PRAGMA optimize\"); }")]
    [InlineData("public void Clear() { Execute(\"BEGIN\"); Execute(\"DELETE FROM items\"); Execute(\"DELETE FROM bugs\"); Execute(\"COMMIT\"); }")]
    [InlineData("public void Clear() { using var transaction = _connection.BeginTransaction(); Execute(\"DELETE FROM items\"); Execute(\"DELETE FROM bugs\"); transaction.Commit(); }")]
    [InlineData("public void Run() { using var transaction = _connection.BeginTransaction(); Clear(); transaction.Commit(); } private void Clear() { Execute(\"DELETE FROM items\"); Execute(\"DELETE FROM bugs\"); }")]
    [InlineData("public static void Clear(Store store) { store.Execute(\"DELETE FROM items\"); store.Execute(\"DELETE FROM bugs\"); }")]
    public Task Clean_where_a_helper_holds_the_connection(string members) => VerifyTypesAsync(HoldingConnection(members));

    /// <summary>What a constructor runs without a word of it, the members begin with.</summary>
    [Theory]
    [InlineData("class Store", "static Store Create() => new();", "[|store.Execute(\"DELETE FROM bugs\")|]")]
    [InlineData("class Store(string name)", "static Store Create() => new(\"a\");", "[|store.Execute(\"DELETE FROM bugs\")|]")]
    [InlineData("class Store", "static Store Create() => new();", "store.Begin(); store.Execute(\"DELETE FROM bugs\")")]
    [InlineData("class Store", "static Store Create() => Elsewhere(); static Store Elsewhere() => throw new NotSupportedException();", "store.Execute(\"DELETE FROM bugs\")")]
    public Task An_object_that_a_method_makes_holds_the_connection(string type, string create, string second) => VerifyTypesAsync(
        $$"""
        {{type}}
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Begin() => _connection.BeginTransaction();
            public void Execute(string sql)
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }
        class Program
        {
            {{create}}
            static void Clear() { var store = Create(); store.Execute("DELETE FROM items"); {{second}}; }
        }
        """);

    private static string HoldingConnection(string members) =>
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Execute(string sql)
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
            {{members}}
        }
        """;

    [Fact]
    public Task Two_places_of_one_method_are_one_finding() => VerifyAsync(
        "if (flag) { " + Unmarked + Marked + " } else { connection.Execute(\"DELETE FROM items\"); connection.Execute(\"DELETE FROM bugs\"); }");

    [Theory]
    [InlineData("context.SaveChanges(); context.Add(new object()); [|context.SaveChanges()|];")]
    [InlineData("context.Add(new object()); context.SaveChanges();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.SaveChanges(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("if (flag) { context.SaveChanges(); return; } context.SaveChanges();")]
    [InlineData("context.Orders.ExecuteDelete(); [|context.Orders.ExecuteDelete()|];")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.Orders.ExecuteDelete(); context.Orders.ExecuteDelete(); transaction.Commit();")]
    [InlineData("var rows = context.Orders.ExecuteUpdate(call => call.SetProperty(order => order.Id, 2)); if (rows == 0) { context.Add(new Order()); context.SaveChanges(); }")]
    [InlineData("var rows = context.Orders.ExecuteUpdate(call => call.SetProperty(order => order.Id, 2)); if (rows > 0) return; context.Add(new Order()); context.SaveChanges();")]
    [InlineData("if (context.Orders.ExecuteUpdate(call => call.SetProperty(order => order.Id, 2)) == 0) { context.Add(new Order()); context.SaveChanges(); }")]
    [InlineData("context.Orders.ExecuteUpdate(call => call.SetProperty(order => order.Id, 2)); if (flag) { context.Add(new Order()); [|context.SaveChanges()|]; }")]
    public Task Entity_Framework(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Order { public int Id { get; set; } }
            class Shop : DbContext
            {
                public DbSet<Order> Orders => Set<Order>();
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
            }
            class Program
            {
                static void Run(bool flag)
                {
                    using var context = new Shop();
                    {{statements}}
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    [Theory]
    [InlineData("context.Add(new Order()); context.SaveChanges(); context.Add(new Order()); [|context.SaveChanges()|];")]
    [InlineData("context.Add(new Order()); await context.SaveChangesAsync(); context.Add(new Order()); await [|context.SaveChangesAsync()|];")]
    [InlineData("context.Add(new Order()); context.SaveChanges();")]
    [InlineData("if (flag) { context.SaveChanges(); return; } context.SaveChanges();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.SaveChanges(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("context.Log(\"begun\"); context.Log(\"done\");")]
    public Task A_context_that_overrides_SaveChanges(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Alone(
            $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.EntityFrameworkCore;
            class Order { public int Id { get; set; } public DateTime Changed { get; set; } }
            class Shop : DbContext
            {
                public DbSet<Order> Orders => Set<Order>();
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
                public override int SaveChanges()
                {
                    Stamp();
                    return base.SaveChanges();
                }
                public override async Task<int> SaveChangesAsync(CancellationToken cancellation = default)
                {
                    Stamp();
                    return await base.SaveChangesAsync(cancellation);
                }
                public void Log(string text)
                {
                    Add(text);
                    SaveChanges();
                }
                private void Stamp()
                {
                    foreach (var entry in ChangeTracker.Entries<Order>())
                    {
                        entry.Entity.Changed = DateTime.UtcNow;
                    }
                }
            }
            class Program
            {
                static async Task Run(bool flag)
                {
                    using var context = new Shop();
                    {{statements}}
                    await Task.Yield();
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    [Theory]
    [InlineData("options.UseSqlite(\"Data Source=app.db\")", "[|context.SaveChanges()|]")]
    [InlineData("options.UseNpgsql(\"Host=db\")", "context.SaveChanges()")]
    [InlineData("options.UseSqlServer(\"Server=db\")", "context.SaveChanges()")]
    public Task Clean_where_the_project_names_another_provider(string use, string second) => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext { protected override void OnConfiguring(DbContextOptionsBuilder options) => {{use}}; }
            class Program
            {
                static void Run()
                {
                    using var context = new Shop();
                    context.SaveChanges();
                    context.Add(new object());
                    {{second}};
                }
            }
            """),
        test =>
        {
            test.References = TestReferences.WithEntityFramework;
            test.CompilerDiagnostics = CompilerDiagnostics.None;
        });

    [Fact]
    public Task Clean_where_the_base_of_the_context_is_not_there() => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Alone(
            """
            using Microsoft.EntityFrameworkCore;
            class Order { public int Id { get; set; } }
            class Shop : IdentityDbContext { public DbSet<Order> Orders { get; set; } }
            class Program(Shop context)
            {
                void Run()
                {
                    using var transaction = context.Database.BeginTransaction();
                    context.Orders.ExecuteDelete();
                    context.Orders.ExecuteDelete();
                    transaction.Commit();
                }
            }
            """),
        test =>
        {
            test.References = TestReferences.WithEntityFramework;
            test.CompilerDiagnostics = CompilerDiagnostics.None;
        });

    [Fact]
    public Task The_message_names_both() => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Statements("{|#0:connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")|}; {|#1:connection.Execute(\"UPDATE bugs SET updated = 1\")|};"),
        test => test.ExpectedDiagnostics.Add(
            new DiagnosticResult(Descriptors.RelatedWritesWithoutTransaction).WithLocation(1).WithLocation(0).WithArguments("the INSERT into 'items'", "the UPDATE of 'bugs'")));

    [Theory]
    [InlineData("work();")]
    [InlineData("work.Invoke();")]
    [InlineData("work?.Invoke();")]
    public Task Clean_around_work_that_is_handed_in(string call) => VerifyMembersAsync(
        $$"""
        static void Run(Action work)
        {
            using var connection = Db.Open();
            {{Unmarked}}
            {{call}}
            {{Second}}
        }

        static void RunInside(string name)
        {
            Do(Console.WriteLine);

            static void Do(Action work)
            {
                using var connection = Db.Open();
                {{Unmarked}}
                {{call}}
                {{Second}}
            }
        }
        """);

    [Fact]
    public Task The_message_tells_two_of_a_kind_apart() => RuleVerifier.VerifyAsync(
        Descriptors.RelatedWritesWithoutTransaction,
        RuleSource.Statements("{|#0:connection.Execute(\"INSERT INTO items (name) VALUES ('a')\")|}; {|#1:connection.Execute(\"INSERT INTO items (name) VALUES ('b')\")|};"),
        test => test.ExpectedDiagnostics.Add(
            new DiagnosticResult(Descriptors.RelatedWritesWithoutTransaction).WithLocation(1).WithLocation(0).WithArguments("the first INSERT into 'items'", "the second INSERT into 'items'")));

    private static Task VerifyAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.RelatedWritesWithoutTransaction, RuleSource.Statements(statements));

    private static string Helper(string body, string transaction, string members) =>
        $$"""
        private readonly SqliteConnection _connection;
        public Program() { _connection = new SqliteConnection("Data Source=app.db"); _connection.Open(); }
        public bool Done { get; set; }
        public void Clear() { {{body}} }
        private void Apart(string sql) { using var connection = Db.Open(); connection.Execute(sql); }
        private void Run(string sql) { using var command = new SqliteCommand(sql, _connection, {{transaction}}); command.ExecuteNonQuery(); }
        {{members}}
        """;

    private static Task VerifyMembersAsync(string members) =>
        RuleVerifier.VerifyAsync(Descriptors.RelatedWritesWithoutTransaction, RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) =>
        RuleVerifier.VerifyAsync(Descriptors.RelatedWritesWithoutTransaction, RuleSource.Types(types));
}
