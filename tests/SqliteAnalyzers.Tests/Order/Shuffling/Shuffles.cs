namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>What is brought into another order.</summary>
[Flags]
internal enum Shuffles
{
    None = 0,
    Members = 1,
    Types = 2,

    /// <summary>One type a file.</summary>
    Split = 4,
    Files = 8,

    All = Members | Types | Split | Files,
}
