namespace SqliteAnalyzers.Runtime;

/// <summary>One thing that <see cref="SqliteExamination"/> found.</summary>
/// <param name="Rule">The id of the analyzers' rule about it, such as SQLITE3001; null if there is none.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">What was looked at, such as <c>journal_mode</c>.</param>
/// <param name="Found">What was found there.</param>
/// <param name="Recommended">What is recommended.</param>
/// <param name="Why">What comes of what was found.</param>
/// <param name="Fix">What to do.</param>
public sealed record SqliteFinding(string? Rule, SqliteFindingSeverity Severity, string Subject, string Found, string Recommended, string Why, string Fix);
