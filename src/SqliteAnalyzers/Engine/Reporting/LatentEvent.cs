using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// An event of which more can be said where it is known in what state its method was called, or what text it was handed.
/// </summary>
/// <param name="Event">The event.</param>
/// <param name="Before">The state before it, as far as a caller can see it.</param>
/// <param name="Checks">Which checks still want to judge it, as bits.</param>
/// <param name="Hops">Calls between the event and the code whose summary holds it.</param>
internal sealed record LatentEvent(SqliteEvent Event, State Before, uint Checks, int Hops);
