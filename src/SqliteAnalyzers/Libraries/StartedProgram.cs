using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>How likely a process that is started works on a database.</summary>
internal enum WorkerLikelihood
{
    /// <summary>It is known as something else, or opens a document.</summary>
    None,

    /// <summary>Nothing shows it: the program comes from data.</summary>
    Unknown,

    /// <summary>The database is handed to it, it is the program itself, or the program names it and it is nothing else.</summary>
    Likely,
}

/// <summary>What is known of the program that a process start runs.</summary>
internal static class StartedProgram
{
    /// <summary>Of the name of a database's file, less than this may stand in any text.</summary>
    private const int MinNameLength = 3;

    private static readonly AccessPath s_own = AccessPath.Static(ObjectMember.Field("System.Environment", "ProcessPath"));

    /// <summary>The file that runs: Environment.ProcessPath, and what else leads to it.</summary>
    public static EntryObject Own { get; } = new(ObjectKind.Plain, s_own);

    /// <summary>A type of the program, whose assembly is the file that runs.</summary>
    public static EntryObject OwnType { get; } = new(ObjectKind.Plain, AccessPath.Static(ObjectMember.Field("System.Type", "Own")));

    /// <summary>Whether it may be a worker on one of these databases.</summary>
    public static WorkerLikelihood LikelihoodOf(StartsProcess start, IEnumerable<AbstractObject> databases, State state)
    {
        if (start.IsWorker)
        {
            return WorkerLikelihood.Likely;
        }

        var names = TextsOf(start.Program).ToArray();
        if (names.Length > 0 && Array.TrueForAll(names, IsDocument))
        {
            return WorkerLikelihood.None;
        }

        var known = Array.FindAll(names, name => ProgramOf(name.Flat).IndexOf(SqlSource.Hole) < 0);
        return IsOwn(start.Program) || databases.Any(database => IsNamedBy(database, start.Given, state)) ? WorkerLikelihood.Likely
            : Array.Exists(known, name => MayBeWorker(ProgramOf(name.Flat), start.Given)) ? WorkerLikelihood.Likely
            : known.Length > 0 && known.Length == names.Length ? WorkerLikelihood.None
            : IsOwn(start.Given) ? WorkerLikelihood.Likely
            : WorkerLikelihood.Unknown;
    }

    /// <summary>Whether a value holds the path of a database's file, of its folder, or a connection string to it.</summary>
    public static bool IsNamedBy(AbstractObject database, Value value, State state)
    {
        var names = TextsOf(state.Get(database, Slot.DataSource) ?? Value.Unknown).ToList();
        if (database is EntryObject { Path.Parent: { } connection })
        {
            names.Add(Text.OfHole(new(connection, null)));
        }

        return value.Atoms.SelectMany(Flatten).Any(atom =>
            (atom is AbstractObject { Kind: ObjectKind.Connection } item && state.DatabasesOf(item).Contains(database))
            || TextsOf(Value.Of(atom)).Any(text => names.Exists(name => Holds(text, name))));
    }

    private static bool Holds(Text text, Text name)
    {
        var end = name.Flat.LastIndexOfAny(['/', '\\', SqlSource.Hole]);
        var file = name.Flat.Substring(end + 1).Trim();
        if (file.Length >= MinNameLength && (end < 0 || name.Flat[end] != SqlSource.Hole) && text.Flat.IndexOf(file, StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return true;
        }

        if (!name.HasHoles)
        {
            return end > 0 && text.Flat.TrimEnd('/', '\\').Equals(name.Flat.Substring(0, end), StringComparison.OrdinalIgnoreCase);
        }

        return HolesOf(name).Any(part => part.Hole != default && HolesOf(text).Any(given =>
            given.Hole == part.Hole && (IsEndOfWord(given.After) || (part.After.Length > 0 && given.After.StartsWith(part.After, StringComparison.Ordinal)))));
    }

    /// <summary>Each part of a text that is not known, with what follows it.</summary>
    private static IEnumerable<(TextHole Hole, string After)> HolesOf(Text text)
    {
        var start = 0;
        foreach (var hole in text.Holes)
        {
            start = text.Flat.IndexOf(SqlSource.Hole, start) + 1;
            yield return (hole, text.Flat.Substring(start));
        }
    }

    private static bool IsEndOfWord(string rest) => rest.Length == 0 || rest is "/" or "\\" || rest[0] is ' ' or '"' or '\'' or ';' or ',';

    private static bool IsOwn(Value value) => TextsOf(value).Any(text => text.Holes.Any(hole => hole.Value is { } path && IsOwn(path)));

    private static bool IsOwn(AccessPath path) =>
        path.RootPath.Equals(s_own) || path is { Member: { Owner: "System.Windows.Forms.Application", Name: "ExecutablePath" } or { Owner: "System.AppDomain", Name: "FriendlyName" } };

    /// <summary>A URL, a folder, or something to open these with.</summary>
    private static bool IsDocument(Text program) =>
        KnownPrograms.IsOpener(ProgramOf(program.Flat))
        || program.Flat.Contains("://")
        || program.Flat.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || program.Flat.EndsWith("/", StringComparison.Ordinal)
        || program.Flat.EndsWith("\\", StringComparison.Ordinal);

    private static bool MayBeWorker(string program, Value given)
    {
        var arguments = string.Join(" ", TextsOf(given).Select(text => text.Flat));
        return program.Length > 0
            && !KnownPrograms.IsOpener(program)
            && (KnownPrograms.IsShell(program) ? IsOwn(given) || MayRunWorker(arguments) : !KnownPrograms.IsTool(program, arguments));
    }

    /// <summary>Whether the command that a shell is given is a constant, and none that is known.</summary>
    private static bool MayRunWorker(string arguments)
    {
        var command = arguments.Trim();
        foreach (var option in new[] { "/c", "/k", "-lc", "-c" })
        {
            if (command.StartsWith(option, StringComparison.OrdinalIgnoreCase))
            {
                command = command.Substring(option.Length).Trim().TrimStart('"', '\'');
                break;
            }
        }

        var program = ProgramOf(KnownPrograms.FirstWordOf(command));
        return program.Length > 0
            && program.IndexOf(SqlSource.Hole) < 0
            && !KnownPrograms.IsShell(program)
            && !KnownPrograms.IsBuiltin(program)
            && MayBeWorker(program, Value.Of(Text.Of(command.Substring(Math.Min(command.Length, program.Length)))));
    }

    private static IEnumerable<Text> TextsOf(Value value) =>
        value.Atoms.SelectMany(Flatten).SelectMany(atom => atom is Text or Constant { Value: string } or EntryObject ? BaseClassLibrary.TextOf(Value.Of(atom)).Atoms.OfType<Text>() : []);

    private static IEnumerable<Atom> Flatten(Atom atom) => atom is Elements elements ? elements.Items.Values.SelectMany(item => item.Atoms).SelectMany(Flatten) : [atom];

    /// <summary>The name of a program without its folder and ending.</summary>
    private static string ProgramOf(string path)
    {
        var name = path.Trim().Trim('"');
        name = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Substring(dot).ToUpperInvariant() is ".EXE" or ".CMD" or ".BAT" or ".COM" or ".SH" or ".APP" ? name.Substring(0, dot) : name;
    }
}
