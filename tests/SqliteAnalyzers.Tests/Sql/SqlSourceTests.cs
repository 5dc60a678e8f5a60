using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

public sealed class SqlSourceTests
{
    private const string Quotes = "\"\"\"";

    /// <summary>An expression, the text it makes, a word of that text, and the source that stands for the word.</summary>
    public static TheoryData<string, string, string, string> Expressions => new()
    {
        // Regular.
        { """ "PRAGMA word = 1" """, "PRAGMA word = 1", "word", "word" },
        { """ "a\nb\tword\r\n\\\"\'\0" """, "a\nb\tword\r\n\\\"'\0", "word", "word" },
        { """ "\a\b\f\v\e word" """, "\a\b\f\v\u001B word", "word", "word" },
        { """ "a\u0041\x41 \U00000041word" """, "aAA Aword", "word", "word" },
        { """ "w\u006Frd = 1" """, "word = 1", "word", @"w\u006Frd" },
        { """ "\u0077ord" """, "word", "word", @"\u0077ord" },
        { """ "wor\x64 = 1" """, "word = 1", "word", @"wor\x64" },
        { """ "\U0001F600 word" """, "\U0001F600 word", "word", "word" },
        { """ "\U0001F600 word" """, "\U0001F600 word", "\U0001F600", @"\U0001F600" },
        { "\"\U0001F600 word\"", "\U0001F600 word", "word", "word" },
        { "\"\U0001F600 word\"", "\U0001F600 word", "\U0001F600", "\U0001F600" },

        // Verbatim.
        { "@\"a\nword\"", "a\nword", "word", "word" },
        { "@\"a \"\"word\"\" \\n\"", "a \"word\" \\n", "word", "word" },
        { "@\"a \"\"word\"\"\"", "a \"word\"", "\"word\"", "\"\"word\"\"" },
        { "@\"a {word}\"", "a {word}", "word", "word" },

        // Raw.
        { $"{Quotes}a \\n \"word\" {{x}}{Quotes}", "a \\n \"word\" {x}", "word", "word" },
        { $"{Quotes}\n    a\n      word\n\n    b\n    {Quotes}", "a\n  word\n\nb", "word", "word" },
        { $"{Quotes}\n    a\n      word\n\n    b\n    {Quotes}", "a\n  word\n\nb", "word\n\nb", "word\n\n    b" },
        { $"{Quotes}\r\n    a\r\n    word\r\n    {Quotes}", "a\r\nword", "word", "word" },
        { $"{Quotes}\n\t\tword\n\t\n\t\t{Quotes}", "word\n", "word", "word" },
        { $"{Quotes}\nword\n{Quotes}", "word", "word", "word" },
        { "\"\"\"\"a \"\"\" word\"\"\"\"", "a \"\"\" word", "word", "word" },

        // Interpolated.
        { """ $"UPDATE {table} SET word = {1}" """, "UPDATE \uFFFC SET word = 1", "word", "word" },
        { """ $"UPDATE {table} SET word" """, "UPDATE \uFFFC SET word", "\uFFFC", "{table}" },
        { """ $"a{{b}}\t{table} word" """, "a{b}\t\uFFFC word", "word", "word" },
        { """ $"a{{word}}" """, "a{word}", "{word}", "{{word}}" },
        { """ $"{table}_word" """, "\uFFFC_word", "\uFFFC_word", "{table}_word" },
        { """ $"{Word} = 1" """, "const_word = 1", "const_word", "Word" },
        { """ $"{nameof(Word)} = {'c'}" """, "Word = c", "Word", "nameof(Word)" },
        { """ $"{5,10} {5:N} word" """, "\uFFFC \uFFFC word", "word", "word" },
        { """ $"a {$"b {"word"}"}" """, "a b word", "word", "word" },
        { "$@\"a \"\"{table}\"\"\n{{word}}\"", "a \"\uFFFC\"\n{word}", "word", "word" },
        { "@$\"a\n{table} word\"", "a\n\uFFFC word", "word", "word" },
        { $"${Quotes}a {{table}} word{Quotes}", "a \uFFFC word", "word", "word" },
        { $"$${Quotes}a {{x}} {{{{table}}}} word{Quotes}", "a {x} \uFFFC word", "word", "word" },
        { $"${Quotes}\n    a {{table}}\n      {{table}}\n    word\n    {Quotes}", "a \uFFFC\n  \uFFFC\nword", "word", "word" },
        { $"${Quotes}\n    {{table}}\n    word\n    {Quotes}", "\uFFFC\nword", "word", "word" },
        { $"${Quotes}\n    {{table}}   word\n    {Quotes}", "\uFFFC   word", "word", "word" },
        { $"$${Quotes}\r\n      a {{{{table}}}}\r\n\r\n       word\r\n      {Quotes}", "a \uFFFC\r\n\r\n word", "word", "word" },

        // Joined.
        { """ "PRAGMA " + "word" + " = 1" """, "PRAGMA word = 1", "word", "word" },
        { """ "PRAGMA wo" + "rd = 1" """, "PRAGMA word = 1", "word", "wo\" + \"rd" },
        { """ "PRAGMA " + table + " = word" """, "PRAGMA \uFFFC = word", "word", "word" },
        { """ "PRAGMA " + table + " = word" """, "PRAGMA \uFFFC = word", "\uFFFC", "table" },
        { """ "a " + ("b " + $"word {table}")! + 1 + 'c' + null + true + -1 """, "a b word \uFFFC1cTrue\uFFFC", "word", "word" },
        { """ 1 + 2 + "word" """, "3word", "word", "word" },
        { """ 1 + 2 + "word" """, "3word", "3", "1 + 2" },

        // Put together by calls of string.
        { """ string.Format("PRAGMA {0} = {1}", "word", 1) """, "PRAGMA word = 1", "word", "word" },
        { """ string.Format("PRAGMA word = {0}", table) """, "PRAGMA word = \uFFFC", "word", "word" },
        { """ string.Format("PRAGMA word = {0}", table) """, "PRAGMA word = \uFFFC", "\uFFFC", "table" },
        { """ String.Format(System.Globalization.CultureInfo.InvariantCulture, "{1}{{word}}{0}", 'a', "b") """, "b{word}a", "word", "word" },
        { """ System.String.Format("{0:N} {1,5} {2 } {9} word", 1, 2, 3) """, "\uFFFC \uFFFC 3 \uFFFC word", "word", "word" },
        { """ string.Format("{0:N} word", 1) """, "\uFFFC word", "\uFFFC", "{0:N}" },
        { """ string.Format("a {0} " + "word", Word) """, "a const_word word", " word", " \" + \"word" },
        { """ string.Format("{0} {1} word", new object[] { "a", 2 }) """, "a 2 word", "word", "word" },
        { """ string.Format("{0} word", new[] { table }) """, "\uFFFC word", "\uFFFC", "table" },
        { """ string.Format("{0} word", (object[])[table]) """, "\uFFFC word", "word", "word" },
        { """ string.Format(Word + " {0}", "a") """, "const_word a", "word", "Word" },
        { """ string.Format("{0} word", string.Format("a {0}", "b")) """, "a b word", "b", "b" },
        { """ string.Concat("a ", table, " word", 1) """, "a \uFFFC word1", "word", "word" },
        { """ string.Concat(new[] { "a ", "word" }) """, "a word", "word", "word" },
        { """ string.Join("; ", "a", "word", table) """, "a; word; \uFFFC", "word", "word" },
        { """ string.Join(';', ["a", "word"]) """, "a;word", "word", "word" },

        // Built.
        { """ new StringBuilder("a ").Append("word").Append(table).Append('=').AppendLine("1").AppendFormat("{0};", 2).ToString() """, "a word\uFFFC=1\n2;", "word", "word" },
        { """ new StringBuilder("a").Append('b', 3).AppendFormat(table, 1).Append(" word").ToString() """, "a\uFFFC\uFFFC word", "word", "word" },
        { """ new System.Text.StringBuilder(16).Append("word").ToString() """, "word", "word", "word" },
        { """ new StringBuilder().AppendLine().Append("word").ToString() """, "\nword", "word", "word" },

        // Enumerations.
        { """ $"{Level.High} word" """, "High word", "High", "Level.High" },
        { """ "word " + Level.Low """, "word \uFFFC", "\uFFFC", "Level.Low" },

        // Named.
        { """ Word """, "const_word", "word", "Word" },
        { """ "PRAGMA " + Word """, "PRAGMA const_word", "word", "Word" },
        { """ Local + "word" """, "local word", "word", "word" },
        { """ Program.ReadOnly + " word" """, "read only word", "read only", "Program.ReadOnly" },
        { """ Changed + " word" """, "\uFFFC word", "word", "word" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Each_character_knows_its_source(string expression, string text, string word, string wordInSource)
    {
        var source = Read(expression, out var constant)!;
        var location = source.GetLocation(new TextSpan(text.IndexOf(word, StringComparison.Ordinal), word.Length));

        Assert.Equal(text, source.Text);
        Assert.Equal(constant ?? text, source.Text);
        Assert.Equal(wordInSource, InSource(location));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("table + table")]
    [InlineData("$\"{table}\"")]
    [InlineData("table.Trim()")]
    [InlineData("string.Format(table, table)")]
    [InlineData("string.Format(table, \"word\")")]
    [InlineData("string.Format(\"word {\", table)")]
    [InlineData("string.Format(\"word }\", table)")]
    [InlineData("string.Format(\"word {a}\", table)")]
    [InlineData("string.Format(\"word {-1}\", table)")]
    [InlineData("string.Format(\"{0:N}\", table)")]
    [InlineData("string.Format(format: \"word {0}\", arg0: table)")]
    [InlineData("string.Join(\", \", table.Split(' '))")]
    [InlineData("string.Concat(table.Split(' '))")]
    [InlineData("new StringBuilder(\"a\").Insert(0, \"b\").ToString()")]
    [InlineData("new StringBuilder(\"a\").Replace(\"a\", \"b\").ToString()")]
    [InlineData("new StringBuilder(\"a\").Append(\"b\").ToString(0, 1)")]
    public void Text_of_which_nothing_is_known_is_none(string expression) => Assert.Null(Read(expression, out _));

    [Fact]
    public void Empty_literal_is_a_known_text() => Assert.Equal("", Read("\"\"", out _)?.Text);

    [Theory]
    [InlineData(""" "PRAGMA word" """, true)]
    [InlineData(""" $"PRAGMA {{word}}" """, true)]
    [InlineData(""" "PRAGMA w\u006Frd" """, false)]
    [InlineData(""" "PRAGMA wo" + "rd" """, false)]
    [InlineData(""" "PRAGMA " + nameof(word) """, false)]
    public void Only_what_stands_in_the_source_as_it_is_can_be_replaced(string expression, bool expected)
    {
        var source = Read(expression.Replace("nameof(word)", "Word"), out _)!;

        Assert.Equal(expected, source.IsWrittenAsIs(new TextSpan(source.Text.IndexOf("word", StringComparison.Ordinal), 4)));
    }

    [Fact]
    public void Names_of_another_file_are_followed()
    {
        var use = CSharpSyntaxTree.ParseText("class Use { string Sql() => \"PRAGMA \" + Names.Constant + Names.ReadOnly + Names.Made; }", cancellationToken: TestContext.Current.CancellationToken);
        var names = CSharpSyntaxTree.ParseText(
            "class Names { public const string Constant = \"a\"; public static readonly string ReadOnly = \"b\"; public static readonly string Made = System.Guid.NewGuid().ToString(); }",
            cancellationToken: TestContext.Current.CancellationToken);
        var model = CSharpCompilation.Create("Test", [use, names], Net100.References.All).GetSemanticModel(use);
        var sum = use.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<BinaryExpressionSyntax>().First();

        Assert.Equal("PRAGMA ab\uFFFC", SqlSource.FromExpression(sum, model, TestContext.Current.CancellationToken)?.Text);
    }

    [Fact]
    public void Script_is_parsed_once()
    {
        var source = Read(""" "SELECT 1; SELECT 2" """, out _)!;

        Assert.Equal(2, source.Script.Statements.Length);
        Assert.Same(source.Script, source.Script);
    }

    [Fact]
    public void Texts_are_equal_if_they_stand_at_the_same_place()
    {
        var root = CSharpSyntaxTree.ParseText("_ = \"a\"; _ = \"a\"; _ = $\"{b}\";", cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var literals = root.DescendantNodes().OfType<LiteralExpressionSyntax>().ToArray();
        var first = SqlSource.FromLiteral(literals[0])!;

        Assert.Equal(first, SqlSource.FromLiteral(literals[0]));
        Assert.Equal(first.GetHashCode(), SqlSource.FromLiteral(literals[0])!.GetHashCode());
        Assert.NotEqual(first, SqlSource.FromLiteral(literals[1]));
        Assert.NotEqual(first, SqlSource.FromConstant("b", literals[0]));
        Assert.Null(SqlSource.FromLiteral(root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().Single()));
    }

    [Fact]
    public void Parts_of_different_statements_are_not_underlined_as_one()
    {
        var root = CSharpSyntaxTree.ParseText("sql = \"PRAGMA wo\"; Log(); sql += \"rd = 1\";", cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var literals = root.DescendantNodes().OfType<LiteralExpressionSyntax>().ToArray();
        var source = SqlSource.FromLiteral(literals[0])!.Concat(SqlSource.FromLiteral(literals[1])!);

        Assert.Equal("PRAGMA word = 1", source.Text);
        Assert.Equal("wo", InSource(source.GetLocation(new TextSpan(7, 4))));
        Assert.Equal("rd", InSource(source.GetLocation(new TextSpan(9, 2))));
    }

    [Fact]
    public void Unknown_text_has_no_place()
    {
        Assert.True(SqlSource.Unknown.HasHoles);
        Assert.Equal(Location.None, SqlSource.Unknown.GetLocation(new TextSpan(0, 1)));
        Assert.Equal(SqlStatementKind.Unknown, Assert.Single(SqlSource.Unknown.Script.Statements).Kind);
    }

    [Fact]
    public void Any_span_has_a_place()
    {
        var source = Read(""" "a\tb" + table + $"{{c}}" + Word + @"d""e" """, out _)!;

        for (var start = 0; start < source.Text.Length + 3; start++)
        {
            for (var length = 0; length < source.Text.Length + 3; length++)
            {
                var location = source.GetLocation(new TextSpan(start, length));

                Assert.True(location.SourceTree!.GetRoot(TestContext.Current.CancellationToken).FullSpan.Contains(location.SourceSpan));
            }
        }
    }

    [Theory]
    [InlineData("\"SELECT 1")]
    [InlineData("@\"SELECT 1")]
    [InlineData("\"\"\"SELECT 1")]
    [InlineData("\"\"\"\nSELECT 1")]
    [InlineData("\"\"\"\nSELECT 1\n  \"\"\"")]
    [InlineData("$\"SELECT {")]
    [InlineData("$\"SELECT {a")]
    [InlineData("$@\"SELECT {a")]
    [InlineData("$\"\"\"SELECT {a")]
    [InlineData("$\"\"\"\nSELECT {a\n \"\"\"")]
    [InlineData("\"SELECT \\")]
    [InlineData("\"SELECT \\x \\u12 \\U0011FFFF\"")]
    [InlineData("\"\"\"\n")]
    [InlineData("$\"\"\"\n{")]
    [InlineData("\"")]
    public void Half_typed_literals_do_no_harm(string code)
    {
        var root = CSharpSyntaxTree.ParseText($"var a = {code}", cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);

        foreach (var node in root.DescendantNodes())
        {
            var source = SqlSource.FromLiteral(node);
            var location = source?.GetLocation(new TextSpan(0, source.Text.Length));

            Assert.True(location is null || location == Location.None || root.FullSpan.Contains(location.SourceSpan));
        }
    }

    [Fact]
    public void Long_sum_is_read_part_by_part()
    {
        var source = Read(string.Join(" + ", Enumerable.Repeat("\"a\" + table", 1_000)), out _)!;

        Assert.Equal(2_000, source.Text.Length);
        Assert.Equal("table", InSource(source.GetLocation(new TextSpan(1_999, 1))));
    }

    private static string InSource(Location location) => location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(location.SourceSpan);

    private static SqlSource? Read(string expression, out string? constant)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            using System;
            using System.Text;

            enum Level { Low, Least = Low, High }

            class Program
            {
                const string Word = "const_word";
                static readonly string ReadOnly = "read only";

                static void Main(string table)
                {
                    const string Local = "local ";
                    object sql =
            {{expression}};
                }
            }

            class Other
            {
                public static readonly string Changed = "before";

                static Other() => Changed = "after";
            }
            """.Replace("Changed + ", "Other.Changed + "),
            cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], Net100.References.All);
        var model = compilation.GetSemanticModel(tree);
        var value = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.Text == "sql").Initializer!.Value;
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS5001");
        constant = model.GetConstantValue(value, TestContext.Current.CancellationToken).Value as string;
        return SqlSource.FromExpression(value, model, TestContext.Current.CancellationToken);
    }
}
