using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>What one kind of keystroke cost.</summary>
internal sealed record KeystrokeResult(Keystroke Keystroke, RoundCosts<AnalyzerSet, KeystrokeCost> Costs);
