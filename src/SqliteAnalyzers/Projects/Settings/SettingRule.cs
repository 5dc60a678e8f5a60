using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Projects;

/// <summary>A rule about how connections are set up, wherever that is written.</summary>
internal abstract class SettingRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>What the rule says of the settings, if it is Microsoft.Data.Sqlite that takes them.</summary>
    public abstract IEnumerable<Diagnostic> Analyze(ConnectionSettings settings);
}
