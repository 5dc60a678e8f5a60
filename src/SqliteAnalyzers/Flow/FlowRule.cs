using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>A rule about paths: it is shown every event with the state before it, and says something or not.</summary>
internal abstract class FlowRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract void Visit(SqliteEvent e, State before, FindingSink sink);

    /// <summary>
    /// What is left of a finding in the light of the whole project; null: nothing. What the project does is known only when its
    /// methods have been looked at, so no rule can ask for it earlier.
    /// </summary>
    public virtual Finding? Settle(Finding finding, FlowEngine engine, CancellationToken cancellation) => finding;

    /// <summary>Whether a finding about a connection still holds, seeing all that the method uses the connection for.</summary>
    public virtual bool StillHolds(ConnectionUse use) => true;
}
