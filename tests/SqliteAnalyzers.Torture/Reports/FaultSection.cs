using System.Globalization;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page's section about faults.</summary>
internal static class FaultSection
{
    private static readonly Dictionary<FaultMeans, string> s_means = new()
    {
        [FaultMeans.None] = "another process, or a setting",
        [FaultMeans.SmallDisk] = "a tmpfs of a few megabytes",
        [FaultMeans.FileSizeLimit] = "RLIMIT_FSIZE, with SIGXFSZ ignored",
        [FaultMeans.Permissions] = "permission bits",
    };

    public static string Text(IReadOnlyList<FaultResult> results)
    {
        var means = new MarkdownTable("brought about by", "possible here");
        foreach (var group in results.GroupBy(r => r.Fault.Means))
        {
            means.Add(s_means[group.Key], group.All(r => r.WasPossible) ? "yes" : "no");
        }

        var faults = new MarkdownTable("fault", "the caller got", "kept, and goes on afterwards");
        foreach (var result in results)
        {
            faults.Add(result.Fault.Title, string.Join("<br>", result.Got.Distinct()), Verdict(result));
        }

        var played = results.Count(r => r.WasPossible);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ## Faults

            Each fault happens to a process that has acknowledged transactions. Then and afterwards the database is looked at as a whole: the acknowledged
            transactions are there and nothing else, no half unit, `integrity_check`. The error must be the documented one. A batch whose transaction
            is gone refuses to go on until `Rollback`; once the cause is gone the same connection works again.

            {played} of {results.Count} faults played. **Lost or wrong: {results.Sum(r => r.Problems.Count)}.**

            {means}
            {faults}
            """);
    }

    private static string Verdict(FaultResult result) => !result.WasPossible ? "not played" : result.Problems.Count == 0 ? "yes" : "**no**";
}
