namespace SqliteAnalyzers.Torture;

/// <summary>What came of a fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="WasPossible">Whether it could be brought about on this machine.</param>
/// <param name="Got">What the caller got.</param>
/// <param name="Problems">What was lost, or is not as documented.</param>
internal sealed record FaultResult(Fault Fault, bool WasPossible, IReadOnlyList<string> Got, IReadOnlyList<string> Problems);
