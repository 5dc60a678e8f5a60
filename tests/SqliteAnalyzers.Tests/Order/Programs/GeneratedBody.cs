using System.Globalization;
using System.Text;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>The random body of one method of a generated program.</summary>
internal sealed class GeneratedBody
{
    private const int MaxDepth = 2;

    private static readonly string[] s_databases = ["OpenOrders", "OpenItems", "OpenLog", "OpenCache"];

    private static readonly string[] s_texts =
    [
        "\"INSERT INTO orders VALUES (1)\"", "\"UPDATE items SET name = 'b'\"", "\"DELETE FROM log\"", "\"SELECT 1\"", "Texts.Insert", "Texts.Delete",
        "Texts.Chosen", "Texts.Looping", "\"BEGIN IMMEDIATE\"", "\"BEGIN\"", "\"COMMIT\"", "\"COMMIT\"", "\"ROLLBACK\"",
        "\"PRAGMA wal_checkpoint(TRUNCATE)\"", "\"PRAGMA wal_checkpoint(FUL)\"", "\"PRAGMA synchronous=NORMAL\"",
    ];

    private readonly Random _random;
    private readonly int _methods;
    private readonly int _caller;
    private readonly StringBuilder _text = new();
    private int _names;

    /// <param name="random">Where the choices come from.</param>
    /// <param name="methods">How many methods can be called.</param>
    /// <param name="caller">The number of this method; most calls lead to a method with a higher one.</param>
    /// <param name="connections">The variables it is given.</param>
    public GeneratedBody(Random random, int methods, int caller, string[] connections)
    {
        (_random, _methods, _caller) = (random, methods, caller);
        Block(1, connections, _random.Next(2, 6));
    }

    public override string ToString() => _text.ToString();

    private void Block(int depth, string[] connections, int statements)
    {
        Line(depth, "{");
        List<string> known = [.. connections];
        for (var statement = 0; statement < statements; statement++)
        {
            Statement(depth + 1, known);
        }

        Line(depth, "}");
    }

    private void Statement(int depth, List<string> connections)
    {
        if (connections.Count == 0 || OneIn(8))
        {
            var opened = Name("db");
            Line(depth, $"{(OneIn(2) ? "using var" : "var")} {opened} = Db.{Pick(s_databases)}();");
            connections.Add(opened);
            return;
        }

        var connection = Pick(connections);
        switch (_random.Next(depth <= MaxDepth ? 22 : 14))
        {
            case < 4:
                Line(depth, $"{connection}.Execute({Pick(s_texts)});");
                break;
            case < 6:
                Line(depth, "Process.Start(\"worker\");");
                break;
            case < 10:
                Line(depth, Call(connection));
                break;
            case 10:
                Line(depth, $"Db.Checkpoint({connection});");
                break;
            case 11:
                Line(depth, $"new Repository({connection}, {(OneIn(2) ? "Stores.Only" : "Stores.Chosen")}).{(OneIn(2) ? "Save" : "SaveAll")}(flag);");
                break;
            case 12:
                Line(depth, $"Stores.{(OneIn(2) ? "Single" : "Any")}.Save({connection});");
                break;
            case 13:
                Command(depth, connection);
                break;
            case 14 or 15:
                Line(depth, OneIn(2) ? "if (flag)" : "if (Environment.TickCount > 0)");
                Nested(depth, connections);
                break;
            case 16:
                Line(depth, "while (Environment.TickCount > 0)");
                Nested(depth, connections);
                break;
            case 17:
                Line(depth, "try");
                Nested(depth, connections);
                Line(depth, OneIn(2) ? "finally" : "catch (SqliteException)");
                Nested(depth, connections);
                break;
            case 18 or 19:
                Lambda(depth, connections, $"Helpers.{Pick(["Retry", "Locked", "Later"])}(() =>", ");");
                break;
            case 20:
                var handed = Name("own");
                Lambda(depth, [.. connections, handed], $"Helpers.With({handed} =>", ");");
                break;
            default:
                var local = Name("Local");
                Line(depth, $"void {local}()");
                Nested(depth, connections);
                Line(depth, $"{local}();");
                break;
        }
    }

    /// <summary>Mostly to one of the next methods, so that there are long chains, and at times back, so that there are circles.</summary>
    private string Call(string connection)
    {
        var next = _caller + 1 + _random.Next(3);
        var called = next < _methods && !OneIn(5) ? next : _random.Next(_methods);
        var call = $"{GeneratedProgram.NameOf(called)}({connection}, {Pick(["flag", "!flag", "true"])})";
        return called > _caller ? call + ";" : $"if (flag) {call};";
    }

    private void Command(int depth, string connection)
    {
        var command = Name("command");
        Line(depth, $"using var {command} = {connection}.CreateCommand();");
        Line(depth, $"{command}.CommandText = {Pick(s_texts)};");
        Line(depth, $"{command}.{(OneIn(3) ? "ExecuteScalar" : "ExecuteNonQuery")}();");
    }

    private void Lambda(int depth, IReadOnlyList<string> connections, string before, string after)
    {
        Line(depth, before);
        Nested(depth, connections);
        _text.Length--;
        _text.Append(after).Append('\n');
    }

    private void Nested(int depth, IReadOnlyList<string> connections) => Block(depth, [.. connections], _random.Next(1, 4));

    private void Line(int depth, string line) => _text.Append(' ', 4 * depth).Append(line).Append('\n');

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{_names++}");

    private string Pick(IReadOnlyList<string> choices) => choices[_random.Next(choices.Count)];

    private bool OneIn(int count) => _random.Next(count) == 0;
}
