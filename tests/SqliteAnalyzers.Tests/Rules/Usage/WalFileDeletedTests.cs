using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>SQLITE5003 wherever the database stays, and nowhere else.</summary>
public sealed class WalFileDeletedTests
{
    [Theory]
    [InlineData("[|File.Delete(\"app.db-wal\")|];")]
    [InlineData("[|File.Delete(\"app.db-SHM\")|];")]
    [InlineData("[|File.Delete(path + \"-wal\")|];")]
    [InlineData("[|File.Delete($\"{path}-wal\")|]; [|File.Delete($\"{path}-shm\")|];")]
    [InlineData("[|File.Delete($\"{folder}/{path}-wal\")|];")]
    [InlineData("[|File.Delete(string.Concat(path, \"-wal\"))|];")]
    [InlineData("[|File.Delete(Path.Combine(folder, \"app.db-wal\"))|];")]
    [InlineData("[|File.Delete(Path.Combine(folder, path) + \"-shm\")|];")]
    [InlineData("[|File.Delete(Path.ChangeExtension(path, \".db-wal\"))|];")]
    [InlineData("[|File.Delete(Path.ChangeExtension(path, \"db-shm\"))|];")]
    [InlineData("[|System.IO.File.Delete(Path.GetFullPath(path + \"-wal\"))|];")]
    [InlineData("var wal = path + \"-wal\"; if (File.Exists(wal)) [|File.Delete(wal)|];")]
    [InlineData("const string suffix = \"-wal\"; [|File.Delete(path + suffix)|];")]
    [InlineData("[|File.Move(path + \"-wal\", path + \".old\")|];")]
    [InlineData("[|File.Move(path + \"-wal\", folder, overwrite: true)|];")]
    [InlineData("[|File.Replace(path + \"-wal\", folder, null)|];")]
    [InlineData("[|new FileInfo(path + \"-wal\").Delete()|];")]
    [InlineData("var file = new FileInfo(path + \"-shm\"); [|file.MoveTo(folder)|];")]
    [InlineData("foreach (var suffix in new[] { \"-wal\", \"-shm\" }) [|File.Delete(path + suffix)|];")]
    [InlineData("foreach (var suffix in (string[])[\"-wal\", \"-shm\"]) [|File.Delete(path + suffix)|];")]
    [InlineData("string[] suffixes = [\"-wal\", \"-shm\"]; foreach (var suffix in suffixes) { var file = path + suffix; if (File.Exists(file)) [|File.Delete(file)|]; }")]
    [InlineData("foreach (var file in new List<string> { path + \"-wal\", path + \"-shm\" }) [|File.Delete(file)|];")]
    [InlineData("foreach (var file in Directory.GetFiles(folder, \"*.db-wal\")) [|File.Delete(file)|];")]
    [InlineData("Action tidy = () => [|File.Delete(path + \"-wal\")|]; tidy();")]
    [InlineData("[|Remove(path + \"-wal\")|];")]
    [InlineData("[|Other.Remove(path + \"-wal\")|];")]
    [InlineData("File.Delete(folder + \".db\"); [|File.Delete(path + \"-wal\")|];")]
    [InlineData("File.Copy(folder, path, overwrite: true); [|File.Delete(path + \"-wal\")|];")]
    [InlineData("File.Copy(path, folder); [|File.Delete(path + \"-wal\")|];")]
    [InlineData("if (File.Exists(path)) [|File.Delete(path + \"-wal\")|];")]
    [InlineData("if (File.Exists(path)) { [|File.Delete(path + \"-wal\")|]; }")]
    [InlineData("var file = new FileInfo(path + \"-wal\"); if (!file.Exists) return; [|file.Delete()|];")]
    [InlineData("if (!File.Exists(path + \"-wal\")) return; [|File.Delete(path + \"-wal\")|];")]
    public Task Files_whose_database_stays(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("File.Delete(path); File.Delete(path + \"-wal\"); File.Delete(path + \"-shm\");")]
    [InlineData("File.Delete(\"./app.db\"); File.Delete(\"app.db-wal\"); File.Delete(@\".\\app.db-shm\");")]
    [InlineData("File.Delete($\"{path}-shm\"); File.Delete($\"{path}-wal\"); if (File.Exists(path)) { File.Delete(path); }")]
    [InlineData("foreach (var suffix in new[] { \"\", \"-wal\", \"-shm\" }) File.Delete(path + suffix);")]
    [InlineData("foreach (var file in new[] { path, path + \"-wal\", path + \"-shm\" }) File.Delete(file);")]
    [InlineData("foreach (var file in new[] { path + \"-wal\", path + \"-shm\" }) File.Delete(file); new FileInfo(path).Delete();")]
    [InlineData("var database = Path.Combine(folder, \"app.db\"); File.Delete(database); File.Delete(Path.Combine(folder, \"app.db-wal\"));")]
    [InlineData("File.Delete(\"app.db\"); File.Delete(\"app.db\" + \"-wal\");")]
    [InlineData("Remove(path); Remove(path + \"-wal\");")]
    [InlineData("File.Delete(Path.ChangeExtension(path, \".db\")); File.Delete(Path.ChangeExtension(path, \".db-wal\"));")]
    [InlineData("SqliteConnection.ClearAllPools(); File.Move(path, folder); File.Move(path + \"-wal\", folder + \"-wal\");")]
    [InlineData("SqliteConnection.ClearAllPools(); File.Copy(folder, path, overwrite: true); File.Delete(path + \"-wal\");")]
    [InlineData("SqliteConnection.ClearAllPools(); File.Move(folder, path, true); File.Delete(path + \"-wal\"); File.Delete(path + \"-shm\");")]
    [InlineData("if (!File.Exists(path)) { File.Delete(path + \"-wal\"); }")]
    [InlineData("var temporary = Path.GetTempFileName(); File.Delete(temporary + \"-wal\");")]
    [InlineData("Console.WriteLine(File.Exists(path + \"-wal\"));")]
    [InlineData("Console.WriteLine(new FileInfo(path + \"-wal\").Length);")]
    [InlineData("File.Copy(path + \"-wal\", folder + \"-wal\");")]
    [InlineData("File.Delete(path + \"-journal\");")]
    [InlineData("File.Delete(path + \"-wallet\");")]
    [InlineData("File.Delete(folder); Console.WriteLine(\"app.db-wal\");")]
    [InlineData("foreach (var file in Directory.GetFiles(folder, \"*.db\")) File.Delete(file); foreach (var file in Directory.GetFiles(folder, \"*.db-wal\")) File.Delete(file);")]
    [InlineData("Look(path + \"-wal\");")]
    [InlineData("new Own.File().Delete(path + \"-wal\");")]
    [InlineData("var text = \"a-wal\".Replace(\"-wal\", \"\"); Console.WriteLine(text);")]
    [InlineData("if (File.Exists(path)) return; File.Delete(path + \"-wal\");")]
    [InlineData("if (File.Exists(path)) { Console.WriteLine(path); } else { File.Delete(path + \"-wal\"); }")]
    [InlineData("var file = new FileInfo(path); if (!file.Exists) File.Delete(path + \"-wal\");")]
    [InlineData("var isThere = File.Exists(path); if (!isThere) File.Delete(path + \"-wal\");")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Fields_and_constants_of_the_type() => VerifySourceAsync(RuleSource.Alone(
        """
        class Store(string path)
        {
            private const string Suffix = "-wal";
            private static readonly string[] s_suffixes = ["-wal", "-shm"];
            private readonly string _wal = path + "-wal";
            private string Shm => path + "-shm";
            void One() => [|File.Delete(_wal)|];
            void Two() => [|File.Delete(Shm)|];
            void Three() => [|File.Delete(path + Suffix)|];
            void All()
            {
                foreach (var suffix in s_suffixes)
                {
                    [|File.Delete(path + suffix)|];
                }
            }
        }
        """));

    [Fact]
    public Task Top_level_statements() => VerifySourceAsync(RuleSource.Alone(
        """
        [|File.Delete("app.db-wal")|];
        class Other { void Delete() => File.Delete("app.db"); }
        """));

    [Fact]
    public Task Clean_where_the_caller_deletes_the_database() => VerifySourceAsync(RuleSource.Alone(
        """
        class Store
        {
            void Delete(string path)
            {
                File.Delete(path);
                DeleteRest(path);
            }

            void DeleteRest(string database)
            {
                File.Delete(database + "-wal");
                File.Delete(database + "-shm");
            }
        }
        """));

    [Fact]
    public Task A_helper_whose_callers_keep_the_database() => VerifySourceAsync(RuleSource.Alone(
        """
        class Store
        {
            void Tidy(string path) => DeleteRest(path);

            void DeleteRest(string database)
            {
                [|File.Delete(database + "-wal")|];
                [|File.Delete(database + "-shm")|];
            }
        }
        """));

    [Fact]
    public Task Another_library() => RuleVerifier.VerifyAsync(
        Descriptors.WalFileDeleted,
        "class Program { void Run(string path) => [|System.IO.File.Delete(path + \"-wal\")|]; }",
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.WalFileDeleted,
        "class Program { void Run(string path) => System.IO.File.Delete(path + \"-wal\"); }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Clean_in_a_test_project() => VerifySourceAsync(RuleSource.Alone(
        """
        class Program { void Run(string path) => File.Delete(path + "-wal"); }
        namespace Xunit { class FactAttribute : Attribute; }
        """));

    [Theory]
    [InlineData("File.Delete(path + \"-wal\"")]
    [InlineData("File.Delete(path + \"-wal")]
    [InlineData("unknown.Delete(path + \"-wal\");")]
    public Task Clean_in_half_typed_code(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.WalFileDeleted,
        RuleSource.Alone($"class Program {{ void Run(string path) {{ File.Delete(path); {statements} }} }}"),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Theory]
    [InlineData("-wal", "the commits that are not in the database file yet are lost")]
    [InlineData("-shm", "connections that have the database open no longer see each other's locks")]
    public Task The_message_says_what_is_lost(string suffix, string harm) => RuleVerifier.VerifyAsync(
        Descriptors.WalFileDeleted,
        RuleSource.Alone($"class Program {{ void Run(string path) => {{|#0:File.Delete(path + \"{suffix}\")|}}; }}"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.WalFileDeleted).WithLocation(0).WithArguments(suffix, harm)));

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Alone(
        $$"""
        class Program
        {
            static void Run(string path, string folder)
            {
                {{statements}}
            }

            static void Remove(string file)
            {
                if (File.Exists(file))
                {
                    File.Delete(file);
                }
            }

            static void Look(string file) => Console.WriteLine(File.Exists(file));
        }

        static class Other
        {
            public static void Remove(string file) => File.Delete(file);
        }

        namespace Own
        {
            class File
            {
                public void Delete(string path) { }
            }
        }
        """));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.WalFileDeleted, source);
}
