using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>A rule about paths: it is shown every event with the state before it, and says something or not.</summary>
internal abstract class FlowRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract void Visit(SqliteEvent e, State before, FindingSink sink);

    /// <summary>Whether a finding about a connection still holds, seeing all that the method uses the connection for.</summary>
    public virtual bool StillHolds(ConnectionUse use) => true;
}
