using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>
/// Names the kind of a statement and reads the few words that rules ask for. It checks no grammar: what does not fit is passed over.
/// </summary>
internal struct SqlStatementParser(string text, List<Lexeme> lexemes)
{
    private LexemeCursor _cursor = new(text, lexemes);

    /// <summary>Parses the statement of these tokens, of which there is at least one.</summary>
    public SqlStatement Parse()
    {
        if (_cursor.Take("WITH"))
        {
            SkipCommonTables();
        }

        if (_cursor.IsAtEnd || _cursor.Current.Kind != SqlTokenKind.Word)
        {
            return Statement(SqlStatementKind.Unknown);
        }

        var verb = _cursor.TakeToken().Text;
        return verb.ToUpperInvariant() switch
        {
            "SELECT" => Select(),
            "VALUES" => Statement(SqlStatementKind.Select),
            "INSERT" => Insert(SqlStatementKind.Insert),
            "REPLACE" => Insert(SqlStatementKind.Replace),
            "UPDATE" => Update(),
            "DELETE" => Delete(),
            "CREATE" => Create(),
            "DROP" => Drop(),
            "ALTER" => Alter(),
            "BEGIN" => Begin(),
            "COMMIT" or "END" => Statement(SqlStatementKind.Commit),
            "ROLLBACK" => Rollback(),
            "SAVEPOINT" => Named(SqlStatementKind.Savepoint),
            "RELEASE" => Release(),
            "PRAGMA" => Pragma(),
            "ATTACH" => Attach(),
            "DETACH" => Statement(SqlStatementKind.Detach),
            "VACUUM" => Vacuum(),
            "ANALYZE" => Statement(SqlStatementKind.Analyze),
            "REINDEX" => Statement(SqlStatementKind.Reindex),
            "EXPLAIN" => Statement(SqlStatementKind.Explain),
            _ => Statement(SqlStatementKind.Unknown),
        };
    }

    /// <summary>Moves to the verb after <c>WITH name AS (…), …</c>: it follows the end of the last of them, or a hole that stands for them.</summary>
    private void SkipCommonTables()
    {
        var depth = 0;
        var mayEnd = false;
        for (; !_cursor.IsAtEnd; _cursor.Skip())
        {
            if (depth == 0 && mayEnd
                && (_cursor.IsAt("SELECT") || _cursor.IsAt("VALUES") || _cursor.IsAt("INSERT") || _cursor.IsAt("REPLACE") || _cursor.IsAt("UPDATE") || _cursor.IsAt("DELETE")))
            {
                return;
            }

            depth += _cursor.IsAt('(') ? 1 : _cursor.IsAt(')') ? -1 : 0;
            mayEnd = _cursor.IsAt(')') || _cursor.IsAtHole;
        }
    }

    private SqlStatement Select()
    {
        var counts = _cursor.Take("COUNT") && _cursor.Take('(');
        if (counts)
        {
            SkipParentheses();
            if (_cursor.Take("AS") || !_cursor.IsAt("FROM"))
            {
                _cursor.TakeName();
            }

            counts = _cursor.IsAt("FROM");
        }

        var (isOfSchema, isOfFunctions) = (true, true);
        var (depth, depthOfSources) = (0, -1);
        while (!_cursor.IsAtEnd)
        {
            if (_cursor.Take("FROM") || _cursor.Take("JOIN") || (depth == depthOfSources && _cursor.Take(',')))
            {
                var name = _cursor.TakeQualifiedName().Name;
                isOfSchema &= IsOfSchema(name);
                isOfFunctions &= IsOfFunction(name);
                depthOfSources = depth;
            }
            else
            {
                depth += _cursor.IsAt('(') ? 1 : _cursor.IsAt(')') ? -1 : 0;
                depthOfSources = depth == depthOfSources && IsAtEndOfSources() ? -1 : depthOfSources;
                _cursor.Skip();
            }
        }

        return new()
        {
            Kind = SqlStatementKind.Select,
            Span = Span,
            HasHoles = HasHoles,
            IsProbe = counts || (isOfSchema && !HasHoles),
            IsOfNothingStored = isOfFunctions && !HasHoles,
        };
    }

    private bool IsAtEndOfSources() =>
        _cursor.IsAt("WHERE") || _cursor.IsAt("GROUP") || _cursor.IsAt("HAVING") || _cursor.IsAt("WINDOW") || _cursor.IsAt("ORDER") || _cursor.IsAt("LIMIT")
        || _cursor.IsAt("UNION") || _cursor.IsAt("EXCEPT") || _cursor.IsAt("INTERSECT");

    /// <summary>A table-valued function that answers from its arguments or the state of the connection.</summary>
    private static bool IsOfFunction(SqlToken? name) =>
        name is { HasHole: false }
        && (name.Is("json_each") || name.Is("json_tree") || name.Is("generate_series") || name.Text.StartsWith("pragma_", System.StringComparison.OrdinalIgnoreCase));

    private static bool IsOfSchema(SqlToken? name) =>
        name is { HasHole: false }
        && (name.Is("sqlite_master") || name.Is("sqlite_schema") || name.Is("sqlite_temp_master") || name.Is("sqlite_temp_schema")
            || name.Text.StartsWith("pragma_", System.StringComparison.OrdinalIgnoreCase));

    private void SkipParentheses()
    {
        for (var depth = 1; !_cursor.IsAtEnd && depth > 0; _cursor.Skip())
        {
            depth += _cursor.IsAt('(') ? 1 : _cursor.IsAt(')') ? -1 : 0;
        }
    }

    private SqlStatement Vacuum() => new()
    {
        Kind = SqlStatementKind.Vacuum,
        Span = Span,
        HasHoles = HasHoles,
        WritesCopy = _cursor.SkipTo("INTO"),
    };

    private SqlStatement Insert(SqlStatementKind kind)
    {
        SkipConflictClause();
        return _cursor.TakeOrHole("INTO") ? Write(kind) : Statement(kind);
    }

    private SqlStatement Update()
    {
        SkipConflictClause();
        return Write(SqlStatementKind.Update);
    }

    private SqlStatement Delete() => _cursor.TakeOrHole("FROM") ? Write(SqlStatementKind.Delete) : Statement(SqlStatementKind.Delete);

    /// <summary><c>OR IGNORE</c> and the like.</summary>
    private void SkipConflictClause()
    {
        if (_cursor.Take("OR") && !_cursor.IsAtEnd)
        {
            _cursor.Skip();
        }
    }

    private SqlStatement Write(SqlStatementKind kind)
    {
        var (schema, table) = _cursor.TakeQualifiedName();
        return Statement(kind, schema, table, hasReturning: _cursor.SkipTo("RETURNING"));
    }

    private SqlStatement Create()
    {
        _cursor.SkipHoles();
        var isTemporary = _cursor.Take("TEMP") || _cursor.Take("TEMPORARY");
        _cursor.SkipHoles();
        if (_cursor.Take("TABLE") || _cursor.Take("VIEW"))
        {
            return Create(isTemporary, isOnTable: false);
        }

        if (_cursor.Take("VIRTUAL"))
        {
            _cursor.Take("TABLE");
            return Create(isTemporary, isOnTable: false);
        }

        _cursor.Take("UNIQUE");
        return _cursor.Take("INDEX") || _cursor.Take("TRIGGER")
            ? Create(isTemporary, isOnTable: true)
            : Statement(SqlStatementKind.Create, isTemporary: isTemporary);
    }

    private SqlStatement Create(bool isTemporary, bool isOnTable)
    {
        var hasIfExists = _cursor.Take("IF") && _cursor.Take("NOT") && _cursor.Take("EXISTS");
        var (schema, table) = _cursor.TakeQualifiedName();
        if (isOnTable)
        {
            table = _cursor.SkipTo("ON") && _cursor.Take("ON") ? _cursor.TakeQualifiedName().Name : null;
        }

        return Statement(SqlStatementKind.Create, schema, table, isTemporary, hasIfExists, isOnTable: isOnTable);
    }

    private SqlStatement Drop()
    {
        var isTable = _cursor.Take("TABLE") || _cursor.Take("VIEW");
        if (!isTable)
        {
            _cursor.Skip();
        }

        var hasIfExists = _cursor.Take("IF") && _cursor.Take("EXISTS");
        var (schema, name) = _cursor.TakeQualifiedName();
        return Statement(SqlStatementKind.Drop, schema, isTable ? name : null, hasIfExists: hasIfExists);
    }

    private SqlStatement Alter()
    {
        _cursor.Take("TABLE");
        var (schema, table) = _cursor.TakeQualifiedName();
        return Statement(SqlStatementKind.Alter, schema, table);
    }

    private SqlStatement Begin() => new()
    {
        Kind = SqlStatementKind.Begin,
        Span = Span,
        HasHoles = HasHoles,
        Begin = _cursor.IsAt("IMMEDIATE") ? SqlBeginKind.Immediate
            : _cursor.IsAt("EXCLUSIVE") ? SqlBeginKind.Exclusive
            : !_cursor.IsAtEnd && LexemeText.HasHole(text, _cursor.Current) ? SqlBeginKind.Unknown
            : SqlBeginKind.Deferred,
    };

    private SqlStatement Rollback()
    {
        if (_cursor.Take("TRANSACTION") && !_cursor.IsAt("TO"))
        {
            _cursor.TakeName();
        }

        if (!_cursor.Take("TO"))
        {
            return Statement(_cursor.IsAtHole ? SqlStatementKind.Unknown : SqlStatementKind.Rollback);
        }

        _cursor.Take("SAVEPOINT");
        return Named(SqlStatementKind.RollbackTo);
    }

    private SqlStatement Release()
    {
        _cursor.Take("SAVEPOINT");
        return Named(SqlStatementKind.Release);
    }

    private SqlStatement Named(SqlStatementKind kind) => new()
    {
        Kind = kind,
        Span = Span,
        HasHoles = HasHoles,
        SavepointName = Known(_cursor.TakeName()),
    };

    private SqlStatement Pragma()
    {
        var (schema, name) = _cursor.TakeQualifiedName();
        return name is null
            ? Statement(SqlStatementKind.Unknown)
            : new()
            {
                Kind = SqlStatementKind.Pragma,
                Span = Span,
                HasHoles = HasHoles,
                Pragma = SqlPragma.Parse(schema, name, ref _cursor),
            };
    }

    private SqlStatement Attach()
    {
        _cursor.Take("DATABASE");
        var file = !_cursor.IsAtEnd && _cursor.Current.Kind is SqlTokenKind.String or SqlTokenKind.QuotedName ? Known(_cursor.TakeToken()) : null;
        return new()
        {
            Kind = SqlStatementKind.Attach,
            Span = Span,
            HasHoles = HasHoles,
            AttachedFile = _cursor.IsAt("AS") ? file : null,
        };
    }

    private readonly SqlStatement Statement(
        SqlStatementKind kind, SqlToken? schema = null, SqlToken? table = null, bool isTemporary = false, bool hasIfExists = false, bool hasReturning = false, bool isOnTable = false) => new()
        {
            Kind = kind,
            Span = Span,
            HasHoles = HasHoles,
            Schema = Known(schema),
            Table = Known(table),
            IsTemporary = isTemporary || (schema is not null && schema.Is("temp")),
            HasIfExists = hasIfExists,
            HasReturning = hasReturning,
            IsOnTable = isOnTable,
        };

    private readonly TextSpan Span => TextSpan.FromBounds(lexemes[0].Start, lexemes[lexemes.Count - 1].End);

    private readonly bool HasHoles => text.IndexOf(SqlSource.Hole, Span.Start, Span.Length) >= 0;

    private static SqlToken? Known(SqlToken? token) => token is { HasHole: false } ? token : null;
}
