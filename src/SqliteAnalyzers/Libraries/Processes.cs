using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>System.Diagnostics.Process: which calls start a worker, and which only open a document, a folder or a web page.</summary>
internal static class Processes
{
    /// <summary>The namespaces of the libraries that start processes, beside that of .NET itself.</summary>
    public static readonly ImmutableArray<string> OtherLibraries = ImmutableArray.Create("CliWrap", "Medallion.Shell");

    private static readonly string[] s_staticStarts = ["Run", "RunAsync", "RunAndCaptureText", "RunAndCaptureTextAsync", "StartAndForget"];

    /// <summary>The file that runs, by whatever the program calls it.</summary>
    private static readonly Value s_ownProgram = Value.Of(StartedProgram.Own);

    /// <summary>What leads to the file that runs.</summary>
    private static readonly string[] s_ownProgramWords = ["ProcessPath", "MainModule", "ExecutablePath", "GetExecutingAssembly", "GetEntryAssembly", "GetCommandLineArgs"];

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
            table.Property(type, "ArgumentList", get: (item, _) => Value.Of(item));
            table.Property(type, "Environment", get: (item, _) => Value.Of(item));
            table.Property(type, "EnvironmentVariables", get: (item, _) => Value.Of(item));
            table.Property(type, "WorkingDirectory", set: (item, value, _, effects) => Give(Value.Of(item), [value], effects));
            table.Property(type, "UseShellExecute", (item, effects) => effects.Get(item, Slot.UseShellExecute), (item, value, _, effects) => effects.Set(item, Slot.UseShellExecute, value));
        }

        table.Method(process, ["Start"], Start, Words.Starts);
        table.Method(process, s_staticStarts, call => call.Method.IsStatic ? Start(call) : Value.Unknown, Words.Starts);
        table.Method(process, ["GetCurrentProcess"], _ => s_ownProgram);
        table.Method(table.Find("System.Reflection.Assembly"), ["GetExecutingAssembly", "GetEntryAssembly", "GetCallingAssembly"], _ => s_ownProgram);
        table.Property(table.Find("System.Type"), "Assembly", get: (item, _) => item.Equals(StartedProgram.OwnType) ? s_ownProgram : null);
        table.Method(table.Find("System.Environment"), ["GetCommandLineArgs"], _ => Value.Of(new Elements(new(ImmutableArray.Create(s_ownProgram)), IsComplete: false)));
        table.Method(handle, ["Start"], call => call.Method.IsStatic ? Start(call) : null);
        foreach (var word in s_ownProgramWords.Concat(KnownPrograms.BundledNames))
        {
            table.Sieve.AddWord(word, Words.Handed);
        }

        table.Own(process);
        table.Own(startInfo);
    }

    /// <summary>What the lists of a start are given.</summary>
    public static void DescribeLists(LibraryTable table)
    {
        foreach (var type in new[] { "System.Collections.ObjectModel.Collection`1", "System.Collections.Generic.ICollection`1", "System.Collections.Generic.IDictionary`2", "System.Collections.Specialized.StringDictionary" })
        {
            table.Method(table.Find(type), ["Add", "Insert", "set_Item", "TryAdd"], call =>
            {
                if (!call.Receivers(ObjectKind.ProcessStart).Any())
                {
                    return null;
                }

                Give(call.Receiver, call.Arguments.Skip(call.Arguments.Count - 1), call.Effects);
                return Value.Unknown;
            });
        }
    }

    /// <summary>A process is given these when it is started.</summary>
    public static void Give(Value starts, IEnumerable<Value> values, IEffects effects)
    {
        foreach (var start in starts.Objects(ObjectKind.ProcessStart))
        {
            var given = values.Aggregate(effects.State.Get(start, Slot.Given), (all, value) => all?.Join(value) ?? value);
            effects.Set(start, Slot.Given, given);
        }
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
            foreach (var slot in new[] { Slot.FileName, Slot.Arguments, Slot.Given, Slot.UseShellExecute })
            {
                if ((effects.State.Get(info, slot) ?? HeldAtEntry(info, slot, effects)) is { } value)
                {
                    effects.Set(start, slot, value);
                }
            }
        }
    }

    /// <summary>What one that somebody else has made holds, as far as the callers know it.</summary>
    private static Value? HeldAtEntry(AbstractObject start, Slot slot, IEffects effects) => start is not EntryObject { Path: var path } ? null
        : effects.Get(start, slot) ?? (path.Then(ObjectMember.Of(slot)) is { } held ? Value.Of(new EntryObject(ObjectKind.Plain, held)) : null);

    private static Value? Start(LibraryCall call)
    {
        if ((call.Instance ?? call.Argument("startInfo")) is { } info)
        {
            Start(info, call.At, call.Effects);
            return Value.Unknown;
        }

        var fileName = call.Argument("fileName") ?? Value.Unknown;
        if (call.ArgumentOperation("fileName") is not { } source || fileName.Only<Text>() is not null || !(IsNamedLikeDocument(source) || IsFolder(source)))
        {
            Raise(call.At, fileName, call.Argument("arguments"), null, call.Effects);
        }

        return Value.Unknown;
    }

    /// <summary>Starts what one of these describes.</summary>
    public static void Start(Value infos, Place at, IEffects effects)
    {
        var starts = infos.Objects(ObjectKind.ProcessStart).ToArray();
        if (Array.Exists(starts, start => effects.Get(start, Slot.UseShellExecute)?.Only<Constant>() is { Value: true }))
        {
            return;
        }

        if (starts is [var only])
        {
            Raise(at, Held(Slot.FileName) ?? Value.Unknown, Held(Slot.Arguments), Held(Slot.Given), effects);

            Value? Held(Slot slot) => effects.State.Get(only, slot) ?? HeldAtEntry(only, slot, effects);
        }
        else
        {
            effects.Raise(new StartsProcess(at, Value.Unknown, Value.Unknown));
        }
    }

    private static void Raise(Place at, Value program, Value? arguments, Value? others, IEffects effects)
    {
        arguments = arguments is null ? null : effects.Ask(arguments);
        var given = arguments is not null && others is not null ? arguments.Join(others) : arguments ?? others ?? Value.Unknown;
        effects.Raise(new StartsProcess(at, effects.Ask(program), given));
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
