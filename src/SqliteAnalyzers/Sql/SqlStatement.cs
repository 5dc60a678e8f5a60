using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>One statement of a script: what it is, and the few words of it that rules ask for.</summary>
internal sealed class SqlStatement
{
    public required SqlStatementKind Kind { get; init; }

    /// <summary>From its first to its last token in the SQL text, without the semicolon.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Whether a part of it is not known.</summary>
    public bool HasHoles { get; init; }

    /// <summary>
    /// The table or view that a write writes, creates, alters or drops; for an index or a trigger the table it stands on.
    /// Null where it is not known.
    /// </summary>
    public SqlToken? Table { get; init; }

    /// <summary><c>CREATE INDEX</c> or <c>CREATE TRIGGER</c>: <see cref="Table"/> is the table it stands on.</summary>
    public bool IsOnTable { get; init; }

    /// <summary>The schema written in front of <see cref="Table"/>, or of the name of an index or a trigger.</summary>
    public SqlToken? Schema { get; init; }

    /// <summary><c>CREATE TEMP …</c>, or a write to <c>temp.name</c>.</summary>
    public bool IsTemporary { get; init; }

    /// <summary><c>IF NOT EXISTS</c> or <c>IF EXISTS</c>.</summary>
    public bool HasIfExists { get; init; }

    /// <summary>Whether <c>RETURNING</c> makes a write answer with rows.</summary>
    public bool HasReturning { get; init; }

    /// <summary>Of <see cref="SqlStatementKind.Begin"/> only.</summary>
    public SqlBeginKind Begin { get; init; }

    /// <summary>Of SAVEPOINT, RELEASE and ROLLBACK TO; null where it is not known.</summary>
    public SqlToken? SavepointName { get; init; }

    public SqlPragma? Pragma { get; init; }

    /// <summary>
    /// A query of the schema, of a number of rows, or of no table at all: it asks whether the database is there, what it consists of or
    /// how much it holds.
    /// </summary>
    public bool IsProbe { get; init; }

    /// <summary>A query of nothing that the database stores in tables: constants, functions, and what functions answer as a table.</summary>
    public bool IsOfNothingStored { get; init; }

    /// <summary><c>VACUUM INTO</c>: the database stays as it is.</summary>
    public bool WritesCopy { get; init; }

    /// <summary>The file of ATTACH, where it is one constant text.</summary>
    public SqlToken? AttachedFile { get; init; }

    /// <summary>INSERT, UPDATE, DELETE, REPLACE, CREATE, DROP and ALTER: what the rules call a write.</summary>
    public bool IsWrite => Kind is SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Replace
        or SqlStatementKind.Create or SqlStatementKind.Drop or SqlStatementKind.Alter;

    /// <summary>Whether it answers with columns, even if with no row.</summary>
    public bool ReturnsRows => Kind is SqlStatementKind.Select or SqlStatementKind.Explain || HasReturning || Pragma is { ReturnsRows: true };
}
