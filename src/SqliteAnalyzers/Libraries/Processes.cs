using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>System.Diagnostics.Process: which calls start a worker, and which only open a document, a folder or a web page.</summary>
internal static class Processes
{
    private static readonly string[] s_staticStarts = ["Run", "RunAsync", "RunAndCaptureText", "RunAndCaptureTextAsync", "StartAndForget"];

    private static readonly HashSet<string> s_openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "explorer", "open", "xdg-open", "gnome-open", "kde-open", "wslview", "gio", "sensible-browser", "notepad",
    };

    /// <summary>A variable so named does not hold a program.</summary>
    private static readonly string[] s_documentNames = ["url", "uri", "link", "folder", "directory", "website"];

    public static void Describe(LibraryTable table)
    {
        if (table.Find("System.Diagnostics.Process") is not { } process)
        {
            return;
        }

        var startInfo = table.Find("System.Diagnostics.ProcessStartInfo");
        var handle = table.Find("Microsoft.Win32.SafeHandles.SafeProcessHandle");
        table.Kind(process, ObjectKind.ProcessStart, Words.Process);
        table.Kind(startInfo, ObjectKind.ProcessStart, Words.Process | Words.Starts);
        table.Sieve.AddWord("StartInfo", Words.Starts);
        table.Mention("SafeProcessHandle", Words.Process);
        foreach (var type in new[] { process, startInfo })
        {
            table.Constructor(type, Make);
            table.Property(type, "StartInfo", get: (item, _) => Value.Of(item), set: (item, value, _, effects) => Adopt(item, value, effects));
            table.Property(type, "FileName", (item, effects) => effects.Get(item, Slot.FileName), (item, value, source, effects) => SetFileName(item, value, source, effects));
            table.Property(type, "Arguments", set: (item, value, _, effects) => effects.Set(item, Slot.Arguments, value));
            table.Property(type, "UseShellExecute", (item, effects) => effects.Get(item, Slot.UseShellExecute), (item, value, _, effects) => effects.Set(item, Slot.UseShellExecute, value));
        }

        table.Method(process, ["Start"], Start, Words.Starts);
        table.Method(process, s_staticStarts, call => call.Method.IsStatic ? Start(call) : Value.Unknown, Words.Starts);
        table.Method(handle, ["Start"], call => call.Method.IsStatic ? Start(call) : null);
        table.Own(process);
        table.Own(startInfo);
    }

    /// <summary>A method that the user names in .editorconfig as one that starts a worker.</summary>
    public static bool IsNamedByUser(LibraryCall call) =>
        call.Method.ContainingType is { } type && call.Effects.IsProcessStarter($"{type.ToDisplayString()}.{call.Method.Name}");

    private static Value? Make(LibraryCall call)
    {
        if (call.Operation is IInvocationOperation)
        {
            return Value.Unknown;
        }

        var start = call.Effects.Allocate(ObjectKind.ProcessStart);
        if (call.Argument("fileName") is { } fileName)
        {
            SetFileName(start, fileName, call.ArgumentOperation("fileName"), call.Effects);
        }

        call.Effects.Set(start, Slot.Arguments, call.Argument("arguments"));
        return Value.Of(start);
    }

    private static void SetFileName(AbstractObject start, Value fileName, IOperation? source, IEffects effects)
    {
        effects.Set(start, Slot.FileName, fileName);
        if (source is not null && (IsNamedLikeDocument(source) || IsFolder(source)) && fileName.Only<Text>() is null)
        {
            effects.Set(start, Slot.UseShellExecute, Value.True);
        }
    }

    private static void Adopt(AbstractObject start, Value infos, IEffects effects)
    {
        foreach (var info in infos.Objects(ObjectKind.ProcessStart))
        {
            foreach (var slot in new[] { Slot.FileName, Slot.Arguments, Slot.UseShellExecute })
            {
                if (effects.State.Get(info, slot) is { } value)
                {
                    effects.Set(start, slot, value);
                }
            }
        }
    }

    private static Value? Start(LibraryCall call)
    {
        var info = call.Instance ?? call.Argument("startInfo");
        var starts = info?.Objects(ObjectKind.ProcessStart).ToArray() ?? [];
        var opensDocument = info is null
            ? OpensDocument(call.Argument("fileName"), call.Argument("arguments"), call.Effects)
                || (call.ArgumentOperation("fileName") is { } source && call.Argument("fileName")?.Only<Text>() is null && (IsNamedLikeDocument(source) || IsFolder(source)))
            : starts.Length > 0 && Array.Exists(starts, start => OpensDocument(start, call.Effects));
        if (!opensDocument)
        {
            call.Effects.Raise(new StartsProcess(call.At));
        }

        return Value.Unknown;
    }

    private static bool OpensDocument(AbstractObject start, IEffects effects) =>
        effects.Get(start, Slot.UseShellExecute)?.Only<Constant>() is { Value: true }
        || OpensDocument(effects.Get(start, Slot.FileName), effects.State.Get(start, Slot.Arguments), effects);

    private static bool OpensDocument(Value? fileName, Value? arguments, IEffects effects)
    {
        if (fileName is null || effects.Ask(fileName).Only<Text>() is not { Flat: var name })
        {
            return false;
        }

        var program = ProgramOf(name);
        return s_openers.Contains(program)
            || name.Contains("://")
            || name.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("/", StringComparison.Ordinal)
            || name.EndsWith("\\", StringComparison.Ordinal)
            || (program.Equals("cmd", StringComparison.OrdinalIgnoreCase)
                && arguments is not null
                && effects.Ask(arguments).Only<Text>() is { Flat: var given }
                && given.TrimStart().StartsWith("/c start", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name of a program without its folder and ending.</summary>
    private static string ProgramOf(string path)
    {
        var name = path.Trim().Trim('"');
        name = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 4) : name;
    }

    private static bool IsNamedLikeDocument(IOperation source)
    {
        var name = Unconverted(source) switch
        {
            IParameterReferenceOperation { Parameter.Name: var parameter } => parameter,
            ILocalReferenceOperation { Local.Name: var local } => local,
            IMemberReferenceOperation { Member.Name: var member } => member,
            _ => "",
        };
        return s_documentNames.Any(word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsFolder(IOperation source) =>
        Unconverted(source) is IInvocationOperation { TargetMethod.Name: "GetFolderPath" or "GetDirectoryName" or "GetTempPath" };

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
