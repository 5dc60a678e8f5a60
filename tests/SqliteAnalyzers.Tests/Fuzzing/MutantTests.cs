using System.Collections.Immutable;
using SqliteAnalyzers.Fuzz.Mutations;
using SqliteAnalyzers.Fuzz.Pieces;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>Programs are cut into pieces, and these are damaged in many ways.</summary>
public sealed class MutantTests
{
    private static readonly Piece s_piece = new(new(
        "Piece",
        [
            new("First.cs", "class A { void M() { int a = 1; string b = \"one\"; b = \"two\"; } int N() => 3; }\nclass B { int c; }"),
            new("Second.cs", "class C { void O() { if (true) { return; } } }"),
        ]));

    public static TheoryData<string> Kinds => [.. MutationKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_mutation_changes_the_text(string name)
    {
        var (_, make) = MutationKinds.All.Single(kind => kind.Name == name);

        var texts = Enumerable.Range(0, 30)
            .Select(seed => new Mutant(s_piece, [new Mutation(name, make(s_piece, new Random(seed)))]).ToProgram())
            .ToArray();

        Assert.Contains(texts, text => !text.Files.SequenceEqual(s_piece.Program.Files));
        Assert.True(texts.DistinctBy(text => string.Concat(text.Files)).Count() > 2);
    }

    [Fact]
    public void Same_numbers_make_the_same_mutant()
    {
        ImmutableArray<Piece> pieces = [s_piece];

        var mutants = Enumerable.Range(0, 50).Select(seed => Mutant.Make(pieces, new Random(seed)).ToProgram()).ToArray();

        Assert.Equal(mutants.Select(Texts), Enumerable.Range(0, 50).Select(seed => Texts(Mutant.Make(pieces, new Random(seed)).ToProgram())));
        Assert.True(mutants.DistinctBy(Texts).Count() > 40);
    }

    [Fact]
    public void Without_its_mutations_a_mutant_is_what_it_was() =>
        Assert.Equal(s_piece.Program.Files, new Mutant(s_piece, []).ToProgram().Files);

    [Fact]
    public void Mutations_of_one_text_are_not_made_twice()
    {
        var mutants = Enumerable.Range(0, 200).Select(seed => Mutant.Make([s_piece], new Random(seed))).ToArray();

        Assert.Contains(mutants, mutant => mutant.Mutations.Length > 2);
        Assert.All(mutants, mutant => Assert.All(
            mutant.Mutations,
            mutation => Assert.DoesNotContain(mutant.Mutations, other => other != mutation && other.Overlaps(mutation))));
    }

    [Fact]
    public void Small_program_is_one_piece() =>
        Assert.Equal("Small.cs", Assert.Single(PieceCutter.Cut(new("Small.cs", "class A { } class B { }"))).Program.Name);

    [Fact]
    public void Big_program_is_cut_into_types_with_the_types_they_mention()
    {
        var filling = new string(' ', 4_000);
        var program = new ProgramSource("Big.cs", [
            new("Big.cs", $"using System;\nConsole.WriteLine(new A());\nclass A {{ B b; {filling} }}\nclass B {{ }}\nnamespace N {{ class C {{ }} }}"),
            new("Part.cs", "partial class D { A a; }"),
        ]);

        var pieces = PieceCutter.Cut(program).ToDictionary(piece => piece.Program.Name, piece => piece.Program.Files);

        Assert.Equal(["Big.cs, A", "Big.cs, B", "Big.cs, C", "Big.cs, D", "Big.cs, top-level statements"], pieces.Keys.Order());
        Assert.Equal($"using System;\nclass A {{ B b; {filling} }}\n", Assert.Single(pieces["Big.cs, A"]).Text);
        Assert.Equal("using System;\nnamespace N { class C { } }", Assert.Single(pieces["Big.cs, C"]).Text);
        Assert.Equal(["Big.cs", "Part.cs"], pieces["Big.cs, D"].Select(file => file.Name));
        Assert.Equal("using System;\nConsole.WriteLine(new A());\n", Assert.Single(pieces["Big.cs, top-level statements"]).Text);
    }

    private static string Texts(ProgramSource program) => string.Concat(program.Files.Select(file => file.Text));
}
