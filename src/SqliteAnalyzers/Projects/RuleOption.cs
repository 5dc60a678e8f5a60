using System.Collections.Immutable;
using System.Text.RegularExpressions;
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
        static word => Regex.IsMatch(word, @"^[\p{L}_][\w]*(\.[\p{L}_][\w]*)+$"));

    public static readonly ImmutableArray<RuleOption> All = ImmutableArray.Create(RequiredPragmas, ProcessStartMethods);

    /// <summary>The keys in .editorconfig, the one of all rules last: it is read where none of the others is set.</summary>
    public IEnumerable<string> Keys => Rules.Select(rule => $"dotnet_code_quality.{rule}.{Name}").Append($"sqlite_analyzers.{Name}");

    /// <summary>The words that are set for a file, or the default.</summary>
    /// <param name="options">Of the file.</param>
    /// <param name="faults">Gets the words that are none of this option, which are left out.</param>
    public ImmutableArray<string> Read(AnalyzerConfigOptions options, ICollection<OptionFault> faults)
    {
        var words = default(List<string>);
        foreach (var key in Keys)
        {
            if (!options.TryGetValue(key, out var list) || (words is not null && !key.StartsWith("dotnet_code_quality.", StringComparison.Ordinal)))
            {
                continue;
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

        return words?.ToImmutableArray() ?? Default;
    }
}
