using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>The connection strings of appsettings*.json that the project gives to SQLite.</summary>
internal sealed class SettingsFiles(ConnectionSettingsApi api, ConfigurationKeys keys)
{
    private const string Name = "appsettings";
    private const string Extension = ".json";

    public static bool IsSettingsFile(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }

    public IEnumerable<ConnectionSettings> In(AdditionalText file, CancellationToken cancellation)
    {
        if (file.GetText(cancellation) is not { } text)
        {
            yield break;
        }

        foreach (var value in JsonStrings.In(text.ToString()))
        {
            if (value.Text.IndexOf('=') >= 0 && In(value, file.Path, text, cancellation) is { } settings)
            {
                yield return settings;
            }
        }
    }

    private ConnectionSettings? In(JsonString value, string path, SourceText text, CancellationToken cancellation)
    {
        if (ConnectionStringReader.Read(value.Text) is not { } pairs)
        {
            return null;
        }

        var read = new ConnectionStringSettings(value.Text, pairs, api.Keywords, LocationOf, isWrittenAsIs: _ => true);
        return new(read.Read(), api.Keywords, () => DatabaseKinds.Of(read, pairs, _ => []), () => keys.GoToSqlite(value.Path, cancellation));

        Location LocationOf(TextSpan spanInText)
        {
            var span = value.SpanOf(spanInText);
            return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
        }
    }
}
