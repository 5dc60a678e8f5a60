using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>A PRAGMA statement: <c>PRAGMA schema.name</c>, <c>… = value</c> or <c>…(value)</c>.</summary>
internal sealed class SqlPragma
{
    public SqlToken? Schema { get; private init; }

    public required SqlToken Name { get; init; }

    /// <summary>The value or argument, a sign included; also where SQLite would not take it.</summary>
    public SqlToken? Value { get; private init; }

    /// <summary>Whether the value stands in parentheses, which means the same to SQLite.</summary>
    public bool HasParentheses { get; private init; }

    /// <summary>Whether it ends where SQLite would let it end, and nothing but a hole in its value is unknown.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>What the catalogue knows; null where SQLite does not know the pragma, or the name is not known here.</summary>
    public PragmaInfo? Info { get; private init; }

    /// <summary>Whether it sets something, as opposed to asking for it or running an action.</summary>
    public bool IsSet => Value is not null && Info is { IsSetting: true };

    /// <summary>Whether the value is a parameter, which SQLite takes for a syntax error.</summary>
    public bool ValueIsParameter => Value is { Kind: SqlTokenKind.Parameter };

    public bool ValueHasHole => Value is { HasHole: true };

    /// <summary>Whether it is about a database that is attached, or may be.</summary>
    public bool IsOfAttached => Schema is { } schema && (schema.HasHole || !(schema.Is("main") || schema.Is("temp")));

    public bool IsCheckpoint => Name.Is("wal_checkpoint");

    /// <summary>
    /// How SQLite runs a checkpoint: PASSIVE without a mode and for every word that is none.
    /// Null for other pragmas, and where the mode is not known.
    /// </summary>
    public CheckpointMode? Mode =>
        !IsCheckpoint || ValueHasHole || ValueIsParameter ? null
        : Value is not null && CheckpointModes.TryParse(Value.Text, out var mode) ? mode
        : CheckpointMode.Passive;

    /// <summary>Whether the mode of a checkpoint is a constant that names none, which SQLite runs as PASSIVE without an error.</summary>
    public bool ModeIsUnknownWord => Mode is not null && Value is not null && !CheckpointModes.TryParse(Value.Text, out _);

    /// <summary>Whether it answers with columns.</summary>
    public bool ReturnsRows => Info is not null && (Value is null ? Info.AnswersWithoutValue : Info.AnswersWithValue);

    /// <summary>Reads what follows the name.</summary>
    internal static SqlPragma Parse(SqlToken? schema, SqlToken name, ref LexemeCursor cursor)
    {
        var hasParentheses = cursor.Take('(');
        var takesValue = hasParentheses || cursor.Take('=');
        var value = takesValue || cursor.IsAtHole ? ParseValue(ref cursor) : null;
        var isClosed = !hasParentheses || cursor.Take(')');
        return new SqlPragma
        {
            Schema = schema,
            Name = name,
            Value = value,
            HasParentheses = hasParentheses,
            IsComplete = takesValue == value is not null && isClosed && cursor.IsAtEnd,
            Info = PragmaCatalogue.TryGet(name.Text, out var info) ? info : null,
        };
    }

    private static SqlToken? ParseValue(ref LexemeCursor cursor)
    {
        var isNegative = cursor.IsAt('-');
        var start = cursor.IsAtEnd ? 0 : cursor.Current.Start;
        if (isNegative || cursor.IsAt('+'))
        {
            cursor.Skip();
        }

        if (cursor.IsAtEnd || cursor.IsAt(')'))
        {
            return null;
        }

        var value = cursor.TakeToken();
        return isNegative ? value with { Text = "-" + value.Text, Span = TextSpan.FromBounds(start, value.Span.End) } : value;
    }
}
