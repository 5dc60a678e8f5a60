using CsCheck;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>
/// Random sequences of what a batch, its connection, others on that connection, a second connection, the pool and other threads can do, beside a model of
/// sets and numbers. After each step both must agree on what is stored, who sees it, what the batch counts and what it throws.
/// </summary>
public sealed class BatchModelTests
{
    private const int Ids = 40;

    private enum Step
    {
        NewBatch,
        Prepared,
        Scalar,
        Text,
        Command,
        Rows,
        OrRollback,
        BeginUnit,
        CompleteUnit,
        DisposeUnit,
        Commit,
        Rollback,
        DisposeBatch,
        OpenConnection,
        CloseConnection,
        ClearPool,
        RawInsert,
        RawBegin,
        RawCommit,
        RawRollback,
        DriversCommit,
        DriversRollback,
        OtherInsert,
    }

    [Fact]
    public void The_batch_and_the_model_agree()
    {
        // Writing comes more often than ending.
        var step = Gen.Frequency(
            (2, Gen.OneOfConst(Step.Prepared, Step.Scalar, Step.Text, Step.Command, Step.Rows, Step.BeginUnit)),
            (1, Gen.Enum<Step>()));
        Gen.Select(step, Gen.Int[1, Ids], Gen.Int[1, 12], Gen.Int[0, 9], (kind, id, number, thread) => new Move(kind, id, number, thread == 0))
            .Array[1, 60]
            .Sample(Play, iter: 400, threads: 1, print: moves => string.Join(", ", moves.Select(m => m.ToString())));
    }

    private static void Play(Move[] moves)
    {
        using var scene = new Scene();
        scene.Make(new Move(Step.NewBatch, 0, 3, OnAnotherThread: false));
        foreach (var move in moves)
        {
            scene.Make(move);
        }
    }

    private sealed record Move(Step Step, int Id, int Number, bool OnAnotherThread)
    {
        public override string ToString() => $"{Step} {Id} {Number}{(OnAnotherThread ? " elsewhere" : "")}";
    }

    private sealed class Scene : IDisposable
    {
        private readonly TestDatabase _database = new();
        private readonly Model _model = new();
        private readonly SqliteConnection _connection;
        private readonly SqliteConnection _other;
        private SqliteBatchWriter? _batch;
        private SqlitePreparedStatement? _insert;
        private SqlitePreparedStatement? _returning;
        private SqliteWriteUnit _unit;

        public Scene()
        {
            _connection = new SqliteConnection(_database.Pooled);
            _connection.OpenConfigured();
            _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
            _other = _database.Open();
        }

        public void Make(Move move)
        {
            if (!_model.Allows(move.Step))
            {
                return;
            }

            var expected = _model.Make(move);
            string actual = "";
            if (move.OnAnotherThread)
            {
                var thread = new Thread(() => actual = Outcome(move));
                thread.Start();
                thread.Join();
            }
            else
            {
                actual = Outcome(move);
            }

            Assert.Equal(expected, actual);
            Assert.Equal(_model.Stored, Read(_other));
            if (_model.IsOpen)
            {
                Assert.Equal(_model.Seen, Read(_connection));
                Assert.Equal(_model.IsInTransaction, raw.sqlite3_get_autocommit(_connection.Handle) == 0);
            }

            if (_batch is not null)
            {
                Assert.Equal((_model.Pending, _model.Committed), (_batch.PendingOperations, _batch.CommittedOperations));
            }
        }

        public void Dispose()
        {
            _batch?.Dispose();
            _connection.Dispose();
            _other.Dispose();
            _database.Dispose();
        }

        private string Outcome(Move move)
        {
            try
            {
                Make(move.Step, move.Id, move.Number);
                return "";
            }
            catch (SqliteRowException exception)
            {
                return $"row {exception.RowIndex}";
            }
            catch (SqliteException exception)
            {
                return $"error {exception.SqliteErrorCode}";
            }
            catch (ObjectDisposedException)
            {
                return "disposed";
            }
            catch (InvalidOperationException)
            {
                return "invalid";
            }
        }

        private void Make(Step step, int id, int number)
        {
            switch (step)
            {
                case Step.NewBatch:
                    _batch?.Dispose();
                    _batch = new SqliteBatchWriter(_connection, number);
                    _insert = _batch.Prepare("INSERT INTO item VALUES (?)");
                    _returning = _batch.Prepare("INSERT INTO item VALUES (?) RETURNING id");
                    _unit = default;
                    break;
                case Step.Prepared:
                    Assert.Equal(1, _insert!.Bind(1, id).Execute());
                    break;
                case Step.Scalar:
                    Assert.Equal((long)id, _returning!.Bind(1, id).ExecuteScalar());
                    break;
                case Step.Text:
                    Assert.Equal(1, _batch!.Execute("INSERT INTO item VALUES (?)", id));
                    break;
                case Step.Command:
                    using (var command = new SqliteCommand($"INSERT INTO item VALUES ({id})", _connection))
                    {
                        Assert.Equal(1, _batch!.Execute(command));
                    }

                    break;
                case Step.Rows:
                    Assert.Equal(number, _batch!.InsertMany("item", ["id"], Enumerable.Range(id, number), static (row, i) => row.Bind(1, i)));
                    break;
                case Step.OrRollback:
                    _batch!.Execute("INSERT OR ROLLBACK INTO item VALUES (?)", id);
                    break;
                case Step.BeginUnit:
                    _unit = _batch!.BeginUnit();
                    break;
                case Step.CompleteUnit:
                    _unit.Complete();
                    break;
                case Step.DisposeUnit:
                    _unit.Dispose();
                    break;
                case Step.Commit:
                    _batch!.Commit();
                    break;
                case Step.Rollback:
                    _batch!.Rollback();
                    break;
                case Step.DisposeBatch:
                    _batch!.Dispose();
                    break;
                case Step.OpenConnection:
                    _connection.Open();
                    break;
                case Step.CloseConnection:
                    _connection.Close();
                    break;
                case Step.ClearPool:
                    SqliteConnection.ClearPool(_connection);
                    break;
                case Step.RawInsert:
                    Run(_connection, $"INSERT INTO item VALUES ({id})");
                    break;
                case Step.RawBegin:
                    Run(_connection, "BEGIN IMMEDIATE");
                    break;
                case Step.RawCommit:
                    Run(_connection, "COMMIT");
                    break;
                case Step.RawRollback:
                    Run(_connection, "ROLLBACK");
                    break;
                case Step.DriversCommit:
                    _connection.CreateCommand().Transaction!.Commit();
                    break;
                case Step.DriversRollback:
                    _connection.CreateCommand().Transaction!.Rollback();
                    break;
                default:
                    Run(_other, $"INSERT INTO item VALUES ({id})");
                    break;
            }
        }

        // Past the driver, which has its own opinion of transactions that others have ended.
        private static void Run(SqliteConnection connection, string sql)
        {
            var result = raw.sqlite3_exec(connection.Handle, sql);
            if (result != raw.SQLITE_OK)
            {
                throw new SqliteException(sql, result & 0xFF);
            }
        }

        private static List<long> Read(SqliteConnection connection)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection.Handle, "SELECT id FROM item ORDER BY id", out var statement));
            using (statement)
            {
                var ids = new List<long>();
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                {
                    ids.Add(raw.sqlite3_column_int64(statement, 0));
                }

                return ids;
            }
        }
    }

    /// <summary>What is stored, and what of it is not committed; what the batch has begun, and what it does not yet know.</summary>
    private sealed class Model
    {
        private SortedSet<long> _stored = [];
        private SortedSet<long>? _transaction;
        private SortedSet<long>? _beforeUnit;
        private bool _isBatchsTransaction;

        private bool _hasBatch;
        private bool _isDisposed;
        private bool _isLost;
        private bool _isEnded;
        private bool _hasBegun;
        private bool _hasUnit;
        private bool _isInUnit;
        private bool _isKnownCommit;
        private int _size;
        private int _pendingBeforeUnit;

        public bool IsOpen { get; private set; } = true;

        public int Pending { get; private set; }

        public long Committed { get; private set; }

        public IEnumerable<long> Stored => _stored;

        public IEnumerable<long> Seen => _transaction ?? _stored;

        public bool IsInTransaction => _transaction is not null;

        // The batch believes in a transaction that somebody else has ended.
        private bool IsDeceived => _hasBegun && !(_transaction is not null && _isBatchsTransaction);

        public bool Allows(Step step) => step switch
        {
            Step.NewBatch => IsOpen && (_transaction is null || _isBatchsTransaction),
            Step.CompleteUnit or Step.DisposeUnit => _hasUnit,
            Step.OpenConnection => !IsOpen,

            // The driver itself stumbles over an end that it was not told of, and hands a transaction of raw SQL on to the pool.
            Step.CloseConnection => IsOpen && !IsDeceived && (_transaction is null || _isBatchsTransaction),
            Step.ClearPool or Step.OtherInsert => true,
            Step.RawInsert => IsOpen,

            // One that follows the batch's own is taken for it.
            Step.RawBegin => IsOpen && _transaction is null && !_hasBegun,
            Step.RawCommit or Step.RawRollback => IsOpen && _transaction is not null,
            Step.DriversCommit or Step.DriversRollback => IsOpen && _transaction is not null && _isBatchsTransaction,
            _ => _hasBatch,
        };

        public string Make(Move move)
        {
            switch (move.Step)
            {
                case Step.NewBatch:
                    EndBatch();
                    (_hasBatch, _isDisposed, _isLost, _isEnded, _hasUnit, _size, Pending, Committed) = (true, false, false, false, false, move.Number, 0, 0);
                    return "";
                case Step.Prepared or Step.Scalar or Step.Text or Step.Command:
                    return Begin() ?? (_transaction!.Add(move.Id) ? Count() : "error 19");
                case Step.Rows:
                    for (var i = 0; i < move.Number; i++)
                    {
                        var refused = Begin() ?? (_transaction!.Add(move.Id + i) ? Count() : $"row {i}");
                        if (refused.Length > 0)
                        {
                            return refused;
                        }
                    }

                    return "";
                case Step.OrRollback:
                    if (Begin() is { } cannotBegin)
                    {
                        return cannotBegin;
                    }

                    if (_transaction!.Add(move.Id))
                    {
                        return Count();
                    }

                    _transaction = null;
                    (_hasBegun, _isInUnit, _isEnded) = (false, false, true);
                    return "error 19";
                case Step.BeginUnit:
                    if ((Begin() ?? (_isInUnit ? "invalid" : null)) is { } cannotBeginUnit)
                    {
                        return cannotBeginUnit;
                    }

                    (_isInUnit, _hasUnit, _pendingBeforeUnit, _beforeUnit) = (true, true, Pending, [.. _transaction!]);
                    return "";
                case Step.CompleteUnit:
                    if (End() is { } cannotEnd)
                    {
                        return cannotEnd;
                    }

                    if (!_isInUnit)
                    {
                        return "invalid";
                    }

                    if (Notice() is { } over)
                    {
                        return over;
                    }

                    _isInUnit = false;
                    Pending--;
                    return Count();
                case Step.DisposeUnit:
                    if (End() is null && _isInUnit && Notice() is null)
                    {
                        (_isInUnit, _transaction, Pending) = (false, _beforeUnit, _pendingBeforeUnit);
                    }

                    return "";
                case Step.Commit:
                    if ((End() ?? (_isInUnit ? "invalid" : null) ?? Notice()) is { } cannotCommit)
                    {
                        return cannotCommit;
                    }

                    Commit();
                    return "";
                case Step.Rollback:
                    if (_isDisposed || _isLost)
                    {
                        return _isDisposed ? "disposed" : "invalid";
                    }

                    if (Notice() is { } mayNotBeUndone)
                    {
                        return mayNotBeUndone;
                    }

                    _transaction = _isBatchsTransaction ? null : _transaction;
                    (_isEnded, _hasBegun, _isInUnit, Pending) = (false, false, false, 0);
                    return "";
                case Step.DisposeBatch:
                    EndBatch();
                    return "";
                case Step.OpenConnection:
                    IsOpen = true;
                    return "";
                case Step.CloseConnection:
                    (IsOpen, _isLost, _transaction, _hasBegun, _isInUnit) = (false, true, null, false, false);
                    return "";
                case Step.ClearPool:
                    return "";
                case Step.RawInsert:
                    if ((_transaction ?? _stored).Add(move.Id))
                    {
                        return "";
                    }

                    // Outside a transaction it rolls back, which hides what became of the one before.
                    _isKnownCommit &= _transaction is not null;
                    return "error 19";
                case Step.RawBegin:
                    (_transaction, _isBatchsTransaction) = ([.. _stored], false);
                    return "";
                case Step.RawCommit or Step.DriversCommit:
                    (_stored, _transaction) = (_transaction!, null);
                    _isKnownCommit = move.Step == Step.RawCommit;
                    return "";
                case Step.RawRollback or Step.DriversRollback:
                    _transaction = null;
                    _isKnownCommit = false;
                    return "";
                default:
                    return _transaction is not null ? "error 5" : _stored.Add(move.Id) ? "" : "error 19";
            }
        }

        private string? End() => _isDisposed ? "disposed" : _isLost || _isEnded ? "invalid" : null;

        private string? Notice()
        {
            if (!IsDeceived)
            {
                return null;
            }

            if (_isKnownCommit)
            {
                Committed += Pending;
                Pending = 0;
            }

            (_hasBegun, _isInUnit, _isEnded) = (false, false, true);
            return "invalid";
        }

        private string? Begin()
        {
            if ((End() ?? Notice()) is { } cannot)
            {
                return cannot;
            }

            if (!_hasBegun)
            {
                if (_transaction is not null)
                {
                    return "invalid";
                }

                (_transaction, _isBatchsTransaction, _hasBegun) = ([.. _stored], true, true);
            }

            return null;
        }

        private string Count()
        {
            Pending++;
            if (Pending >= _size && !_isInUnit)
            {
                Commit();
            }

            return "";
        }

        private void Commit()
        {
            if (_hasBegun)
            {
                (_stored, _transaction, _hasBegun) = (_transaction!, null, false);
                Committed += Pending;
                Pending = 0;
            }
        }

        private void EndBatch()
        {
            if (_hasBatch && !_isDisposed)
            {
                _isDisposed = true;
                if (!_isLost)
                {
                    _transaction = _isBatchsTransaction ? null : _transaction;
                    (_hasBegun, _isInUnit, Pending) = (false, false, 0);
                }
            }
        }
    }
}
