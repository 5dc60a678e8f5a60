using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order.Shuffling;

/// <summary>A shuffled program looks different and does the same.</summary>
public sealed class ProgramShufflerTests
{
    private const int Seeds = 40;

    /// <summary>Much whose order matters, and much whose order does not. What <c>Program.Said</c> says is what it does.</summary>
    private static readonly ProgramSource s_program = new(
        "Ordered",
        [
            new(
                "Main.cs",
                """
                // The first file.
                global using System;
                using System.Collections.Generic;
                using System.Linq;
                using Texts = System.Collections.Generic.List<string>;
                [assembly: System.Reflection.AssemblyTitle("Ordered")]
                Program.Said.Add("first");
                Program.Said.Add("second");
                Program.Run();
                internal static partial class Program
                {
                    public static readonly Texts Said = new();
                    private static readonly int s_one = Say("one"), s_two = Say("two");
                    public static int Three { get; } = Say("three");
                    private static int s_later;
                    public static event Action Four = Choose("four");
                    // Runs all of it.
                    public static void Run()
                    {
                        Said.Add(new Named(1, 2) { Last = 3 }.ToString()); // a record says its properties in order
                        Said.Add(string.Join(",", Enum.GetNames<Kind>()));
                        Said.AddRange(typeof(Layout).GetFields().OrderBy(OffsetOf).Select(field => field.Name));
                        Said.Add(new Part().ToString().Twice + "x".Thrice());
                        Said.Add(Other.Space.Hidden.Name + Other.Space.Own.Name);
                        Four();
                    }
                    private static int Say(string text) { Said.Add(text); return s_later++; }
                    private static int OffsetOf(System.Reflection.FieldInfo field) =>
                        System.Runtime.InteropServices.Marshal.OffsetOf<Layout>(field.Name).ToInt32();
                    private static Action Choose(string text) => () => Say(text);
                }
                internal static class Extensions { extension(string text) { public string Twice => text + text; public string Thrice() => text.Twice + text; } }
                internal enum Kind { A, B, C }
                internal struct Layout { public int First; public byte Second; public long Third; }
                internal record Named(int A, int B) { public int Last { get; set; } public int Sum => A + B; }
                internal partial class Part
                {
                    private static readonly int s_a = Next("part a");
                    private static int Next(string text) { Program.Said.Add(text); return 1; }
                }
                """),
            new(
                "Other.cs",
                """
                using Hidden = System.String;
                namespace Other
                {
                    namespace Space
                    {
                        public class Hidden { public static string Name => new Local().Text; }
                        file class Local { public string Text = "local"; }
                    }
                }
                """),
            new(
                "Own.cs",
                """
                using Alias = System.Text.StringBuilder;
                namespace Other.Space;
                #nullable disable
                public class Own { public static string Name => new Alias("own").ToString() + Twin.Name + Third.Name; }
                #pragma warning disable CS0219
                public class Twin { public static string Name { get { int unused = 1; return "twin"; } } }
                public delegate void Handler();
                public class Third
                {
                    #region names
                    public const string Name = "third";
                    #endregion
                    public void M() { }
                }
                """),
            new("Part.cs", "internal partial class Part { private static readonly int s_b = Next(\"part b\"); public override string ToString() => $\"{s_a}{s_b}\"; }"),
        ])
    {
        References = TestReferences.Net,
    };

    [Fact]
    public void Shuffled_program_does_the_same()
    {
        var said = Run(s_program);

        Assert.Contains("part b", said);
        for (var seed = 0; seed < Seeds; seed++)
        {
            Assert.Equal(said, Run(ProgramShuffler.Shuffle(s_program, Shuffles.All, new Random(seed))));
        }
    }

    [Fact]
    public void Members_types_and_files_change_places()
    {
        var texts = Enumerable.Range(0, Seeds)
            .Select(seed => ProgramShuffler.Shuffle(s_program, Shuffles.Members | Shuffles.Types | Shuffles.Files, new Random(seed)))
            .ToArray();

        Assert.All(texts, program => Assert.Equal(["Main.cs", "Other.cs", "Own.cs", "Part.cs"], program.Files.Select(file => file.Name).Order()));
        Assert.Contains(texts, program => program.Files[0].Name != "Main.cs");
        Assert.Contains(texts, program => IsBefore(program, "private static Action Choose", "public static readonly Texts Said"));
        Assert.Contains(texts, program => IsBefore(program, "record Named", "partial class Program"));
        Assert.Contains(texts, program => IsBefore(program, "file class Local", "public class Hidden"));
    }

    [Fact]
    public void Types_come_into_files_of_their_own_with_their_usings()
    {
        var files = ProgramShuffler.Shuffle(s_program, Shuffles.Split, new Random(1)).Files;

        Assert.Equal(["Main.cs", "Main.1.cs", "Main.2.cs", "Main.3.cs", "Main.4.cs", "Main.5.cs", "Other.cs", "Own.cs", "Part.cs"], files.Select(file => file.Name));
        Assert.All(files.Where(file => file.Name.StartsWith("Main.", StringComparison.Ordinal)), file => Assert.Contains("using Texts = ", file.Text));
        Assert.Single(files, file => file.Text.Contains("global using", StringComparison.Ordinal));
        Assert.Single(files, file => file.Text.Contains("[assembly:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class A { void M( { } void N() { } } class B { }")]
    [InlineData("// <auto-generated/>\nclass A { void M() { } void N() { } } class B { }")]
    [InlineData("#nullable enable\nclass A { }\n#nullable disable\nclass B { }")]
    [InlineData("class A { }\nclass B { }\n#if DEBUG\n#endif")]
    public void Text_whose_parts_depend_on_their_places_stays_as_it_is(string text) => Assert.All(
        Enumerable.Range(0, Seeds),
        seed => Assert.Equal([new("Text.cs", text + "\n")], ProgramShuffler.Shuffle(new("Text.cs", text), Shuffles.All, new Random(seed)).Files));

    private static bool IsBefore(ProgramSource program, string first, string second) => program.Files.Any(file =>
        file.Text.IndexOf(first, StringComparison.Ordinal) is var place and >= 0 && file.Text.IndexOf(second, StringComparison.Ordinal) > place);

    /// <summary>Compiles and runs the program and returns what it says.</summary>
    private static List<string> Run(ProgramSource program)
    {
        using var image = new MemoryStream();
        var result = CompiledProgram.Of(program).Compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(image);
            assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            return (List<string>)assembly.GetType("Program")!.GetField("Said")!.GetValue(null)!;
        }
        finally
        {
            context.Unload();
        }
    }
}
