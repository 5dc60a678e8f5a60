using System.Collections.Immutable;
using SqliteAnalyzers.Fuzz.Pieces;

namespace SqliteAnalyzers.Fuzz.Mutations;

/// <summary>The table of all kinds of mutations.</summary>
internal static class MutationKinds
{
    /// <summary>Code around a statement; {0} is the statement.</summary>
    private static readonly string[] s_wrappers =
    [
        "if (flag) {{ {0} }}", "while (flag) {{ {0} }}", "do {{ {0} }} while (flag);", "foreach (var item in items) {{ {0} }}", "try {{ {0} }} finally {{ }}",
        "try {{ {0} }} catch {{ throw; }}", "try {{ }} finally {{ {0} }}", "lock (this) {{ {0} }}", "System.Action wrapped = () => {{ {0} }}; wrapped();",
        "void Wrapped() {{ {0} }} Wrapped();", "switch (1) {{ case 1: {0} break; }}", "System.Threading.Tasks.Task.Run(async () => {{ {0} }});", "return; {0}",
        "again: {0} goto again;", "await System.Threading.Tasks.Task.Yield(); {0}", "yield return null; {0}",
    ];

    public static ImmutableArray<(string Name, Func<Piece, Random, ImmutableArray<Change>> Make)> All { get; } =
    [
        ("DeleteToken", (piece, random) => Delete(piece.Tokens, random)),
        ("DoubleToken", (piece, random) => Double(piece.Tokens, random)),
        ("SwapTokens", (piece, random) => Swap(piece.Tokens, random)),
        ("SwapNeighbours", SwapNeighbours),
        ("ReplaceToken", (piece, random) => Replace(piece.Tokens, random)),
        ("DeleteTokens", DeleteTokens),
        ("DeleteBracket", (piece, random) => Delete(piece.Brackets, random)),
        ("ReplaceIdentifier", (piece, random) => Replace(piece.Identifiers, random)),
        ("ReplaceLiteral", (piece, random) => Replace(piece.Literals, random)),
        ("CutLiteral", CutLiteral),
        ("ReplaceExpression", (piece, random) => Replace(piece.Expressions, random)),
        ("DeleteStatement", (piece, random) => Delete(piece.Statements, random)),
        ("DoubleStatement", (piece, random) => Double(piece.Statements, random)),
        ("SwapStatements", (piece, random) => Swap(piece.Statements, random)),
        ("ReplaceStatement", (piece, random) => Replace(piece.Statements, random)),
        ("WrapStatement", WrapStatement),
        ("DeleteMember", (piece, random) => Delete(piece.Members, random)),
        ("DoubleMember", (piece, random) => Double(piece.Members, random)),
        ("SwapMembers", (piece, random) => Swap(piece.Members, random)),
        ("DoubleType", (piece, random) => Double(piece.Types, random)),
        ("CutFile", CutFile),
    ];

    private static ImmutableArray<Change> Delete(ImmutableArray<Fragment> parts, Random random) =>
        Pick(parts, random) is { } part ? [new(part, "")] : [];

    private static ImmutableArray<Change> Double(ImmutableArray<Fragment> parts, Random random) =>
        Pick(parts, random) is { } part ? [new(part, $"{part.Text} {part.Text}")] : [];

    private static ImmutableArray<Change> Replace(ImmutableArray<Fragment> parts, Random random) =>
        Pick(parts, random) is { } part && Pick(parts, random) is { } other ? [new(part, other.Text)] : [];

    private static ImmutableArray<Change> Swap(ImmutableArray<Fragment> parts, Random random) =>
        Pick(parts, random) is { } part && Pick(parts, random) is { } other ? Swap(part, other) : [];

    private static ImmutableArray<Change> Swap(Fragment part, Fragment other) =>
        part.File == other.File && part.Span.IntersectsWith(other.Span) ? [] : [new(part, other.Text), new(other, part.Text)];

    private static ImmutableArray<Change> SwapNeighbours(Piece piece, Random random)
    {
        var token = random.Next(Math.Max(piece.Tokens.Length - 1, 1));
        return token + 1 < piece.Tokens.Length ? Swap(piece.Tokens[token], piece.Tokens[token + 1]) : [];
    }

    private static ImmutableArray<Change> DeleteTokens(Piece piece, Random random)
    {
        var first = random.Next(piece.Tokens.Length);
        return [.. piece.Tokens.Skip(first).Take(random.Next(2, 12)).Select(token => new Change(token, ""))];
    }

    private static ImmutableArray<Change> CutLiteral(Piece piece, Random random) =>
        Pick(piece.Literals, random) is { Text.Length: > 2 } literal ? [new(literal, literal.Text.Remove(random.Next(1, literal.Text.Length - 1)) + '"')] : [];

    private static ImmutableArray<Change> WrapStatement(Piece piece, Random random) =>
        Pick(piece.Statements, random) is { } statement ? [new(statement, string.Format(null, s_wrappers[random.Next(s_wrappers.Length)], statement.Text))] : [];

    private static ImmutableArray<Change> CutFile(Piece piece, Random random) =>
        Pick(piece.Members, random) is { } member ? [new(piece.Rest(Pick([.. piece.Tokens.Where(token => IsIn(token, member))], random)!.Value), "")] : [];

    private static bool IsIn(Fragment part, Fragment whole) => part.File == whole.File && whole.Span.Contains(part.Span);

    private static Fragment? Pick(ImmutableArray<Fragment> parts, Random random) => parts.IsEmpty ? null : parts[random.Next(parts.Length)];
}
