namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// Source around a change that a <see cref="FixVerifier"/> verifies.
/// </summary>
internal static class ChangeSource
{
    /// <summary>A method that opens a <c>connection</c> to a database and then has this change in its body.</summary>
    /// <param name="body">Lines, each begun by a space, + or -.</param>
    /// <param name="runtime">Whether the fix imports the runtime library.</param>
    /// <param name="signature">The method's modifiers, return type and name.</param>
    public static string Program(string body, bool runtime, string signature = "static void Main()") => Method(
        $"""
         using var connection = new SqliteConnection("Data Source=app.db");
         connection.Open();
        {body}
        """,
        runtime,
        signature);

    /// <summary>A method that has this change as its body.</summary>
    public static string Method(string body, bool runtime, string signature) =>
        $$"""
        {{(runtime ? "+using SqliteAnalyzers.Runtime;\n+\n" : "")}} static class Program
         {
             {{signature}}
             {
        {{string.Join('\n', body.Split('\n').Select(Indent))}}
             }
         }
        """;

    private static string Indent(string line) => line.Length <= 1 ? line : line[0] + "        " + line[1..];
}
