using System.Diagnostics;
using System.Reflection;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Plays in a process of its own what could end or stop the process of the tests.</summary>
internal static class IsolatedScene
{
    public const string Verb = "scene";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Plays a private static method of the type, which takes texts, and fails if the process crashes, hangs or ends with an exception.</summary>
    public static void Play(Type type, string method, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, type.FullName!, method, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{method} hangs. {output.Result} {errors.Result}");
        }

        Assert.True(process.ExitCode == 0, $"{method} ended with {process.ExitCode}. {output.Result} {errors.Result}");
    }

    /// <summary>The process's own part.</summary>
    public static int Run(string type, string method, string[] arguments)
    {
        typeof(IsolatedScene).Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [.. arguments]);
        return 0;
    }
}
