using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3008: a command timeout of 0.</summary>
internal sealed class InfiniteLockWait : SettingRule
{
    /// <summary>What Microsoft.Data.Sqlite waits unless it is told otherwise.</summary>
    private const string Seconds = "30";

    public override DiagnosticDescriptor Descriptor => Descriptors.InfiniteLockWait;

    public override IEnumerable<Diagnostic> Analyze(ConnectionSettings settings) =>
        from setting in settings.Settings
        where setting is { Name: SqliteKeywords.DefaultTimeout, IsEffective: true, IsWrittenAsIs: true } && IsZero(setting.Value)
            && !ForeignKeywords.NameServer(settings)
            && !settings.IsTakenBack(SqliteKeywords.DefaultTimeout)
            && settings.ReachSqlite
        select Diagnostic.Create(Descriptor, setting.ValueAt, PropertiesOf(setting), setting.Keyword);

    private static bool IsZero(string? value) =>
        int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) && seconds == 0;

    private static ImmutableDictionary<string, string?> PropertiesOf(ConnectionSetting setting) =>
        setting.Replacement(Seconds) is { } replacement
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Replacement, replacement)
            : ImmutableDictionary<string, string?>.Empty;
}
