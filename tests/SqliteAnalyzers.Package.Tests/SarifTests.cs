using System.Text.Json;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The error log that code scanning services read.
/// </summary>
[Collection(nameof(PackageFeed.FaultyProject))]
public class SarifTests(PackageFeed feed)
{
    [Fact]
    public async Task The_error_log_holds_id_category_and_help_link_of_every_finding()
    {
        (await feed.FaultyProject.BuildAsync("-p:ErrorLog=log.sarif%2Cversion=2.1")).Succeeded();

        using var log = JsonDocument.Parse(await File.ReadAllTextAsync(feed.FaultyProject.PathTo("log.sarif"), TestContext.Current.CancellationToken));
        var run = log.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .ToDictionary(rule => rule.GetProperty("id").GetString()!);
        var found = run.GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("ruleId").GetString()!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Equal(TestProgram.Faulty.ExpectedIds, found);
        foreach (string id in found)
        {
            Assert.Equal(Category(id), rules[id].GetProperty("properties").GetProperty("category").GetString());
            Assert.Equal(
                $"{BuildInfo.RepositoryUrl}/blob/v{BuildInfo.PackageVersion}/docs/rules/{id}.md",
                rules[id].GetProperty("helpUri").GetString());
        }
    }

    private static string Category(string id) => id["SQLITE".Length] switch
    {
        '1' => "SqliteProcesses",
        '2' => "SqliteCheckpoints",
        '3' => "SqliteConfiguration",
        '4' => "SqliteTransactions",
        _ => "SqliteUsage",
    };
}
