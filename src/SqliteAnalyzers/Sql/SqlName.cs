using System.Linq;

namespace SqliteAnalyzers.Sql;

/// <summary>How a word is written in SQL.</summary>
internal static class SqlName
{
    /// <summary>The word, as a text in quotes where it is no plain word or number.</summary>
    public static string Spell(string word) =>
        word.All(static c => c is '_' or >= '0' and <= '9' or >= 'a' and <= 'z' or >= 'A' and <= 'Z') ? word : $"'{word}'";
}
