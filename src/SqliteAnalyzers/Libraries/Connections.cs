using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>What libraries share in making connections and readers.</summary>
internal static class Connections
{
    /// <summary>A new connection: closed, with no transaction and no reader.</summary>
    public static AbstractObject Make(Interpreter machine, IOperation creation)
    {
        var connection = machine.Allocate(ObjectKind.Connection, creation);
        machine.State = machine.State.With(connection, ObjectState.Bottom
            .Set(Component.Opening, Typestate.Closed, Evidence.At(creation))
            .Set(Component.Transaction, Typestate.NoTransaction, Evidence.At(creation))
            .Set(Component.Reader, Typestate.NoReader, Evidence.At(creation)));
        return connection;
    }

    /// <summary>Says which database a connection is to, and how it is opened, by its connection string.</summary>
    public static void SetConnectionString(Interpreter machine, AbstractObject connection, Value value)
    {
        var databases = default(Value);
        foreach (var atom in value.Atoms)
        {
            var (text, identity) = Identify(machine, connection, atom);
            var database = Value.Of(machine.Engine.Databases.Of(identity));
            databases = databases?.Join(database) ?? database;
            if (atom is SqlSource { HasHoles: false })
            {
                machine.Link(database.Only<AbstractObject>()!, Slot.ConnectionString, Value.Of(atom));
            }

            var state = machine.State[connection];
            machine.State = machine.State.With(connection, state
                .Add(text is { IsReadOnly: true } ? Typestate.ReadOnly : Typestate.ReadWrite, null)
                .Add(text is { IsUnpooled: true } ? Typestate.Unpooled : Typestate.Pooled, null));
        }

        machine.Link(connection, Slot.Database, databases);
    }

    /// <summary>A reader over rows holds a snapshot until it is closed or read to its end.</summary>
    public static Value OpenReader(Interpreter machine, IOperation operation, Value? connections, Value? text)
    {
        var reader = machine.Allocate(ObjectKind.Reader, operation);
        machine.Link(reader, Slot.Connection, connections);
        if (StatementRunner.ReturnsRows(text))
        {
            machine.RaiseOn(connections, connection => new OpensReader(operation, connection));
        }

        return Value.Of(reader);
    }

    /// <summary>Whether the value names a transaction, and nothing is known of it.</summary>
    public static bool IsUnknownTransaction(Value? transaction) =>
        transaction is not null
        && (transaction.MayBeUnknown || transaction.Atoms.Any(atom => atom is AbstractObject { ExistsAtEntry: true }));

    private static (ConnectionStringText? Text, DatabaseIdentity Identity) Identify(Interpreter machine, AbstractObject connection, object atom)
    {
        switch (atom)
        {
            case SqlSource source:
                var text = ConnectionStringText.Parse(source.Text);
                return (text, IdentityOf(machine, text, source, connection));

            case AbstractObject { Kind: ObjectKind.Connection } other
                when machine.State.Linked(other, Slot.Database, ObjectKind.Database).FirstOrDefault()?.Identity is { } identity:
                var otherState = machine.State[other];
                var otherText = new ConnectionStringText(
                    null,
                    identity.IsMemory,
                    otherState.Must(Component.Access, Typestate.ReadOnly),
                    otherState.Must(Component.Pooling, Typestate.Unpooled));
                return (otherText, identity);

            case AbstractObject { Kind: ObjectKind.ConnectionStringBuilder } builder:
                return IdentifyBuilder(machine, connection, builder);

            case Opaque { Symbol: var symbol }:
                return (null, new(Databases.KeyOf(symbol), Databases.KindOf(symbol)));

            default:
                return (null, Unidentified(connection));
        }
    }

    private static (ConnectionStringText?, DatabaseIdentity) IdentifyBuilder(Interpreter machine, AbstractObject connection, AbstractObject builder)
    {
        var mode = machine.State.Get(builder, Slot.Mode)?.Only<Constant>()?.Value switch { 2 => "ReadOnly", 3 => "Memory", _ => null };
        var pooling = machine.State.Get(builder, Slot.Pooling)?.Only<Constant>()?.Value is false ? "False" : null;
        var given = machine.State.Get(builder, Slot.ConnectionString)?.Only<SqlSource>();
        var whole = given is null ? null : ConnectionStringText.Parse(given.Text);
        var dataSource = machine.State.Get(builder, Slot.DataSource);

        if (dataSource?.Only<SqlSource>() is { } source)
        {
            var text = ConnectionStringText.From(source.Text, mode, pooling);
            return (text, IdentityOf(machine, text, source, connection));
        }

        if (dataSource is null && whole is not null)
        {
            var text = whole with { IsMemory = whole.IsMemory || mode == "Memory", IsReadOnly = whole.IsReadOnly || mode == "ReadOnly", IsUnpooled = whole.IsUnpooled || pooling is not null };
            return (text, IdentityOf(machine, text, given!, connection));
        }

        var unknown = ConnectionStringText.From(null, mode, pooling);
        return dataSource?.Only<Opaque>() is { Symbol: var symbol }
            ? (unknown, new(Databases.KeyOf(symbol), Databases.KindOf(symbol), unknown.IsMemory, IsFile: !unknown.IsMemory))
            : (unknown, Unidentified(connection) with { IsMemory = unknown.IsMemory, IsFile = dataSource is not null && !unknown.IsMemory });
    }

    private static DatabaseIdentity Unidentified(AbstractObject connection) =>
        new($"?{connection.Site?.Syntax.SyntaxTree.FilePath}:{connection.Site?.Syntax.SpanStart}", DataSourceKind.Unknown);

    private static DatabaseIdentity IdentityOf(Interpreter machine, ConnectionStringText? text, SqlSource source, AbstractObject connection)
    {
        if (text?.DataSource is not { } dataSource)
        {
            return text is { IsMemory: true } ? Unidentified(connection) with { IsMemory = true } : Unidentified(connection);
        }

        if (dataSource.IndexOf(SqlSource.Hole) < 0)
        {
            return new(Normalize(dataSource), DataSourceKind.Constant, text.IsMemory, IsFile: !text.IsMemory);
        }

        // What fills the hole tells the databases apart.
        var hole = source.Text.IndexOf(SqlSource.Hole);
        var symbol = machine.Engine.Bodies.SymbolAt(source.GetLocation(new(hole, 1)));
        return new(
            dataSource.Replace(SqlSource.Hole.ToString(), symbol is null ? Unidentified(connection).Key : Databases.KeyOf(symbol)),
            Databases.KindOf(symbol),
            text.IsMemory,
            IsFile: !text.IsMemory);
    }

    private static string Normalize(string path)
    {
        path = path.Trim().Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
    }
}
