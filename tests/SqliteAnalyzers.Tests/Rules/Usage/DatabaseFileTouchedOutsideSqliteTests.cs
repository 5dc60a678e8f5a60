using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>SQLITE5002 wherever the file is known to be a database that the process keeps open, and nowhere else.</summary>
public sealed class DatabaseFileTouchedOutsideSqliteTests
{
    [Theory]
    [InlineData("[|File.Copy(Db.Path, target)|];")]
    [InlineData("[|File.Copy(Db.Path, target, overwrite: true)|];")]
    [InlineData("[|File.Copy(\"app.db\", target)|];")]
    [InlineData("[|File.Copy(\"./app.db\", target)|];")]
    [InlineData("[|File.Copy(target, Db.Path, true)|];")]
    [InlineData("[|File.Move(Db.Path, target)|];")]
    [InlineData("[|File.Move(target, Db.Path, overwrite: true)|];")]
    [InlineData("[|File.Replace(target, Db.Path, null)|];")]
    [InlineData("[|File.Delete(Db.Path)|];")]
    [InlineData("if (File.Exists(Db.Path)) { [|File.Delete(Db.Path)|]; }")]
    [InlineData("var bytes = [|File.ReadAllBytes(Db.Path)|];")]
    [InlineData("using var stream = [|File.OpenRead(Db.Path)|];")]
    [InlineData("using var stream = [|File.Open(Db.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)|];")]
    [InlineData("using var stream = [|new FileStream(Db.Path, FileMode.Open)|];")]
    [InlineData("using FileStream stream = [|new(Db.Path, FileMode.Open, FileAccess.Read)|];")]
    [InlineData("using var stream = [|new FileStream(Db.Path, FileMode.Create)|];")]
    [InlineData("[|File.WriteAllBytes(Db.Path, new byte[0])|];")]
    [InlineData("[|new FileInfo(Db.Path).CopyTo(target)|];")]
    [InlineData("var file = new FileInfo(Db.Path); [|file.MoveTo(target)|];")]
    [InlineData("var file = new FileInfo(Db.Path); [|file.Delete()|];")]
    [InlineData("using var archive = ZipFile.Open(target, ZipArchiveMode.Create); [|archive.CreateEntryFromFile(Db.Path, \"app.db\")|];")]
    [InlineData("Db.Checkpoint(connection); [|File.Copy(Db.Path, target)|];")]
    [InlineData("connection.Close(); [|File.Copy(Db.Path, target)|];")]
    [InlineData("var path = Db.Path; [|File.Copy(path, target)|];")]
    [InlineData("var path = Path.GetFullPath(Db.Path); [|File.Copy(path, target)|];")]
    [InlineData("foreach (var file in new[] { Db.Path, Db.Path + \"-wal\" }) { [|File.Copy(file, target + file)|]; }")]
    [InlineData("var path = flag ? Db.Path : target; [|File.Copy(path, target)|];")]
    [InlineData("var path = new SqliteConnectionStringBuilder(Db.Text).DataSource; [|File.Copy(path, target)|];")]
    [InlineData("[|File.Copy(connection.DataSource, target)|];")]
    [InlineData("var path = Db.Text.Replace(\"Data Source=\", \"\"); [|File.Copy(path, target)|];")]
    [InlineData("var path = Db.Text.Replace(\"Data Source=\", \"\").Replace(\";\", \"\"); [|File.Copy(path, target)|];")]
    [InlineData("var path = Db.Text.Replace(\"Data Source=\", \"\").Replace(\";Pooling=True\", \"\").Trim(); [|File.Copy(target, path, true)|];")]
    [InlineData("var path = Db.Text.Replace(\"Filename=\", string.Empty).Replace(\"'\", \"\"); [|File.Delete(path)|];")]
    [InlineData("Task.Run(() => [|File.Copy(Db.Path, target)|]);")]
    [InlineData("[|File.Copy(Db.Path, target)|]; SqliteConnection.ClearAllPools();")]
    public Task A_database_that_the_process_opens(string statements) => VerifyAsync(statements);

    /// <remarks>What only registers code runs before it, and what the first value of a field is made by runs at the start.</remarks>
    [Theory]
    [InlineData("static void Main() { AppDomain.CurrentDomain.ProcessExit += (_, _) => [|File.Copy(Db.Path, \"b.db\", true)|]; using var connection = Db.Open(); Console.ReadLine(); }")]
    [InlineData("static void Main() { new System.Threading.CancellationToken().Register(() => [|File.Copy(Db.Path, \"b.db\", true)|]); using var connection = Db.Open(); Console.ReadLine(); }")]
    [InlineData("private readonly System.Threading.Timer _timer; public Program() { _timer = new(_ => [|File.Copy(Db.Path, \"b.db\", true)|], null, 0, 1000); }")]
    [InlineData("static void Main() { if (!IsWell()) [|File.Move(Db.Path, \"b.db\", true)|]; using var connection = Db.Open(); } static bool IsWell() { using var connection = Db.Open(); return connection.ExecuteScalar<string>(\"PRAGMA quick_check\") == \"ok\"; }")]
    [InlineData("static void Main() { if (!IsWell()) { SqliteConnection.ClearAllPools(); File.Move(Db.Path, \"b.db\", true); } using var connection = Db.Open(); } static bool IsWell() { using var connection = Db.Open(); return connection.ExecuteScalar<string>(\"PRAGMA quick_check\") == \"ok\"; }")]
    [InlineData("static void Main() { if (!IsWell()) File.Move(Db.Path, \"b.db\", true); using var connection = Db.Open(); } static bool IsWell() { using var file = File.Open(Db.Path, FileMode.Open); return file.Length > 0; }")]
    [InlineData("static void Main() { AppDomain.CurrentDomain.ProcessExit += (_, _) => { File.Copy(Db.Path, \"b.db\", true); using var other = Db.Open(); }; }")]
    [InlineData("static void Main() { Items.ForEach(item => File.Copy(item, Db.Path, true)); using var connection = Db.Open(); } static List<string> Items = [];")]
    [InlineData("static readonly bool s_isRestored = Restore(); static bool Restore() { File.Copy(\"r.db\", Db.Path, true); return true; }")]
    [InlineData("static readonly Lazy<bool> s_isRestored = new(() => { File.Copy(\"r.db\", Db.Path, true); return true; });")]
    [InlineData("private static readonly Action s_copy = () => [|File.Copy(Db.Path, \"b.db\", true)|];")]
    [InlineData("void Application_Startup(object sender, EventArgs e) { File.Copy(\"r.db\", Db.Path, true); }")]
    [InlineData("void Backup_Click(object sender, EventArgs e) { [|File.Copy(Db.Path, \"b.db\", true)|]; }")]
    public Task Code_of_the_start_and_of_later(string members) => VerifySourceAsync(
        $$"""
        class Program { {{members}} }
        class Data { public void Add() { using var connection = Db.Open(); connection.Execute("DELETE FROM items"); } }
        """,
        withDatabase: true);

    [Theory]
    [InlineData("Data Source=file:app.db?cache=private", "[|File.Copy(\"app.db\", target)|];")]
    [InlineData("Data Source=data//app.db", "[|File.Copy(Path.Combine(\"data\", \".\", \"app.db\"), target)|];")]
    [InlineData("Data Source=app.db", "[|File.Copy(_connection.DataSource, target)|];")]
    [InlineData("Data Source=app.db", "File.Copy(_connection.DataSource, target); _connection.Open();")]
    [InlineData("Data Source=app.db", "File.Copy(_connection.DataSource, target); Prepare(_connection);")]
    [InlineData("Data Source=a/app.db", "File.Copy(\"b/app.db\", target);")]
    [InlineData("Data Source=app;Mode=Memory;Cache=Shared", "File.Delete(\"app\");")]
    public Task A_database_that_a_field_is_the_connection_to(string text, string statements) => VerifySourceAsync(
        $$"""
        class Store
        {
            private readonly SqliteConnection _connection = new("{{text}}");

            public void Start() => Prepare(_connection);

            public void Copy(string target) { {{statements}} }

            private static void Prepare(SqliteConnection connection) { connection.Open(); connection.Execute("PRAGMA journal_mode=WAL"); }
        }
        """);

    [Theory]
    [InlineData("File.Copy(target, target + \".bak\");")]
    [InlineData("File.Copy(\"other.db\", target);")]
    [InlineData("Console.WriteLine(File.Exists(Db.Path)); Console.WriteLine(new FileInfo(Db.Path).Length); Console.WriteLine(File.GetLastWriteTime(Db.Path));")]
    [InlineData("connection.Close(); SqliteConnection.ClearAllPools(); File.Move(Db.Path, target);")]
    [InlineData("connection.Close(); SqliteConnection.ClearPool(connection); File.Delete(Db.Path);")]
    [InlineData("connection.Close(); Clear(); File.Copy(Db.Path, target);")]
    [InlineData("connection.Close(); ClearAll(); File.Copy(Db.Path, target);")]
    [InlineData("File.Copy(target, Db.Path);")]
    [InlineData("File.Copy(target, Db.Path, overwrite: false);")]
    [InlineData("File.Move(target, Db.Path);")]
    [InlineData("if (!File.Exists(Db.Path)) { File.Copy(target, Db.Path, true); }")]
    [InlineData("File.Copy(Db.Path + \".bak\", target);")]
    [InlineData("var path = Db.Text.Replace(\"Data Source=\", \"\").Replace(\".db\", \".bak\"); File.Delete(path);")]
    [InlineData("var path = Db.Text.Replace(\"Data Source=\", \"\").Replace(\";\", \".bak\") + \".bak\"; File.Delete(path);")]
    [InlineData("var path = target.Replace(\";\", \"\"); File.Delete(path);")]
    [InlineData("File.WriteAllText(\"settings.json\", Db.Path);")]
    [InlineData("connection.Execute($\"VACUUM INTO '{target}'\"); File.Copy(target, target + \".2\");")]
    [InlineData("new Own.File().Copy(Db.Path, target);")]
    [InlineData("var temporary = Path.GetTempFileName(); File.Delete(temporary);")]
    [InlineData("using (var copy = new SqliteConnection(\"Data Source=\" + target)) { copy.Open(); connection.BackupDatabase(copy); } File.ReadAllBytes(target);")]
    [InlineData("using (var copy = new SqliteConnection($\"Data Source={target};Pooling=False\")) { copy.Open(); connection.BackupDatabase(copy); } File.Move(target, \"other.db\");")]
    [InlineData("using (var copy = new SqliteConnection($\"Data Source={target}\")) { copy.Open(); connection.BackupDatabase(copy); } SqliteConnection.ClearAllPools(); File.Move(target, \"other.db\");")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("[|File.Delete(target)|];")]
    [InlineData("[|File.Move(target, \"other.db\")|];")]
    public Task The_target_of_a_backup_whose_pool_is_alive(string statement) =>
        VerifyAsync("using (var copy = new SqliteConnection(\"Data Source=\" + target)) { copy.Open(); connection.BackupDatabase(copy); } File.ReadAllBytes(target); " + statement);

    [Fact]
    public Task The_target_of_a_backup_where_nothing_is_in_WAL_mode() => VerifySourceAsync(
        """
        class Download
        {
            private const string Name = "app.db";

            byte[] Create(string folder)
            {
                string live = Path.Combine(folder, Name);
                string copy = Path.Combine(folder, Name + ".bak");
                using (var source = new SqliteConnection($"Data Source={live}"))
                using (var target = new SqliteConnection($"Data Source={copy}"))
                {
                    source.Open();
                    target.Open();
                    source.BackupDatabase(target);
                }

                byte[] content = File.ReadAllBytes(copy);
                [|File.Delete(copy)|];
                return content;
            }
        }
        """);

    [Fact]
    public Task The_path_in_a_field_of_the_same_object() => VerifySourceAsync(
        """
        class Store
        {
            private readonly string _path;
            private readonly string _text;

            public Store(string path)
            {
                _path = path;
                _text = $"Data Source={path}";
            }

            public void Save()
            {
                using var connection = new SqliteConnection(_text);
                connection.Open();
                using var command = new SqliteCommand("PRAGMA journal_mode = WAL", connection);
                command.ExecuteNonQuery();
            }

            public void Backup(string target) => [|File.Copy(_path, target)|];
        }
        """);

    [Fact]
    public Task The_path_of_another_class() => VerifySourceAsync(
        """
        static class Paths
        {
            public static string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Shop");
            public static string Database => Path.Combine(Folder, "shop.db");
        }

        class Store
        {
            public SqliteConnection Open()
            {
                var connection = new SqliteConnection($"Data Source={Paths.Database}");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode = WAL", connection).ExecuteNonQuery();
                return connection;
            }
        }

        class BackupService
        {
            public void Backup(string target) => [|File.Copy(Paths.Database, target)|];

            public void BackupByParts(string target)
            {
                var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Shop");
                [|File.Copy(Path.Combine(folder, "shop.db"), target)|];
            }

            public void Other(string target) => File.Copy(Path.Combine(Paths.Folder, "settings.json"), target);
        }
        """);

    [Fact]
    public Task A_builder_names_the_path() => VerifySourceAsync(
        """
        class BackupService
        {
            private static string DatabasePath => Path.Combine(AppContext.BaseDirectory, "kiosk.db");

            public async Task BackupAsync(string target)
            {
                var source = DatabasePath;
                Flush(source);
                await Task.Run(() => [|File.Copy(source, target, overwrite: true)|]);
            }

            public async Task RestoreAsync(string source)
            {
                var database = DatabasePath;
                await Task.Run(() => [|File.Copy(source, database, overwrite: true)|]);
            }

            private static void Flush(string path)
            {
                var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite };
                using var connection = new SqliteConnection(builder.ConnectionString);
                connection.Open();
                new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection).ExecuteScalar();
            }
        }

        class Preferences
        {
            public void Save()
            {
                var path = Path.Combine(AppContext.BaseDirectory, "kiosk.db");
                using var connection = new SqliteConnection($"Data Source={path}");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task A_helper_that_all_callers_hand_the_database() => VerifySourceAsync(
        """
        class Program
        {
            void Run() { using var connection = Db.Open(); Save(Db.Path); }
            void Again() => Save("app.db");
            void Save(string file) => [|File.Copy(file, "copy.db")|];
            void Tidy() { Remove(Db.Path); Remove("notes.txt"); }
            void Remove(string file) => File.Delete(file);
        }
        """, withDatabase: true);

    [Fact]
    public Task A_connection_of_the_caller_is_open() => VerifySourceAsync(
        """
        class Upgrader
        {
            static readonly Dictionary<string, string> s_pragmas = new() { { "journal_mode", "WAL" } };

            public static void Upgrade(System.Data.IDbConnection connection, string file)
            {
                if (string.IsNullOrEmpty(connection.ConnectionString))
                {
                    connection.ConnectionString = $"Data Source={file};Pooling=false";
                }

                [|File.Copy(file, file + ".bak")|];
                connection.Close();
                File.Copy(file + ".bak", file, true);
            }

            static void Configure(SqliteConnection connection)
            {
                foreach (var pair in s_pragmas)
                {
                    new SqliteCommand($"PRAGMA {pair.Key} = {pair.Value}", connection).ExecuteNonQuery();
                }
            }
        }
        """);

    [Theory]
    [InlineData("options.UseSqlite($\"Data Source={File}\");", true)]
    [InlineData("options.UseSqlite(new SqliteConnection($\"Data Source={File}\"));", true)]
    [InlineData("options.UseSqlite(new SqliteConnection { ConnectionString = new SqliteConnectionStringBuilder { DataSource = File }.ConnectionString });", true)]
    [InlineData("var connection = new SqliteConnection($\"Data Source={File}\"); options.UseSqlite(connection);", true)]
    [InlineData("options.UseSqlite(\"Data Source=other.db\");", false)]
    [InlineData("options.UseSqlite(new SqliteConnection(\"Data Source=other.db\"));", false)]
    [InlineData("using var connection = new SqliteConnection($\"Data Source={File}\"); connection.Open(); options.UseSqlite(\"Data Source=other.db\");", false)]
    [InlineData("var connection = new SqliteConnection($\"Data Source={File};Mode=Memory\"); connection.Open(); options.UseSqlite(connection);", false)]
    public Task A_context(string configure, bool isOpened) => RuleVerifier.VerifyAsync(
        Descriptors.DatabaseFileTouchedOutsideSqlite,
        $$"""
        using System.IO;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Shop : DbContext
        {
            public static string File => Path.Combine(System.AppContext.BaseDirectory, "shop.db");
            protected override void OnConfiguring(DbContextOptionsBuilder options) { {{configure}} }
        }

        class Backup
        {
            public void Save(string target) => {{(isOpened ? "[|" : "")}}System.IO.File.Copy(Shop.File, target){{(isOpened ? "|]" : "")}};
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task The_wal_file_is_deleted_and_the_database_moved() => VerifySourceAsync(
        """
        class Program
        {
            static void Main()
            {
                var path = Db.Path;
                SqliteConnection.ClearAllPools();
                File.Delete($"{path}-wal");
                [|File.Move(path, path + ".old")|];
            }
        }
        """, withDatabase: true);

    [Fact]
    public Task Clean_where_nothing_sets_WAL_mode() => VerifySourceAsync(
        """
        class Store
        {
            const string Name = "app.db";
            SqliteConnection Open() { var connection = new SqliteConnection("Data Source=" + Name); connection.Open(); return connection; }
            void Backup() => File.Copy(Name, "copy.db");
        }
        """);

    [Fact]
    public Task Clean_where_another_database_is_in_WAL_mode() => VerifySourceAsync(
        """
        class Store
        {
            const string Name = "catalogue.db";
            SqliteConnection Open() { var connection = new SqliteConnection("Data Source=" + Name); connection.Open(); return connection; }
            void Backup() => File.Copy(Name, "copy.db");
        }
        """, withDatabase: true);

    /// <summary>However a constructor is given the path, it is that of the database, and another one is not.</summary>
    [Theory]
    [InlineData("class Notes() : Store(Paths.Notes);", "")]
    [InlineData("class Notes : Store { public Notes() : base(Paths.Notes) { } }", "")]
    [InlineData("class Notes : Store { public Notes(int version) : base(path: Paths.Notes) { } public Notes() : this(1) { } }", "")]
    [InlineData("class Notes : Files.Store { public Notes() : base(Paths.Notes) { } }", "")]
    [InlineData("class Notes { Store _store = new(Paths.Notes); }", "")]
    [InlineData("class Notes { Store? Store { get; } = new(Paths.Notes); }", "")]
    [InlineData("class Notes { Store _store = new Store(Paths.Notes); }", "")]
    [InlineData("", "public Store() : this(Paths.Notes) { }")]
    public async Task A_path_that_a_constructor_is_given(string type, string constructor)
    {
        foreach (var (path, copy) in new[] { ("Notes", "[|File.Copy(Paths.Notes, target)|]"), ("Other", "File.Copy(Paths.Notes, target)") })
        {
            await VerifySourceAsync(
                $$"""
                namespace Files;

                static class Paths
                {
                    public static readonly string Notes = Path.Combine(AppContext.BaseDirectory, "notes.db");
                    public static readonly string Other = Path.Combine(AppContext.BaseDirectory, "other.db");
                }

                class Store
                {
                    private readonly string _path;

                    public Store(string path) => _path = path;

                    {{constructor.Replace("Paths.Notes", "Paths." + path)}}

                    public SqliteConnection Open()
                    {
                        var connection = new SqliteConnection($"Data Source={_path}");
                        connection.Open();
                        new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
                        return connection;
                    }
                }

                {{type.Replace("Paths.Notes", "Paths." + path)}}

                class Program
                {
                    static void Save(string target) => {{copy}};
                }
                """);
        }
    }

    [Fact]
    public Task Clean_without_a_pool() => VerifySourceAsync(
        """
        class Store
        {
            const string Name = "app.db";
            void Save()
            {
                using var connection = new SqliteConnection($"Data Source={Name};Pooling=False");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
            }
            void Backup() => File.Copy(Name, "copy.db");
        }
        """);

    [Fact]
    public Task Held_open_without_a_pool() => VerifySourceAsync(
        """
        class Store
        {
            const string Name = "app.db";
            void Save()
            {
                using var connection = new SqliteConnection($"Data Source={Name};Pooling=False");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
                [|File.Copy(Name, "copy.db")|];
            }
        }
        """);

    [Fact]
    public Task Clean_before_the_program_opens_it() => VerifySourceAsync(
        """
        class Program
        {
            static void Main()
            {
                Prepare();
                if (File.Exists(Db.Path))
                {
                    File.Copy(Db.Path, "before.db", true);
                }

                using var connection = Db.Open();
            }

            static void Prepare() => File.Copy(Db.Path, "earlier.db");
        }
        """, withDatabase: true);

    [Fact]
    public Task Clean_where_it_is_made_anew() => VerifySourceAsync(
        """
        class Export
        {
            void Write(string file)
            {
                if (File.Exists(file))
                {
                    File.Delete(file);
                }

                using var connection = new SqliteConnection($"Data Source={file}");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
            }

            void WriteByHelper(string file)
            {
                File.Delete(file);
                Fill(file);
            }

            void Fill(string file)
            {
                using var connection = new SqliteConnection($"Data Source={file}");
                connection.Open();
                new SqliteCommand("PRAGMA journal_mode=WAL", connection).ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task Clean_in_a_test_project() => VerifySourceAsync(
        """
        class Program { void Run() { using var connection = Db.Open(); File.Copy(Db.Path, "copy.db"); } }
        namespace Xunit { class FactAttribute : Attribute; }
        """, withDatabase: true);

    [Fact]
    public Task Clean_for_another_library() => RuleVerifier.VerifyAsync(
        Descriptors.DatabaseFileTouchedOutsideSqlite,
        """
        using System.Data.SQLite;
        class Program
        {
            void Run() { using var connection = new SQLiteConnection("Data Source=app.db;Journal Mode=WAL"); connection.Open(); }
            void Copy() => System.IO.File.Copy("app.db", "copy.db");
        }
        """,
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Theory]
    [InlineData("File.Copy(Db.Path")]
    [InlineData("File.Copy();")]
    [InlineData("new FileStream(;")]
    [InlineData("string path = path; File.Delete(path);")]
    public Task Half_typed_code_is_survived(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.DatabaseFileTouchedOutsideSqlite,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("File.Copy(Db.Path, target)", "Copy this database with BackupDatabase, not as a file", "what stands in the -wal file is missing, and closing the file drops the locks of the connections that this process keeps open on it")]
    [InlineData("File.Copy(target, Db.Path, true)", "Restore into this database with BackupDatabase, not as a file", "connections that this process keeps open go on with the old file, what they commit is lost, and the new file is damaged")]
    [InlineData("File.Move(Db.Path, target)", "Clear the pool before this database is moved", "connections that this process keeps open go on with the file under its new name")]
    [InlineData("File.Delete(Db.Path)", "Clear the pool before this database is deleted", "connections that this process keeps open go on with the deleted file, and what they commit is lost")]
    public Task The_message_says_what_to_do_and_why(string call, string what, string why) => RuleVerifier.VerifyAsync(
        Descriptors.DatabaseFileTouchedOutsideSqlite,
        Source($"{{|#0:{call}|}};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.DatabaseFileTouchedOutsideSqlite).WithLocation(0).WithArguments(what, why)));

    /// <summary>A name that .NET's own files have as well as the method that opens the database.</summary>
    [Theory]
    [InlineData("using var stream = [|new FileStream(\"app.db\", FileMode.Open, FileAccess.Read, FileShare.ReadWrite)|];")]
    [InlineData("using var stream = [|File.Open(\"app.db\", FileMode.Open)|];")]
    [InlineData("using var stream = [|File.OpenRead(\"app.db\")|];")]
    [InlineData("using var stream = File.Open(\"other.db\", FileMode.Open);")]
    [InlineData("using var stream = new FileStream(\"other.db\", FileMode.Open, FileAccess.Read);")]
    public Task A_stream_where_another_method_opens(string statements) => VerifySourceAsync($"class Program {{ static void Copy() {{ {statements} }} }}", withDatabase: true);

    /// <summary>A connection without a pool that another method gives back, open.</summary>
    [Theory]
    [InlineData("using var connection = Own.Open(); connection.Execute(\"DELETE FROM items\"); [|File.Copy(\"own.db\", \"own.bak\", true)|];")]
    [InlineData("using (var connection = Own.Open()) { [|File.Copy(\"own.db\", \"own.bak\", true)|]; }")]
    [InlineData("using (var connection = Own.Open()) { connection.Execute(\"DELETE FROM items\"); } File.Copy(\"own.db\", \"own.bak\", true);")]
    [InlineData("using var connection = Own.Open(); connection.Close(); File.Copy(\"own.db\", \"own.bak\", true);")]
    [InlineData("using var connection = Own.Open(); File.Copy(\"other.db\", \"own.bak\", true);")]
    public Task A_connection_that_another_method_opens(string statements) => VerifySourceAsync(
        $$"""
        static class Own
        {
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=own.db;Pooling=False");
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                return connection;
            }
        }

        class Program
        {
            static void Copy()
            {
                {{statements}}
            }
        }
        """);

    /// <summary>What opens a database only on a path that does not come to the call.</summary>
    [Theory]
    [InlineData("if (path == null) { options.UseSqlite(\"Data Source=file:cache?mode=memory&cache=shared\"); } else { File.Delete(path); options.UseSqlite($\"Data Source={path}\"); }")]
    [InlineData("if (path == null) { var kept = new SqliteConnection(\"Data Source=kept.db\"); kept.Open(); options.UseSqlite(\"Data Source=kept.db\"); } else { File.Delete(path); options.UseSqlite($\"Data Source={path}\"); }")]
    [InlineData("if (path == null) { options.UseSqlite(\"Data Source=kept.db\"); } else if (path.Length > 0) { File.Delete(path); options.UseSqlite($\"Data Source={path}\"); }")]
    [InlineData("switch (path) { case null: { var kept = new SqliteConnection(\"Data Source=kept.db\"); kept.Open(); break; } default: File.Delete(path); options.UseSqlite($\"Data Source={path}\"); break; }")]
    [InlineData("if (path.Length == 0) { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); return; } File.Delete(path); options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("if (path.Length == 0) { using (var kept = new SqliteConnection($\"Data Source={path}\")) { kept.Open(); } throw new System.NotSupportedException(); } File.Delete(path); options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("if (path.Length == 0) { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); } [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("try { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); return; } catch (SqliteException) { } [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("try { if (path.Length == 0) { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); return; } } catch (SqliteException) { } [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("try { if (path.Length == 0) { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); return; } } catch (SqliteException) { [|File.Delete(path)|]; } options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("System.Action open = () => { if (path.Length == 0) { var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); return; } }; open(); [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("if (IsNew(path)) { return; } File.Delete(path); options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("if (IsNewPooled(path)) { return; } [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\");")]
    [InlineData("var kept = new SqliteConnection($\"Data Source={path}\"); kept.Open(); if (path == null) { options.UseSqlite(\"Data Source=kept.db\"); } else { [|File.Delete(path)|]; options.UseSqlite($\"Data Source={path}\"); }")]
    public Task Branches_that_exclude_each_other(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.DatabaseFileTouchedOutsideSqlite,
        RuleSource.Alone(
            $$"""
            using System.IO;
            using Microsoft.EntityFrameworkCore;

            class Shop(DbContextOptions options) : DbContext(options);

            class Startup
            {
                void ConfigureServices(DbContextOptionsBuilder options, string settings)
                {
                    var path = Path.GetFullPath(settings);
                    {{statements}}
                }

                private static bool IsNew(string path)
                {
                    using var asked = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
                    asked.Open();
                    return true;
                }

                private static bool IsNewPooled(string path)
                {
                    using var asked = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
                    asked.Open();
                    return true;
                }
            }
            """),
        test => test.References = TestReferences.WithEntityFramework);

    /// <summary>A connection that the object itself holds, and goes on with.</summary>
    [Theory]
    [InlineData("[|File.Copy(DbPath, DbPath + \".bak\")|]; Connection.Execute(\"ALTER TABLE items ADD COLUMN b\");")]
    [InlineData("Connection.Execute(\"ALTER TABLE items ADD COLUMN b\"); [|File.Copy(DbPath, DbPath + \".bak\")|];")]
    [InlineData("try { [|File.Copy(DbPath, DbPath + \".bak\")|]; Console.WriteLine(); Connection.Execute(\"ALTER TABLE items ADD COLUMN b\"); } catch { Connection.Close(); Connection.Dispose(); File.Delete(DbPath); throw; }")]
    [InlineData("Connection.Close(); File.Copy(DbPath, DbPath + \".bak\"); Connection.Open(); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("Connection.Dispose(); File.Delete(DbPath); Connection = Connect(); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("File.Copy(DbPath, DbPath + \".bak\"); Connection.Open(); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("File.Copy(DbPath, DbPath + \".bak\"); Connection = Connect(); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("Stop(); File.Copy(DbPath, DbPath + \".bak\");")]
    [InlineData("Connection.Execute(\"DELETE FROM items\"); Stop(); File.Copy(DbPath, DbPath + \".bak\");")]
    [InlineData("File.Copy(DbPath, DbPath + \".bak\"); Start(); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("File.Copy(DbPath, DbPath + \".bak\");")]
    [InlineData("File.Copy(DbPath + \".old\", DbPath + \".bak\"); Connection.Execute(\"DELETE FROM items\");")]
    [InlineData("File.Copy(DbPath, DbPath + \".bak\"); other.Connection.Execute(\"DELETE FROM items\");")]
    public Task A_connection_that_the_object_holds(string statements) => VerifySourceAsync(
        $$"""
        class Store
        {
            private string DbPath { get; }
            private SqliteConnection Connection { get; set; }
            private Store other = null!;

            public Store(string path)
            {
                DbPath = path;
                Connection = Connect();
                Migrate();
            }

            private SqliteConnection Connect()
            {
                var builder = new SqliteConnectionStringBuilder { DataSource = DbPath, Pooling = false };
                var connection = new SqliteConnection(builder.ToString());
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL");
                return connection;
            }

            private void Stop() => Connection.Dispose();
            private void Start() => Connection = Connect();

            private void Migrate()
            {
                {{statements}}
            }
        }
        """);

    /// <remarks>What is registered at the start runs when a request or an event comes.</remarks>
    [Theory]
    [InlineData("application.MapPost(\"/restore\", () => store.Restore(\"a\"));", true)]
    [InlineData("application.Stopping += (_, _) => store.Restore(\"a\");", true)]
    [InlineData("store.Restore(\"a\");", false)]
    [InlineData("new List<Store> { store }.ForEach(each => each.Restore(\"a\"));", false)]
    [InlineData("application.Configure(() => store.Restore(\"a\"));", false)]
    public Task Code_that_the_start_registers(string statement, bool isFound) => VerifySourceAsync(
        $$"""
        class Application { public event EventHandler Stopping; public void MapPost(string path, Action handler) { } public void Configure(Action work) => work(); }
        class Store
        {
            public void Add() { using var connection = Db.Open(); connection.Execute("DELETE FROM items"); }
            public void Restore(string from) => {{(isFound ? "[|File.Copy(from, Db.Path, overwrite: true)|]" : "File.Copy(from, Db.Path, overwrite: true)")}};
        }
        class Program { static void Main() { var (application, store) = (new Application(), new Store()); {{statement}} } }
        """,
        withDatabase: true);

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=own.db\"); connection.OpenConfigured(); [|File.Copy(\"own.db\", \"copy.db\", true)|];")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=own.db\"); connection.OpenConfigured(); [|File.Delete(\"own.db\")|];")]
    [InlineData("using (var connection = new SqliteConnection(\"Data Source=own.db\")) { connection.OpenConfigured(); } SqliteConnection.ClearAllPools(); File.Delete(\"own.db\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=own.db\"); connection.OpenConfigured(new SqliteConnectionOptions { JournalMode = SqliteJournalMode.Delete }); File.Copy(\"own.db\", \"copy.db\", true);")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=own.db\"); connection.OpenConfigured(); File.Copy(\"other.db\", \"copy.db\", true);")]
    public Task A_database_that_the_helper_library_opens(string statements) => VerifySourceAsync(
        $"using SqliteAnalyzers.Runtime;\nclass Program {{ static void Run() {{ {statements} }} }}");

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.DatabaseFileTouchedOutsideSqlite, Source(statements));

    private static string Source(string statements) => "using System.IO.Compression;\n" + RuleSource.Members(
        $$"""
        static void Run(bool flag, string target)
        {
            using var connection = Db.Open();
            {{statements}}
        }

        static void Clear() => SqliteConnection.ClearAllPools();
        static void ClearAll() => Clear();
        """) + "\nnamespace Own { class File { public void Copy(string from, string to) { } } }";

    private static Task VerifySourceAsync(string source, bool withDatabase = false) =>
        RuleVerifier.VerifyAsync(Descriptors.DatabaseFileTouchedOutsideSqlite, withDatabase ? RuleSource.Types(source) : RuleSource.Alone(source));
}
