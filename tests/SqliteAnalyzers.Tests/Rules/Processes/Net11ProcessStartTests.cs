using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>
/// The methods by which .NET 11 starts processes, for SQLITE1001 and SQLITE1002. The tests run on .NET 10, so an assembly that declares
/// these methods stands in for System.Diagnostics.Process.
/// </summary>
public sealed class Net11ProcessStartTests
{
    private const string Process =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace System.Diagnostics
        {
            public sealed class ProcessStartInfo
            {
                public ProcessStartInfo(string fileName) { FileName = fileName; }
                public string FileName { get; set; }
                public bool UseShellExecute { get; set; }
            }

            public sealed class ProcessExitStatus { public int ExitCode { get; set; } }

            public sealed class ProcessTextOutput { public string StandardOutput { get; set; } }

            public class Process : IDisposable
            {
                public static Process Start(string fileName) => throw null;
                public static Process GetCurrentProcess() => throw null;
                public static ProcessExitStatus Run(ProcessStartInfo startInfo, TimeSpan? timeout = null) => throw null;
                public static ProcessExitStatus Run(string fileName, IList<string> arguments = null, TimeSpan? timeout = null) => throw null;
                public static Task<ProcessExitStatus> RunAsync(ProcessStartInfo startInfo, CancellationToken cancellationToken = default) => throw null;
                public static Task<ProcessExitStatus> RunAsync(string fileName, IList<string> arguments = null, CancellationToken cancellationToken = default) => throw null;
                public static ProcessTextOutput RunAndCaptureText(ProcessStartInfo startInfo, TimeSpan? timeout = null) => throw null;
                public static ProcessTextOutput RunAndCaptureText(string fileName, IList<string> arguments = null, TimeSpan? timeout = null) => throw null;
                public static Task<ProcessTextOutput> RunAndCaptureTextAsync(ProcessStartInfo startInfo, CancellationToken cancellationToken = default) => throw null;
                public static Task<ProcessTextOutput> RunAndCaptureTextAsync(string fileName, IList<string> arguments = null, CancellationToken cancellationToken = default) => throw null;
                public static int StartAndForget(ProcessStartInfo startInfo) => throw null;
                public static int StartAndForget(string fileName, IList<string> arguments = null) => throw null;
                public void Dispose() { }
            }
        }

        namespace Microsoft.Win32.SafeHandles
        {
            public sealed class SafeProcessHandle : IDisposable
            {
                public static SafeProcessHandle Start(System.Diagnostics.ProcessStartInfo startInfo) => throw null;
                public static SafeProcessHandle Open(int processId) => throw null;
                public void Dispose() { }
            }
        }
        """;

    private static readonly ImmutableArray<MetadataReference> s_references =
        TestReferences.WithoutRuntime.Remove(Net100.References.SystemDiagnosticsProcess).Add(Compile());

    public static TheoryData<string> Starts { get; } =
    [
        "Process.Run(\"worker\")",
        "Process.Run(\"worker\", [\"--all\"], TimeSpan.FromMinutes(1))",
        "Process.Run(new ProcessStartInfo(\"worker\"))",
        "Process.RunAsync(\"worker\")",
        "Process.RunAsync(new ProcessStartInfo(\"worker\"))",
        "Process.RunAndCaptureText(\"worker\")",
        "Process.RunAndCaptureText(new ProcessStartInfo(\"worker\"))",
        "Process.RunAndCaptureTextAsync(\"worker\")",
        "Process.RunAndCaptureTextAsync(new ProcessStartInfo(\"worker\"))",
        "Process.StartAndForget(\"worker\")",
        "Process.StartAndForget(new ProcessStartInfo(\"worker\"))",
        "Microsoft.Win32.SafeHandles.SafeProcessHandle.Start(new ProcessStartInfo(\"worker\"))",
    ];

    public static TheoryData<string> Others { get; } =
    [
        "Process.GetCurrentProcess()",
        "Process.Run(\"https://sqlite.org\")",
        "Process.StartAndForget(\"xdg-open\", [\"data\"])",
        "Process.StartAndForget(new ProcessStartInfo(\"report.pdf\") { UseShellExecute = true })",
        "Microsoft.Win32.SafeHandles.SafeProcessHandle.Open(1)",
    ];

    [Theory]
    [MemberData(nameof(Starts))]
    public Task A_start_without_a_checkpoint(string start) => VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        $"Db.Write(connection); _ = [|{start}|];");

    [Theory]
    [MemberData(nameof(Starts))]
    public Task Clean_after_a_checkpoint(string start) => VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        $"Db.Write(connection); Db.Checkpoint(connection); _ = {start};");

    [Theory]
    [MemberData(nameof(Others))]
    public Task Clean_what_starts_no_worker(string call) => VerifyAsync(
        Descriptors.ProcessStartedWithoutCheckpoint,
        $"Db.Write(connection); _ = {call};");

    [Theory]
    [MemberData(nameof(Starts))]
    public Task A_start_inside_a_transaction(string start) => VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        $"using var transaction = connection.BeginTransaction(); Db.Write(connection); _ = [|{start}|];");

    [Theory]
    [MemberData(nameof(Starts))]
    public Task Clean_after_the_commit(string start) => VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        $"using var transaction = connection.BeginTransaction(); Db.Write(connection); transaction.Commit(); _ = {start};");

    [Theory]
    [MemberData(nameof(Others))]
    public Task Clean_what_starts_no_worker_inside_a_transaction(string call) => VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        $"using var transaction = connection.BeginTransaction(); Db.Write(connection); _ = {call};");

    private static Task VerifyAsync(DiagnosticDescriptor rule, string statements) =>
        RuleVerifier.VerifyAsync(rule, RuleSource.Statements(statements), test => test.References = s_references);

    private static PortableExecutableReference Compile()
    {
        var compilation = CSharpCompilation.Create(
            "System.Diagnostics.Process",
            [CSharpSyntaxTree.ParseText(Process)],
            TestReferences.Net.Remove(Net100.References.SystemDiagnosticsProcess),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
