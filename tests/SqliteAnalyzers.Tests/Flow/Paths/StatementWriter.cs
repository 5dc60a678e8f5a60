using System.Text;

namespace SqliteAnalyzers.Tests.Flow.Paths;

/// <summary>Writes a random method as C#, and remembers on which line each of its acts stands.</summary>
internal sealed class StatementWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private int _transactions;

    /// <param name="firstLine">The line of the file, from 0, on which the text begins.</param>
    public StatementWriter(int firstLine) => Line = firstLine;

    public int Line { get; private set; }

    public Dictionary<Act, int> Lines { get; } = [];

    public override string ToString() => _text.ToString();

    public void WriteClass(string name, int flags, Block body)
    {
        Write($"static class {name}");
        Write("{");
        _indent++;
        Write($"static void Run{name}({string.Join(", ", Enumerable.Range(0, flags).Select(flag => $"bool flag{flag}"))})");
        Write("{");
        _indent++;
        Write("using var connection = new SqliteConnection(\"Data Source=app.db\");");
        Write("connection.Open();");
        WriteAll(body);
        _indent--;
        Write("}");
        _indent--;
        Write("}");
    }

    private void Write(string line)
    {
        _text.Append(' ', _indent * 4).Append(line).Append('\n');
        Line++;
    }

    private void WriteBlock(string head, Block? block)
    {
        if (block is null)
        {
            return;
        }

        Write(head);
        Write("{");
        _indent++;
        WriteAll(block);
        _indent--;
        Write("}");
    }

    private void WriteAll(Block block)
    {
        foreach (var statement in block.Statements)
        {
            Write(statement);
        }
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case Act act:
                Lines.Add(act, Line);
                Write(Text(act.Kind));
                break;
            case Branch branch:
                WriteBlock($"if ({(branch.Negated ? "!" : "")}{(branch.Flag is { } flag ? $"flag{flag}" : "Rows.Next()")})", branch.Then);
                WriteBlock("else", branch.Else);
                break;
            case Loop loop:
                WriteBlock("while (Rows.Next())", loop.Body);
                break;
            case Try attempt:
                WriteBlock("try", attempt.Body);
                WriteBlock(attempt.TakesEveryException ? "catch (Exception)" : "catch (InvalidOperationException)", attempt.Catch);
                WriteBlock("finally", attempt.Finally);
                break;
            case UsingTransaction scope:
                _transactions++;
                WriteBlock($"using (var transaction{_transactions} = connection.BeginTransaction())", scope.Body);
                _transactions--;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(statement), statement, null);
        }
    }

    private string Text(ActKind kind) => kind switch
    {
        ActKind.Write => "connection.Execute(\"INSERT INTO t VALUES (1)\");",
        ActKind.Read => "connection.ExecuteScalar<long>(\"SELECT count(*) FROM t\");",
        ActKind.Begin => "connection.Execute(\"BEGIN\");",
        ActKind.BeginImmediate => "connection.Execute(\"BEGIN IMMEDIATE\");",
        ActKind.Commit => "connection.Execute(\"COMMIT\");",
        ActKind.Rollback => "connection.Execute(\"ROLLBACK\");",
        ActKind.CommitObject => $"transaction{_transactions}.Commit();",
        ActKind.RollbackObject => $"transaction{_transactions}.Rollback();",
        ActKind.Checkpoint => "connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\");",
        ActKind.PassiveCheckpoint => "connection.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\");",
        ActKind.Start => "Process.Start(\"worker\");",
        ActKind.Return => "return;",
        ActKind.Throw => "throw new InvalidOperationException();",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
