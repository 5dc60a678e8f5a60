using System.Collections.Immutable;
using System.Data.Common;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>What a connection string says, as far as it is known.</summary>
/// <param name="DataSource">The file; null if the string does not say.</param>
/// <param name="IsMemory">An in-memory or temporary database.</param>
/// <param name="IsReadOnly">The connection cannot write.</param>
/// <param name="Pooling">Whether the connection is kept for the next that opens, both if that is not known; none if the string does not say.</param>
internal sealed record ConnectionStringText(string? DataSource, bool IsMemory, bool IsReadOnly, Typestate Pooling)
{
    /// <summary>The keywords of System.Data.SQLite that set a pragma on each connection.</summary>
    private static readonly (string Keyword, string Pragma)[] s_pragmas =
        [("Journal Mode", "journal_mode"), ("Synchronous", "synchronous"), ("BusyTimeout", "busy_timeout")];

    /// <summary>The pragmas that are set whenever the connection is opened, with their values where these are known.</summary>
    public ImmutableArray<PragmaSetting> Pragmas { get; init; } = ImmutableArray<PragmaSetting>.Empty;

    /// <summary>Reads a connection string in which unknown parts are <see cref="SqlSource.Hole"/>; null if it cannot be one.</summary>
    public static ConnectionStringText? Parse(string text)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return null;
        }

        var dataSource = Get(builder, "Data Source") ?? Get(builder, "Filename") ?? Get(builder, "FullUri") ?? Get(builder, "Uri");
        var mode = Is(Get(builder, "Read Only"), "True") ? "ReadOnly" : Get(builder, "Mode");
        var read = From(dataSource, mode, Get(builder, "Pooling") is { } pooling ? PoolingBy(pooling) : Typestate.None) with
        {
            Pragmas = (
                from known in s_pragmas
                let value = Get(builder, known.Keyword)
                where value is not null
                select new PragmaSetting(known.Pragma, value.All(char.IsLetterOrDigit) ? value : null)).ToImmutableArray(),
        };

        // Without a data source it is a temporary database.
        return dataSource is null && text.IndexOf(SqlSource.Hole) < 0 ? read with { IsMemory = true } : read;
    }

    /// <summary>What a value of the keyword says; that of a text with holes is not known.</summary>
    public static Typestate PoolingBy(string value) =>
        value.IndexOf(SqlSource.Hole) >= 0 ? Typestate.Pooled | Typestate.Unpooled
        : Is(value, "False") || Is(value, "0") || Is(value, "no") ? Typestate.Unpooled
        : Typestate.Pooled;

    public static ConnectionStringText From(string? dataSource, string? mode, Typestate pooling) => new(
        dataSource,
        IsMemory: Is(mode, "Memory") || IsMemoryName(dataSource),
        IsReadOnly: Is(mode, "ReadOnly") || IsReadOnlyUri(dataSource),
        pooling);

    /// <remarks>The space in a keyword may be left out, or be an underscore (SystemDataSqliteFactsTests).</remarks>
    private static string? Get(DbConnectionStringBuilder builder, string keyword) =>
        builder.TryGetValue(keyword, out var value) || builder.TryGetValue(keyword.Replace(" ", ""), out value) || builder.TryGetValue(keyword.Replace(' ', '_'), out value)
            ? value?.ToString()
            : null;

    private static bool Is(string? value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    /// <remarks>An empty name is a temporary database: https://sqlite.org/inmemorydb.html.</remarks>
    private static bool IsMemoryName(string? dataSource) =>
        dataSource is not null && (dataSource.Length == 0
            || dataSource.StartsWith(":memory:", StringComparison.Ordinal)
            || dataSource.StartsWith("file::memory:", StringComparison.Ordinal)
            || (dataSource.StartsWith("file:", StringComparison.Ordinal) && (dataSource.Contains("mode=memory") || dataSource.Contains("vfs=memdb"))));

    private static bool IsReadOnlyUri(string? dataSource) =>
        dataSource is not null && dataSource.StartsWith("file:", StringComparison.Ordinal)
        && (dataSource.Contains("mode=ro") || dataSource.Contains("immutable=1"));
}
