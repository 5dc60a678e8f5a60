using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>One writer that works on a database until it is killed, alone or beside others, and what is there afterwards.</summary>
internal sealed class KillRound
{
    private readonly KillTarget _target;
    private readonly KillTally _tally;
    private readonly PhaseLengths _lengths;
    private readonly Random _random;
    private readonly KillPhase _phase;
    private readonly KillCompany _company;
    private readonly WriterSettings _settings;
    private readonly bool _killsAtOnce;
    private readonly bool _checksInPlace;
    private readonly List<string> _problems = [];
    private readonly Dictionary<KillPhase, int> _occurrences = [];
    private KillPhase _present;
    private long _presentSince;

    public KillRound(KillTarget target, KillPhase phase, KillTally tally, PhaseLengths lengths, Random random)
    {
        _target = target;
        _tally = tally;
        _lengths = lengths;
        _random = random;
        _phase = phase;
        _company = random.Next(2) == 0 ? KillCompany.Nobody : (KillCompany)random.Next(1, 4);
        _settings = WriterSettings.Random(target.Path, phase, _company == KillCompany.Nobody, random);
        _killsAtOnce = _company != KillCompany.Nobody && random.Next(2) == 0;
        _checksInPlace = random.Next(2) == 0;
    }

    /// <summary>What was wrong, with how it came about.</summary>
    public IEnumerable<string> Run()
    {
        if (_company == KillCompany.Nobody && _target.NeedsRecovery)
        {
            _tally.AddRecovery();
        }

        var others = StartCompany();
        try
        {
            KillWriter(others);
            Check(others);
        }
        finally
        {
            others.ForEach(o => o.Dispose());
        }

        return _problems.Select(p => $"{p} (killed at {_present}, target {_phase}, beside {_company}, {_settings})");
    }

    private List<Companion> StartCompany()
    {
        var others = new List<Companion>();
        if (_company.HasFlag(KillCompany.Rival))
        {
            others.Add(new Companion(NoteOther, Rival.Name, _target.Path));
        }

        if (_company.HasFlag(KillCompany.Reader))
        {
            others.Add(new Companion(NoteOther, SnapshotReader.Name, _target.Path));
        }

        return others;
    }

    private void KillWriter(List<Companion> others)
    {
        others.ForEach(o => o.WaitUntilAtWork());
        using var writer = ChildProcess.Start([KilledWriter.Name, .. _settings.ToArguments()]);
        var occurrence = _phase == KillPhase.Opening ? 1 : _random.Next(1, 4);
        while (_occurrences.GetValueOrDefault(_phase) < occurrence && writer.ReadLine() is { } line)
        {
            Note(line);
        }

        var endedByItself = _present != _phase;
        Wait(_lengths.Of(_phase, occurrence == 1) * _random.NextDouble());
        writer.Kill();
        if (_killsAtOnce)
        {
            others.ForEach(o => o.Kill());
        }

        while (writer.ReadLine() is { } line)
        {
            Note(line);
        }

        writer.WaitForExit();
        if (endedByItself || writer.Errors.Length > 0)
        {
            _problems.Add($"The writer ended by itself: {writer.Errors}");
        }

        _tally.AddKill(_present, _company, others.Count, _killsAtOnce);
    }

    private void Check(List<Companion> others)
    {
        if (_killsAtOnce)
        {
            others.ForEach(o => o.WaitForEnd());
        }

        var before = _target.Books.Copy();
        var live = others.Count > 0 && !_killsAtOnce;
        var found = live || _checksInPlace ? _target.FindInPlace() : _target.FindInCopy();
        _tally.AddCheck();
        if (live)
        {
            others.ForEach(o => o.Kill());
            others.ForEach(o => o.WaitForEnd());
        }

        _problems.AddRange(found.Problems);
        _problems.AddRange(Books.Missing(before, found));
        _problems.AddRange(_target.Books.DeletedUnasked(found));
        _problems.AddRange(others.SelectMany(o => o.Problems));
        _target.Books.Saw(found);
        _problems.AddRange(_target.CheckCopies(handedOverIsWhole: !_company.HasFlag(KillCompany.Rival)));
    }

    private void Note(string line)
    {
        var words = line.Split(' ');
        BeginPhase(words[0] == Message.Phase ? Enum.Parse<KillPhase>(words[1]) : KillPhase.Between);
        switch (words[0])
        {
            case Message.Committed:
                _tally.AddTransaction();
                _target.Books.Committed(KilledWriter.Author, Message.Number(words[2]));
                break;
            case Message.CopiedOver:
                _target.CopiedOver(Message.Number(words[1]));
                break;
            case Message.Refused:
                _tally.AddRefusal();
                break;
        }
    }

    private void NoteOther(string[] words)
    {
        switch (words)
        {
            case [Message.Committed, var author, var upTo]:
                _tally.AddTransaction();
                _target.Books.Committed(int.Parse(author), Message.Number(upTo));
                break;
            case [Message.Deleting, var author, var upTo]:
                _target.Books.Deleting(int.Parse(author), Message.Number(upTo));
                break;
            case [Message.Deleted, var author, var upTo]:
                _tally.AddDeletion();
                _target.Books.Deleted(int.Parse(author), Message.Number(upTo));
                break;
        }
    }

    private void BeginPhase(KillPhase phase)
    {
        var now = Stopwatch.GetTimestamp();
        if (_present != KillPhase.Between)
        {
            _lengths.Add(_present, _occurrences[_present] == 1, Stopwatch.GetElapsedTime(_presentSince, now));
        }

        _present = phase;
        _presentSince = now;
        _occurrences[phase] = _occurrences.GetValueOrDefault(phase) + 1;
    }

    // Thread.Sleep knows no less than a millisecond, and a commit is shorter.
    private static void Wait(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        if (time.TotalMilliseconds > 3)
        {
            Thread.Sleep((int)time.TotalMilliseconds - 2);
        }

        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(20);
        }
    }
}
