namespace SqliteAnalyzers.FixTorture.Programs;

/// <summary>
/// The programs that fixes are tried on.
/// </summary>
internal static class ProgramCatalog
{
    /// <summary>Each scenario in each style it can be written in.</summary>
    public static IEnumerable<TortureProgram> All =>
        from scenario in Scenarios.All
        from style in Style.All
        where style.Suits(scenario)
        select style.With(scenario);

    /// <summary>Every second scenario, in a style that goes round.</summary>
    /// <param name="offset">Where the scenarios and the round of styles begin.</param>
    public static IEnumerable<TortureProgram> Sample(int offset) =>
        Scenarios.All
            .Select((scenario, index) =>
            {
                var styles = Style.All.Where(style => style.Suits(scenario)).ToList();
                return styles[(index + offset) % styles.Count].With(scenario);
            })
            .Where((_, index) => index % 2 == offset % 2);
}
