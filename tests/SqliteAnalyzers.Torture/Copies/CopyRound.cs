using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>
/// One process that makes backups or restores them until it is killed, mostly in the middle; what is there afterwards; and the same once more over what was left, to its end.
/// </summary>
internal sealed class CopyRound
{
    private const int MostCopies = 3;
    private const int MostSteps = 4;

    private static readonly int[] s_pageSizes = [4_096, 4_096, 1_024, 8_192];

    private readonly CopyTarget _target;
    private readonly CopyTally _tally;
    private readonly Random _random;
    private readonly CopySettings _settings;
    private readonly bool _isBesideReader;
    private readonly List<string> _problems = [];
    private readonly HashSet<long> _refused = [];
    private int _copies;
    private int _steps;
    private long _begun;
    private long _done;

    public CopyRound(CopyTarget target, CopyKind kind, CopyTally tally, Random random)
    {
        _target = target;
        _tally = tally;
        _random = random;
        _isBesideReader = kind != CopyKind.BackupToNew && random.Next(3) == 0;
        _settings = new(kind, target.Folder, target.Live, s_pageSizes[random.Next(s_pageSizes.Length)], KeepsWalMode: random.Next(2) == 0);
    }

    private bool IsInTheMiddle => _begun > _done && !_refused.Contains(_begun);

    /// <summary>What was wrong, with how it came about.</summary>
    public IEnumerable<string> Run()
    {
        using (var reader = _isBesideReader ? new Companion(_ => { }, GenerationReader.Name, _settings.Written) : null)
        {
            reader?.WaitUntilAtWork();
            KillCopier();
            reader?.Kill();
            reader?.WaitForEnd();
            _problems.AddRange(reader?.Problems ?? []);
        }

        Check();
        Again();
        foreach (var copy in Directory.GetFiles(_target.Folder, "copy-*"))
        {
            File.Delete(copy);
        }

        return _problems.Select(p =>
            $"{p} (killed at step {_steps} of {_begun}, {_done} done, beside {(_isBesideReader ? "a reader" : "nobody")}, {(_target.IsInWalMode ? "WAL" : "journal")}, {_settings})");
    }

    private void KillCopier()
    {
        using var copier = ChildProcess.Start([KilledCopier.Name, .. _settings.ToArguments()]);
        var copies = _random.Next(1, MostCopies + 1);
        var steps = _random.Next(MostSteps + 1);
        while ((_copies < copies || (_copies == copies && _steps < steps && IsInTheMiddle)) && copier.ReadLine() is { } line)
        {
            Note(line.Split(' '));
        }

        // Up to a part of a millisecond more, so that it is not always just after a step.
        Thread.SpinWait(_random.Next(20_000));
        var endedByItself = _copies < copies;
        copier.Kill();
        while (copier.ReadLine() is { } line)
        {
            Note(line.Split(' '));
        }

        copier.WaitForExit();
        if (endedByItself || copier.Errors.Length > 0)
        {
            _problems.Add($"The process ended by itself: {copier.Errors}");
        }

        _tally.AddKill(_settings.Kind, IsInTheMiddle, _isBesideReader);
    }

    private void Note(string[] words)
    {
        switch (words)
        {
            case [Message.Begun, var generation]:
                _copies++;
                _steps = 0;
                _begun = Message.Number(generation);
                break;
            case [Message.Step, _]:
                _steps++;
                break;
            case [Message.Done, var generation]:
                _tally.AddAcknowledged();
                _done = Message.Number(generation);
                break;
            case [Message.Refused, var generation]:
                _tally.AddRefusal();
                _refused.Add(Message.Number(generation));
                break;
        }
    }

    /// <summary>Each database is whole, and of the generation that was acknowledged last or of the one that was begun then.</summary>
    private void Check()
    {
        _tally.AddLeftOvers(Directory.GetFiles(_target.Folder, "*.unfinished").Length + DatabaseFiles.ToRecoverFrom(_settings.Written).Count());
        if (_settings.Kind == CopyKind.Restore)
        {
            _target.Live = Require(_settings.Live, MayHold(_target.Live));
            _target.Standing = Require(_settings.Standing, [_target.Standing]);
            return;
        }

        // The process itself writes a generation into the live database and then copies it.
        var next = Math.Max(_begun, _target.Live);
        _target.Live = Require(_settings.Live, [next, next + 1]);
        _target.Standing = Require(_settings.Standing, _settings.Kind == CopyKind.BackupOver ? MayHold(_target.Standing) : [_target.Standing]);
        for (var generation = _settings.Generation + 1; _settings.Kind == CopyKind.BackupToNew && generation <= _begun; generation++)
        {
            var copy = _settings.CopyOf(generation);
            if (File.Exists(copy) || generation <= _done)
            {
                Require(copy, [generation]);
            }
        }
    }

    private long[] MayHold(long before)
    {
        var last = Math.Max(_done, before);
        return IsInTheMiddle ? [last, _begun] : [last];
    }

    private void Again()
    {
        using var connection = new SqliteConnection($"Data Source={_settings.Live};Pooling=False");
        connection.Open();
        switch (_settings.Kind)
        {
            case CopyKind.Restore:
                if (_begun > 0 && File.Exists(_settings.CopyOf(_begun)))
                {
                    connection.RestoreFrom(_settings.CopyOf(_begun));
                    connection.Dispose();
                    _target.Live = Require(_settings.Live, [_begun]);
                }

                break;
            case CopyKind.BackupOver:
                OrphanLeftOvers();
                connection.BackupTo(_settings.Standing, overwrite: true, keepWalMode: _settings.KeepsWalMode);
                _target.Standing = Require(_settings.Standing, [_target.Live]);
                break;
            default:
                var copy = _settings.CopyOf(_begun);
                DatabaseFiles.Delete(copy);
                connection.BackupTo(copy, keepWalMode: _settings.KeepsWalMode);
                Require(copy, [_target.Live]);
                if (Directory.GetFiles(_target.Folder, $"{Path.GetFileName(copy)}.*.unfinished").Length > 0)
                {
                    _problems.Add($"an unfinished copy of {Path.GetFileName(copy)} is still left over");
                }

                break;
        }
    }

    // A database that is deleted alone leaves what SQLite would play into another one of its name.
    private void OrphanLeftOvers()
    {
        var leftOvers = DatabaseFiles.ToRecoverFrom(_settings.Standing).Count();
        if (leftOvers > 0 && _random.Next(2) == 0)
        {
            _tally.AddOrphans(leftOvers);
            File.Delete(_settings.Standing);
        }
    }

    /// <summary>Looks at a database, where it is or in a copy of its files, so that whoever comes next has to recover by itself.</summary>
    private long Require(string path, long[] generations)
    {
        _tally.AddCheck();
        using var folder = new TemporaryFolder();
        var found = Generations.Find(_random.Next(2) == 0 ? path : DatabaseFiles.CopyTo(path, folder));
        var name = Path.GetFileName(path);
        _problems.AddRange(found.Problems.Select(p => $"{name}: {p}"));
        if (!generations.Contains(found.Generation))
        {
            _problems.Add($"{name} holds generation {found.Generation}, and it should hold {string.Join(" or ", generations)}");
        }

        return found.Generation;
    }
}
