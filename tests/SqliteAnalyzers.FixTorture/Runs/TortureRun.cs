using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.FixTorture.Programs;

namespace SqliteAnalyzers.FixTorture.Runs;

/// <summary>
/// Applies each fix, and all at once, to programs that are run before and after.
/// </summary>
internal sealed class TortureRun
{
    private const int MostRounds = 4;

    private readonly TortureReport _report = new();

    public async Task<TortureReport> RunAsync(IEnumerable<TortureProgram> programs)
    {
        foreach (var program in programs)
        {
            await ExamineAsync(program);
        }

        return _report;
    }

    private async Task ExamineAsync(TortureProgram program)
    {
        var document = FixedDocument.Open(program);
        if (await document.ErrorsAsync() is [var error, ..])
        {
            _report.Add(new Failure("program", program.Name, FailureKind.DoesNotCompile, error, await document.TextAsync()));
            return;
        }

        _report.Programs++;
        var results = new Results(document);
        foreach (var fix in FixedDocument.Fixes)
        {
            var keys = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var diagnostic in (await document.FindAsync()).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                _report.Findings++;
                await GuardAsync(program, NameOf(fix), async () =>
                {
                    foreach (var action in await document.OfferedAsync(fix, diagnostic))
                    {
                        keys.Add(action.EquivalenceKey!);
                        await JudgeAsync(program, action.EquivalenceKey!, results, await document.ApplyAsync(action));
                    }
                });
            }

            foreach (var key in keys)
            {
                await GuardAsync(program, key, () => FixAllAsync(program, fix, key, document, results));
            }
        }
    }

    /// <summary>Fixes all, and again until nothing changes, which must be at once: what was fixed stays fixed.</summary>
    private async Task FixAllAsync(TortureProgram program, CodeFixProvider fix, string key, FixedDocument document, Results results)
    {
        var name = key + " (all)";
        var once = await document.FixAllAsync(fix, key);
        if (await once.TextAsync() == await document.TextAsync())
        {
            return;
        }

        await JudgeAsync(program, name, results, once);
        var before = once;
        for (var round = 0; round < MostRounds; round++)
        {
            var next = await before.FixAllAsync(fix, key);
            if (await next.TextAsync() == await before.TextAsync())
            {
                return;
            }

            before = next;
        }

        _report.Add(new Failure(name, program.Name, FailureKind.DoesNotSettle, "", await before.TextAsync()));
    }

    private async Task JudgeAsync(TortureProgram program, string fix, Results results, FixedDocument changed)
    {
        _report.CountApplied(fix);
        var isForOne = fix.Contains(".Once", StringComparison.Ordinal);
        if (await changed.ErrorsAsync() is [var error, ..])
        {
            _report.Add(new Failure(fix, program.Name, FailureKind.DoesNotCompile, error, await changed.TextAsync()));
        }
        else if (!(isForOne && program.IsWhatUserIsWarnedOf) && await results.CompareAsync(changed, isForOne) is { } difference)
        {
            _report.Add(new Failure(fix, program.Name, FailureKind.Wrong, difference, await changed.TextAsync()));
        }
    }

    private async Task GuardAsync(TortureProgram program, string fix, Func<Task> examine)
    {
        try
        {
            await examine();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _report.Add(new Failure(fix, program.Name, FailureKind.Crash, exception.ToString(), program.Source));
        }
    }

    private static string NameOf(CodeFixProvider fix) => fix.GetType().Name;

    /// <summary>What a program and its changed versions come to; each text is run once.</summary>
    private sealed class Results(FixedDocument document)
    {
        private readonly Dictionary<(string Text, bool IsForOne), string?> _differences = [];
        private Outcome? _before;
        private Outcome? _withoutCheckpoints;

        /// <summary>How the changed program is wronger than it was, or null.</summary>
        /// <param name="changed">The changed program.</param>
        /// <param name="isForOne">Whether the fix is offered for one finding only, because the program then does something else: that must not fail.</param>
        public async Task<string?> CompareAsync(FixedDocument changed, bool isForOne)
        {
            var text = await changed.TextAsync();
            if (!_differences.TryGetValue((text, isForOne), out var difference))
            {
                difference = await FindDifferenceAsync(changed, isForOne);
                _differences.Add((text, isForOne), difference);
            }

            return difference;
        }

        private async Task<string?> FindDifferenceAsync(FixedDocument changed, bool isForOne)
        {
            _before ??= await document.RunAsync();
            var after = await changed.RunAsync();
            if (isForOne ? after.FailsNotAnew(_before) : after.IsNoWronger(_before))
            {
                return null;
            }

            // A program whose own transaction was in the way may now do what it would have done without the checkpoint.
            _withoutCheckpoints ??= await document.RunAsync(withoutCheckpoints: true);
            return _before.IsLocked && after.IsNoWronger(_withoutCheckpoints) ? null : $"before: {_before}\nafter: {after}";
        }
    }
}
