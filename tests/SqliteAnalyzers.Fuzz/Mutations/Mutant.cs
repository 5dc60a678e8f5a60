using System.Collections.Immutable;
using System.Text;
using SqliteAnalyzers.Fuzz.Pieces;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Fuzz.Mutations;

/// <summary>A piece with some mutations.</summary>
internal sealed record Mutant(Piece Piece, ImmutableArray<Mutation> Mutations)
{
    private const int MaxMutations = 5;

    /// <summary>The same mutant for the same random numbers.</summary>
    public static Mutant Make(ImmutableArray<Piece> pieces, Random random)
    {
        var piece = pieces[random.Next(pieces.Length)];
        var mutations = ImmutableArray.CreateBuilder<Mutation>();
        do
        {
            var (name, make) = MutationKinds.All[random.Next(MutationKinds.All.Length)];
            var mutation = new Mutation(name, make(piece, random));
            if (!mutation.Changes.IsEmpty && !mutations.Any(mutation.Overlaps))
            {
                mutations.Add(mutation);
            }
        }
        while (mutations.Count == 0 || (mutations.Count < MaxMutations && random.Next(2) == 0));
        return new(piece, mutations.ToImmutable());
    }

    public ProgramSource ToProgram() => Piece.Program with
    {
        Files = [.. Piece.Program.Files.Select((file, number) => file with { Text = TextOf(file, number) })],
    };

    public override string ToString() => $"{Piece.Program.Name}: {string.Join(", ", Mutations.Select(mutation => mutation.Kind))}";

    private string TextOf(SourceFile file, int number)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (var change in Mutations.SelectMany(mutation => mutation.Changes).Where(change => change.Place.File == number).OrderBy(change => change.Place.Span.Start))
        {
            text.Append(file.Text, position, change.Place.Span.Start - position).Append(change.NewText);
            position = change.Place.Span.End;
        }

        return text.Append(file.Text, position, file.Text.Length - position).ToString();
    }
}
