using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// What System.Data.SQLite has beside what every provider has: its connection string sets pragmas on each connection that is opened.
/// </summary>
internal static class SystemDataSqlite
{
    public static readonly AdoNetProvider Provider = new(
        "System.Data.SQLite", "SQLite", IsPooled: false, EnlistsEveryCommand: true, ClosesReaderWithCommand: false, System.Data.IsolationLevel.ReadCommitted);

    /// <summary>The properties of the builder that set a pragma, and the names that their values have as numbers.</summary>
    private static readonly (string Property, string Pragma, string[] Values)[] s_pragmas =
    [
        ("JournalMode", "journal_mode", ["DELETE", "PERSIST", "OFF", "TRUNCATE", "MEMORY", "WAL"]),
        ("SyncMode", "synchronous", ["NORMAL", "FULL", "OFF"]),
        ("BusyTimeout", "busy_timeout", []),
    ];

    public static void Describe(LibraryTable table)
    {
        var builder = Provider.Find(table, "ConnectionStringBuilder");
        if (builder is null)
        {
            return;
        }

        table.Property(Provider.Find(table, "Connection"), "AutoCommit", get: (item, effects) => item.Kind != ObjectKind.Connection ? null
            : effects.AskForTransaction(item).Select(static atom => atom is Constant { Value: bool isOpen } ? Constant.Of(!isOpen) : atom));
        table.Method(Provider.Find(table, "Connection"), ["OpenAndReturn"], call => AdoNet.Open(call) is null ? null : call.Receiver, Words.Opens);
        table.Property(builder, "ReadOnly", set: (item, value, _, effects) =>
            effects.Set(item, Slot.Mode, value.Only<Constant>() is { Value: true } ? Value.Of(Text.Of("ReadOnly")) : null));
        foreach (var name in new[] { "FullUri", "Uri" })
        {
            table.Property(builder, name, set: (item, value, _, effects) => effects.Set(item, Slot.DataSource, value));
        }

        foreach (var (property, pragma, values) in s_pragmas)
        {
            table.Property(builder, property, set: (item, value, _, effects) => AddPragma(item, pragma, NameOf(value, values), effects));
            table.Sieve.AddWord(property, Words.Pragma);
        }

        DescribeAdapter(table);
        table.Sieve.AddPair("journal", "mode", Words.Pragma).AddPair("read", "only", Words.OtherAccess).AddPair("readonly", "true", Words.OtherAccess).AddWord("read_only", Words.OtherAccess);
    }

    /// <summary>An adapter is the command by which it fills tables.</summary>
    private static void DescribeAdapter(LibraryTable table)
    {
        var adapter = Provider.Find(table, "DataAdapter");
        table.Kind(adapter, ObjectKind.Command, Words.Sqlite);
        table.Constructor(adapter, call => call.Argument("cmd") ?? AdoNet.MakeCommand(call, Provider));
        table.Method(table.Find("System.Data.Common.DbDataAdapter"), ["Fill"], call => AdoNet.Execute(call, new(ResultUse.Checked, ResultUse.Checked)), Words.Executes);
    }

    private static void AddPragma(AbstractObject builder, string pragma, string? value, IEffects effects)
    {
        var before = effects.State.Get(builder, Slot.OpeningSql)?.Only<Text>();
        var setting = Connections.PragmaText(pragma, value, effects.At);
        effects.Set(builder, Slot.OpeningSql, Value.Of(before is null ? setting : before.Concat(setting)));
    }

    /// <summary>Null where the value is not known.</summary>
    private static string? NameOf(Value value, string[] names) => value.Only<Constant>()?.Value switch
    {
        int number when number >= 0 && number < names.Length => names[number],
        int number when names.Length == 0 => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
