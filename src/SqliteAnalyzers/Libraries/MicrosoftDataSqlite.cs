using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>What Microsoft.Data.Sqlite has beside what every provider has.</summary>
internal static class MicrosoftDataSqlite
{
    public static readonly AdoNetProvider Provider = new(
        "Microsoft.Data.Sqlite", "Sqlite", IsPooled: true, EnlistsEveryCommand: false, ClosesReaderWithCommand: true, System.Data.IsolationLevel.ReadUncommitted);

    public static void Describe(LibraryTable table)
    {
        table.Property(Provider.Find(table, "Connection"), "Handle", get: (item, effects) =>
        {
            if (item.Kind != ObjectKind.Connection)
            {
                return null;
            }

            var handle = effects.Allocate(ObjectKind.Handle);
            effects.Set(handle, Slot.Connection, Value.Of(item));
            return Value.Of(handle);
        });
        table.Property(Provider.Find(table, "ConnectionStringBuilder"), "Mode", set: (item, value, _, effects) => effects.Set(item, Slot.Mode, value));
        table.Sieve.AddWord("sqliteopenmode", Words.OtherAccess)
            .AddPair("mode", "readonly", Words.OtherAccess);
        DescribeSettings(table.Sieve);
    }

    /// <summary>Where a connection string, or a part of one, may stand that the rules about settings have something to say of.</summary>
    private static void DescribeSettings(WordSieve sieve)
    {
        foreach (var word in new[] { "sqlitecachemode", "defaulttimeout", "commandtimeout", "setcommandtimeout", "connectionstring", "connectionstrings", "getconnectionstring" })
        {
            sieve.AddWord(word, Words.Setting);
        }

        foreach (var (first, second) in new[] { ("cache", "shared"), ("default", "timeout"), ("command", "timeout"), ("pool", "size"), ("journal", "mode") })
        {
            sieve.AddPair(first, second, Words.Setting);
        }
    }
}
