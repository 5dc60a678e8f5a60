using System.Text;

namespace SqliteAnalyzers.Model;

/// <summary>
/// The keywords that one version of Microsoft.Data.Sqlite takes. Its builder has a property for each of them, named as the keyword is
/// without the space, and knows some by a second name.
/// </summary>
internal sealed class SqliteKeywords
{
    public const string Cache = "Cache";
    public const string DataSource = "Data Source";
    public const string DefaultTimeout = "Default Timeout";
    public const string Mode = "Mode";

    private static readonly (string Alias, string Keyword)[] s_aliases =
        [("DataSource", DataSource), ("Filename", DataSource), ("Command Timeout", DefaultTimeout)];

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="properties">The names of the properties that the builder itself declares and that can be set.</param>
    public SqliteKeywords(IEnumerable<string> properties)
    {
        foreach (var property in properties)
        {
            var keyword = KeywordOf(property);
            _names[keyword] = keyword;
        }

        foreach (var (alias, keyword) in s_aliases)
        {
            if (_names.ContainsKey(keyword))
            {
                _names[alias] = keyword;
            }
        }
    }

    /// <summary>All that may be written, second names included.</summary>
    public IEnumerable<string> All => _names.Keys;

    /// <summary>The one name of a keyword, however it is written; null where the builder does not know it.</summary>
    public string? NameOf(string keyword) => _names.TryGetValue(keyword, out var name) ? name : null;

    /// <summary>The keyword that a property of the builder stands for: DataSource for Data Source.</summary>
    public static string KeywordOf(string property)
    {
        var keyword = new StringBuilder();
        foreach (var letter in property)
        {
            if (keyword.Length > 0 && char.IsUpper(letter))
            {
                keyword.Append(' ');
            }

            keyword.Append(letter);
        }

        return keyword.ToString();
    }
}
