using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>What libraries share in making connections and readers.</summary>
internal static class Connections
{
    /// <summary>A new connection: closed, with no transaction and no reader.</summary>
    public static AbstractObject Make(IEffects effects)
    {
        var connection = effects.Allocate(ObjectKind.Connection);
        var made = Evidence.At(effects.At);
        effects.State = effects.State.With(connection, ObjectState.Untouched
            .Set(Component.Opening, Typestate.Closed, made)
            .Set(Component.Transaction, Typestate.NoTransaction, made)
            .Set(Component.Reader, Typestate.NoReader, made)
            .Set(Component.Writes, Typestate.NoWrite, null));
        effects.Set(connection, Slot.IsBegunBySql, Value.False);
        return connection;
    }

    /// <summary>Says which database a connection is to, and how it is opened, by its connection string.</summary>
    /// <param name="effects">The state.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="value">The connection string, or what stands for it.</param>
    /// <param name="isPooled">Whether the provider pools connections whose connection string does not say.</param>
    public static void SetConnectionString(IEffects effects, AbstractObject connection, Value value, bool isPooled)
    {
        var databases = default(Value);
        var attributes = Typestate.None;
        Text[] opening = [];
        foreach (var atom in effects.Ask(value).Atoms)
        {
            var (text, source) = Identify(effects, connection, atom);
            var database = new DatabaseObject(!source.IsMemory && effects.HasOneDataSource ? DataSource.Single with { IsFile = source.IsFile } : source);
            effects.Set(database, Slot.DataSource, NamesOf(effects.State.Get(database, Slot.DataSource), source));
            databases = databases?.Join(Value.Of(database)) ?? Value.Of(database);
            if (atom is Text { HasHoles: false } constant)
            {
                effects.Set(database, Slot.ConnectionString, Value.Of(constant.Own()));
            }
            else if (source.IsMemory && atom is AbstractObject { Kind: ObjectKind.ConnectionStringBuilder } builder)
            {
                effects.Set(database, Slot.ConnectionString, OfMemory(effects, builder) is { } written ? Value.Of(Text.Of(written)) : null);
            }

            attributes |= (text is { IsReadOnly: true } ? Typestate.ReadOnly : Typestate.ReadWrite)
                | (text is { Pooling: not Typestate.None and var pooling } ? pooling : isPooled ? Typestate.Pooled : Typestate.Unpooled);
            opening = [.. opening, OpeningSqlOf(effects, atom, text)];
        }

        var state = effects.State.StateOf(connection);
        foreach (var component in new[] { Component.Access, Component.Pooling })
        {
            state = state.Set(component, attributes & component, null);
        }

        effects.State = effects.State.With(connection, state);
        effects.Set(connection, Slot.Database, databases);
        effects.Set(connection, Slot.OpeningSql, Array.Exists(opening, sql => sql.Flat.Length > 0) ? Value.Of(opening) : null);
    }

    /// <summary>A statement that sets a pragma.</summary>
    /// <param name="pragma">Its name.</param>
    /// <param name="value">Null: it is not known.</param>
    /// <param name="at">Where it is set.</param>
    public static Text PragmaText(string pragma, string? value, Place at) => value is null
        ? Text.Of($"PRAGMA {pragma}=").Concat(Text.OfHole(new(null, at))).Concat(Text.Of(";"))
        : Text.Of($"PRAGMA {pragma}={value};");

    /// <summary>What the provider executes whenever it opens a connection.</summary>
    private static Text OpeningSqlOf(IEffects effects, Atom connectionString, ConnectionStringText? text)
    {
        var sql = connectionString is AbstractObject { Kind: ObjectKind.ConnectionStringBuilder or ObjectKind.Connection } given
            && effects.State.Get(given, Slot.OpeningSql)?.Only<Text>() is { } own ? own : Text.Of("");
        return text is null ? sql : text.Pragmas.Aggregate(sql, (all, pragma) => all.Concat(PragmaText(pragma.Name, pragma.Value, effects.At)));
    }

    /// <summary>All that the program calls a database by, also where it has but one.</summary>
    private static Value NamesOf(Value? known, DataSource source) =>
        source.IsMemory || source.Text.Flat.Length == 0 ? known ?? Value.Unknown : known?.Join(Value.Of(source.Text)) ?? Value.Of(source.Text);

    /// <summary>A reader over rows holds a snapshot until it is closed or read to its end.</summary>
    public static AbstractObject OpenReader(IEffects effects, Value? connections, Value? text, ObjectKind kind = ObjectKind.Reader)
    {
        var reader = effects.Allocate(kind);
        effects.Set(reader, Slot.Connection, connections);
        effects.Set(reader, Slot.IsCompleted, Value.False);
        if (StatementRunner.ReturnsRows(text))
        {
            effects.RaiseOn(connections, connection => new OpensReader(effects.At, connection, StatementRunner.ReturnsWrittenRows(text)));
        }
        else if (StatementRunner.AnswersCheckpoint(text))
        {
            effects.Set(reader, Slot.Answer, Value.Of(new Answer(effects.At, IsCount: false)));
        }

        return reader;
    }

    /// <summary>What a query answers that gives the first column of its first row.</summary>
    public static Value ScalarOf(IEffects effects, Value? text) =>
        StatementRunner.AnswersCheckpoint(text) ? Value.Of(new Answer(effects.At, IsCount: false)) : Value.Unknown;

    /// <summary>Whether a command runs in the transaction that is pending.</summary>
    public static Enlistment EnlistmentOf(IEffects effects, AbstractObject command)
    {
        var enlistsByItself = effects.State.Get(command, Slot.EnlistsByItself) is not null || IsEnlistedByConnection(effects, command);
        return command.ExistsAtEntry && !enlistsByItself && effects.State.Get(command, Slot.Transaction) is null
            ? Enlistment.HandedIn
            : EnlistmentOf(effects.Get(command, Slot.Transaction), enlistsByItself);
    }

    /// <summary>Whether the connection that made the command has enlisted it in the transaction that is pending: not in one that was begun later.</summary>
    private static bool IsEnlistedByConnection(IEffects effects, AbstractObject command) =>
        effects.State.Get(command, Slot.IsMadeByConnection) is not null
        && !(command.ExistsAtEntry
            && effects.Get(command, Slot.Connection)?.Only<AbstractObject>() is { } connection
            && effects.State.Get(connection, Slot.PendingTransaction)?.Only<AbstractObject>() is not { ExistsAtEntry: true });

    /// <summary>Whether a command that was told this transaction runs in the one that is pending.</summary>
    public static Enlistment EnlistmentOf(Value? transaction, bool enlistsByItself) =>
        transaction is null || transaction.Only<Constant>() is { Value: null } ? enlistsByItself ? Enlistment.Enlisted : Enlistment.None
        : transaction.MayBeUnknown || transaction.Atoms.Any(atom => atom is AbstractObject { ExistsAtEntry: true }) ? Enlistment.Unknown
        : Enlistment.Enlisted;

    private static (ConnectionStringText? Text, DataSource Source) Identify(IEffects effects, AbstractObject connection, Atom atom)
    {
        switch (atom)
        {
            case Text source:
                var text = ConnectionStringText.Parse(source.Flat);
                return (text, DataSource.OfConnectionString(text, source, effects.At));

            case AbstractObject { Kind: ObjectKind.Connection } other
                when effects.State.DatabasesOf(other).FirstOrDefault() is DatabaseObject { Source: var known }:
                var otherState = effects.State[other];
                return (new(null, known.IsMemory, otherState.Must(Component.Access, Typestate.ReadOnly), otherState.Must(Component.Pooling, Typestate.Unpooled) ? Typestate.Unpooled : Typestate.Pooled), known);

            case AbstractObject { Kind: ObjectKind.ConnectionStringBuilder } builder:
                return IdentifyBuilder(effects, builder);

            case EntryObject { Path: var path }:
                return (null, DataSource.Of(path));

            default:
                return (null, DataSource.At((connection as MadeObject)?.Site ?? effects.At));
        }
    }

    private static (ConnectionStringText?, DataSource) IdentifyBuilder(IEffects effects, AbstractObject builder)
    {
        var mode = effects.Get(builder, Slot.Mode)?.Only<Constant>()?.Value switch { 2 => "ReadOnly", 3 => "Memory", _ => TextOf(effects.State.Get(builder, Slot.Mode)) };
        var pooling = effects.State.Get(builder, Slot.Pooling) is { } set ? PoolingBy(effects.Ask(set)) : Typestate.None;
        var given = effects.State.Get(builder, Slot.ConnectionString)?.Only<Text>();
        var whole = given is null ? null : ConnectionStringText.Parse(given.Flat);
        var dataSource = effects.State.Get(builder, Slot.DataSource);
        dataSource = dataSource is null ? null : effects.Ask(dataSource);

        if (dataSource?.Only<Text>() is { } source)
        {
            var text = ConnectionStringText.From(source.Flat, mode, pooling);
            return (text, new(source.HasHoles ? source.Own() : Text.Of(DatabasePath.Normalize(source.Flat)), IsConnectionString: false, text.IsMemory, IsFile: !text.IsMemory));
        }

        if (dataSource is null && whole is not null)
        {
            var text = whole with { IsMemory = whole.IsMemory || mode == "Memory", IsReadOnly = whole.IsReadOnly || mode == "ReadOnly", Pooling = pooling == Typestate.None ? whole.Pooling : pooling };
            return (text, DataSource.OfConnectionString(text, given!, effects.At));
        }

        var unknown = ConnectionStringText.From(null, mode, pooling);
        return dataSource?.Only<EntryObject>() is { Path: var path }
            ? (unknown, DataSource.Of(path) with { IsConnectionString = false, IsMemory = unknown.IsMemory, IsFile = !unknown.IsMemory })
            : (unknown, DataSource.At(effects.At) with { IsMemory = unknown.IsMemory, IsFile = dataSource is not null && !unknown.IsMemory });
    }

    private static Typestate PoolingBy(Value set) => set.Only<Constant>()?.Value is bool isPooled ? isPooled ? Typestate.Pooled : Typestate.Unpooled
        : TextOf(set) is { } text ? ConnectionStringText.PoolingBy(text)
        : Typestate.Pooled | Typestate.Unpooled;

    /// <summary>The connection string that a builder of a database in memory makes, in short; null if it is not known.</summary>
    private static string? OfMemory(IEffects effects, AbstractObject builder)
    {
        var isMemory = effects.Get(builder, Slot.Mode)?.Only<Constant>()?.Value is 3;
        var cache = effects.State.Get(builder, Slot.Cache);
        return cache is not null && cache.Only<Constant>()?.Value is not (0 or 1) ? null
            : TextOf(effects.State.Get(builder, Slot.DataSource)) is { } source ? $"Data Source={source}{(isMemory ? ";Mode=Memory" : "")}"
            : TextOf(effects.State.Get(builder, Slot.ConnectionString)) is { } whole ? isMemory ? $"{whole};Mode=Memory" : whole
            : isMemory && builder is MadeObject && effects.State.Get(builder, Slot.DataSource) is null && effects.State.Get(builder, Slot.ConnectionString) is null ? "Mode=Memory"
            : null;
    }

    private static string? TextOf(Value? value) => value?.Only<Text>() is { HasHoles: false } text ? text.Flat : null;
}
