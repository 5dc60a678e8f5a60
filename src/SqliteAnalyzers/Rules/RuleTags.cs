namespace SqliteAnalyzers.Rules;

/// <summary>What a rule is tagged with in <see cref="Descriptors"/>.</summary>
internal static class RuleTags
{
    /// <summary>What it finds makes the program throw, lose rows or damage its database: SqliteAnalyzersMode Minimum keeps the rule.</summary>
    public const string Harm = "SqliteHarm";
}
