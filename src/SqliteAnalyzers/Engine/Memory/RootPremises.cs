using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What roots rest on beside names.</summary>
internal sealed class RootPremises
{
    private readonly HashSet<CodeMember> _read = [];
    private readonly Dictionary<(CodeMember Member, FlowNeed Need), bool> _leavesToCallers = [];

    /// <summary>The members whose calls were read.</summary>
    public IEnumerable<CodeMember> ReadMembers => _read;

    /// <summary>The members of which it was asked whether they leave something to their callers, with the answer.</summary>
    public IEnumerable<KeyValuePair<(CodeMember Member, FlowNeed Need), bool>> Answers => _leavesToCallers;

    public void Read(IEnumerable<CodeMember> members) => _read.UnionWith(members);

    public bool Add(CodeMember member, FlowNeed need, bool leavesToCallers) => _leavesToCallers[(member, need)] = leavesToCallers;
}
