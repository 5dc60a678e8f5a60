using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4004 where operations of a batch are lost on a path without exceptions, and nowhere else.</summary>
public sealed class BatchNotCommittedTests
{
    private const string Insert = "batch.Execute(\"INSERT INTO items VALUES (1)\");";

    [Theory]
    [InlineData($"using var batch = [|new SqliteBatchWriter(connection)|]; {Insert}")]
    [InlineData($"using (var batch = [|new SqliteBatchWriter(connection)|]) {{ {Insert} }}")]
    [InlineData($"var batch = [|new SqliteBatchWriter(connection)|]; {Insert} batch.Dispose();")]
    [InlineData($"var batch = [|new SqliteBatchWriter(connection)|]; {Insert}")]
    [InlineData($"using var batch = [|new SqliteBatchWriter(connection)|]; {Insert} if (flag) {{ return; }} batch.Commit();")]
    [InlineData($"using var batch = [|new SqliteBatchWriter(connection)|]; {Insert} batch.Commit(); {Insert}")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; foreach (var item in items) { batch.Execute(\"INSERT INTO items VALUES (?)\", item); }")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; var count = 0; foreach (var item in items) { batch.Execute(\"INSERT INTO items VALUES (?)\", item); count++; } if (count > 100) batch.Commit();")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; var count = 1; foreach (var item in items) { batch.Execute(\"INSERT INTO items VALUES (?)\", item); count--; } if (count > 0) batch.Commit();")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; using var row = batch.Prepare(\"INSERT INTO items VALUES (?)\"); row.Bind(1, 2).Execute();")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.InsertMany(\"items\", [\"name\"], items, static (row, item) => row.Bind(1, item));")]
    [InlineData($"SqliteBatchWriter batch; using (batch = [|new SqliteBatchWriter(connection)|]) {{ {Insert} }}")]
    [InlineData($"using var batch = [|new SqliteBatchWriter(connection)|]; Fill(batch); static void Fill(SqliteBatchWriter batch) {{ {Insert} }}")]
    [InlineData($"using var batch = [|new SqliteBatchWriter(connection)|]; try {{ {Insert} batch.Commit(); }} catch (SqliteException) {{ {Insert} }}")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.InsertFrom(\"items\", [\"name\"], connection.ExecuteReader(\"SELECT 1\"));")]
    public Task Operations_that_are_lost(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} batch.Commit();")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} batch.CommitAndCheckpoint();")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} batch.Rollback();")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} if (flag) {{ batch.Commit(); }} else {{ batch.Rollback(); }}")]
    [InlineData("using var batch = new SqliteBatchWriter(connection);")]
    [InlineData("using var batch = new SqliteBatchWriter(connection); Console.WriteLine(batch.PendingOperations);")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} if (flag) {{ throw new InvalidOperationException(); }} batch.Commit();")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); {Insert} Finish(batch); static void Finish(SqliteBatchWriter batch) => batch.Commit();")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); try {{ {Insert} batch.Commit(); }} catch (SqliteException) {{ batch.Rollback(); }}")]
    [InlineData($"using var batch = new SqliteBatchWriter(connection); try {{ {Insert} }} finally {{ batch.Commit(); }}")]
    [InlineData("using var batch = new SqliteBatchWriter(connection); var count = 0; foreach (var item in items) { batch.Execute(\"INSERT INTO items VALUES (?)\", item); count++; } if (count > 0) batch.Commit();")]
    [InlineData("using var batch = new SqliteBatchWriter(connection); var count = 0; for (var i = 0; i < items.Length; i++) { count++; batch.Execute(\"INSERT INTO items VALUES (?)\", items[i]); } if (count > 0) batch.Commit();")]
    [InlineData("using var batch = new SqliteBatchWriter(connection); var count = 0; foreach (var item in items) { batch.Execute(\"INSERT INTO items VALUES (?)\", item); count++; } if (count <= 0) return; batch.Commit();")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Clean_where_the_batch_is_kept_or_given_back() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteBatchWriter? _batch;

        void Keep()
        {
            _batch = new SqliteBatchWriter(_connection);
            _batch.Execute("INSERT INTO items VALUES (1)");
        }

        SqliteBatchWriter Start()
        {
            var batch = new SqliteBatchWriter(_connection);
            batch.Execute("INSERT INTO items VALUES (1)");
            return batch;
        }

        void End() => _batch?.Dispose();
        """);

    [Fact]
    public Task Clean_with_a_batch_in_an_object_of_the_program() => VerifyMembersAsync(
        """
        sealed class Importer(SqliteConnection connection) : IDisposable
        {
            private readonly SqliteBatchWriter _batch = new(connection);
            public void Add(string name) => _batch.Execute("INSERT INTO items VALUES (?)", name);
            public void Save() => _batch.Commit();
            public void Dispose() => _batch.Dispose();
        }

        static void Run(SqliteConnection connection)
        {
            using var importer = new Importer(connection);
            importer.Add("a");
            importer.Save();
        }
        """);

    /// <summary>It is reported where the batch is made, whoever runs the code.</summary>
    [Theory]
    [InlineData("_handler = () => { CODE };")]
    [InlineData("Map(\"/items\", () => { CODE });")]
    [InlineData("Run(() => { CODE });")]
    [InlineData("Run(() => { Run(() => { CODE }); });")]
    [InlineData("void Save() { CODE } Save();")]
    public async Task In_lambdas_and_local_functions(string code)
    {
        foreach (var body in new[]
        {
            $"using var connection = Db.Open(); using var batch = [|new SqliteBatchWriter(connection)|]; {Insert}",
            $"using var connection = Db.Open(); var batch = [|new SqliteBatchWriter(connection)|]; {Insert}",
            $"using var connection = Db.Open(); using var batch = new SqliteBatchWriter(connection); {Insert} batch.Commit();",
            $"using var connection = Db.Open(); var batch = new SqliteBatchWriter(connection); {Insert} batch.Rollback();",
        })
        {
            await VerifyMembersAsync(
                $$"""
                private static Action? _handler;

                static void Map(string path, Delegate handler) => Console.WriteLine(handler.Method.Name + path);

                static void Run(Action action) => action();

                static void Main()
                {
                    {{code.Replace("CODE", body)}}
                }
                """);
        }
    }

    [Fact]
    public Task The_message_names_what_is_lost() => RuleVerifier.VerifyAsync(
        Descriptors.BatchNotCommitted,
        Source($"using var batch = {{|#0:new SqliteBatchWriter(connection)|}}; {{|#1:{Insert.TrimEnd(';')}|}};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.BatchNotCommitted).WithLocation(0).WithLocation(1).WithArguments("the INSERT into 'items'")));

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.BatchNotCommitted, Source(statements));

    private static Task VerifyMembersAsync(string members) => RuleVerifier.VerifyAsync(Descriptors.BatchNotCommitted, "using SqliteAnalyzers.Runtime;\n" + RuleSource.Members(members));

    private static string Source(string statements) => "using SqliteAnalyzers.Runtime;\n" + RuleSource.Statements(statements);
}
