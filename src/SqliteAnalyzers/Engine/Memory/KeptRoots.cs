using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>The roots of an earlier compilation, with all that they rest on.</summary>
internal sealed class KeptRoots
{
    private readonly Reach _reach;
    private readonly ulong _surroundings;
    private readonly KeyValuePair<CodeMember, ulong?>[] _read;
    private readonly RootPremises _premises;

    /// <param name="engine">The engine of the compilation they were found in.</param>
    /// <param name="reach">What names say.</param>
    /// <param name="premises">What else they rest on.</param>
    /// <param name="members">The roots.</param>
    public KeptRoots(FlowEngine engine, Reach reach, RootPremises premises, HashSet<CodeMember> members)
    {
        _reach = reach;
        _surroundings = engine.Surroundings;
        _premises = premises;
        _read = premises.ReadMembers.Select(member => new KeyValuePair<CodeMember, ulong?>(member, engine.Project.Entry(member)?.BodyHash)).ToArray();
        Members = members;
    }

    public HashSet<CodeMember> Members { get; }

    public bool IsTrueOf(FlowEngine engine, Reach reach, CancellationToken cancellation) =>
        ReferenceEquals(reach, _reach)
        && engine.Surroundings == _surroundings
        && Array.TrueForAll(_read, pair => engine.Project.Entry(pair.Key)?.BodyHash == pair.Value)
        && _premises.Answers.All(answer => Roots.LeavesToCallers(engine, answer.Key.Member, answer.Key.Need, cancellation) == answer.Value);
}
