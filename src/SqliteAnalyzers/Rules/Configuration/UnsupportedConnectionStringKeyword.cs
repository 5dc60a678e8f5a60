using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Configuration;

/// <summary>SQLITE3007: a keyword at which Microsoft.Data.Sqlite throws.</summary>
internal sealed class UnsupportedConnectionStringKeyword : SettingRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.UnsupportedConnectionStringKeyword;

    public override IEnumerable<Diagnostic> Analyze(ConnectionSettings settings)
    {
        var unknown = settings.Settings.Where(setting => setting is { Name: null, IsWrittenAsIs: true, Form: SettingForm.Text or SettingForm.Index }).ToArray();
        if (unknown.Length == 0 || ForeignKeywords.NameServer(settings) || !LooksLikeConnectionString(settings) || !settings.ReachSqlite)
        {
            yield break;
        }

        foreach (var setting in unknown)
        {
            yield return ToDiagnostic(setting, ForeignKeywords.ReplacementOf(setting, settings));
        }
    }

    /// <remarks>
    /// Any SQL with a comparison reads as one, and <c>Name=Default</c> is how Entity Framework Core looks one up: one keyword must be known,
    /// be it to another provider.
    /// </remarks>
    private static bool LooksLikeConnectionString(ConnectionSettings settings) =>
        settings.Settings.Any(setting => setting.Form == SettingForm.Index || setting.Name is not null || ForeignKeywords.IsKnown(setting.Keyword));

    /// <param name="setting">The setting.</param>
    /// <param name="replacement">What says the same to Microsoft.Data.Sqlite: empty where nothing does and none is needed, null where that is not known.</param>
    private Diagnostic ToDiagnostic(ConnectionSetting setting, string? replacement)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (replacement is { Length: > 0 } && setting.Written is not null)
        {
            properties = properties.Add(DiagnosticProperties.Replacement, replacement);
        }
        else if (replacement is not null && setting.Whole is not null)
        {
            properties = properties.Add(DiagnosticProperties.Removable, DiagnosticProperties.True);
        }

        var place = replacement is { Length: > 0 } ? setting.Written : setting.Whole;
        return Diagnostic.Create(Descriptor, setting.KeywordAt, place is null ? [] : new[] { place }, properties, setting.Keyword, HintOf(replacement, setting));
    }

    private static string HintOf(string? replacement, ConnectionSetting setting) =>
        replacement is { Length: > 0 } ? $"write '{replacement}'"
        : replacement is not null ? "remove it"
        : ForeignKeywords.AdviceOn(setting.Keyword) ?? "remove it, or write a keyword that it knows";
}
