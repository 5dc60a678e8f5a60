using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// What the whole project says about its databases: which pragmas it sets on which of them, whether it puts them in WAL mode,
/// how many data sources it has. Worked out once per compilation, when a rule first asks.
/// </summary>
/// <remarks>
/// Strings are read off the tokens. Only members that mention a pragma, and those that call them by name, are then run through
/// the engine to see on which database the pragma is set.
/// </remarks>
internal sealed class ProjectFacts
{
    private static readonly string[] s_testAttributes =
        ["Xunit.FactAttribute", "NUnit.Framework.TestAttribute", "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "TUnit.Core.TestAttribute"];

    private readonly Lazy<bool> _hasOneDataSource;
    private readonly FlowEngine _engine;
    private readonly object _lock = new();
    private PragmaUse? _pragmas;
    private readonly Lazy<bool> _mentionsOtherAccess;
    private readonly Lazy<bool> _isTestProject;

    public ProjectFacts(FlowEngine engine)
    {
        _hasOneDataSource = new(() => DataSources.CountDistinct(engine.Trees(default)) <= 1);
        _engine = engine;
        _isTestProject = new(() => s_testAttributes.Any(name => engine.Compilation.GetTypeByMetadataName(name) is not null));
        _mentionsOtherAccess = new(() => engine.Trees(default).SelectMany(tree => tree.Members).Any(DataSources.MentionsMemoryOrReadOnly));
    }

    /// <summary>Whether all connections of the project must be to the same database.</summary>
    public bool HasOneDataSource => _hasOneDataSource.Value;

    /// <summary>Whether the project anywhere opens a database in memory or read-only.</summary>
    public bool MentionsMemoryOrReadOnly => _mentionsOtherAccess.Value;

    /// <summary>Whether the project references a test framework: what it tests sets its pragmas in another project.</summary>
    public bool IsTestProject => _isTestProject.Value;

    /// <summary>Whether anything in the project puts the database in WAL mode.</summary>
    public bool UsesWal(DatabaseIdentity database, CancellationToken cancellation) => Pragmas(cancellation).UsesWal(database);

    /// <summary>The pragmas that anything in the project sets on the database, in lower case.</summary>
    public ImmutableHashSet<string> PragmasSetOn(DatabaseIdentity database, CancellationToken cancellation) => Pragmas(cancellation).SetOn(database);

    /// <summary>Worked out once, unless who asked first no longer wants it.</summary>
    private PragmaUse Pragmas(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _pragmas ??= PragmaUse.Collect(_engine, cancellation);
        }
    }
}
