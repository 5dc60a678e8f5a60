using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>What is wrong with a word of an option.</summary>
/// <param name="Key">As the user has written it.</param>
/// <param name="Word">The word.</param>
/// <param name="Expected">What a word of this option is.</param>
internal sealed record OptionFault(string Key, string Word, string Expected);

/// <summary>A list of words that a user sets for rules in .editorconfig. docs/options.md is made from these.</summary>
/// <param name="Name">The last part of its keys.</param>
/// <param name="Rules">The ids of the rules that it holds for; a key may name any of them.</param>
/// <param name="Word">What each of its words is.</param>
/// <param name="Default">The words where none are set.</param>
/// <param name="Meaning">What the words do.</param>
/// <param name="Example">Words that somebody might set.</param>
/// <param name="IsWord">Whether a word is one.</param>
internal sealed record RuleOption(
    string Name,
    ImmutableArray<string> Rules,
    string Word,
    ImmutableArray<string> Default,
    string Meaning,
    ImmutableArray<string> Example,
    Func<string, bool> IsWord)
{
    private const string RulePrefix = "dotnet_code_quality.";
    private const string GeneralPrefix = "sqlite_analyzers.";

    public static readonly RuleOption RequiredPragmas = new(
        "required_pragmas",
        ImmutableArray.Create("SQLITE3001"),
        "a pragma that SQLite knows",
        ImmutableArray.Create("journal_mode"),
        "The pragmas that the project must set on each database",
        ImmutableArray.Create("journal_mode", "synchronous", "busy_timeout"),
        static word => PragmaCatalogue.TryGet(word, out _));

    public static readonly RuleOption ProcessStartMethods = new(
        "process_start_methods",
        ImmutableArray.Create("SQLITE1001", "SQLITE1002"),
        "a method as Namespace.Type.Method",
        ImmutableArray<string>.Empty,
        "Further methods that start a process that works on the database",
        ImmutableArray.Create("Contoso.Jobs.WorkerPool.Launch", "Contoso.Jobs.Queue.Post"),
        static word => SyntaxFactory.ParseName(word) is QualifiedNameSyntax { ContainsDiagnostics: false, Right: IdentifierNameSyntax });

    public static readonly ImmutableArray<RuleOption> All = ImmutableArray.Create(RequiredPragmas, ProcessStartMethods);

    private static readonly string[] s_prefixes = [RulePrefix + "SQLITE", GeneralPrefix];

    private static readonly HashSet<string> s_keys = new(All.SelectMany(option => option.RuleKeys.Add(option.GeneralKey)), StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys in .editorconfig that name a rule.</summary>
    public ImmutableArray<string> RuleKeys { get; } = Rules.Select(rule => $"{RulePrefix}{rule}.{Name}").ToImmutableArray();

    /// <summary>The key that is read where none of these is set.</summary>
    public string GeneralKey { get; } = $"{GeneralPrefix}{Name}";

    /// <summary>Keys that are written like those of an option and that no rule reads, in their order.</summary>
    public static IEnumerable<OptionFault> UnknownIn(AnalyzerConfigOptions options) =>
        from key in KeysOf(options)
        let prefix = s_prefixes.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        where prefix is not null && !s_keys.Contains(key)
        orderby key.ToUpperInvariant()
        select Unknown(key, prefix);

    /// <remarks>A host whose options cannot be listed throws, as the base class does.</remarks>
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys.ToArray();
        }
        catch (NotImplementedException)
        {
            return [];
        }
    }

    private static OptionFault Unknown(string key, string prefix)
    {
        var name = key.Substring(key.LastIndexOf('.') + 1);
        var rule = prefix == GeneralPrefix ? "" : key.Substring(RulePrefix.Length, Math.Max(0, key.Length - name.Length - 1 - RulePrefix.Length)).ToUpperInvariant();
        return new(key, name, rule.Length == 0 ? "an option of these analyzers" : $"an option of {rule}");
    }

    /// <summary>The words that are set for a file, or the default.</summary>
    /// <param name="options">Of the file.</param>
    /// <param name="faults">Gets the words that are none of this option, which are left out.</param>
    public ImmutableArray<string> Read(AnalyzerConfigOptions options, ICollection<OptionFault> faults)
    {
        var words = default(List<string>);
        foreach (var key in RuleKeys)
        {
            Read(key, options, ref words, faults);
        }

        if (words is null)
        {
            Read(GeneralKey, options, ref words, faults);
        }

        return words?.ToImmutableArray() ?? Default;
    }

    private void Read(string key, AnalyzerConfigOptions options, ref List<string>? words, ICollection<OptionFault> faults)
    {
        if (!options.TryGetValue(key, out var list))
        {
            return;
        }

        words ??= [];
        foreach (var word in list.Split(',').Select(word => word.Trim()).Where(word => word.Length > 0))
        {
            if (!IsWord(word))
            {
                faults.Add(new(key, word, Word));
            }
            else if (!words.Contains(word))
            {
                words.Add(word);
            }
        }
    }
}
