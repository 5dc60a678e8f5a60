#if !NETSTANDARD_BUILD
namespace SqliteAnalyzers.Torture;

/// <summary>One single writer that works on a database until it is killed, alone or beside another process, and what is there afterwards.</summary>
internal sealed class SingleWriterRound
{
    private const int MostMillisecondsAtOpening = 30;
    private const int MostMillisecondsAtWork = 200;

    private readonly SingleWriterTarget _target;
    private readonly SingleWriterTally _tally;
    private readonly Random _random;
    private readonly SingleWriterSettings _settings;
    private readonly bool _isBesideRival;
    private readonly bool _killsAtOnce;
    private readonly bool _killsAtOpening;
    private readonly List<string> _problems = [];
    private KillPhase _present;
    private volatile bool _isKilled;

    public SingleWriterRound(SingleWriterTarget target, SingleWriterTally tally, Random random)
    {
        _target = target;
        _tally = tally;
        _random = random;
        _isBesideRival = random.Next(2) == 0;
        _killsAtOnce = _isBesideRival && random.Next(2) == 0;
        _killsAtOpening = random.Next(4) == 0;
        _settings = SingleWriterSettings.Random(target.Path, target.NewKeys(), alone: !_isBesideRival, random);
    }

    /// <summary>What was wrong, with how it came about.</summary>
    public IEnumerable<string> Run()
    {
        if (!_isBesideRival && DatabaseFiles.ToRecoverFrom(_target.Path).Any())
        {
            _tally.AddRecovery();
        }

        using var rival = _isBesideRival ? new Companion(NoteRival, KeyedRival.Name, _target.Path, $"{_target.NewKeys()}") : null;
        rival?.WaitUntilAtWork();
        KillWriter(rival);
        if (_isBesideRival && !_killsAtOnce)
        {
            Check(_target.FindInPlace);
            rival!.Kill();
        }

        rival?.WaitForEnd();
        _problems.AddRange(rival?.Problems ?? []);
        Check(_random.Next(2) == 0 ? _target.FindInPlace : _target.FindInCopy);
        return _problems.Select(p => $"{p} (killed at {_present}, beside {(_isBesideRival ? "a rival" : "nobody")}, {_settings})");
    }

    private void KillWriter(Companion? rival)
    {
        using var writer = ChildProcess.Start([KilledSingleWriter.Name, .. _settings.ToArguments()]);
        var until = _killsAtOpening ? KillPhase.Opening : KillPhase.Batch;
        while (_present != until && writer.ReadLine() is { } line)
        {
            Note(line.Split(' '));
        }

        using var killer = new Timer(
            _ =>
            {
                _isKilled = true;
                writer.Kill();
                if (_killsAtOnce)
                {
                    rival!.Kill();
                }
            },
            null,
            _random.Next(_killsAtOpening ? MostMillisecondsAtOpening : MostMillisecondsAtWork),
            Timeout.Infinite);
        while (writer.ReadLine() is { } line)
        {
            Note(line.Split(' '));
        }

        writer.WaitForExit();
        if (!_isKilled || writer.Errors.Length > 0)
        {
            _problems.Add($"The writer ended by itself: {writer.Errors}");
        }

        _tally.AddKill(_present == KillPhase.Opening, _isBesideRival, _killsAtOnce);
    }

    private void Check(Func<KeyedUnitsFound> find)
    {
        var before = _target.Books.Copy();
        var found = find();
        _tally.AddCheck();
        _problems.AddRange(found.Problems);
        _problems.AddRange(_target.Books.Compare(before, found));
        _target.Books.Saw(found);
    }

    private void Note(string[] words)
    {
        switch (words)
        {
            case [Message.Phase, var phase]:
                _present = Enum.Parse<KillPhase>(phase);
                break;
            case [Message.Acknowledged, var key]:
                _tally.AddAcknowledged();
                _target.Books.Acknowledged(Message.Number(key));
                break;
            case [Message.Failed, var key]:
                _tally.AddFailed();
                _target.Books.Failed(Message.Number(key));
                break;
        }
    }

    private void NoteRival(string[] words)
    {
        if (words is [Message.Acknowledged, var key])
        {
            _tally.AddRivalAcknowledged();
            _target.Books.Acknowledged(Message.Number(key));
        }
    }
}
#endif
