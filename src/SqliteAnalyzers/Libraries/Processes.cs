using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>System.Diagnostics.Process: which calls start a worker, and which only open a document, a folder or a web page.</summary>
internal sealed class Processes : Library
{
    private static readonly HashSet<string> s_staticStarts = new(StringComparer.Ordinal)
    {
        "Start", "Run", "RunAsync", "RunAndCaptureText", "RunAndCaptureTextAsync", "StartAndForget",
    };

    private static readonly HashSet<string> s_openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "explorer", "explorer.exe", "open", "xdg-open", "gnome-open", "kde-open", "wslview", "gio", "sensible-browser", "notepad", "notepad.exe",
    };

    /// <summary>A variable so named does not hold a program.</summary>
    private static readonly string[] s_documentNames = ["url", "uri", "link", "folder", "directory", "website"];

    private readonly INamedTypeSymbol _process;
    private readonly INamedTypeSymbol? _startInfo;
    private readonly INamedTypeSymbol? _handle;

    private Processes(INamedTypeSymbol process, Compilation compilation)
    {
        _process = process;
        _startInfo = compilation.GetTypeByMetadataName("System.Diagnostics.ProcessStartInfo");
        _handle = compilation.GetTypeByMetadataName("Microsoft.Win32.SafeHandles.SafeProcessHandle");
    }

    public override IEnumerable<string> Names => ["Process", "ProcessStartInfo", "SafeProcessHandle"];

    public static Processes? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("System.Diagnostics.Process") is { } process ? new(process, compilation) : null;

    public override bool Owns(IMethodSymbol method) => method.IsMemberOf(_process) || method.IsMemberOf(_handle);

    public override ObjectKind? KindOf(ITypeSymbol type) =>
        type.IsOrDerivesFrom(_process) || type.IsOrDerivesFrom(_startInfo) ? ObjectKind.ProcessStart : null;

    public override Value? Create(LibraryCall call)
    {
        if (!call.Method.IsMemberOf(_process) && !call.Method.IsMemberOf(_startInfo))
        {
            return null;
        }

        var start = call.Machine.Allocate(ObjectKind.ProcessStart, call.Operation);
        call.Machine.Link(start, Slot.FileName, call.Argument("fileName"));
        return Value.Of(start);
    }

    public override Value? Invoke(LibraryCall call)
    {
        if (IsConfiguredStart(call))
        {
            call.Machine.Raise(new StartsProcess(call.Operation));
            return Value.Unknown;
        }

        var isStart = call.Method.IsMemberOf(_process)
            ? call.Method.IsStatic ? s_staticStarts.Contains(call.Method.Name) : call.Method.Name == "Start"
            : call.Method.IsMemberOf(_handle) && call.Method is { Name: "Start", IsStatic: true };
        if (!isStart)
        {
            return call.Method.IsMemberOf(_process) ? Value.Unknown : null;
        }

        var info = call.Instance ?? call.Argument("startInfo");
        var opensDocument = info is null
            ? call.ArgumentOperation("fileName") is IInvocationOperation { TargetMethod.Name: "GetFolderPath" or "GetDirectoryName" or "GetTempPath" }
                || OpensDocument(call.Argument("fileName"), call.Argument("arguments"))
            : info.Objects(ObjectKind.ProcessStart).Any(start => OpensDocument(call.State, start));
        if (!opensDocument)
        {
            call.Machine.Raise(new StartsProcess(call.Operation));
        }

        return Value.Unknown;
    }

    public override Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, Interpreter machine) =>
        reference.Property.IsMemberOf(_process) && reference.Property.Name == "StartInfo" ? instance
        : reference.Property.IsMemberOf(_process) || reference.Property.IsMemberOf(_startInfo) ? Value.Unknown
        : null;

    public override bool SetProperty(IPropertyReferenceOperation reference, Value? instance, Value value, Interpreter machine)
    {
        if (!reference.Property.IsMemberOf(_process) && !reference.Property.IsMemberOf(_startInfo))
        {
            return false;
        }

        foreach (var start in instance?.Objects(ObjectKind.ProcessStart) ?? [])
        {
            switch (reference.Property.Name)
            {
                case "FileName":
                    machine.Link(start, Slot.FileName, value);
                    break;
                case "UseShellExecute":
                    machine.Link(start, Slot.UseShellExecute, value);
                    break;
                case "StartInfo":
                    foreach (var info in value.Objects(ObjectKind.ProcessStart))
                    {
                        machine.Link(start, Slot.FileName, machine.State.Get(info, Slot.FileName));
                        machine.Link(start, Slot.UseShellExecute, machine.State.Get(info, Slot.UseShellExecute));
                    }

                    break;
            }
        }

        return true;
    }

    /// <summary>A method that the user names in .editorconfig as one that starts a worker.</summary>
    private static bool IsConfiguredStart(LibraryCall call)
    {
        var starters = call.Machine.Engine.Options.For(call.Operation.Syntax.SyntaxTree).ProcessStarters;
        return !starters.IsEmpty && starters.Contains($"{call.Method.ContainingType.ToDisplayString()}.{call.Method.Name}");
    }

    private static bool OpensDocument(State state, AbstractObject start) =>
        state.Get(start, Slot.UseShellExecute)?.Only<Constant>() is { Value: true } || OpensDocument(state.Get(start, Slot.FileName), null);

    private static bool OpensDocument(Value? fileName, Value? arguments) => fileName?.Atoms.Length == 1 && fileName.Atoms[0] switch
    {
        SqlSource { Text: var name } => s_openers.Contains(name.Trim())
            || name.Contains("://")
            || name.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("/", StringComparison.Ordinal)
            || name.EndsWith("\\", StringComparison.Ordinal)
            || (name is "cmd" or "cmd.exe" && arguments?.Only<SqlSource>() is { } given && given.Text.StartsWith("/c start", StringComparison.OrdinalIgnoreCase)),
        Opaque { Symbol.Name: var symbol } => s_documentNames.Any(word => symbol.EndsWith(word, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
