using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// What the whole project says about its databases: which pragmas it sets on which of them, whether it puts them in WAL mode.
/// Asked last, of the summaries that exist anyway.
/// </summary>
internal sealed class ProjectFacts(FlowEngine engine, Reach reach, IReadOnlyList<TreeTexts> texts)
{
    private static readonly HashSet<int> s_ends =
    [
        .. new[] { "Commit", "CommitAsync", "COMMIT", "commit", "Rollback", "RollbackAsync", "ROLLBACK", "rollback", "RELEASE", "release" }.Select(NameHash.Of),
    ];

    private static readonly Regex s_endsInSql = new(@"\b(END|RELEASE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly HashSet<int> s_clearPools = [NameHash.Of("ClearAllPools"), NameHash.Of("ClearPool")];

    private static readonly int s_journalMode = NameHash.Of("journal_mode");

    private static readonly HashSet<int> s_configures = [NameHash.Of("OpenConfigured"), NameHash.Of("ConfiguredSqliteDataSource")];

    private static readonly int s_journalModeOption = NameHash.Of("JournalMode");

    private static readonly HashSet<int> s_wal = [NameHash.Of("WAL"), NameHash.Of("wal"), NameHash.Of("Wal")];

    /// <summary>Calls that a connection is handed on over.</summary>
    private const int MaxCalls = 2;

    /// <summary>What so many callers have not found, no other is taken to find.</summary>
    private const int MaxAsked = 10;

    /// <summary>Calls between a write and the method that begins its transaction.</summary>
    private const int MaxCallsToTransaction = 3;

    /// <summary>Pieces of code that a method leads to which is asked for its transaction: one that brings a database up to date takes many steps.</summary>
    private const int MaxBelowTransaction = 100;

    private static readonly int s_transactionScope = NameHash.Of("TransactionScope");

    private readonly Lazy<ConnectionSettingsApi?> _connectionSettings = new(() => ConnectionSettingsApi.For(engine.Compilation));
    private readonly SharedResult<PragmaUse> _pragmas = new((_, cancellation) => PragmaUse.Collect(engine, reach, new(engine.Project, texts), cancellation));
    private readonly SharedResult<bool> _beginsTransactions = new((_, cancellation) => (engine.Project.Words & (Words.AmbientTransaction | Words.Batches)) != 0
        || engine.Project.Members.Any(member => NameHash.Overlaps(member.Names, UnseenTransactions.Names))
        || reach.SeedsOf(Words.Transacts).Any(member => engine.Calls.In(member, cancellation).Any(contents => (contents.Words & Words.Transacts) != 0))
        || UnseenTransactions.AreBegunBy(engine, cancellation));
    private readonly SharedResult<HeldTransactions> _heldTransactions = new((_, cancellation) => new(engine, cancellation));
    private readonly Lazy<bool> _usesTransactionScope = new(() => engine.Project.Members.Any(member => NameHash.Contains(member.Names, s_transactionScope)));
    private readonly Lazy<bool> _isTestProject = new(() => TestFrameworks.AreReferencedBy(engine.Compilation));
    private readonly Lazy<bool> _clearsPools = new(() => engine.Project.Members.Any(member => NameHash.Overlaps(member.Names, s_clearPools)));
    private OpenedFiles? _databases;
    private TemporaryTables? _temporaryTables;
    private HashSet<int>? _clearing;
    private IReadOnlyList<TreeIndex.MemberEntry>? _settingWal;

    /// <summary>Whether the project anywhere opens a database in memory or read-only.</summary>
    public bool MentionsMemoryOrReadOnly { get; } = texts.Any(tree => tree.MentionsMemoryOrReadOnly);

    /// <summary>Whether the project references a test framework: what it tests sets its pragmas in another project.</summary>
    public bool IsTestProject => _isTestProject.Value;

    /// <summary>The files that mention any of the words, in the order of their paths.</summary>
    public IEnumerable<SyntaxTree> TreesWith(Words words) => engine.Compilation.SyntaxTrees
        .Where(tree => engine.Project.Of(tree) is { } index && (index.Words & words) != 0)
        .OrderBy(tree => tree.FilePath, StringComparer.Ordinal);

    /// <summary>Whether any text of the project sets such a pragma.</summary>
    public bool Writes(Func<PragmaSetting, bool> isSuch) => texts.Any(tree => tree.Pragmas.Values.Any(written => written.Any(isSuch)));

    /// <summary>Whether the project anywhere names a checkpoint: the pragma, a function or a helper.</summary>
    public bool MentionsCheckpoint => (engine.Project.Words & Words.Checkpoint) != 0;

    /// <summary>Whether anything in the project begins transactions on databases, or may: <c>Begin</c> is the name of other things, too, and a word of texts.</summary>
    public bool BeginsTransactions(CancellationToken cancellation) => _beginsTransactions.Get(cancellation);

    /// <summary>Whether the project anywhere closes the idle connections of a pool.</summary>
    public bool ClearsPools => _clearsPools.Value;

    /// <summary>The names of what closes the idle connections of a pool: .NET's methods, and the members of the project that call them, over so many calls.</summary>
    public HashSet<int> ClearingNames => _clearing ??= Enumerable.Range(0, MaxCalls).Aggregate(
        s_clearPools,
        (names, _) => [.. names, .. engine.Project.Members.Where(member => !member.Has(MemberTraits.TypeFront) && NameHash.Overlaps(member.Names, names)).Select(member => member.NameHash)]);

    /// <summary>The files that the project opens as databases; null where it does not reference Microsoft.Data.Sqlite.</summary>
    public OpenedFiles? Databases => ConnectionSettings is { } api
        ? _databases ??= new(engine.Project, [.. engine.Compilation.SyntaxTrees], engine.Bodies.ModelOf, api)
        : null;

    /// <summary>What sets how the project connects; null where it does not reference Microsoft.Data.Sqlite.</summary>
    public ConnectionSettingsApi? ConnectionSettings => _connectionSettings.Value;

    /// <summary>The members that write the words by which WAL mode is set, in one text or in several, or have the helper library set it, whose default it is.</summary>
    public IReadOnlyList<TreeIndex.MemberEntry> SettingWal => _settingWal ??= [.. engine.Project.Members.Where(member => (member.Words & Words.Pragma) != 0
        && (NameHash.Contains(member.Names, s_journalMode) ? NameHash.Overlaps(member.Names, s_wal) : NameHash.Overlaps(member.Names, s_configures) && !NameHash.Contains(member.Names, s_journalModeOption)))];

    /// <summary>The member that a node is part of.</summary>
    public TreeIndex.MemberEntry? MemberOf(SyntaxNode node) => engine.Project.MemberOf(node);

    /// <summary>The members of a file.</summary>
    public IEnumerable<TreeIndex.MemberEntry> MembersOf(SyntaxTree tree) => engine.Project.Of(tree)?.Members ?? [];

    /// <summary>The hashes of the names that a member mentions.</summary>
    public int[] NamesIn(CodeMember member) => engine.Project.Entry(member)?.Names ?? [];

    /// <summary>The assemblies that the project references.</summary>
    public IEnumerable<AssemblyIdentity> References => engine.Compilation.ReferencedAssemblyNames;

    /// <summary>Of the members whose texts set WAL mode the first by name; null: none does.</summary>
    public CodeMember? FirstToSetWal { get; } = texts.SelectMany(tree => tree.Pragmas)
        .Where(written => written.Value.Any(setting => setting is { Name: "journal_mode", Value: { } mode } && mode.Equals("wal", StringComparison.OrdinalIgnoreCase)))
        .Select(written => written.Key)
        .Min();

    /// <summary>Whether anything in the project puts the database in WAL mode.</summary>
    public bool UsesWal(DatabaseIdentity database, CancellationToken cancellation) => MayBeInWalByLibrary(database, cancellation) || Pragmas(cancellation).UsesWal(database);

    /// <summary>The pragmas that anything in the project sets on the database, in lower case.</summary>
    public ImmutableHashSet<string> PragmasSetOn(DatabaseIdentity database, CancellationToken cancellation) =>
        MayBeOfContext(database, cancellation) ? Pragmas(cancellation).SetOn(database).Add("journal_mode") : Pragmas(cancellation).SetOn(database);

    /// <summary>Whether it may be the database of a context of Entity Framework Core, which puts what it makes in WAL mode.</summary>
    private bool MayBeOfContext(DatabaseIdentity database, CancellationToken cancellation) =>
        ContextFiles(cancellation).Any(file => file.Paths.Any(path => DatabaseIdentity.MayBeOne(PathNames.FileNameIn(path), database.FileName)));

    /// <summary>The same of any library that does so; where the file of no context is known, whatever it is.</summary>
    private bool MayBeInWalByLibrary(DatabaseIdentity database, CancellationToken cancellation) =>
        (engine.Project.Words & Words.SetsWal) != 0 && (!ContextFiles(cancellation).Any() || MayBeOfContext(database, cancellation));

    private IEnumerable<OpenedFile> ContextFiles(CancellationToken cancellation) =>
        (engine.Project.Words & Words.SetsWal) != 0 && Databases is { } files ? files.All(cancellation).Where(static file => file.IsContext) : [];

    /// <summary>Whether the project puts this very database in WAL mode, and not only may do so.</summary>
    public bool IsKnownToUseWal(DatabaseIdentity database, CancellationToken cancellation) => Pragmas(cancellation).IsKnownToUseWal(database);

    /// <summary>The values to which the project sets the pragma on this very database, and not only may do so; null among them where one is not known.</summary>
    public IReadOnlyCollection<string?> PragmaValuesOn(DatabaseIdentity database, string pragma, CancellationToken cancellation) => Pragmas(cancellation).ValuesOn(database, pragma);

    /// <summary>Where the project sets such a pragma, and on which databases.</summary>
    public IEnumerable<DatabasePragma> SettingsOf(Func<PragmaSetting, bool> isSuch, CancellationToken cancellation) => Pragmas(cancellation).SettingsOf(isSuch);

    /// <summary>Whether code that gets a connection from the member uses it so.</summary>
    public bool IsUsedByCallers(CodeMember maker, Func<ConnectionUse, bool> isSo, CancellationToken cancellation) =>
        SummariesOfCallers(maker, cancellation).Any(summary => summary.Obtained.Any(obtained => obtained.Maker.Equals(maker) && isSo(obtained.Use)));

    /// <summary>Whether the project mentions TransactionScope: which of its connections take part is for the provider to say.</summary>
    public bool UsesTransactionScope => _usesTransactionScope.Value;

    /// <summary>The transactions that members of the project leave open on connections that others can reach.</summary>
    public HeldTransactions HeldTransactions(CancellationToken cancellation) => _heldTransactions.Get(cancellation);

    /// <summary>Whether the table is one that the project makes as a temporary one, or may be.</summary>
    /// <param name="table">"" where its name is not known.</param>
    /// <param name="cancellation">Cancels.</param>
    public bool IsTemporaryTable(string table, CancellationToken cancellation) => (_temporaryTables ??= TemporaryTables.Of(engine.Compilation, cancellation)).MayBe(table);

    /// <summary>The code at a place; null if it is there no longer.</summary>
    public SyntaxNode? SyntaxAt(Place place, CancellationToken cancellation) => engine.Project.LocationOf(place) is { SourceTree: { } tree } location
        ? tree.GetRoot(cancellation).FindNode(location.SourceSpan, getInnermostNodeForTie: true)
        : null;

    /// <summary>What is found in a member of that which a finding asks.</summary>
    public IEnumerable<Finding> AnswersIn(CodeMember member, Finding finding, CancellationToken cancellation) => engine.Units.In(member, cancellation)
        .SelectMany(unit => engine.SummaryOf(unit, cancellation).Findings)
        .Where(found => found.Check == finding.Check && found.At.Member.Equals(member) && found.Origin.Equals(finding.Origin));

    /// <summary>What another rule finds in the code of a member.</summary>
    public IEnumerable<Finding> FindingsOf(DiagnosticDescriptor rule, CodeMember member, CancellationToken cancellation) => engine.Units.In(member, cancellation)
        .SelectMany(unit => engine.SummaryOf(unit, cancellation).Findings)
        .Where(found => found.Check.Descriptor == rule && found.At.Member.Equals(member));

    /// <summary>Answers what code may do between two places.</summary>
    public Meantime Meantime(CancellationToken cancellation) => new(engine, cancellation);

    /// <summary>What callers say of that which a finding asks, and whether all were asked that might say more.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="isOpen">Whether an answer leaves it to the callers of that one.</param>
    /// <param name="cancellation">Cancels.</param>
    public (IReadOnlyList<Finding> Answers, bool WereAllAsked) AnswersOfCallers(Finding finding, Func<Finding, bool> isOpen, CancellationToken cancellation)
    {
        var answers = new Dictionary<CodeMember, Finding[]>();
        var callers = new Callers(engine, reach, MaxCallsToTransaction, MaxAsked, MaxBelowTransaction);
        foreach (var caller in callers.Of(finding.At.Member, caller => answers.TryGetValue(caller, out var given) && given.Any(isOpen), cancellation))
        {
            answers[caller] = [.. AnswersIn(caller, finding, cancellation)];
        }

        return ([.. answers.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value)], callers.WereAllAsked && answers.Values.All(given => given.Length > 0));
    }

    /// <summary>What callers have found where they lead to the place of a finding.</summary>
    public IEnumerable<Finding> FoundByCallers(Finding finding, CancellationToken cancellation) =>
        SummariesOfCallers(finding.At.Member, cancellation).SelectMany(summary => summary.Findings
            .Where(found => found.Check == finding.Check && finding.At.Equals(found.Origin))
            .OrderBy(found => found.At));

    /// <summary>Whether callers of a member have found another rule broken by what happens at a place.</summary>
    public bool IsFoundByCallers(DiagnosticDescriptor rule, CodeMember member, Place place, CancellationToken cancellation) =>
        SummariesOfCallers(member, cancellation).Any(summary => summary.Findings.Any(found => found.Check.Descriptor == rule && found.Needs.Any(need => need.Origin.Equals(place))));

    /// <summary>Whether code of the project calls the member.</summary>
    public bool HasCallers(CodeMember member, CancellationToken cancellation) => SummariesOfCallers(member, cancellation).Any();

    /// <summary>Whether the code in which something happens has found the same where it happens, or the code that is called has and asks nobody.</summary>
    public bool IsFoundBelow(Finding finding, CancellationToken cancellation) =>
        FoundAt(finding.Origin, finding, cancellation).Any()
        || finding.Needs.Any(need => FoundAt(need.Below, finding, cancellation).Any(found => !found.AsksCallers));

    /// <summary>Whether the process ends with the member.</summary>
    public bool IsEntryPoint(CodeMember member, CancellationToken cancellation) =>
        engine.Project.Entry(member)?.Has(MemberTraits.TopLevel) == true
        || (engine.Compilation.GetEntryPoint(cancellation) is { } entry && engine.Units.Of(entry)?.Member.Equals(member) == true);

    /// <summary>Whether a member other than this one ends transactions and begins none: it may end what others have begun.</summary>
    public bool EndsTransactionsElsewhere(CodeMember member) => engine.Project.Members.Any(other =>
        !other.Member.Equals(member) && (other.Words & Words.Transacts) == 0 && NameHash.Overlaps(other.Names, s_ends));

    /// <summary>Whether code writes one of the words by which transactions end, or calls something of the project that does.</summary>
    public bool MayEndTransactions(SyntaxNode code)
    {
        var called = new HashSet<string>(code.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(Projects.Meantime.NameOf).OfType<string>(), StringComparer.Ordinal);
        var functions = code.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault()?.DescendantNodes().OfType<LocalFunctionStatementSyntax>() ?? [];
        return WritesEnd(code)
            || functions.Any(function => called.Contains(function.Identifier.ValueText) && WritesEnd(function))
            || engine.Project.Members.Any(member => called.Contains(member.Name) && NameHash.Overlaps(member.Names, s_ends));
    }

    private static bool WritesEnd(SyntaxNode code) => code.DescendantTokens().Any(static token =>
        token.Text.IndexOf("commit", StringComparison.OrdinalIgnoreCase) >= 0
        || token.Text.IndexOf("rollback", StringComparison.OrdinalIgnoreCase) >= 0
        || (token.Parent is LiteralExpressionSyntax or InterpolatedStringTextSyntax && s_endsInSql.IsMatch(token.Text)));

    /// <summary>What the code of another member finds of the same at a place in it.</summary>
    private IEnumerable<Finding> FoundAt(Place? place, Finding finding, CancellationToken cancellation) =>
        place is { Member: var member } at && !member.Equals(finding.At.Member)
            ? engine.Units.In(member, cancellation)
                .SelectMany(unit => engine.SummaryOf(unit, cancellation).Findings)
                .Where(found => found.Check == finding.Check && found.At.Equals(at))
            : [];

    private IEnumerable<Summary> SummariesOfCallers(CodeMember member, CancellationToken cancellation) =>
        new Callers(engine, reach, MaxCalls, MaxAsked).Of(member, isLeftOpen: _ => true, cancellation)
            .SelectMany(caller => engine.Units.In(caller, cancellation))
            .Select(unit => engine.SummaryOf(unit, cancellation));

    private PragmaUse Pragmas(CancellationToken cancellation) => _pragmas.Get(cancellation);
}
