using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Tests.Docs;

namespace SqliteAnalyzers.Tests.Architecture;

/// <summary>What <c>dotnet format style</c> would change and the build does not report, without the minute that it takes.</summary>
public sealed class UsingsTests
{
    [Fact]
    public void Usings_are_in_order_and_those_of_System_come_first()
    {
        var files = Directory.EnumerateFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(AreInOrder(File.ReadAllText(file)), file));
    }

    [Theory]
    [InlineData("using System; using System.Text; using Microsoft.CodeAnalysis; using static System.Math;", true)]
    [InlineData("using Microsoft.CodeAnalysis; using System;", false)]
    [InlineData("using System.Text; using System;", false)]
    public void Disorder_is_seen(string usings, bool isInOrder) => Assert.Equal(isInOrder, AreInOrder(usings));

    private static bool AreInOrder(string code)
    {
        var names = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetCompilationUnitRoot(TestContext.Current.CancellationToken).Usings
            .Where(directive => directive is { Alias: null, StaticKeyword.RawKind: 0 })
            .Select(directive => $"{directive.Name}")
            .ToArray();
        return names.SequenceEqual(names.OrderBy(name => name is not "System" && !name.StartsWith("System.", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.OrdinalIgnoreCase));
    }
}
