using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A database to which something happens: what was acknowledged, what the caller got, and what is wrong.</summary>
internal sealed class FaultScene(string folder)
{
    private const int Author = 1;

    private readonly List<string> _got = [];
    private readonly List<string> _problems = [];

    /// <summary>Options with which nothing is moved out of the -wal file unless the fault does it.</summary>
    public static SqliteConnectionOptions NoAutoCheckpoint { get; } = new() { WalAutoCheckpoint = 0 };

    public string Folder => folder;

    public string Database => File("units.db");

    /// <summary>What the caller got, in the order in which it got it.</summary>
    public IReadOnlyList<string> Got => _got;

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The last unit whose commit was acknowledged.</summary>
    public long Acknowledged { get; private set; }

    public string File(string name) => Path.Combine(folder, name);

    public SqliteConnection Open(SqliteConnectionOptions? options = null, string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? Database};Pooling=False;Default Timeout=1");
        try
        {
            connection.OpenConfigured(options);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A database with some acknowledged transactions, closed again.</summary>
    public void Prepare(int transactions = 4, SqliteConnectionOptions? options = null)
    {
        using var connection = Open(options);
        Units.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        Write(batch, transactions);
    }

    public void Write(SqliteBatchWriter batch, int transactions = 1)
    {
        for (var i = 0; i < transactions; i++)
        {
            var number = Acknowledged;
            for (var unit = 0; unit < Units.PerTransaction; unit++)
            {
                WriteUnit(batch, ++number);
            }

            batch.Commit();
            Acknowledged = number;
        }
    }

    /// <summary>Writes acknowledged transactions, each of which the batch itself must commit.</summary>
    public void WriteFullBatches(SqliteBatchWriter batch, int transactions = 1)
    {
        for (var i = 0; i < transactions; i++)
        {
            var number = Acknowledged;
            for (var unit = 0; unit < Units.PerTransaction; unit++)
            {
                WriteUnit(batch, ++number);
            }

            Acknowledged = number;
        }
    }

    /// <summary>Writes units without an end and without a commit.</summary>
    public void WriteForEver(SqliteBatchWriter batch)
    {
        for (var number = Acknowledged + 1; ; number++)
        {
            WriteUnit(batch, number);
        }
    }

    /// <summary>Takes the present transaction, whose commit has been repeated, for acknowledged.</summary>
    public void Acknowledge() => Acknowledged += Units.PerTransaction;

    /// <summary>Does something that must fail with an error of SQLite.</summary>
    /// <param name="code">The error's number.</param>
    /// <param name="words">What the message must say.</param>
    /// <param name="action">What must fail.</param>
    public void MustFail(int code, string words, Action action)
    {
        try
        {
            action();
            _problems.Add($"error {code} was expected, and there was none");
        }
        catch (SqliteException exception)
        {
            _got.Add($"{exception.GetType().Name} {exception.SqliteErrorCode} ({exception.SqliteExtendedErrorCode}): {exception.Message}");
            if (exception.SqliteErrorCode != code || !exception.Message.Contains(words, StringComparison.Ordinal))
            {
                _problems.Add($"error {code} with the words '{words}' was expected, and it was: {exception.SqliteErrorCode}, {exception.Message}");
            }
        }
    }

    /// <summary>Does something that the library must refuse at this moment.</summary>
    public void MustBeRefused(Action action)
    {
        try
        {
            action();
            _problems.Add("a refusal was expected, and there was none");
        }
        catch (InvalidOperationException exception)
        {
            _got.Add($"{nameof(InvalidOperationException)}: {exception.Message}");
        }
    }

    public void Require(bool condition, string what)
    {
        if (!condition)
        {
            _problems.Add($"not so: {what}");
        }
    }

    /// <summary>Looks at the whole database through a connection of its own: what was acknowledged must be there, and nothing else.</summary>
    public void Verify() => Verify(Database, Acknowledged);

    /// <summary>As <see cref="Verify()"/>, for a copy that was made after the given unit.</summary>
    public void Verify(string path, long last)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var found = Units.Find(connection);
        _problems.AddRange(found.Problems);
        Require(found.Last(Author) == last, $"{last} units are to be there, {found.Last(Author)} are");
    }

    private static void WriteUnit(SqliteBatchWriter batch, long number)
    {
        using var unit = batch.BeginUnit();
        Units.Write(batch, Author, number);
        unit.Complete();
    }
}
