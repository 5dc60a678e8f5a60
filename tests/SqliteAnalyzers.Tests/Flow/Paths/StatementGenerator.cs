namespace SqliteAnalyzers.Tests.Flow.Paths;

/// <summary>Makes random methods, the same ones for the same seed.</summary>
internal sealed class StatementGenerator(int seed, int flags)
{
    private const int MaxDepth = 3;

    private static readonly ActKind[] s_acts =
    [
        ActKind.Write, ActKind.Write, ActKind.Write, ActKind.Read, ActKind.Begin, ActKind.BeginImmediate, ActKind.Commit, ActKind.Commit,
        ActKind.Rollback, ActKind.Checkpoint, ActKind.Checkpoint, ActKind.PassiveCheckpoint, ActKind.Start, ActKind.Start, ActKind.Return, ActKind.Throw,
    ];

    private readonly Random _random = new(seed);
    private int _finally;
    private int _usings;

    public Block Method() => Block(0, 2, 6);

    private Block Block(int depth, int min, int max) =>
        new(Enumerable.Range(0, _random.Next(min, max)).Select(_ => Statement(depth)).ToArray());

    private Statement Statement(int depth) => (depth < MaxDepth ? _random.Next(10) : 9) switch
    {
        0 => new Branch(null, false, Block(depth + 1, 1, 3), OneIn(2) ? Block(depth + 1, 1, 3) : null),
        1 or 2 => new Branch(_random.Next(flags), OneIn(3), Block(depth + 1, 1, 3), OneIn(3) ? Block(depth + 1, 1, 3) : null),
        3 => new Loop(Block(depth + 1, 1, 3)),
        4 => Try(depth + 1),
        5 => Using(depth + 1),
        _ => new Act(Act()),
    };

    private Try Try(int depth)
    {
        var shape = _random.Next(3);
        var body = Block(depth, 1, 4);
        var handler = shape == 0 ? null : Block(depth, 0, 3);
        _finally++;
        var end = shape == 1 ? null : Block(depth, 1, 3);
        _finally--;
        return new(body, handler, OneIn(2), end);
    }

    private UsingTransaction Using(int depth)
    {
        _usings++;
        var body = Block(depth, 1, 4);
        _usings--;
        return new(body);
    }

    private ActKind Act()
    {
        if (_usings > 0 && OneIn(3))
        {
            return OneIn(4) ? ActKind.RollbackObject : ActKind.CommitObject;
        }

        var kind = s_acts[_random.Next(s_acts.Length)];
        return kind == ActKind.Return && _finally > 0 ? ActKind.Write : kind;
    }

    private bool OneIn(int count) => _random.Next(count) == 0;
}
