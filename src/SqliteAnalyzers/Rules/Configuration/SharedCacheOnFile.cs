using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3005: a file that is opened with Cache=Shared.</summary>
internal sealed class SharedCacheOnFile : SettingRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.SharedCacheOnFile;

    /// <remarks>No other provider has the keyword, so a connection string with it that the project hands out is meant for this one.</remarks>
    public override IEnumerable<Diagnostic> Analyze(ConnectionSettings settings) =>
        from setting in settings.Settings
        where setting is { Name: SqliteKeywords.Cache, IsEffective: true } && IsShared(setting.Value)
            && settings.Database != DatabaseKind.Memory
            && !settings.IsTakenBack(SqliteKeywords.Cache)
            && (settings.ReachSqlite || settings.AreHandedOut())
        select ToDiagnostic(setting, canRemove: settings.Database == DatabaseKind.File);

    /// <remarks>The builder takes the number of the mode too.</remarks>
    private static bool IsShared(string? value) => string.Equals(value, "Shared", StringComparison.OrdinalIgnoreCase) || value == "2";

    /// <remarks>Where it is a database in memory at times, these need the keyword.</remarks>
    private Diagnostic ToDiagnostic(ConnectionSetting setting, bool canRemove)
    {
        var properties = canRemove && setting.Whole is not null
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Removable, DiagnosticProperties.True)
            : ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(Descriptor, setting.KeywordAt, setting.Whole is null ? [] : new[] { setting.Whole }, properties);
    }
}
