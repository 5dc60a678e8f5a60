using System.Diagnostics;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>A program that uses all of the library is published without what it does not need, and runs.</summary>
public sealed class PublishedProgramTests(PackageFeed feed)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>")]
    [InlineData("<PublishAot>true</PublishAot>")]
    public async Task A_trimmed_program_and_one_compiled_ahead_of_time_have_no_warning_and_work(string property)
    {
        var isAot = property.Contains("PublishAot", StringComparison.Ordinal);
        Assert.SkipWhen(isAot && !OperatingSystem.IsWindows() && !HasLinker(), "Neither clang nor gcc is here to link a program that is compiled ahead of time.");
        var project = feed.CreateFolder();
        project.WriteProject(
            "net10.0",
            ConsumerProject.PackageReference + ConsumerProject.SqliteReference,
            $"<AssemblyName>Published</AssemblyName><UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier><TrimmerSingleWarn>false</TrimmerSingleWarn>{property}");
        project.UseProgram(TestProgram.Published);

        var published = (await project.DotNetAsync("publish", "-c", "Release", "-o", project.PathTo("published"))).Succeeded();

        Assert.Empty(published.Warnings);
        Assert.Equal(!isAot, File.Exists(project.PathTo("published/SqliteAnalyzers.Runtime.dll")));
        Assert.EndsWith("Everything works.", await RunAsync(project.PathTo(OperatingSystem.IsWindows() ? "published/Published.exe" : "published/Published")));
    }

    private static async Task<string> RunAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.True(process.ExitCode == 0, $"The program ended with {process.ExitCode}: {await output}{await errors}");
        return (await output).TrimEnd();
    }

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
