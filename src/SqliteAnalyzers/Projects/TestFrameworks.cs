using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Projects;

/// <summary>Which projects are tests.</summary>
internal static class TestFrameworks
{
    private static readonly string[] s_attributes =
        ["Xunit.FactAttribute", "NUnit.Framework.TestAttribute", "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "TUnit.Core.TestAttribute"];

    public static bool AreReferencedBy(Compilation compilation) => s_attributes.Any(name => compilation.GetTypeByMetadataName(name) is not null);
}
