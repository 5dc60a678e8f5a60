namespace SqliteAnalyzers.Runtime;

/// <summary>How much a finding of <see cref="SqliteExamination"/> matters.</summary>
public enum SqliteFindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Info = 0,

    /// <summary>Can make the program fail, wait or grow.</summary>
    Warning = 1,

    /// <summary>Rows can be lost, or are.</summary>
    Error = 2,
}
