using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Libraries;

/// <summary>What the rules say of programs that use linq2db.</summary>
public sealed class Linq2DbTests
{
    private const string Options = "new DataOptions().UseSQLite(\"Data Source=app.db\")";

    private const string Wal = $"using var db = new AppDb({Options}); db.Execute(\"PRAGMA journal_mode=WAL\");";

    private const string Start = "Process.Start(\"worker\", \"app.db\")";

    [Theory]
    [InlineData("db.Insert(item);")]
    [InlineData("await db.InsertAsync(item);")]
    [InlineData("db.InsertWithInt32Identity(item);")]
    [InlineData("db.InsertOrReplace(item);")]
    [InlineData("db.Update(item);")]
    [InlineData("db.Delete(item);")]
    [InlineData("db.Items.Insert(() => new Item { Name = \"a\" });")]
    [InlineData("await db.Items.InsertAsync(() => new Item { Name = \"a\" });")]
    [InlineData("db.Items.Value(row => row.Name, \"a\").Insert();")]
    [InlineData("db.Items.InsertOrUpdate(() => new Item { Name = \"a\" }, row => new Item { Name = \"b\" });")]
    [InlineData("db.Items.Where(row => row.Id > 1).Set(row => row.Name, \"b\").Update();")]
    [InlineData("await db.Items.Where(row => row.Id > 1).Set(row => row.Name, \"b\").UpdateAsync();")]
    [InlineData("db.Items.Where(row => row.Id > 1).Delete();")]
    [InlineData("await db.Items.DeleteAsync(row => row.Id > 1);")]
    [InlineData("var old = from row in db.GetTable<Item>() where row.Id > 1 select row; old.Delete();")]
    [InlineData("db.BulkCopy(items);")]
    [InlineData("db.Items.BulkCopy(items);")]
    [InlineData("await db.BulkCopyAsync(items);")]
    [InlineData("db.Execute(\"DELETE FROM Item\");")]
    [InlineData("await db.ExecuteAsync(\"DELETE FROM Item\");")]
    [InlineData("db.SetCommand(\"DELETE FROM Item\").Execute();")]
    [InlineData("db.Query<int>(\"DELETE FROM Item RETURNING Id\").ToList();")]
    [InlineData("using (var transaction = db.BeginTransaction()) { db.Insert(item); transaction.Commit(); }")]
    [InlineData("db.BeginTransaction(); db.Insert(item); db.CommitTransaction();")]
    [InlineData("await using (var transaction = await db.BeginTransactionAsync()) { await db.InsertAsync(item); await transaction.CommitAsync(); }")]
    public Task Process_started_after_a_write(string write) => VerifyAsync($"{Wal} {write} {{|SQLITE1001:{Start}|}};");

    [Theory]
    [InlineData("db.Insert(item); if (db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return;")]
    [InlineData("db.Insert(item); if (await db.ExecuteAsync<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return;")]
    [InlineData("db.Insert(item); if (db.Query<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\").First() != 0) return;")]
    [InlineData("db.Insert(item); if (db.SetCommand(\"PRAGMA wal_checkpoint(TRUNCATE)\").Execute<int>() != 0) return;")]
    [InlineData("using (var transaction = db.BeginTransaction()) { db.Insert(item); transaction.Rollback(); }")]
    [InlineData("using (var transaction = db.BeginTransaction()) { db.Insert(item); }")]
    [InlineData("db.BeginTransaction(); db.Insert(item); db.RollbackTransaction();")]
    [InlineData("db.Items.ToList();")]
    [InlineData("await db.Items.Where(row => row.Id > 1).ToListAsync();")]
    [InlineData("db.Items.Count(); db.Items.FirstOrDefault(row => row.Id == 1);")]
    [InlineData("db.Query<Item>(\"SELECT * FROM Item\").ToList();")]
    [InlineData("db.Execute<long>(\"SELECT count(*) FROM Item\");")]
    [InlineData("db.Items.Where(row => row.Id > 1).Set(row => row.Name, \"b\");")]
    [InlineData("using var temporary = db.CreateTempTable<Item>(\"new_items\");")]
    public Task Clean_process_start(string body) => VerifyAsync($"{Wal} {body} {Start};");

    [Theory]
    [InlineData("using var transaction = db.BeginTransaction(); db.Insert(item); {|SQLITE1002:" + Start + "|}; transaction.Commit();")]
    [InlineData("using var transaction = db.BeginTransaction(); db.Insert(item); if ({|SQLITE2001:db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|} != 0) return; transaction.Commit();")]
    [InlineData("foreach (var row in db.Items) { if ({|SQLITE2001:db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|} != 0) return; }")]
    [InlineData("db.Insert(item); {|SQLITE1001:" + Start + "|}; if ({|SQLITE1003:db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|} != 0) return;")]
    [InlineData("db.Insert(item); {|SQLITE1005:Process.Start(item.Name)|};")]
    [InlineData("db.Insert(item); {|SQLITE4002:db.Items.Where(row => row.Id == item.Id - 1).Delete()|};")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); {|SQLITE4009:db.Insert(item)|}; scope.Complete();")]
    [InlineData("{|SQLITE2002:db.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|};")]
    [InlineData("{|SQLITE2002:db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\")|};")]
    [InlineData("await {|SQLITE2002:db.ExecuteAsync(\"PRAGMA wal_checkpoint(TRUNCATE)\")|};")]
    [InlineData("{|SQLITE2002:db.SetCommand(\"PRAGMA wal_checkpoint(FULL)\").Execute()|};")]
    [InlineData("db.Execute(\"PRAGMA {|SQLITE3002:jornal_mode|} = WAL\");")]
    [InlineData("db.Execute(\"PRAGMA synchronous = {|SQLITE3003:FASTER|}\");")]
    [InlineData("db.Execute(\"PRAGMA synchronous = {|SQLITE3006:OFF|}\");")]
    [InlineData("using var transaction = db.BeginTransaction(); db.Insert(item); {|SQLITE3004:db.Execute(\"PRAGMA foreign_keys = OFF\")|}; transaction.Commit();")]
    [InlineData("{|SQLITE4005:db.Execute(\"BEGIN\")|}; db.Insert(item); if (items.Count == 0) return; db.Execute(\"COMMIT\");")]
    [InlineData("using var transaction = {|SQLITE4006:db.BeginTransaction(IsolationLevel.ReadUncommitted)|}; var count = db.Execute<int>(\"SELECT count(*) FROM Item\"); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = {|SQLITE4006:db.BeginTransaction(IsolationLevel.ReadUncommitted)|}; foreach (var row in db.Items) Console.WriteLine(row.Name); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = {|SQLITE4006:db.BeginTransaction(IsolationLevel.ReadUncommitted)|}; _ = db.Items.Count(); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = {|SQLITE4006:db.BeginTransaction(IsolationLevel.ReadUncommitted)|}; _ = db.Items.Where(row => row.Id > 1).ToList(); db.Insert(item); transaction.Commit();")]
    [InlineData("foreach (var row in db.Items.Where(row => row.Id > 1)) { {|SQLITE4001:{|SQLITE4008:db.Update(row)|}|}; }")]
    [InlineData("foreach (var row in db.Query<Item>(\"SELECT * FROM Item\")) { {|SQLITE4001:{|SQLITE4008:db.Delete(row)|}|}; }")]
    public Task Rules_of_transactions_and_checkpoints(string body) => VerifyAsync($"{Wal} {body}");

    [Theory]
    [InlineData("using (var transaction = db.BeginTransaction()) { db.Insert(item); transaction.Commit(); } if (db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return;")]
    [InlineData("foreach (var row in db.Items.ToList()) { if (db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return; }")]
    [InlineData("foreach (var row in db.Items) { break; } if (db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") != 0) return;")]
    [InlineData("db.Execute(\"PRAGMA wal_checkpoint\");")]
    [InlineData("using var transaction = db.BeginTransaction(); db.Insert(item); db.Items.Where(row => row.Id == item.Id - 1).Delete(); transaction.Commit();")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); using var transaction = db.BeginTransaction(); db.Insert(item); transaction.Commit();")]
    [InlineData("var transaction = db.BeginTransaction(); db.Insert(item); if (items.Count == 0) return; transaction.Commit();")]
    [InlineData("db.Execute(\"PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000\");")]
    [InlineData("db.Execute(\"BEGIN\"); try { db.Insert(item); db.Execute(\"COMMIT\"); } catch { db.Execute(\"ROLLBACK\"); throw; }")]
    [InlineData("using var transaction = db.BeginTransaction(); var count = db.Execute<int>(\"SELECT count(*) FROM Item\"); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = db.BeginTransaction(IsolationLevel.Serializable); var count = db.Execute<int>(\"SELECT count(*) FROM Item\"); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = db.BeginTransaction(IsolationLevel.ReadUncommitted); db.Items.Where(row => row.Id > 1).Delete(); transaction.Commit();")]
    [InlineData("using var transaction = db.BeginTransaction(IsolationLevel.ReadUncommitted); var query = db.Items.Where(row => row.Id > 1); db.Insert(item); transaction.Commit();")]
    [InlineData("using var transaction = db.BeginTransaction(IsolationLevel.Serializable); _ = db.Items.ToList(); db.Insert(item); transaction.Commit();")]
    [InlineData("foreach (var row in db.Items.Where(row => row.Id > 1)) { Console.WriteLine(row.Name); } db.Insert(item);")]
    [InlineData("using var transaction = db.BeginTransaction(); foreach (var row in db.Items.ToList()) { db.Update(row); } transaction.Commit();")]
    [InlineData("foreach (var row in db.Query<Item>(\"SELECT * FROM Item\").ToList()) { Console.WriteLine(row.Name); } db.Delete(item);")]
    public Task Clean_transactions_and_checkpoints(string body) => VerifyAsync($"{Wal} {body}");

    [Theory]
    [InlineData("{|SQLITE4001:db.Insert(row)|};")]
    [InlineData("await {|SQLITE4001:db.InsertAsync(row)|};")]
    [InlineData("{|SQLITE4001:db.InsertOrReplace(row)|};")]
    [InlineData("{|SQLITE4001:db.Update(row)|};")]
    [InlineData("{|SQLITE4001:db.Execute(\"DELETE FROM Item WHERE Id = @Id\", new { row.Id })|};")]
    [InlineData("{|SQLITE4001:db.Items.Where(stored => stored.Id == row.Id).Set(stored => stored.Name, row.Name).Update()|};")]
    [InlineData("await {|SQLITE4001:db.Items.DeleteAsync(stored => stored.Id == row.Id)|};")]
    public Task Write_in_a_loop(string write) => VerifyAsync($"{Wal} foreach (var row in items) {{ {write} }}");

    [Theory]
    [InlineData("using var transaction = db.BeginTransaction(); foreach (var row in items) { db.Insert(row); } transaction.Commit();")]
    [InlineData("using var transaction = await db.BeginTransactionAsync(); foreach (var row in items) { await db.InsertAsync(row); } await transaction.CommitAsync();")]
    [InlineData("db.BeginTransaction(); foreach (var row in items) { db.Insert(row); } db.CommitTransaction();")]
    [InlineData("db.Execute(\"BEGIN\"); try { foreach (var row in items) { db.Insert(row); } db.Execute(\"COMMIT\"); } catch { db.Execute(\"ROLLBACK\"); throw; }")]
    [InlineData("db.BulkCopy(items);")]
    [InlineData("foreach (var some in items.Chunk(1000)) { db.BulkCopy(some); }")]
    [InlineData("foreach (var row in items) { db.Items.FirstOrDefault(stored => stored.Id == row.Id); }")]
    [InlineData("foreach (var row in items) { db.Execute<int>(\"SELECT count(*) FROM Item WHERE Id = @Id\", new { row.Id }); }")]
    public Task Clean_loop(string body) => VerifyAsync($"{Wal} {body}");

    [Theory]
    [InlineData("using var other = [|new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db\", SQLiteProvider.Microsoft))|];")]
    [InlineData("using var other = [|new DataConnection(ProviderName.SQLiteMS, \"Data Source=app.db\")|];")]
    [InlineData("using var other = [|new DataConnection(ProviderName.SQLite, \"Data Source=app.db\")|];")]
    [InlineData("using var other = [|SQLiteTools.CreateDataConnection(\"Data Source=app.db\")|];")]
    [InlineData("using var other = [|new DataConnection(SQLiteTools.GetDataProvider(), \"Data Source=app.db\")|];")]
    [InlineData("using var other = [|new DataConnection(options => options.UseSQLite(\"Data Source=app.db\"))|];")]
    [InlineData("using var other = [|new DataConnection(new DataOptions().UseConnectionString(ProviderName.SQLite, \"Data Source=app.db\"))|];")]
    [InlineData("using var other = [|new DataContext(new DataOptions().UseSQLite(\"Data Source=app.db\").UseTraceLevel(TraceLevel.Off))|];")]
    public Task Connection_that_nothing_puts_in_WAL_mode(string create) => VerifyProgramAsync(Descriptors.ConnectionNotConfigured, Method($"{create} other.Insert(item);"));

    [Theory]
    [InlineData("using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db\")); other.Execute(\"PRAGMA journal_mode = WAL\");")]
    [InlineData("using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=:memory:\"));")]
    [InlineData("using var other = new DataConnection(ProviderName.SQLite, \"Data Source=app.db;Mode=ReadOnly\");")]
    [InlineData("using var other = new DataConnection(\"Configured\");")]
    [InlineData("using var other = new DataConnection(new DataOptions().UseSqlServer(\"Server=.;Database=app\"));")]
    [InlineData("using var other = new DataConnection(new DataOptions().UsePostgreSQL(\"Host=localhost;Database=app\"));")]
    [InlineData("using var other = new DataConnection(ProviderName.PostgreSQL, \"Host=localhost;Database=app\");")]
    [InlineData("using var other = new DataConnection(new DataOptions().UseConnectionString(ProviderName.SqlServer, \"Server=.;Database=app\"));")]
    [InlineData("using var other = new DataConnection(new DataOptions().UseSQLite(\"Data Source=app.db\").UseAfterConnectionOpened(opened => { using var command = opened.CreateCommand(); command.CommandText = \"PRAGMA journal_mode = WAL\"; command.ExecuteNonQuery(); }));")]
    public Task Clean_connection(string create) => VerifyProgramAsync(Descriptors.ConnectionNotConfigured, Method($"{create} other.Insert(item);"));

    /// <summary>How a project says that its connections are to SQLite.</summary>
    private const string OfSqlite = "class Setup { public static DataOptions Made(string path) => new DataOptions().UseSQLite($\"Data Source={path}\"); }";

    [Theory]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) { foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service(AppDb db) { public async Task Add(List<Item> items) { foreach (var item in items) { await {|SQLITE4001:db.InsertAsync(item)|}; } } }")]
    [InlineData("class Service(AppDb db) { public void Name(List<Item> items) { foreach (var item in items) { {|SQLITE4001:db.Items.Where(row => row.Id == item.Id).Set(row => row.Name, item.Name).Update()|}; } } }")]
    [InlineData("class Service(DataConnection db) { public void Clear() { foreach (var row in db.GetTable<Item>()) { {|SQLITE4001:{|SQLITE4008:db.Delete(row)|}|}; } } }")]
    [InlineData("class Service(AppDb db) { public void Clear() { foreach (var row in from row in db.Items where row.Id > 1 select row) { {|SQLITE4001:{|SQLITE4008:db.Delete(row)|}|}; } } }")]
    [InlineData("class Service(Func<AppDb> connect) { public void Add(List<Item> items) { using var db = connect(); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service(AppDb db) { public void Check() { {|SQLITE2002:db.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\")|}; } }")]
    [InlineData("class Service(AppDb db) { public void Add(Item item) { using var transaction = db.BeginTransaction(); db.Insert(item); {|SQLITE1002:Process.Start(\"worker\", \"app.db\")|}; transaction.Commit(); } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new AppDb(Setup.Made(\"app.db\")); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service { private static DataConnection Open() => new(Setup.Made(\"app.db\")); public void Add(List<Item> items) { using var db = Open(); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service { private readonly DataOptions _options = Setup.Made(\"app.db\"); public void Add(List<Item> items) { using var db = new DataConnection(_options); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) { foreach (var item in items) { {|SQLITE4001:AddOne(item)|}; } } private void AddOne(Item item) => db.Insert(item); }")]
    public Task Connection_that_is_handed_in(string service) => VerifyProgramAsync(OfSqlite + service);

    [Theory]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) { using var transaction = db.BeginTransaction(); foreach (var item in items) { db.Insert(item); } transaction.Commit(); } }")]
    [InlineData("class Service(AppDb db) { public async Task Add(List<Item> items) { await using var transaction = await db.BeginTransactionAsync(); foreach (var item in items) { await db.InsertAsync(item); } await transaction.CommitAsync(); } }")]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) { using var transaction = db.BeginTransaction(); foreach (var item in items) { AddOne(item); } transaction.Commit(); } private void AddOne(Item item) => db.Insert(item); }")]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) => db.BulkCopy(items); }")]
    [InlineData("class Service(AppDb db) { public void Clear() { foreach (var row in db.Items.ToList()) { Console.WriteLine(row.Name); } db.Items.Delete(); } }")]
    [InlineData("class Service(AppDb db) { public async Task<List<Item>> Find(int id) => await db.Items.Where(row => row.Id == id).OrderBy(row => row.Name).ToListAsync(); }")]
    [InlineData("class Service(AppDb db) { public bool Check() => db.Execute<int>(\"PRAGMA wal_checkpoint(TRUNCATE)\") == 0; }")]
    [InlineData("class Service(IDataContext db) { public void Add(List<Item> items) { foreach (var item in items) { db.Insert(item); } } }")]
    [InlineData("class Service { public void Add(System.Data.Common.DbConnection connection, List<Item> items) { using var transaction = connection.BeginTransaction(); using var db = new DataConnection(new DataOptions().UseConnection(SQLiteTools.GetDataProvider(), connection)); foreach (var item in items) { db.Insert(item); } transaction.Commit(); } }")]
    [InlineData("class Service { public void Add(Microsoft.Data.Sqlite.SqliteConnection connection, List<Item> items) { using var transaction = connection.BeginTransaction(); using var db = SQLiteTools.CreateDataConnection(connection); foreach (var item in items) { db.Insert(item); } transaction.Commit(); } }")]
    public Task Clean_connection_that_is_handed_in(string service) => VerifyProgramAsync(OfSqlite + service);

    private const string Loop = "foreach (var item in items) { db.Insert(item); }";

    [Theory]
    [InlineData("class Service(AppDb db) { public void Add(List<Item> items) { " + Loop + " } }")]
    [InlineData("class Service(AppDb db) { public void Check() { foreach (var item in db.Items) { db.Delete(item); } db.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\"); } }")]
    [InlineData("class Service(AppDb db) { public void Add(Item item) { using var transaction = db.BeginTransaction(); db.Insert(item); Process.Start(\"worker\", \"app.db\"); transaction.Commit(); } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new DataConnection(); " + Loop + " } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new DataConnection(\"Configured\"); " + Loop + " } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new DataConnection(ProviderName.PostgreSQL, \"Host=localhost\"); " + Loop + " } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new DataConnection(new DataOptions().UseSqlServer(\"Server=.\")); " + Loop + " } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new AppDb(new DataOptions().UsePostgreSQL(\"Host=localhost\")); " + Loop + " } }")]
    [InlineData("class Service(AppDb db) { private static DataOptions Made(bool isLocal) => isLocal ? Setup.Made(\"app.db\") : new DataOptions().UseMySql(\"Server=localhost\"); public void Add(List<Item> items) { " + Loop + " } } " + OfSqlite)]
    [InlineData("class Service(AppDb db) { private const string Provider = ProviderName.Firebird; public void Add(List<Item> items) { " + Loop + " } } " + OfSqlite)]
    [InlineData("namespace Npgsql { class NpgsqlConnection { } } class Service(AppDb db) { public void Add(List<Item> items) { " + Loop + " } } " + OfSqlite)]
    [InlineData("class Store { public void Insert(Item item) { } public ITable<Item> Items => null; } class Service(Store db) { public void Add(List<Item> items) { " + Loop + " } } " + OfSqlite)]
    public Task Clean_where_it_is_not_known_to_be_SQLite(string program) => VerifyProgramAsync(program);

    [Theory]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new DataConnection(Setup.Made(\"app.db\")); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    [InlineData("class Service { public void Add(List<Item> items) { using var db = new AppDb(Setup.Made(\"app.db\")); foreach (var item in items) { {|SQLITE4001:db.Insert(item)|}; } } }")]
    public Task Connection_of_SQLite_beside_others(string service) =>
        VerifyProgramAsync(OfSqlite + "class Server { public static DataOptions Options => new DataOptions().UsePostgreSQL(\"Host=localhost\"); }" + service);

    [Theory]
    [InlineData("class Store : DataConnection { public Store(string path) [|: base(new DataOptions().UseSQLite($\"Data Source={path}\"))|] { } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store : DataConnection { public Store() [|: base(ProviderName.SQLiteMS, \"Data Source=app.db\")|] { } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store : DataConnection { public Store(DataOptions<Store> options) [|: base(options.Options)|] { } public void Add(Item item) => this.Insert(item); static DataOptions<Store> Options(string path) => new(new DataOptions().UseSQLite(path)); }")]
    [InlineData("class Store { private static DataConnection Open() => [|SQLiteTools.CreateDataConnection(\"Data Source=app.db\")|]; public void Add(Item item) { using var db = Open(); db.Insert(item); } }")]
    public Task Derived_connection_or_factory_that_nothing_puts_in_WAL_mode(string store) => VerifyProgramAsync(Descriptors.ConnectionNotConfigured, store);

    [Theory]
    [InlineData("class Store : DataConnection { public Store(string path) : base(new DataOptions().UseSQLite($\"Data Source={path}\")) { this.Execute(\"PRAGMA journal_mode = WAL\"); } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store : DataConnection { public Store(DataOptions<Store> options) : base(options.Options) { this.Execute(\"PRAGMA journal_mode = WAL\"); } public void Add(Item item) => this.Insert(item); static DataOptions<Store> Options(string path) => new(new DataOptions().UseSQLite(path)); }")]
    [InlineData("class Store : DataConnection { public Store(DataOptions<Store> options) : base(options.Options) { } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store : DataConnection { public Store(DataOptions<Store> options) : base(options.Options) { } public void Add(Item item) => this.Insert(item); static DataOptions<Store> Options(string path) => new(new DataOptions().UseSqlServer(path)); }")]
    [InlineData("class Store : DataConnection { public Store() : base(\"Configured\") { } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store : DataConnection { public Store() : base(ProviderName.SqlServer, \"Server=.\") { } public void Add(Item item) => this.Insert(item); }")]
    [InlineData("class Store { private static DataConnection Open() { var db = SQLiteTools.CreateDataConnection(\"Data Source=app.db\"); db.Execute(\"PRAGMA journal_mode = WAL\"); return db; } public void Add(Item item) { using var db = Open(); db.Insert(item); } }")]
    public Task Clean_derived_connection_or_factory(string store) => VerifyProgramAsync(Descriptors.ConnectionNotConfigured, store);

    [Theory]
    [InlineData("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", true)]
    [InlineData("PRAGMA journal_mode = WAL", false)]
    public Task Connection_without_the_pragmas_that_another_sets(string pragmas, bool isReported)
    {
        var made = $"new DataConnection({Options})";
        return VerifyProgramAsync(
            Descriptors.PerConnectionPragmaMissing,
            Method($"using (var first = new DataConnection({Options})) {{ first.Execute(\"{pragmas}\"); first.Insert(item); }} using var db = {(isReported ? $"[|{made}|]" : made)}; db.Insert(item);"));
    }

    [Theory]
    [InlineData("new DataOptions().UseSQLite(\"Data Source=app.db;{|SQLITE3005:Cache|}=Shared\")")]
    [InlineData("new DataOptions().UseSQLite(\"Data Source=app.db;{|SQLITE3007:Version|}=3\", SQLiteProvider.Microsoft)")]
    [InlineData("new DataOptions().UseSQLite(\"Data Source=app.db;Default Timeout={|SQLITE3008:0|}\")")]
    [InlineData("SQLiteTools.CreateDataConnection(\"Data Source=app.db;{|SQLITE3005:Cache|}=Shared\").DataProvider")]
    public Task Connection_string(string expression) => RuleVerifier.VerifyAllRulesAsync(Program(Method($"_ = {expression};")), test => test.References = TestReferences.WithLinq2Db);

    [Theory]
    [InlineData("new DataOptions().UseSQLite(\"Data Source=app.db;Default Timeout=30;Foreign Keys=True\")")]
    [InlineData("new DataOptions().UseSQLite(\"Data Source=memory;Mode=Memory;Cache=Shared\")")]
    [InlineData("new DataOptions().UsePostgreSQL(\"Host=localhost;Timeout=0;Database=app\")")]
    [InlineData("new DataOptions().UseSqlServer(\"Server=.;Database=app;Version=3\")")]
    [InlineData("new DataConnection(ProviderName.PostgreSQL, \"Host=localhost;Timeout=0;Database=app\").DataProvider")]
    public Task Clean_connection_string(string expression) => RuleVerifier.VerifyAllRulesAsync(Program(Method($"_ = {expression};")), test => test.References = TestReferences.WithLinq2Db);

    [Fact]
    public Task Connection_string_that_System_Data_SQLite_may_take_is_left_alone() => RuleVerifier.VerifyAsync(
        Descriptors.UnsupportedConnectionStringKeyword,
        Program(Method("_ = new DataOptions().UseSQLite(\"Data Source=app.db;Version=3\");")),
        test => test.References = [.. TestReferences.WithLinq2Db, .. TestReferences.WithSystemDataSqlite.Except(TestReferences.All)]);

    [Theory]
    [InlineData("{|SQLITE5002:System.IO.File.Copy(\"app.db\", \"copy.db\")|};")]
    public Task File_of_a_database(string copy) => VerifyAsync($"{Wal} db.Insert(item); {copy}");

    [Theory]
    [InlineData("System.IO.File.Copy(\"other.db\", \"copy.db\");")]
    [InlineData("db.Close(); SQLiteTools.ClearAllPools(null); System.IO.File.Copy(\"app.db\", \"copy.db\");")]
    public Task Clean_file(string copy) => VerifyAsync($"{Wal} db.Insert(item); {copy}");

    private static Task VerifyProgramAsync(string members) => RuleVerifier.VerifyAllRulesAsync(
        Program(AppDbClass + members), test =>
        {
            test.References = TestReferences.WithLinq2Db;
            test.DisabledDiagnostics.Add(Descriptors.ConnectionNotConfigured.Id);
        });

    private static Task VerifyProgramAsync(Microsoft.CodeAnalysis.DiagnosticDescriptor rule, string members) =>
        RuleVerifier.VerifyAsync(rule, Program(members), test => test.References = TestReferences.WithLinq2Db);

    private static Task VerifyAsync(string body) =>
        RuleVerifier.VerifyAllRulesAsync(Program(AppDbClass + Method(body)), test => test.References = TestReferences.WithLinq2Db);

    private const string AppDbClass = "class AppDb : DataConnection { public AppDb(DataOptions options) : base(options) { } public ITable<Item> Items => this.GetTable<Item>(); }";

    private static string Method(string body) =>
        $$"""
        class Program
        {
            static async Task Run(Item item, List<Item> items)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    private static string Program(string members) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Data;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading.Tasks;
        using LinqToDB;
        using LinqToDB.Async;
        using LinqToDB.Data;
        using LinqToDB.DataProvider.SQLite;

        {{members}}

        class Item
        {
            public int Id { get; set; }

            public string Name { get; set; }
        }
        """;
}
