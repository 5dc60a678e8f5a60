using System.Reflection;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>A contender as the tables name it.</summary>
/// <param name="Id">Its name on the command line of a measuring process.</param>
/// <param name="Title">Its name in tables and charts.</param>
/// <param name="Share">It gets one row for so many rows of the fastest, because it is so much slower.</param>
/// <param name="Package">What it needs besides the .NET libraries, with its version.</param>
/// <param name="Create">Opens a new database; null for the program in C, which is no part of this process.</param>
internal sealed record ContenderInfo(string Id, string Title, int Share, string Package, Func<string, Contender>? Create = null)
{
    /// <summary>For the program in C: how many rows go into one statement.</summary>
    public int RowsPerStatement { get; init; } = 1;

    /// <summary>For the program in C: how many threads it has besides, that do nothing.</summary>
    public int IdleThreads { get; init; }

    /// <summary>Whether it is the library of this repository.</summary>
    public bool IsOurs { get; init; }
}

internal static class ContenderCatalog
{
    public static readonly ContenderInfo C = new("c", "C, one row a statement", 1, "");

    public static readonly ContenderInfo C50 = new("c-50", "C, 50 rows a VALUES statement", 1, "") { RowsPerStatement = 50 };

    public static readonly ContenderInfo Raw = new("sqlitepcl-raw", "SQLitePCL.raw on the connection's handle", 1, Package(typeof(SQLitePCL.raw)), p => new SqlitePclRaw(p));

    public static readonly ContenderInfo BatchPrepared = new("batch-prepared", "SqliteBatchWriter, prepared statement", 1, OurPackage, p => new SqliteBatchWriterPrepared(p)) { IsOurs = true };

    public static readonly ContenderInfo BatchInsertMany = new("batch-insert-many", "SqliteBatchWriter.InsertMany", 1, OurPackage, p => new SqliteBatchWriterInsertMany(p)) { IsOurs = true };

    public static readonly ContenderInfo DriverPrepared = new("driver-prepared", "Microsoft.Data.Sqlite, prepared command reused", 1, DriverPackage, p => new MicrosoftDataSqlitePrepared(p));

    public static readonly IReadOnlyList<ContenderInfo> All =
    [
        C,
        new("c-threads", "C, one row a statement, beside an idle thread", 1, "") { IdleThreads = 1 },
        C50,
        BatchInsertMany,
        BatchPrepared,
        Raw,
        new("sqlite-net", "sqlite-net InsertAll", 1, Package(typeof(SQLite.SQLiteConnection)), p => new SqliteNet(p)),
        new("system-data-sqlite", "System.Data.SQLite, prepared command reused", 1, Package(typeof(System.Data.SQLite.SQLiteConnection)), p => new SystemDataSqlite(p)),
        DriverPrepared,
        new("linq2db", "linq2db BulkCopy", 2, Package(typeof(LinqToDB.DataOptions)), p => new Linq2Db(p)),
        new("dapper-aot", "Dapper.AOT Execute with a list", 2, Package(typeof(Dapper.DapperAotAttribute)), p => new DapperAotExecute(p)),
        new("dapper", "Dapper Execute with a list", 2, Package(typeof(Dapper.SqlMapper)), p => new DapperExecute(p)),
        new("driver-naive", "Microsoft.Data.Sqlite, new command for each row", 4, DriverPackage, p => new MicrosoftDataSqliteNaive(p)),
        new("ef-core", "EF Core AddRange and SaveChanges", 10, Package(typeof(Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions)), p => new EntityFrameworkCore(p)),
        new("driver-autocommit", "Microsoft.Data.Sqlite, new command and transaction for each row", 20, DriverPackage, p => new MicrosoftDataSqliteAutocommit(p)),
    ];

    private static string OurPackage => Package(typeof(Runtime.SqliteBatchWriter));

    private static string DriverPackage => Package(typeof(Microsoft.Data.Sqlite.SqliteConnection));

    public static ContenderInfo Get(string id) => All.Single(c => c.Id == id);

    private static string Package(Type type)
    {
        var assembly = type.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return $"{assembly.GetName().Name} {version.Split('+')[0]}";
    }
}
