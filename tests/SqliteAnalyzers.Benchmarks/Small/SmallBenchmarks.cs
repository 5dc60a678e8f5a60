using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Runtime;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Small;

/// <summary>BenchmarkDotNet derives from this class, and calls one method over and over.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class SmallBenchmarks
{
    private const string Update = "UPDATE Measurement SET Value = ?, Taken = ? WHERE Id = ?";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sqlite-benchmarks-{Guid.NewGuid():N}.db");

    private SqliteConnection _connection = null!;
    private SqliteBatchWriter _batch = null!;
    private SqlitePreparedStatement _statement = null!;
    private SqliteTransaction? _transaction;
    private SqliteCommand _command = null!;
    private sqlite3_stmt _native = null!;
    private long _number;

    /// <summary>Opens the database that every call works on.</summary>
    [GlobalSetup]
    public void Open()
    {
        _connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        _connection.OpenConfigured(SqliteConnectionOptions.BulkWork);
        Execute(MeasurementTable.Schema);
        Execute("INSERT INTO Measurement VALUES (1, 'station', 1.5, 1700000000)");
    }

    /// <summary>A batch with a prepared statement.</summary>
    [GlobalSetup(Targets = [nameof(BatchOperation), nameof(BatchOperationByText), nameof(BatchUnit)])]
    public void OpenBatch()
    {
        Open();
        _batch = new SqliteBatchWriter(_connection);
        _statement = _batch.Prepare(Update);
    }

    /// <summary>A command in an open transaction.</summary>
    [GlobalSetup(Target = nameof(DriverCommand))]
    public void OpenCommand()
    {
        Open();
        _transaction = _connection.BeginTransaction();
        _command = new SqliteCommand("UPDATE Measurement SET Value = @Value, Taken = @Taken WHERE Id = @Id", _connection, _transaction);
        _command.Parameters.Add("@Value", SqliteType.Real);
        _command.Parameters.Add("@Taken", SqliteType.Integer);
        _command.Parameters.Add("@Id", SqliteType.Integer);
        _command.Prepare();
    }

    /// <summary>A native statement in an open transaction.</summary>
    [GlobalSetup(Target = nameof(NativeStatement))]
    public void OpenNative()
    {
        Open();
        _transaction = _connection.BeginTransaction();
        raw.sqlite3_prepare_v2(_connection.Handle, Update, out _native);
    }

    /// <summary>Deletes the database.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _native?.Dispose();
        _command?.Dispose();
        _transaction?.Dispose();
        _batch?.Dispose();
        _connection.Dispose();
        File.Delete(_path);
    }

    /// <summary>Bind, step and reset.</summary>
    [Benchmark(Baseline = true, Description = "SQLitePCL.raw, in one transaction")]
    [BenchmarkCategory("one operation")]
    public void NativeStatement()
    {
        raw.sqlite3_bind_double(_native, 1, 1.5);
        raw.sqlite3_bind_int64(_native, 2, ++_number);
        raw.sqlite3_bind_int64(_native, 3, 1);
        raw.sqlite3_step(_native);
        raw.sqlite3_reset(_native);
    }

    /// <summary>A statement of the batch.</summary>
    [Benchmark(Description = "SqliteBatchWriter, prepared statement")]
    [BenchmarkCategory("one operation")]
    public void BatchOperation() => _statement.Bind(1, 1.5).Bind(2, ++_number).Bind(3, 1).Execute();

    /// <summary>The text each time.</summary>
    [Benchmark(Description = "SqliteBatchWriter.Execute with the text and the values")]
    [BenchmarkCategory("one operation")]
    public void BatchOperationByText() => _batch.Execute(Update, 1.5, ++_number, 1);

    /// <summary>A unit of one operation.</summary>
    [Benchmark(Description = "SqliteBatchWriter, prepared statement in a unit of its own")]
    [BenchmarkCategory("one operation")]
    public void BatchUnit()
    {
        using var unit = _batch.BeginUnit();
        _statement.Bind(1, 1.5).Bind(2, ++_number).Bind(3, 1).Execute();
        unit.Complete();
    }

    /// <summary>The driver's command.</summary>
    [Benchmark(Description = "Microsoft.Data.Sqlite, prepared command in one transaction")]
    [BenchmarkCategory("one operation")]
    public void DriverCommand()
    {
        _command.Parameters[0].Value = 1.5;
        _command.Parameters[1].Value = ++_number;
        _command.Parameters[2].Value = 1L;
        _command.ExecuteNonQuery();
    }

    /// <summary>Five pragmas natively.</summary>
    [Benchmark(Baseline = true, Description = "one sqlite3_exec with five pragmas")]
    [BenchmarkCategory("configuring an open connection")]
    public void ExecutePragmas() => raw.sqlite3_exec(_connection.Handle, MeasurementTable.Pragmas);

    /// <summary>What OpenConfigured does after Open.</summary>
    [Benchmark(Description = "Configure")]
    [BenchmarkCategory("configuring an open connection")]
    public void Configure() => _connection.Configure(SqliteConnectionOptions.BulkWork);

    /// <summary>Five pragmas through the driver.</summary>
    [Benchmark(Description = "one command with five pragmas")]
    [BenchmarkCategory("configuring an open connection")]
    public void CommandWithPragmas() => Execute(MeasurementTable.Pragmas);

    private void Execute(string sql)
    {
        using var command = new SqliteCommand(sql, _connection);
        command.ExecuteNonQuery();
    }
}
