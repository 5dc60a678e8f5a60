using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>A rule about the SQL that the code writes, whatever leads to it.</summary>
internal abstract class TextRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>Members with none of these words are not read.</summary>
    public abstract Words Words { get; }

    /// <summary>What the rule says of one text, be it a literal, an interpolated string or a sum of them.</summary>
    public abstract IEnumerable<Diagnostic> Analyze(SqlSource text, TextPlace place);
}
