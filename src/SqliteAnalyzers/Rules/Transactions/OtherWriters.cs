using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>Whether another connection may commit to a database while one works on it.</summary>
internal static class OtherWriters
{
    /// <summary>Not where the database is in memory, or the connection keeps it for itself.</summary>
    public static bool MayBeThere(State state, AbstractObject connection)
    {
        var databases = state.DatabasesOf(connection).ToArray();
        return !(databases.Length > 0 && databases.All(database => database is DatabaseObject { Source.IsMemory: true }))
            && !PragmaCells.Of(state, connection, "locking_mode").Atoms.Any(atom => atom is Text mode && mode.Flat.Equals("exclusive", StringComparison.OrdinalIgnoreCase));
    }
}
