using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>A database that one writer after the other is killed at, with all that has been said about it.</summary>
internal sealed class KillTarget : IDisposable
{
    private readonly KillTally _tally;
    private readonly TemporaryFolder _folder = new();
    private long _copiedOver;

    public KillTarget(KillTally tally) => _tally = tally;

    public string Path => _folder.File("units.db");

    public Books Books { get; } = new();

    /// <summary>Whether something is there for the next process to recover from.</summary>
    public bool NeedsRecovery => DatabaseFiles.ToRecoverFrom(Path).Any();

    /// <summary>What must be in the standing copy from now on.</summary>
    public void CopiedOver(long committed) => _copiedOver = Math.Max(_copiedOver, committed);

    /// <summary>Looks at the database where it is. Other processes may be at work in it.</summary>
    public UnitsFound FindInPlace() => Find(Path);

    /// <summary>Looks at a copy of all the database's files, so that the next writer has to recover by itself. Nobody may be at work in it.</summary>
    public UnitsFound FindInCopy()
    {
        using var folder = new TemporaryFolder();
        return Find(DatabaseFiles.CopyTo(Path, folder));
    }

    /// <summary>Looks at the copies that the killed writer has made, finished and unfinished.</summary>
    /// <param name="handedOverIsWhole">Whether nobody but the writer can have changed the file while the process it was handed over to copied it.</param>
    public IEnumerable<string> CheckCopies(bool handedOverIsWhole)
    {
        foreach (var file in Directory.GetFiles(_folder.Path, "*.unfinished*").Where(File.Exists))
        {
            _tally.AddUnfinishedCopy();
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(_folder.Path, $"{KilledWriter.NewCopyPrefix}*.db"))
        {
            _tally.AddCopy();
            foreach (var problem in CheckCopy(file, PromisedBy(file)))
            {
                yield return problem;
            }

            DatabaseFiles.Delete(file);
        }

        foreach (var file in Directory.GetFiles(_folder.Path, $"{KilledWriter.HandedOverPrefix}*.db"))
        {
            if (handedOverIsWhole)
            {
                _tally.AddHandedOver();
                foreach (var problem in CheckCopy(file, PromisedBy(file)))
                {
                    yield return problem;
                }
            }

            DatabaseFiles.Delete(file);
        }

        var standing = _folder.File(KilledWriter.StandingCopy);
        if (File.Exists(standing))
        {
            _tally.AddCopy();
            foreach (var problem in CheckCopy(standing, _copiedOver))
            {
                yield return problem;
            }
        }
    }

    /// <summary>Leaves the folder where it is.</summary>
    public string KeepAsEvidence()
    {
        _folder.Keep = true;
        return _folder.Path;
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> CheckCopy(string file, long committed)
    {
        var found = Find(file);
        var name = System.IO.Path.GetFileName(file);
        foreach (var problem in found.Problems)
        {
            yield return $"{name}: {problem}";
        }

        if (found.Last(KilledWriter.Author) < committed)
        {
            yield return $"{name}: units up to {committed} had been acknowledged, and {found.Last(KilledWriter.Author)} is the last one in it";
        }
    }

    private static UnitsFound Find(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        try
        {
            return Units.Find(connection);
        }
        catch (SqliteException exception)
        {
            // What cannot be read is what was looked for, and no reason to stop.
            return new(new Dictionary<int, (long First, long Last)>(), [exception.Message]);
        }
    }

    private static long PromisedBy(string file) => Message.Number(System.IO.Path.GetFileName(file).Split('-')[^3]);
}
