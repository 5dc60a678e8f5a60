namespace SqliteAnalyzers.Tests.Architecture;

/// <summary>One use of something that is declared in another file.</summary>
/// <param name="From">The file that uses it, from the folder of the sources.</param>
/// <param name="To">The file that declares it.</param>
/// <param name="Type">The outermost type that is or declares it.</param>
/// <param name="Example">The line that uses it.</param>
internal sealed record Arrow(string From, string To, string Type, string Example);
