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

    /// <summary>Whether it may be a worker on one of these databases.</summary>
    public static WorkerLikelihood LikelihoodOf(StartsProcess start, IEnumerable<AbstractObject> databases, State state)
    {
        if (start.IsWorker)
        {
            return WorkerLikelihood.Likely;
        }

        var names = TextsOf(start.Program).ToArray();
        var isHandedOver = databases.Any(database => IsNamedBy(database, start.Given, state) || IsNamedBy(database, start.Program, state));
        if (names.Length > 0 && Array.TrueForAll(names, IsDocument))
        {
            return WorkerLikelihood.None;
        }

        return isHandedOver || IsOwn(start.Program) || IsOwn(start.Given) ? WorkerLikelihood.Likely
            : names.Length == 0 || !Array.TrueForAll(names, name => ProgramOf(name.Flat).IndexOf(SqlSource.Hole) < 0) ? WorkerLikelihood.Unknown
            : Array.Exists(names, name => MayBeWorker(ProgramOf(name.Flat), start.Given)) ? WorkerLikelihood.Likely
            : WorkerLikelihood.None;
    }

    /// <summary>Whether a value holds the path of a database's file, of its folder, or a connection string to it.</summary>
    public static bool IsNamedBy(AbstractObject database, Value value, State state)
    {
        var names = TextsOf(state.Get(database, Slot.DataSource) ?? Value.Unknown).ToArray();
        var holes = new HashSet<TextHole>(names.SelectMany(name => name.Holes).Where(hole => hole != default));
        if (database is EntryObject { Path.Parent: { } connection })
        {
            holes.Add(new(connection, null));
        }

        return value.Atoms.SelectMany(Flatten).Any(atom =>
            atom is AbstractObject { Kind: ObjectKind.Connection } item ? state.DatabasesOf(item).Contains(database)
            : TextsOf(Value.Of(atom)).Any(text => text.Holes.Any(holes.Contains) || names.Any(name => Holds(text.Flat, name.Flat))));
    }

    private static bool Holds(string text, string name)
    {
        var file = name.Substring(name.LastIndexOfAny(['/', '\\', SqlSource.Hole]) + 1).Trim();
        return file.Length >= MinNameLength && text.IndexOf(file, StringComparison.OrdinalIgnoreCase) >= 0;
    }

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
            && (KnownPrograms.IsShell(program) ? MayRunWorker(arguments) : !KnownPrograms.IsTool(program, arguments));
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
