using System.Globalization;
using System.Text;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>
/// Random programs whose methods call each other in chains longer than anybody looks, in circles, through interfaces and properties, and by
/// lambdas that they hand to helpers, with several databases at once. The same program for the same seed.
/// </summary>
internal static class GeneratedProgram
{
    /// <summary>The classes that the methods are spread over.</summary>
    private const int Parts = 4;

    private const int MinMethods = 8;

    private const int MaxMethods = 24;

    public static ProgramSource Make(int seed)
    {
        var random = new Random(seed);
        var methods = random.Next(MinMethods, MaxMethods);
        var text = new StringBuilder(GeneratedSurroundings.Text);
        for (var part = 0; part < Parts; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\ninternal static class Part{part}\n{{\n");
            for (var method = part; method < methods; method += Parts)
            {
                text.Append(CultureInfo.InvariantCulture, $"    public static void M{method}(SqliteConnection connection, bool flag)\n");
                text.Append(new GeneratedBody(random, methods, method, ["connection"])).Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"    public static void Run{part}(bool flag)\n");
            text.Append(new GeneratedBody(random, methods, caller: -1, [])).Append("}\n");
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"Generated{seed}.cs"), text.ToString());
    }

    /// <summary>The name by which all parts can call the method.</summary>
    public static string NameOf(int method) => string.Create(CultureInfo.InvariantCulture, $"Part{method % Parts}.M{method}");
}
