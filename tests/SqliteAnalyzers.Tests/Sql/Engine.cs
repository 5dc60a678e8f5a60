using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>A connection to the real SQLite, which judges what we say of an SQL text.</summary>
internal sealed class Engine : IDisposable
{
    private readonly SqliteConnection _connection;

    private Engine(string dataSource)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = dataSource, Pooling = false, DefaultTimeout = 1 }.ToString());
        _connection.Open();
    }

    /// <summary>What one statement is, to SQLite.</summary>
    public sealed record Prepared(bool IsReadOnly, int ColumnCount, bool IsExplain, string Tail, bool IsEmpty, string? Error);

    public static Engine InMemory() => new(":memory:");

    public static Engine OnFile(string path) => new(path);

    /// <summary>Compiles the first statement without running it.</summary>
    public Prepared Prepare(string sql)
    {
        if (raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement, out var tail) != raw.SQLITE_OK)
        {
            return new Prepared(false, 0, false, string.Empty, true, raw.sqlite3_errmsg(_connection.Handle).utf8_to_string());
        }

        using (statement)
        {
            return statement.IsInvalid
                ? new Prepared(true, 0, false, tail, true, null)
                : new Prepared(raw.sqlite3_stmt_readonly(statement) != 0, raw.sqlite3_column_count(statement), raw.sqlite3_stmt_isexplain(statement) != 0, tail, false, null);
        }
    }

    /// <summary>What SQLite would ask an authorizer while it compiles the statement: action, names, schema.</summary>
    public List<(int Action, string? First, string? Second, string? Schema)> Authorizations(string sql)
    {
        var asked = new List<(int, string?, string?, string?)>();
        strdelegate_authorizer authorizer = (_, action, first, second, schema, trigger) =>
        {
            if (trigger is null)
            {
                asked.Add((action, first, second, schema));
            }

            return raw.SQLITE_OK;
        };
        raw.sqlite3_set_authorizer(_connection.Handle, authorizer, null);
        var prepared = Prepare(sql);
        raw.sqlite3_set_authorizer(_connection.Handle, (strdelegate_authorizer?)null, null);
        return prepared.Error is null ? asked : throw new InvalidOperationException($"{sql}: {prepared.Error}");
    }

    /// <summary>Runs all statements and gives the first value of the last row, or the error in its place.</summary>
    public string Run(string sql)
    {
        var result = string.Empty;
        for (var rest = sql; ;)
        {
            if (raw.sqlite3_prepare_v2(_connection.Handle, rest, out var statement, out rest) != raw.SQLITE_OK)
            {
                return Error();
            }

            using (statement)
            {
                if (statement.IsInvalid)
                {
                    return result;
                }

                int code;
                while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                {
                    result = raw.sqlite3_column_text(statement, 0).utf8_to_string() ?? string.Empty;
                }

                if (code != raw.SQLITE_DONE)
                {
                    return Error();
                }
            }
        }
    }

    public List<string> Column(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    public void Dispose() => _connection.Dispose();

    private string Error() => "error: " + raw.sqlite3_errmsg(_connection.Handle).utf8_to_string();
}
