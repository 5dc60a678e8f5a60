using System.Reflection;

namespace SqliteAnalyzers.Rules;

/// <summary>
/// Where the page of a rule stands, from the RepositoryUrl and Version the assembly was built with.
/// </summary>
internal static class HelpLinks
{
    private static readonly string s_root =
        $"{Metadata("RepositoryUrl")}/blob/v{Metadata("PackageVersion")}/docs/rules/";

    public static string For(string id) => s_root + id + ".md";

    private static string Metadata(string key)
    {
        foreach (var attribute in typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        {
            if (attribute.Key == key)
            {
                return attribute.Value ?? "";
            }
        }

        return "";
    }
}
