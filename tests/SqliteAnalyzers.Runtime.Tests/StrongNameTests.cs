namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>A strong-named program, as many on .NET Framework are, refers only to strong-named assemblies.</summary>
public sealed class StrongNameTests
{
    [Fact]
    public void The_library_and_all_it_refers_to_have_a_strong_name()
    {
        var assembly = typeof(SqliteConnectionExtensions).Assembly;

        Assert.NotEmpty(assembly.GetName().GetPublicKey()!);
        Assert.All(assembly.GetReferencedAssemblies(), reference => Assert.NotEmpty(reference.GetPublicKeyToken()!));
    }
}
