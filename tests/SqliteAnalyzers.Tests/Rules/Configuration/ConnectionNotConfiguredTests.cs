using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3001 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class ConnectionNotConfiguredTests
{
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL";
    private const string Create = "using var connection = new SqliteConnection(\"Data Source=app.db\");";
    private const string Work = "connection.Execute(\"DELETE FROM items\");";
    private const string OpensAndWorks = "[|connection.Open()|]; " + Work;

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\");")]
    [InlineData("using SqliteConnection connection = new(\"Data Source=app.db;Pooling=False\");")]
    [InlineData("using var connection = new Microsoft.Data.Sqlite.SqliteConnection(\"Data Source=app.db\");")]
    [InlineData("using var connection = new global::Microsoft.Data.Sqlite . SqliteConnection(\"Data Source=app.db\");")]
    [InlineData("using var connection = new SqliteConnection(@\"Filename=C:\\data\\app.db\");")]
    [InlineData("using var connection = new SqliteConnection(\"DataSource=\" + \"app.db\");")]
    [InlineData("using var connection = new SqliteConnection($\"Data Source={path}\");")]
    [InlineData("using var connection = new SqliteConnection { ConnectionString = \"Data Source=app.db\" };")]
    [InlineData("using var connection = new SqliteConnection(); connection.ConnectionString = \"Data Source=app.db\";")]
    [InlineData("using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = \"app.db\" }.ToString());")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(\"Data Source=app.db\"); using var connection = new SqliteConnection(builder.ConnectionString);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db;Mode=ReadWrite\");")]
    [InlineData("using DbConnection connection = new SqliteConnection(\"Data Source=app.db\");")]
    public Task Every_way_to_make_a_connection(string create) => VerifyAsync($"{create} {OpensAndWorks}");

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=:memory:\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=shared;Mode=Memory;Cache=Shared\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db;Mode=ReadOnly\");")]
    [InlineData("using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = \"app.db\", Mode = SqliteOpenMode.ReadOnly }.ToString());")]
    [InlineData("using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.Memory }.ConnectionString);")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { DataSource = path }; builder.Mode = SqliteOpenMode.ReadOnly; using var connection = new SqliteConnection(builder.ToString());")]
    public Task Clean_in_memory_or_read_only(string create) => VerifyAsync($"{create} connection.Open(); {Work}");

    [Theory]
    [InlineData("connection.Execute(\"" + Pragmas + "\");")]
    [InlineData("connection.Execute(\"PRAGMA busy_timeout(30000)\"); connection.Execute(\"pragma main.Journal_Mode = wal\"); connection.Execute(\"PRAGMA synchronous=1;\");")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"" + Pragmas + "\"; command.ExecuteNonQuery();")]
    [InlineData("new SqliteCommand(\"" + Pragmas + "\", connection).ExecuteScalar();")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA busy_timeout=30000\", \"PRAGMA journal_mode=WAL\", \"PRAGMA synchronous=NORMAL\" }) connection.Execute(sql);")]
    [InlineData("connection.Execute($\"PRAGMA busy_timeout={items.Length}; PRAGMA journal_mode={path}; PRAGMA synchronous={path}\");")]
    [InlineData("connection.Execute(\"PRAGMA busy_timeout=30000; \" + \"PRAGMA journal_mode=WAL; PRAGMA synchronous=\" + path);")]
    [InlineData("SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Configure(connection);")]
    [InlineData("SqliteAnalyzers.Runtime.SqliteConnectionExtensions.ConfigureOpened(connection);")]
    [InlineData("if (flag) connection.Execute(\"" + Pragmas + "\");")]
    [InlineData("void Configure() => connection.Execute(\"" + Pragmas + "\"); Configure();")]
    [InlineData("Action configure = () => connection.Execute(\"" + Pragmas + "\"); configure();")]
    public Task Clean_with_every_way_to_configure(string configure) => VerifyAsync($"{Create} connection.Open(); {configure} {Work}");

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM items\");")]
    [InlineData("connection.Execute(\"SELECT '" + Pragmas + "'\");")]
    [InlineData("connection.Execute(\"-- " + Pragmas + "\");")]
    [InlineData("connection.Execute(\"PRAGMA busy_timeout; PRAGMA journal_mode; PRAGMA synchronous\");")]
    [InlineData("connection.Execute(\"PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000\");")]
    public Task What_does_not_configure(string statement) => VerifyAsync($"{Create} [|connection.Open()|]; {statement} {Work}");

    [Theory]
    [InlineData("PRAGMA busy_timeout=30000; PRAGMA synchronous=NORMAL", "journal_mode")]
    [InlineData("PRAGMA synchronous=NORMAL", "journal_mode, busy_timeout")]
    [InlineData("PRAGMA cache_size=-64000", "journal_mode, synchronous, busy_timeout")]
    public Task The_message_names_what_is_missing(string pragmas, string missing) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured($"using var connection = {{|#1:new SqliteConnection(\"Data Source=app.db\")|}}; {{|#0:connection.Open()|}}; connection.Execute(\"{pragmas}\"); {Work}"),
        test => test.ExpectedDiagnostics.Add(Expected(missing)));

    [Fact]
    public Task The_location_of_the_creation_in_a_called_method_is_added() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            """
            class Program
            {
                static void Run()
                {
                    using var connection = Make();
                    {|#0:connection.Open()|};
                    connection.Execute("DELETE FROM items");
                }
                static SqliteConnection Make() => {|#1:new SqliteConnection("Data Source=app.db")|};
            }
            """),
        test => test.ExpectedDiagnostics.Add(Expected("journal_mode, synchronous, busy_timeout")));

    [Fact]
    public Task Opened_by_a_method_that_is_awaited() => VerifyTypesAsync(
        """
        class Program
        {
            static async Task RunAsync()
            {
                await using var connection = new SqliteConnection("Data Source=app.db");
                await [|connection.OpenAsync()|].ConfigureAwait(false);
                await connection.ExecuteAsync("DELETE FROM items");
            }
        }
        """);

    [Fact]
    public Task Clean_awaited() => VerifyTypesAsync(
        $$"""
        class Program
        {
            static async Task RunAsync()
            {
                await using var connection = new SqliteConnection("Data Source=app.db");
                await connection.OpenAsync();
                await connection.ExecuteAsync("{{Pragmas}}");
            }
        }
        """);

    [Fact]
    public Task Each_open_of_the_project() => VerifyTypesAsync(
        """
        class Reader
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); [|connection.Open()|]; connection.Execute("DELETE FROM items"); }
        }
        class Writer
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); [|connection.Open()|]; connection.Execute("DELETE FROM items"); }
        }
        """);

    [Fact]
    public Task Clean_where_another_class_configures_the_same_database() => VerifyTypesAsync(
        $$"""
        class Setup
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); connection.Open(); connection.Execute("{{Pragmas}}"); }
        }
        class Program
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db;Pooling=False"); connection.Open(); {{Work}} }
        }
        """);

    [Fact]
    public Task Another_database_is_configured() => VerifyTypesAsync(
        $$"""
        class Setup
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=other.db"); connection.Open(); connection.Execute("{{Pragmas}}"); }
        }
        class Program
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); [|connection.Open()|]; connection.Execute("DELETE FROM items"); }
        }
        """);

    [Fact]
    public Task Clean_where_the_same_symbol_names_the_database() => VerifyTypesAsync(
        $$"""
        class Store(string path)
        {
            public void Setup() { using var connection = new SqliteConnection($"Data Source={path}"); connection.Open(); connection.Execute("{{Pragmas}}"); }
            public void Run() { using var connection = new SqliteConnection($"Data Source={path};Pooling=False"); connection.Open(); {{Work}} }
        }
        """);

    [Fact]
    public Task In_a_branch() => VerifyAsync($"{Create} if (flag) {{ {OpensAndWorks} }}");

    [Fact]
    public Task In_each_branch_is_one_connection() => VerifyAsync($"{Create} if (flag) {{ {OpensAndWorks} }} else {{ connection.Open(); {Work} }}");

    [Fact]
    public Task One_branch_makes_a_connection_to_a_file() => VerifyAsync(
        """
        var text = "Data Source=other.db";
        if (flag) text = "Data Source=app.db";
        using var connection = new SqliteConnection(text);
        [|connection.Open()|];
        connection.Execute("DELETE FROM items");
        """);

    [Fact]
    public Task In_a_loop() => VerifyAsync($"foreach (var item in items) {{ {Create} {OpensAndWorks} }}");

    [Fact]
    public Task Clean_in_a_loop() => VerifyAsync($"foreach (var item in items) {{ {Create} connection.Open(); connection.Execute(\"{Pragmas}\"); {Work} }}");

    [Fact]
    public Task In_try_and_catch() => VerifyAsync(
        $$"""
        {{Create}}
        try { [|connection.Open()|]; }
        catch (SqliteException) { connection.Open(); }
        connection.Execute("DELETE FROM items");
        """);

    [Fact]
    public Task Clean_in_try_and_finally() => VerifyAsync(
        $$"""
        var connection = new SqliteConnection("Data Source=app.db");
        try { connection.Open(); connection.Execute("{{Pragmas}}"); }
        finally { connection.Dispose(); }
        """);

    [Fact]
    public Task A_field() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            public void Open() => [|_connection.Open()|];
        }
        """);

    [Fact]
    public Task A_field_set_in_the_constructor() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection;
            public Store()
            {
                _connection = new SqliteConnection("Data Source=app.db");
                [|_connection.Open()|];
            }
        }
        """);

    [Fact]
    public Task Clean_with_a_field() => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            public void Open()
            {
                _connection.Open();
                Configure();
            }
            private void Configure() => _connection.Execute("{{Pragmas}}");
        }
        """);

    [Fact]
    public Task Clean_with_pragmas_in_a_static_field() => VerifyTypesAsync(
        """
        class Store
        {
            private static readonly string[] s_pragmas = ["PRAGMA busy_timeout=30000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"];
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                foreach (var pragma in s_pragmas) connection.Execute(pragma);
            }
        }
        """);

    /// <summary>A script that is read from a file or a resource may set them, on the database that it is executed on.</summary>
    [Theory]
    [InlineData("connection.Execute(File.ReadAllText(\"setup.sql\"));")]
    [InlineData("foreach (var file in Directory.GetFiles(\"migrations\")) { var script = File.ReadAllText(file); connection.Execute(script); }")]
    [InlineData("using var reader = new StreamReader(typeof(Store).Assembly.GetManifestResourceStream(\"setup.sql\")); connection.Execute(reader.ReadToEnd());")]
    [InlineData("foreach (var line in File.ReadAllLines(\"setup.sql\")) connection.Execute(line);")]
    [InlineData("foreach (var line in File.ReadLines(\"setup.sql\")) { if (line.Length > 0) connection.Execute(line); }")]
    [InlineData("connection.Execute(Script(\"setup.sql\"));")]
    [InlineData("foreach (var part in Script(\"setup.sql\").Split(';')) { using var command = connection.CreateCommand(); command.CommandText = part; command.ExecuteNonQuery(); }")]
    [InlineData("Run(connection, Script(\"setup.sql\"));")]
    public Task Clean_with_a_script_from_elsewhere(string setup) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                {{setup}}
            }

            private static void Run(SqliteConnection connection, string sql) => connection.Execute(sql);

            private static string Script(string name)
            {
                using var reader = new StreamReader(typeof(Store).Assembly.GetManifestResourceStream(name));
                return reader.ReadToEnd();
            }
        }
        """);

    [Fact]
    public Task Clean_with_a_script_that_somebody_else_executes() => VerifyTypesAsync(
        """
        class Migrations
        {
            public static void Run(SqliteConnection connection)
            {
                var script = File.ReadAllText("setup.sql");
                connection.Execute(script);
            }
        }
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                Migrations.Run(connection);
            }
        }
        """);

    [Fact]
    public Task Script_of_another_database() => VerifyTypesAsync(
        """
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                connection.Execute("DELETE FROM items");
            }

            public void OpenOther()
            {
                using var connection = new SqliteConnection("Data Source=other.db");
                connection.Open();
                connection.Execute(File.ReadAllText("setup.sql"));
            }
        }
        """);

    [Fact]
    public Task Text_from_elsewhere_that_is_no_script() => VerifyTypesAsync(
        """
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO items (name) VALUES ($name)";
                command.Parameters.AddWithValue("$name", File.ReadAllText("name.txt"));
                command.ExecuteNonQuery();
            }
        }
        """);

    [Theory]
    [InlineData("using var command = new SqliteCommand(\"SELECT name FROM items\", connection); using var reader = command.ExecuteReader(); while (reader.Read()) connection.Execute(\"DELETE FROM \" + reader.GetString(0));")]
    [InlineData("while (Console.ReadLine() is { } line) connection.Execute(line);")]
    [InlineData("var title = Resources.Title; connection.Execute(\"INSERT INTO items (name) VALUES ('\" + title + \"')\");")]
    public Task Text_of_a_row_a_user_or_a_language_that_is_no_script(string statements) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                {{statements}}
            }
        }
        static class Resources
        {
            internal static System.Resources.ResourceManager ResourceManager { get; } = new("Resources", typeof(Resources).Assembly);
            internal static string Title => ResourceManager.GetString("Title", null);
        }
        """);

    [Fact]
    public Task Text_that_only_a_caller_knows_and_no_script() => VerifyTypesAsync(
        """
        public class Store
        {
            public void Open(string sql)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                connection.Execute(sql);
            }
        }
        """);

    [Fact]
    public Task Clean_with_pragmas_in_a_constant() => VerifyTypesAsync(
        $$"""
        static class Sql { public const string Setup = "{{Pragmas}}"; }
        class Store
        {
            public void Open()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute(Sql.Setup);
            }
        }
        """);

    [Fact]
    public Task A_helper_that_opens() => VerifyTypesAsync(
        """
        class Program
        {
            static void Run() { using var connection = Open(); connection.Execute("DELETE FROM items"); }
            static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                return connection;
            }
        }
        """);

    [Theory]
    [InlineData("static void Ensure(SqliteConnection connection) => [|connection.Open()|];")]
    [InlineData("static void Ensure(DbConnection connection) { if (connection.State != System.Data.ConnectionState.Open) [|connection.Open()|]; }")]
    [InlineData("static void Ensure(SqliteConnection connection) => Inner(connection); static void Inner(SqliteConnection connection) => [|connection.Open()|];")]
    public Task A_helper_that_opens_what_it_is_given_is_reported_once(string helper) => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void First() { using var connection = new SqliteConnection("Data Source=app.db"); Ensure(connection); {{Work}} }
            static void Second() { using var connection = new SqliteConnection("Data Source=app.db"); Ensure(connection); {{Work}} }
            static void Memory() { using var connection = new SqliteConnection("Data Source=:memory:"); Ensure(connection); {{Work}} }
            {{helper}}
        }
        """);

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=:memory:\"); Ensure(connection);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db;Mode=ReadOnly\"); Ensure(connection); connection.Query(\"SELECT name FROM items\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); Ensure(connection); connection.Execute(\"" + Pragmas + "\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); Ensure(connection);")]
    public Task Clean_with_a_helper_that_opens_what_needs_nothing(string use) => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void Run() { {{use}} }
            static void Ensure(SqliteConnection connection) => connection.Open();
        }
        """);

    /// <summary>What a constructor assigns takes the place of what the field began with, and the caller's value is one that nobody knows.</summary>
    [Theory]
    [InlineData("private readonly string _text = \":memory:\"; public Store(string text) { _text = text; }")]
    [InlineData("private readonly string _text = \":memory:\"; public Store(string text) { if (text != null) { this._text = text; } }")]
    [InlineData("private string _text = \":memory:\"; public Store(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));")]
    [InlineData("private readonly string _text; public Store(string text) => _text = text;")]
    [InlineData("private readonly string _text; public Store(string text) { _text = text!; }")]
    [InlineData("private readonly string _text; public Store(string text) { text = \"app.db\"; _text = text; }")]
    [InlineData("private readonly string _text; public Store() => _text = \"app.db\";")]
    [InlineData("private string Text { get; } = \":memory:\"; private string _text => Text; public Store(string text) { Text = text; }")]
    public Task A_path_that_a_constructor_leaves_in_a_field(string members) => VerifyTypesAsync(
        $$"""
        class Store
        {
            {{members}}
            public void Write() { using var connection = new SqliteConnection("Data Source=" + _text); {{OpensAndWorks}} }
        }
        """);

    [Theory]
    [InlineData("private readonly string _text = \":memory:\"; public Store(string text) { }")]
    [InlineData("private readonly string _text; public Store() => _text = \":memory:\";")]
    [InlineData("private readonly string _text; public Store(string text) { text = \":memory:\"; _text = text; }")]
    [InlineData("private readonly string _text; private readonly string _other; public Store(string text) { _text = \":memory:\"; _other = text; }")]
    public Task Clean_where_a_constructor_leaves_one_in_memory(string members) => VerifyTypesAsync(
        $$"""
        class Store
        {
            {{members}}
            public void Write() { using var connection = new SqliteConnection("Data Source=" + _text); connection.Open(); {{Work}} }
        }
        """);

    /// <summary>What a constructor leaves in a field that wires up a whole program is as unknown as what it was given.</summary>
    [Theory]
    [InlineData(30, "connection.Open()")]
    [InlineData(60, "[|connection.Open()|]")]
    public Task A_constructor_past_the_limit_leaves_nothing_known(int conditions, string open) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly string _text;
            public Store(int size)
            {
                {{string.Concat(Enumerable.Range(0, conditions).Select(number => $"if (size > {number}) Console.WriteLine(size); "))}}
                _text = ":memory:";
            }
            public void Write() { using var connection = new SqliteConnection("Data Source=" + _text); {{open}}; {{Work}} }
        }
        """);

    [Fact]
    public Task A_wrapper_that_is_given_its_connection() => VerifyTypesAsync(
        $$"""
        class Session(SqliteConnection connection)
        {
            public void Start() => [|connection.Open()|];
            public void Write() { {{Work}} }
        }
        class Program
        {
            static void First() { using var made = new SqliteConnection("Data Source=app.db"); var session = new Session(made); session.Start(); session.Write(); }
            static void Second() { using var made = new SqliteConnection("Data Source=app.db"); var session = new Session(made); session.Start(); session.Write(); }
        }
        """);

    [Fact]
    public Task Clean_with_a_factory() => VerifyTypesAsync(
        $$"""
        class Factory
        {
            public SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("{{Pragmas}}");
                return connection;
            }
        }
        class Program { static void Run(Factory factory) { using var connection = factory.Open(); } }
        """);

    [Fact]
    public Task Clean_where_the_caller_configures() => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void Run() { using var connection = Open(); connection.Execute("{{Pragmas}}"); }
            static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                return connection;
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_extension_on_DbConnection() => VerifyTypesAsync(
        $$"""
        static class Extensions
        {
            public static void Prepare(this DbConnection connection)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "{{Pragmas}}";
                command.ExecuteNonQuery();
            }
        }
        class Program
        {
            static void Run()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Prepare();
            }
        }
        """);

    [Fact]
    public Task Clean_with_a_connection_of_which_nothing_is_known() => VerifyTypesAsync(
        "class Program { static void Run(SqliteConnection connection) => connection.Open(); }");

    [Fact]
    public Task An_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface IFactory { SqliteConnection Make(); }
        class Factory : IFactory { public SqliteConnection Make() => new("Data Source=app.db"); }
        class Program
        {
            static void Run(IFactory factory)
            {
                using var connection = factory.Make();
                [|connection.Open()|];
                connection.Execute("DELETE FROM items");
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_interface_whose_one_implementation_configures() => VerifyTypesAsync(
        $$"""
        interface ISetup { void Configure(SqliteConnection connection); }
        class Setup : ISetup { public void Configure(SqliteConnection connection) => connection.Execute("{{Pragmas}}"); }
        class Program
        {
            static void Run(ISetup setup)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                setup.Configure(connection);
            }
        }
        """);

    [Fact]
    public Task A_lambda() => VerifyAsync($"Action open = () => {{ {Create} {OpensAndWorks} }}; open();");

    [Fact]
    public Task A_local_function() => VerifyAsync($"Open(); void Open() {{ {Create} {OpensAndWorks} }}");

    [Fact]
    public Task Recursion() => VerifyTypesAsync(
        """
        class Program
        {
            static void Run(int attempts)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                connection.Execute("DELETE FROM items");
                if (attempts > 0) Run(attempts - 1);
            }
        }
        """);

    [Fact]
    public Task Clean_with_recursion() => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void Run(int attempts)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                Configure(connection, attempts);
            }
            static void Configure(SqliteConnection connection, int attempts)
            {
                if (attempts > 0) Configure(connection, attempts - 1);
                else connection.Execute("{{Pragmas}}");
            }
        }
        """);

    /// <remarks>Another type of the file has a field of the same name, and assigns it.</remarks>
    [Theory]
    [InlineData("private readonly", "private")]
    [InlineData("public static", "public static")]
    [InlineData("internal static", "private")]
    public Task A_field_beside_its_namesake(string own, string others) => VerifyTypesAsync(
        $$"""
        class Store
        {
            {{own}} SqliteConnection _connection = new("Data Source=app.db");
            public void Open() => [|_connection.Open()|];
        }
        class Namesake
        {
            {{others}} object _connection;
            public Namesake() { _connection = new(); }
            public void Reset(Namesake other) { _connection = null; }
        }
        """);

    [Theory]
    [InlineData("_connection = new(\"Data Source=:memory:\");")]
    [InlineData("Store._connection = new(\"Data Source=:memory:\");")]
    [InlineData("Own._connection = new(\"Data Source=:memory:\");")]
    public Task Clean_where_another_type_assigns_the_field(string assignment) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public static SqliteConnection _connection = new("Data Source=app.db");
            public void Open() => _connection.Open();
        }
        class Derived : Store { public void Reset() { {{assignment}} } private class Own : Store; }
        """);

    /// <remarks>Where the other database lies is not known, but what its file is called: this is another one.</remarks>
    [Theory]
    [InlineData("\"Data Source=views.db\"", "$\"Data Source={folder}/patients.db\"", true)]
    [InlineData("\"Data Source=cache/views.db\"", "\"Data Source=\" + Path.Combine(folder, \"patients.db\")", true)]
    [InlineData("\"Data Source=views.db\"", "$\"Data Source={folder}/VIEWS.db\"", false)]
    [InlineData("\"Data Source=|DataDirectory|views.db\"", "$\"Data Source={folder}/views.db\"", false)]
    [InlineData("\"Data Source=|DataDirectory|views.db\"", "$\"Data Source={folder}/patients.db\"", true)]
    [InlineData("\"Data Source=views.db\"", "$\"Data Source={folder}views.db\"", false)]
    [InlineData("\"Data Source=views.db\"", "$\"Data Source={folder}patients.db\"", false)]
    [InlineData("\"Data Source=views.db\"", "$\"Data Source=file:{folder}/patients.db?cache=private\"", false)]
    [InlineData("\"Data Source=views.db\"", "\"Data Source=\" + folder", false)]
    [InlineData("\"Data Source=views.db\"", "\"Data Source=\" + Path.GetTempFileName()", false)]
    public Task A_database_whose_file_has_another_name_is_in_WAL_mode(string own, string other, bool isFound) => VerifyTypesAsync(
        $$"""
        class Views
        {
            public void Add() { using var connection = new SqliteConnection({{own}}); {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}}; connection.Execute("INSERT INTO t VALUES (1)"); }
        }
        class Patients
        {
            public void Add(string folder)
            {
                using var connection = new SqliteConnection({{other}});
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000");
            }
        }
        """);

    /// <remarks>The code that a program begins with leads to everything, and is asked all the same which database it has put in WAL mode.</remarks>
    [Theory]
    [InlineData("words.db", true)]
    [InlineData("samples.db", false)]
    public Task A_program_of_many_parts_has_another_database_in_WAL_mode(string other, bool isFound)
    {
        var parts = Enumerable.Range(0, 40);
        return VerifyTypesAsync(
            $$"""
            static class Start
            {
                static void Run()
                {
                    Samples.Add();
                    new Words().Add();
                    {{string.Concat(parts.Select(part => $"Part{part}.Run();"))}}
                }
            }
            static class Samples
            {
                public static void Add() { using var connection = new SqliteConnection("Data Source=samples.db"); {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}}; Sql.Run(connection, "INSERT INTO t VALUES (1)"); }
            }
            static class Sql
            {
                public static int Run(SqliteConnection connection, string sql) { using var command = connection.CreateCommand(); command.CommandText = sql; return command.ExecuteNonQuery(); }
            }
            abstract class Store
            {
                protected Store(string file)
                {
                    Connection = new SqliteConnection("Data Source=" + file);
                    Connection.Open();
                    Sql.Run(Connection, "PRAGMA journal_mode=WAL");
                    Create();
                }

                protected SqliteConnection Connection { get; }
                protected abstract void Create();
                protected int Execute(string sql) => Sql.Run(Connection, sql);
            }
            class Words : Store
            {
                public Words() : base("{{other}}") { }
                protected override void Create() => Execute("CREATE TABLE w (a)");
                public void Add() { Execute("BEGIN IMMEDIATE"); }
            }
            {{string.Concat(parts.Select(part => $"static class Part{part} {{ public static void Run() {{ using var connection = new SqliteConnection(\"Data Source=part{part}.db;Mode=ReadOnly\"); }} }}\n"))}}
            """);
    }

    /// <remarks>The text of a statement is no part of the path that the constructor was given.</remarks>
    [Theory]
    [InlineData("string _file", "_file = file", "_file")]
    [InlineData("string _file", "_file = Path.Combine(\"data\", file)", "_file")]
    [InlineData("string[] _files", "_files = new[] { Path.Combine(\"data\", file) }", "_files[0]")]
    [InlineData("(string File, bool IsNew) _kept", "_kept = (Path.Combine(\"data\", file), true)", "_kept.File")]
    public Task Clean_where_a_method_that_is_given_a_statement_opens_what_the_constructor_was_given(string field, string assigned, string read) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly {{field}};

            public Store(string file)
            {
                {{assigned}};
            }

            public void Execute(string sql)
            {
                using var connection = new SqliteConnection("Data Source=" + {{read}});
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000");
                connection.Execute(sql);
            }
        }
        class Words
        {
            public static void Run() { new Store("words.db").Execute("DELETE FROM w"); }
            public static void Add() { using var connection = new SqliteConnection("Data Source=words.db"); connection.Open(); connection.Execute("INSERT INTO t VALUES (1)"); }
        }
        """);

    /// <remarks>The constructor keeps how the database is opened, and another method than opens it writes.</remarks>
    [Theory]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, \"patients.db\") }.ToString()", true)]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, \"patients.db\") }.ConnectionString", true)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"patients.db\")", true)]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, \"views.db\") }.ToString()", false)]
    [InlineData("new SqliteConnectionStringBuilder { DataSource = folder }.ToString()", false)]
    public Task A_database_whose_name_a_field_keeps_is_in_WAL_mode(string other, bool isFound) => VerifyTypesAsync(
        $$"""
        class Views
        {
            public void Add() { using var connection = new SqliteConnection("Data Source=views.db"); {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}}; connection.Execute("INSERT INTO t VALUES (1)"); }
        }
        class Patients
        {
            private readonly string _connectionString;

            public Patients(string folder)
            {
                _connectionString = {{other}};
            }

            private SqliteConnection Open()
            {
                var connection = new SqliteConnection(_connectionString);
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000");
                return connection;
            }

            public void Add() { using var connection = Open(); connection.Execute("INSERT INTO t VALUES (1)"); }
        }
        """);

    /// <remarks>One file may have several names, and whoever compares them to the letter takes it for several databases.</remarks>
    [Theory]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=|DataDirectory|app.db\"", false)]
    [InlineData("\"Data Source=|DataDirectory|app.db\"", "@\"Data Source=|DataDirectory|\\app.db\"", false)]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=App.db\"", false)]
    [InlineData("\"Data Source=data/./app.db\"", "\"Data Source=data//app.db\"", false)]
    [InlineData("\"Data Source=../app.db\"", "\"Data Source=data/../../app.db\"", false)]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=file:app.db?cache=private\"", false)]
    [InlineData("\"Data Source=data/app.db\"", "\"Data Source=/srv/data/app.db\"", false)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"app.db\")", "$\"Data Source={folder}/app.db\"", false)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"app.db\")", "\"Data Source=APP.db\"", false)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"app.db\")", "\"Data Source=\" + folder", false)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"app.db\")", "\"Data Source=\" + Path.Combine(folder, \"cache.db\")", true)]
    [InlineData("\"Data Source=\" + Path.Combine(folder, \"app.db\")", "\"Data Source=cache.db\"", true)]
    [InlineData("\"Data Source=a/app.db\"", "\"Data Source=b/app.db\"", true)]
    [InlineData("\"Data Source=/srv/app.db\"", "\"Data Source=/var/app.db\"", true)]
    [InlineData("\"Data Source=data/app.db\"", "\"Data Source=/srv/app.db\"", true)]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=app.db;Mode=Memory;Cache=Shared\"", true)]
    public Task A_database_that_has_several_names(string own, string other, bool isFound) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public void Add(string folder) { using var connection = new SqliteConnection({{own}}); {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}}; connection.Execute("INSERT INTO t VALUES (1)"); }

            public void Prepare(string folder)
            {
                using var connection = new SqliteConnection({{other}});
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000");
            }

            public void Look() { using var connection = new SqliteConnection("Data Source=third.db;Mode=ReadOnly"); connection.Open(); }
        }
        """);

    [Theory]
    [InlineData("PRAGMA archive.journal_mode=WAL", "connection.Open()")]
    [InlineData("PRAGMA journal_mode=WAL", "connection.Open()")]
    [InlineData("PRAGMA archive.cache_size=-64000", "[|connection.Open()|]")]
    public Task A_pragma_of_an_attached_database(string pragma, string open) => VerifyTypesAsync(
        $$"""
        class Store
        {
            public void Move()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                {{open}};
                connection.Execute("ATTACH 'archive.db' AS archive");
                connection.Execute("{{pragma}}");
                connection.Execute("INSERT INTO archive.t SELECT * FROM t");
            }

            public void Add() { using var connection = new SqliteConnection("Data Source=archive.db"); {{open}}; connection.Execute("INSERT INTO t VALUES (1)"); }
        }
        """);

    [Fact]
    public Task Partial_classes() => VerifyTypesAsync(
        """
        partial class Store { private readonly SqliteConnection _connection = new("Data Source=app.db"); }
        partial class Store { public void Open() => [|_connection.Open()|]; }
        """);

    [Fact]
    public Task Clean_with_partial_classes() => VerifyTypesAsync(
        $$"""
        partial class Store
        {
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            partial void Configured();
            public void Open() { _connection.Open(); Configured(); }
        }
        partial class Store { partial void Configured() => _connection.Execute("{{Pragmas}}"); }
        """);

    [Fact]
    public Task Top_level_statements() => VerifyTypesAsync($"{Create}\n{OpensAndWorks}");

    [Fact]
    public Task Half_typed_code() => VerifyHalfTypedAsync($"{Create} {OpensAndWorks} connection.Execute(");

    [Theory]
    [InlineData(Create + " connection.Open(); connection.Execute(\"" + Pragmas + "\"); if (")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.Op")]
    [InlineData("unknown.Open();")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    private const string Handler = "{ if (e.CurrentState == System.Data.ConnectionState.Open) ((DbConnection)sender).Execute(\"" + Pragmas + "\"); }";

    [Theory]
    [InlineData("connection.StateChange += OnStateChange;", "private static void OnStateChange(object sender, System.Data.StateChangeEventArgs e) " + Handler)]
    [InlineData("connection.StateChange += new System.Data.StateChangeEventHandler(OnStateChange);", "private static void OnStateChange(object sender, System.Data.StateChangeEventArgs e) " + Handler)]
    [InlineData("connection.StateChange += (sender, e) => " + Handler + ";", "")]
    [InlineData("connection.StateChange += delegate { connection.Execute(\"" + Pragmas + "\"); };", "")]
    [InlineData("connection.StateChange += OnStateChange; void OnStateChange(object sender, System.Data.StateChangeEventArgs e) " + Handler, "")]
    [InlineData("Subscribe(connection);", "private static void Subscribe(SqliteConnection connection) => connection.StateChange += OnStateChange; private static void OnStateChange(object sender, System.Data.StateChangeEventArgs e) " + Handler)]
    [InlineData("connection.StateChange += new Handlers().OnStateChange;", "private class Handlers { public void OnStateChange(object sender, System.Data.StateChangeEventArgs e) " + Handler + " }")]
    public Task Clean_where_a_handler_configures_each_connection_as_it_opens(string subscribe, string member) => VerifyTypesAsync(
        $$"""
        class Program
        {
            private const string Second = "Data Source=second.db";
            static void Run()
            {
                {{Create}}
                {{subscribe}}
                connection.Open();
            }
            {{member}}
        }
        """);

    [Theory]
    [InlineData("connection.StateChange += OnStateChange;", "private static void OnStateChange(object sender, System.Data.StateChangeEventArgs e) => Console.WriteLine(e.CurrentState);")]
    [InlineData("connection.StateChange += (sender, e) => Console.WriteLine(e.OriginalState);", "")]
    public Task A_handler_that_does_not_configure(string subscribe, string member) => VerifyTypesAsync(
        $$"""
        class Program
        {
            private const string Third = "Data Source=third.db";
            static void Run()
            {
                {{Create}}
                {{subscribe}}
                [|connection.Open()|];
                {{Work}}
            }
            {{member}}
        }
        """);

    [Fact]
    public Task Clean_where_the_driver_of_an_ORM_attaches_a_handler_that_configures() => VerifyTypesAsync(
        $$"""
        abstract class Driver { public virtual DbConnection CreateConnection() => (DbConnection)Activator.CreateInstance(typeof(SqliteConnection)); }
        class ConfiguringDriver : Driver
        {
            public override DbConnection CreateConnection()
            {
                var connection = base.CreateConnection();
                connection.StateChange += OnStateChange;
                return connection;
            }
            private static void OnStateChange(object sender, System.Data.StateChangeEventArgs e) {{Handler}}
        }
        class Store(string path)
        {
            public void Check()
            {
                using var connection = new SqliteConnection($"Data Source={path}");
                connection.Open();
                connection.Query("SELECT 1");
            }
        }
        """);

    [Theory]
    [InlineData("bool", "using var connection = new SqliteConnection(path); connection.Open(); return true;")]
    [InlineData("bool", "using (var connection = new SqliteConnection(path)) { connection.Open(); return true; }")]
    [InlineData("bool", "try { var connection = new SqliteConnection(path); connection.Open(); connection.Close(); return true; } catch (SqliteException) { return false; }")]
    [InlineData("async Task<bool>", "try { await using var connection = new SqliteConnection(path); await connection.OpenAsync(); return true; } catch (Exception) { return false; }")]
    [InlineData("bool", "using var connection = new SqliteConnection(path); connection.Open(); return connection.State == System.Data.ConnectionState.Open;")]
    public Task Clean_where_it_is_opened_only_to_answer_whether_it_opens(string type, string body) => VerifyTypesAsync(
        $$"""
        class Program
        {
            static {{type}} CanOpen(string path)
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("using var connection = new SqliteConnection(path); [|connection.Open()|]; connection.Execute(\"DELETE FROM items\"); return true;")]
    [InlineData("using var connection = new SqliteConnection(path); [|connection.Open()|]; return connection.ExecuteScalar<string>(\"SELECT name FROM items LIMIT 1\") != null;")]
    [InlineData("using var connection = new SqliteConnection(path); [|connection.Open()|]; connection.Execute(path); return true;")]
    [InlineData("_connection = new SqliteConnection(path); [|_connection.Open()|]; return true;")]
    [InlineData("var connection = new SqliteConnection(path); [|connection.Open()|]; _connection = connection; return true;")]
    public Task It_answers_whether_it_opens_and_is_used(string body) => VerifyTypesAsync(
        $$"""
        class Program
        {
            private static SqliteConnection _connection;
            static bool TryOpen(string path)
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task Clean_where_nothing_is_opened() => VerifyAsync($"{Create} Console.WriteLine(connection.DataSource);");

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); Add(connection);", "static void Add(SqliteConnection connection) => [|connection.Execute(\"DELETE FROM items\")|];")]
    [InlineData("using System.Data.IDbConnection connection = new SqliteConnection(\"Data Source=app.db\"); Add(connection);", "static void Add(System.Data.IDbConnection connection) => [|connection.Execute(\"DELETE FROM items\")|];")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); First(connection);", "static void First(SqliteConnection connection) => Add(connection); static void Add(SqliteConnection connection) => [|connection.Query(\"SELECT name FROM items\")|];")]
    public Task Dapper_opens_a_closed_connection_that_it_is_handed(string use, string helper) => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void Run() { {{use}} }
            {{helper}}
        }
        """);

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=:memory:\"); Add(connection);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db;Mode=ReadOnly\"); Add(connection);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.Open(); connection.Execute(\"" + Pragmas + "\"); Add(connection);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); SqliteAnalyzers.Runtime.SqliteConnectionExtensions.OpenConfigured(connection); Add(connection);")]
    [InlineData("")]
    public Task Clean_where_Dapper_is_handed_what_needs_nothing(string use) => VerifyTypesAsync(
        $$"""
        class Program
        {
            static void Run() { {{use}} }
            static void Add(SqliteConnection connection) => connection.Execute("DELETE FROM items");
        }
        """);

    /// <summary>The finding is where the connection is opened, once.</summary>
    [Fact]
    public Task An_open_connection_that_Dapper_is_handed() => VerifyTypesAsync(
        """
        class Program
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); [|connection.Open()|]; Add(connection); }
            static void Add(SqliteConnection connection) => connection.Execute("DELETE FROM items");
        }
        """);

    [Fact]
    public Task Dapper_opens_a_closed_connection() => VerifyAsync($"{Create} [|connection.Query(\"SELECT name FROM items\")|];");

    [Theory]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT count(*) FROM sqlite_master\");")]
    [InlineData("connection.Query<string>(\"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name\");")]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT COUNT(*) FROM items\");")]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT count(*) AS total FROM items WHERE name = 'a'\");")]
    [InlineData("connection.ExecuteScalar<string>(\"SELECT sqlite_version()\");")]
    [InlineData("connection.Query(\"SELECT name FROM pragma_table_info('items')\");")]
    [InlineData("if (connection.ExecuteScalar<string>(\"PRAGMA integrity_check\") == \"ok\") Console.WriteLine(connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\"));")]
    [InlineData("connection.Execute(\"VACUUM INTO 'copy.db'\");")]
    [InlineData("connection.Execute($\"VACUUM INTO '{path}'\");")]
    [InlineData("connection.Execute(\"VACUUM\");")]
    [InlineData("connection.Execute(\"PRAGMA optimize\");")]
    [InlineData("Console.WriteLine(connection.ExecuteScalar<long>(\"PRAGMA user_version\"));")]
    [InlineData("connection.Execute($\"ATTACH '{path}' AS copy\"); connection.ExecuteScalar(\"SELECT sqlcipher_export('copy')\");")]
    [InlineData("")]
    public Task Clean_where_the_connection_is_not_for_work(string statements) => VerifyAsync($"{Create} connection.Open(); {statements}");

    [Theory]
    [InlineData("connection.Query(\"SELECT name FROM items\");")]
    [InlineData("connection.Query(\"SELECT name, count(*) FROM items GROUP BY name\");")]
    [InlineData("connection.Query(\"SELECT count(*), name FROM items\");")]
    [InlineData("connection.Query(\"SELECT items.name FROM sqlite_master JOIN items ON items.name = sqlite_master.name\");")]
    [InlineData("connection.Query(\"SELECT (SELECT max(id) FROM items)\");")]
    [InlineData("connection.Query($\"SELECT name FROM {path}\");")]
    [InlineData("connection.Execute(\"VACUUM\"); connection.Execute(\"DELETE FROM items\");")]
    [InlineData("if (connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\") == 0) connection.Execute(\"INSERT INTO items (name) VALUES ('a')\");")]
    [InlineData("using var transaction = connection.BeginTransaction();")]
    public Task The_connection_is_for_work(string statements) => VerifyAsync($"{Create} [|connection.Open()|]; {statements}");

    [Theory]
    [InlineData("using var connection = Factory.Open(); connection.Open();")]
    [InlineData("using var connection = Factory.Open(); if (connection.State != System.Data.ConnectionState.Open) connection.Open();")]
    [InlineData("using var connection = Factory.Open(); Factory.Ensure(connection);")]
    public Task Clean_where_the_connection_is_open_already(string open) => VerifyTypesAsync(
        $$"""
        static class Factory
        {
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                return connection;
            }
            public static void Ensure(SqliteConnection connection) { if (connection.State != System.Data.ConnectionState.Open) connection.Open(); }
        }
        class Program
        {
            static void Run() { {{open}} {{Work}} }
        }
        """);

    [Fact]
    public Task One_factory_is_reported_once_however_often_it_is_used() => VerifyTypesAsync(
        $$"""
        static class Factory { public static SqliteConnection Create() => new("Data Source=app.db"); }
        class A
        {
            static void First() { using var connection = Factory.Create(); [|connection.Open()|]; {{Work}} }
            static void Second() { using var connection = Factory.Create(); connection.Open(); {{Work}} }
        }
        class B
        {
            static void Third() { using var connection = Factory.Create(); connection.Open(); {{Work}} }
            static async Task FourthAsync() { await using var connection = Factory.Create(); await connection.OpenAsync(); {{Work}} }
            static void Fifth() { using var connection = Factory.Create(); {{Work}} }
        }
        """);

    [Fact]
    public Task A_factory_of_two_databases_is_reported_for_each() => VerifyTypesAsync(
        $$"""
        static class Factory { public static SqliteConnection Create(string text) => new(text); }
        class A
        {
            static void First() { using var connection = Factory.Create("Data Source=a.db"); [|connection.Open()|]; {{Work}} }
            static void Second() { using var connection = Factory.Create("Data Source=b.db"); [|connection.Open()|]; {{Work}} }
            static void Third() { using var connection = Factory.Create("Data Source=b.db"); connection.Open(); {{Work}} }
        }
        """);

    [Fact]
    public Task One_field_is_reported_once_however_often_it_is_opened() => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection connection = new("Data Source=app.db");
            public void A() { [|connection.Open()|]; {{Work}} connection.Close(); }
            public void B() { connection.Open(); {{Work}} connection.Close(); }
        }
        """);

    [Fact]
    public Task Two_connections_that_one_method_makes_to_one_database() => VerifyAsync(
        $$"""
        using (var connection = new SqliteConnection("Data Source=app.db")) { [|connection.Open()|]; {{Work}} }
        using (var connection = new SqliteConnection("Data Source=app.db")) { connection.Open(); {{Work}} }
        """);

    [Theory]
    [InlineData("try { [|_connection.Open()|]; return true; } catch (SqliteException) { _connection.Close(); return false; }")]
    [InlineData("try { [|_connection.Open()|]; } catch (SqliteException) { _connection.Dispose(); return false; } return true;")]
    public Task It_stays_open_where_it_could_be_opened(string body) => VerifyTypesAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            public bool TryOpen() { {{body}} }
        }
        """);

    [Fact]
    public Task Clean_with_a_connection_that_only_checkpoints() => VerifyAsync(
        $"{Create} connection.Open(); connection.ExecuteScalar(\"PRAGMA wal_checkpoint(TRUNCATE)\");");

    [Fact]
    public Task Clean_with_a_connection_that_only_checks_the_file() => VerifyAsync(
        $"{Create} connection.Open(); Console.WriteLine(connection.ExecuteScalar<string>(\"PRAGMA integrity_check\"));");

    [Fact]
    public Task Clean_at_both_ends_of_a_backup() => VerifyAsync(
        """
        using var source = new SqliteConnection("Data Source=app.db");
        using var target = new SqliteConnection("Data Source=copy.db");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        """);

    [Fact]
    public Task Clean_with_the_helpers_of_the_runtime_library() => VerifyAsync(
        $$"""
        {{Create}}
        SqliteAnalyzers.Runtime.SqliteConnectionExtensions.OpenConfigured(connection);
        using var dataSource = new SqliteAnalyzers.Runtime.ConfiguredSqliteDataSource("Data Source=app.db");
        using var second = dataSource.OpenConnection();
        """);

    [Theory]
    [InlineData("new SqliteAnalyzers.Runtime.SqliteSingleWriter(\"Data Source=app.db\")")]
    [InlineData("new SqliteAnalyzers.Runtime.SqliteSingleWriter(new SqliteAnalyzers.Runtime.ConfiguredSqliteDataSource(\"Data Source=app.db\"))")]
    public Task Clean_where_a_single_writer_has_put_the_database_in_WAL_mode(string writer) =>
        VerifyAsync($"using var writer = {writer}; {Create} connection.Open(); {Work}");

    /// <summary>A helper that executes whatever pragma it is told: its callers tell which.</summary>
    [Theory]
    [InlineData("static bool Check(SqliteConnection other) => Ask(other, \"quick_check\") && Ask(other, \"integrity_check\");", true)]
    [InlineData("static bool Check(SqliteConnection other) => Ask(other, \"synchronous = NORMAL\");", true)]
    [InlineData("static bool Check(SqliteConnection other) => Ask(other, \"quick_check\") && Ask(other, \"journal_mode = WAL\");", false)]
    [InlineData("static bool Check(SqliteConnection other) => Ask(other, \"quick_check\"); static bool Any(SqliteConnection other, string pragma) => Ask(other, pragma);", false)]
    [InlineData("static bool Check(SqliteConnection other, string[] all) => Ask(other, all[0]);", false)]
    [InlineData("", false)]
    public Task A_helper_that_is_told_the_pragma(string caller, bool isReported) => VerifyTypesAsync(
        $$"""
        static class Own
        {
            public static void Run()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                {{(isReported ? "[|connection.Open()|]" : "connection.Open()")}};
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM items";
                command.ExecuteNonQuery();
            }

            {{caller}}

            public static bool Ask(SqliteConnection other, string pragma)
            {
                using var command = other.CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                return (string)command.ExecuteScalar() == "ok";
            }
        }
        """);

    /// <summary>A caller that is not asked, because it leads to too much, may set the pragmas of any database.</summary>
    [Theory]
    [InlineData(5, true)]
    [InlineData(140, false)]
    public Task Helper_that_only_a_caller_of_much_sets_pragmas_by(int steps, bool isReported)
    {
        var open = isReported ? "[|connection.Open()|]" : "connection.Open()";
        return RuleVerifier.VerifyAsync(Descriptors.ConnectionNotConfigured, Source.Class(
            $$"""
            static void Set(SqliteConnection connection) => connection.Execute("PRAGMA journal_mode=WAL");

            static void Begin()
            {
                using var connection = new SqliteConnection("Data Source=other.db");
                connection.Open();
                Set(connection);
                Step0(connection);
            }

            static void Write()
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                {{open}};
                connection.Execute("DELETE FROM items");
            }

            {{string.Concat(Enumerable.Range(0, steps).Select(step => $"static void Step{step}(SqliteConnection connection) {{ using var transaction = connection.BeginTransaction(); Step{step + 1}(connection); }}\n"))}}
            static void Step{{steps}}(SqliteConnection connection) => connection.Execute("DELETE FROM items");
            """));
    }

    [Fact]
    public Task Single_writer_of_another_database() =>
        VerifyAsync($"using var writer = new SqliteAnalyzers.Runtime.SqliteSingleWriter(\"Data Source=other.db\"); {Create} {OpensAndWorks}");

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyTypesAsync(
        """
        using var connection = new Own.SqliteConnection("Data Source=app.db");
        connection.Open();
        namespace Own
        {
            class SqliteConnection(string text) : IDisposable
            {
                public void Open() => Console.WriteLine(text);
                public void Dispose() { }
            }
        }
        """);

    [Fact]
    public Task Clean_in_generated_code() => VerifyTypesAsync(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated
        {
            static void Run() { using var connection = new SqliteConnection("Data Source=app.db"); connection.Open(); }
        }
        """);

    [Fact]
    public Task Clean_where_the_severity_is_none() => VerifyWithOptionsAsync(
        $"{Create} connection.Open(); {Work}",
        "dotnet_diagnostic.SQLITE3001.severity = none");

    [Theory]
    [InlineData("foreign_keys")]
    [InlineData("FOREIGN_KEYS , journal_mode")]
    [InlineData("cache_size, temp_store")]
    public Task Pragmas_that_the_options_require(string required) => VerifyWithOptionsAsync(
        $"{Create} [|connection.Open()|]; connection.Execute(\"{Pragmas}\"); {Work}",
        $"sqlite_analyzers.required_pragmas = {required}");

    [Theory]
    [InlineData("journal_mode")]
    [InlineData("Busy_Timeout, , JOURNAL_MODE")]
    [InlineData("")]
    public Task Clean_with_the_pragmas_that_the_options_require(string required) => VerifyWithOptionsAsync(
        $"{Create} connection.Open(); connection.Execute(\"PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL\"); {Work}",
        $"sqlite_analyzers.required_pragmas = {required}");

    [Fact]
    public Task The_message_names_a_pragma_that_the_options_require() => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured($"using var connection = {{|#1:new SqliteConnection(\"Data Source=app.db\")|}}; {{|#0:connection.Open()|}}; connection.Execute(\"{Pragmas}\"); {Work}"),
        test =>
        {
            test.EditorConfig = "sqlite_analyzers.required_pragmas = journal_mode, foreign_keys, cache_size";
            test.ExpectedDiagnostics.Add(Expected("foreign_keys, cache_size"));
        });

    [Theory]
    [InlineData("PRAGMA foreign_keys=ON", "journal_mode,synchronous,busy_timeout")]
    [InlineData("PRAGMA synchronous=NORMAL", "journal_mode,busy_timeout")]
    public Task The_fix_is_told_connection_and_missing_pragmas(string pragmas, string missing) => VerifyPropertiesAsync(
        $"{Create} [|connection.Open()|]; connection.Execute(\"{pragmas}\"); {Work}",
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Missing, missing));

    /// <summary>The first of a database and maker is the first that is still found in the light of the project.</summary>
    [Fact]
    public Task What_is_said_of_an_open_that_nobody_reports_silences_no_other() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = new("Data Source=app.db");
            public void Apply() { Helpers.First(_connection); _connection.Execute("DELETE FROM items"); }
            public void Work() { [|_connection.Open()|]; _connection.Execute("DELETE FROM items"); }
        }
        static class Helpers
        {
            public static void First(SqliteConnection connection) => Second(connection);
            private static void Second(SqliteConnection connection) => Third(connection);
            private static void Third(SqliteConnection connection) => connection.Open();
        }
        """);

    private static string Unconfigured(string statements) => RuleSource.Alone(
        $$"""
        class Program
        {
            static void Run(bool flag, string path, string[] items)
            {
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("Path.Combine(Path.GetTempPath(), Guid.NewGuid() + \".db\")", "File.Copy(source, copy);")]
    [InlineData("Path.GetTempFileName()", "File.Copy(source, copy, overwrite: true);")]
    [InlineData("Path.GetTempFileName()", "new FileInfo(source).CopyTo(copy, true);")]
    [InlineData("Path.Combine(Directory.CreateTempSubdirectory().FullName, \"copy.db\")", "using (var from = File.OpenRead(source)) using (var to = File.Create(copy)) { from.CopyTo(to); }")]
    public Task Clean_for_a_copy_that_is_thrown_away(string copy, string making) => VerifyTypesAsync(Copied(copy, making, "connection.Open()"));

    [Theory]
    [InlineData("Path.Combine(Path.GetTempPath(), \"app.db\")", "")]
    [InlineData("Path.ChangeExtension(source, \".bak\")", "File.Copy(source, copy);")]
    [InlineData("Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), \"copy.db\")", "new FileInfo(source).CopyTo(copy);")]
    public Task Reported_for_a_file_that_stays_or_is_no_copy(string copy, string making) => VerifyTypesAsync(Copied(copy, making, "[|connection.Open()|]"));

    private static string Copied(string copy, string making, string open) =>
        $$"""
        class Program
        {
            static List<string> History(string source)
            {
                var copy = {{copy}};
                {{making}}
                try
                {
                    using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
                    {{open}};
                    return connection.Query<string>("SELECT url FROM places").ToList();
                }
                finally
                {
                    Console.WriteLine(copy);
                }
            }
        }
        """;

    private static DiagnosticResult Expected(string missing) =>
        new DiagnosticResult(Descriptors.ConnectionNotConfigured).WithLocation(0).WithLocation(1).WithArguments(missing, missing.Contains(',', StringComparison.Ordinal) ? "them" : "it");

    /// <summary>What stands in a connection string is not executed: System.Data.SQLite passes over a keyword that it does not know.</summary>
    [Theory]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=\" + path + \";PRAGMA journal_mode=WAL\"); [|connection.Open()|];")]
    [InlineData("using var connection = new SQLiteConnection($\"Data Source={path};PRAGMA journal_mode=WAL;\"); [|connection.Open()|];")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=\" + path); connection.Open(); new SQLiteCommand(\"PRAGMA journal_mode=WAL\", connection).ExecuteNonQuery();")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=\" + path + \";Journal Mode=WAL\"); connection.Open();")]
    public Task A_pragma_in_a_connection_string(string statements) => VerifySystemDataSqliteAsync(statements);

    [Theory]
    [InlineData("using var connection = [|new SQLiteConnection(\"Data Source=\" + path).OpenAndReturn()|];")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=\" + path + \";Journal Mode=WAL\").OpenAndReturn();")]
    [InlineData("using var connection = new SQLiteConnection(\"Data Source=\" + path).OpenAndReturn(); new SQLiteCommand(\"PRAGMA journal_mode=WAL\", connection).ExecuteNonQuery();")]
    public Task Opened_and_returned(string statements) => VerifySystemDataSqliteAsync(statements);

    [Theory]
    [InlineData("[|connection.Open()|]; using var adapter = new SQLiteDataAdapter(\"SELECT * FROM items\", connection); adapter.Fill(table);")]
    [InlineData("[|connection.Open()|]; using var command = new SQLiteCommand(\"SELECT * FROM items\", connection); var adapter = new SQLiteDataAdapter(command); adapter.Fill(table);")]
    [InlineData("[|connection.Open()|]; using var command = new SQLiteCommand { Connection = connection }; command.CommandText = \"SELECT * FROM items\"; new SQLiteDataAdapter(command).Fill(0, 100, table);")]
    [InlineData("connection.Open(); new SQLiteDataAdapter(\"SELECT * FROM items\", connection).Dispose();")]
    [InlineData("connection.Open(); new SQLiteDataAdapter(\"SELECT name FROM sqlite_master\", connection).Fill(table);")]
    [InlineData("connection.Open(); new SQLiteCommand(\"PRAGMA journal_mode=WAL\", connection).ExecuteNonQuery(); new SQLiteDataAdapter(\"SELECT * FROM items\", connection).Fill(table);")]
    [InlineData("connection.Open(); new SQLiteDataAdapter(\"PRAGMA journal_mode=WAL\", connection).Fill(table); new SQLiteDataAdapter(\"SELECT * FROM items\", connection).Fill(table);")]
    public Task What_an_adapter_fills(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            $$"""
            using System.Data;
            using System.Data.SQLite;

            class Program
            {
                static void Run(string path, DataTable table)
                {
                    using var connection = new SQLiteConnection("Data Source=" + path);
                    {{statements}}
                }
            }
            """),
        test => test.References = TestReferences.WithSystemDataSqlite);

    private static Task VerifySystemDataSqliteAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            $$"""
            using System.Data.SQLite;

            class Program
            {
                static void Run(string path)
                {
                    {{statements}}
                    new SQLiteCommand("DELETE FROM items", connection).ExecuteNonQuery();
                }
            }
            """),
        test => test.References = TestReferences.WithSystemDataSqlite);

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.ConnectionNotConfigured, Unconfigured(statements));

    private static Task VerifyTypesAsync(string types) => RuleVerifier.VerifyAsync(Descriptors.ConnectionNotConfigured, RuleSource.Alone(types));

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    private static Task VerifyWithOptionsAsync(string statements, string options) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured(statements),
        test => test.EditorConfig = options);

    [Theory]
    [InlineData("using var other = new SqliteConnection(\"Data Source=other.db;Mode=ReadOnly\"); other.Open();", true)]
    [InlineData("using var other = new SqliteConnection($\"Data Source={path};Mode=ReadOnly\"); other.Open();", true)]
    [InlineData("using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString()); other.Open();", true)]
    [InlineData("var other = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate }.ToString(); Console.WriteLine(other);", true)]
    [InlineData("var text = $\"Data Source={path};Mode=ReadOnly\"; using var other = new SqliteConnection(text); other.Open();", true)]
    [InlineData("var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString(); using var other = new SqliteConnection(text); other.Open();", true)]
    [InlineData("var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }; using var other = new SqliteConnection(builder.ConnectionString); other.Open();", true)]
    [InlineData("var text = $\"Data Source={path};Mode=ReadOnly\"; using var other = new SqliteConnection(text); other.Open(); Console.WriteLine(text);", false)]
    [InlineData("var text = $\"Data Source={path};Mode=ReadOnly\"; using (var other = new SqliteConnection(text)) { other.Open(); } Environment.SetEnvironmentVariable(\"text\", text);", false)]
    [InlineData("string text; text = $\"Data Source={path};Mode=ReadOnly\"; using var other = new SqliteConnection(text); other.Open();", false)]
    [InlineData("var other = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString(); Console.WriteLine(other);", false)]
    [InlineData("var other = $\"Data Source={path};Mode=ReadOnly\"; Console.WriteLine(other);", false)]
    public Task A_string_that_is_handed_in_may_be_that_of_another_place(string elsewhere, bool isReported) => VerifyTypesAsync(
        $$"""
        class Store(string text)
        {
            public void Save()
            {
                using var connection = new SqliteConnection(text);
                {{(isReported ? "[|connection.Open()|]" : "connection.Open()")}};
                connection.Execute("DELETE FROM items");
            }
        }
        static class Elsewhere
        {
            public static void Look(string path)
            {
                {{elsewhere}}
            }
        }
        """);

    [Theory]
    [InlineData("ON")]
    [InlineData("1")]
    [InlineData("true")]
    public Task Clean_with_a_connection_that_may_not_write(string value) => VerifyAsync(
        $"using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.Open(); connection.Execute(\"PRAGMA query_only = {value}\"); connection.Query(\"SELECT name FROM items\");");

    [Fact]
    public Task With_a_connection_that_may_write_again() => VerifyAsync(
        "using var connection = new SqliteConnection(\"Data Source=app.db\"); [|connection.Open()|]; connection.Execute(\"PRAGMA query_only = OFF\"); connection.Query(\"SELECT name FROM items\");");

    [Theory]
    [InlineData("")]
    [InlineData("new SqliteConnection(\"Data Source=other.db;Mode=ReadOnly\").Open();")]
    public Task Clean_for_the_connection_of_a_context_that_another_project_makes(string other) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            $$"""
            using System.Data;
            using Microsoft.EntityFrameworkCore;
            class Program
            {
                static void Drop(DbContext context)
                {
                    var connection = context.Database.GetDbConnection();
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText = "DROP TABLE items";
                    command.ExecuteNonQuery();
                    {{other}}
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    /// <summary>What each class that can be made overrides is the path of none.</summary>
    [Theory]
    [InlineData("abstract class Store { protected virtual string Name => \"store.db\"; SAVE }", "class Users : Store { protected override string Name => \"users.db\"; }", false)]
    [InlineData("abstract class Store { protected virtual string Name => \"store.db\"; SAVE }", "abstract class Named : Store { protected override string Name => \"users.db\"; } class Users : Named { }", false)]
    [InlineData("abstract class Store { protected virtual string Name => \"store.db\"; SAVE }", "class Users : Store { protected override string Name => \"users.db\"; } class Orders : Store { }", true)]
    [InlineData("abstract class Store { protected virtual string Name => \"store.db\"; SAVE }", "", true)]
    [InlineData("class Store { protected virtual string Name => \"store.db\"; SAVE }", "class Users : Store { protected override string Name => \"users.db\"; }", true)]
    [InlineData("interface INamed { string Name => \"store.db\"; } class Users : INamed { public string Name => \"users.db\"; }", "class Store { private readonly INamed _named; private string Name => $\"{_named.Name}\"; SAVE }", false)]
    [InlineData("interface INamed { string Name => \"store.db\"; } class Users : INamed { }", "class Store { private readonly INamed _named; private string Name => $\"{_named.Name}\"; SAVE }", true)]
    public Task A_path_that_is_overridden(string store, string other, bool isFound) => VerifyTypesAsync(
        $$"""
        using Dapper;
        class Program
        {
            static void Begin()
            {
                using var connection = new SqliteConnection("Data Source=users.db");
                connection.Open();
                connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
            }
        }
        {{$"{store} {other}".Replace("SAVE", $"public void Save() {{ using var connection = new SqliteConnection($\"Data Source={{Name}}\"); {(isFound ? "[|connection.Open()|]" : "connection.Open()")}; connection.Execute(\"DELETE FROM items\"); }}")}}
        """);

    /// <summary>A property or method that only puts the path together tells which database is in WAL mode.</summary>
    [Theory]
    [InlineData("static string Game => System.IO.Path.Combine(AppContext.BaseDirectory, \"game.db\");", "Game", true)]
    [InlineData("static string Game => \"game.db\";", "Game", true)]
    [InlineData("static string Game { get => $\"{AppContext.BaseDirectory}/game.db\"; }", "Game", true)]
    [InlineData("static string Game() => System.IO.Path.Join(AppContext.BaseDirectory, \"game.db\");", "Game()", true)]
    [InlineData("static string Game(string folder) => $\"{folder}/game.db\";", "Game(\"data\")", true)]
    [InlineData("static string Game => System.IO.Path.Combine(AppContext.BaseDirectory, \"ladder.db\");", "Game", false)]
    [InlineData("static string Game => Environment.GetEnvironmentVariable(\"GAME\");", "Game", false)]
    public Task A_path_that_code_puts_together(string member, string path, bool isFound) => VerifyTypesAsync(
        $$"""
        using Dapper;
        static class Paths
        {
            public {{member}}
        }
        class Program
        {
            static void Begin()
            {
                using var connection = new SqliteConnection($"Data Source={Paths.{{path}}}");
                connection.Open();
                connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
            }

            static void Enter()
            {
                using var connection = new SqliteConnection("Data Source=ladder.db");
                {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}};
                connection.Execute("DELETE FROM ladder");
            }
        }
        """);

    /// <remarks>Entity Framework Core puts the database that it makes in WAL mode, which its file keeps.</remarks>
    [Theory]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=app.db\"", false)]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=\" + System.IO.Path.Combine(folder, \"app.db\")", false)]
    [InlineData("\"Data Source=\" + folder", "\"Data Source=app.db\"", false)]
    [InlineData("\"Data Source=\" + System.IO.Path.Combine(folder, \"app.db\")", "\"Data Source=App.db\"", false)]
    [InlineData("\"Data Source=app.db\"", "\"Data Source=other.db\"", true)]
    [InlineData("\"Data Source=\" + System.IO.Path.Combine(folder, \"app.db\")", "\"Data Source=other.db\"", true)]
    [InlineData("\"Data Source=app.db;Mode=Memory;Cache=Shared\"", "\"Data Source=app.db\"", true)]
    public Task The_database_of_a_context(string context, string other, bool isFound) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext
            {
                public string folder = "";
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite({{context}});
            }
            class Program
            {
                static void Run(string folder)
                {
                    using var connection = new SqliteConnection({{other}});
                    {{(isFound ? "[|connection.Open()|]" : "connection.Open()")}};
                    connection.Execute("DELETE FROM items");
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    [Theory]
    [InlineData("Data Source=app.db", "new SqliteConnection(\"Data Source=app.db\")")]
    [InlineData("Data Source=app.db", "new SqliteConnection($\"Data Source={path}\")")]
    [InlineData("Data Source=app.db", "new SqliteConnection(\"Data Source=\" + System.IO.Path.Combine(path, \"app.db\"))")]
    [InlineData("Data Source=data/app.db", "new SqliteConnection(\"Data Source=app.db\")")]
    public Task Clean_for_a_database_that_a_context_makes(string context, string made) => VerifyBesideContextAsync(context, made, "connection.Open()");

    [Theory]
    [InlineData("Data Source=app.db", "new SqliteConnection(\"Data Source=other.db\")")]
    [InlineData("Data Source=app.db", "new SqliteConnection(\"Data Source=\" + System.IO.Path.Combine(path, \"other.db\"))")]
    [InlineData("Data Source=:memory:", "new SqliteConnection(\"Data Source=other.db\")")]
    public Task A_database_beside_that_of_a_context(string context, string made) => VerifyBesideContextAsync(context, made, "[|connection.Open()|]");

    private static Task VerifyBesideContextAsync(string context, string made, string open) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone(
            $$"""
            using System.Data;
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("{{context}}");
            }
            class Program
            {
                static void Drop(string path)
                {
                    using var connection = {{made}};
                    {{open}};
                    using var command = connection.CreateCommand();
                    command.CommandText = "DROP TABLE items";
                    command.ExecuteNonQuery();
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyPropertiesAsync(string statements, params (string Key, string? Value)[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        Unconfigured(statements),
        test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(
            expected,
            diagnostic.Properties
                .Where(property => property.Key is DiagnosticProperties.Connection or DiagnosticProperties.Missing)
                .OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(property => (property.Key, property.Value))));
}
