using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.MSBuild;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Editor.Tests.Opening;

/// <summary>
/// A user's project that has the built package, opened as an editor opens it: by MSBuild, with the analyzers, fixes, severities and settings
/// files that the package brings.
/// </summary>
public sealed class OpenedProject(PackageFeed feed) : IAsyncLifetime
{
    internal const string Settings = "appsettings.json";

    private MSBuildWorkspace? _workspace;

    /// <summary>The project with nothing in it that could be found.</summary>
    internal Project Project { get; private set; } = null!;

    /// <summary>The same without the SDK's analyzers, which take most of the time.</summary>
    internal Project OnlyOwnAnalyzers =>
        Project.WithAnalyzerReferences(Project.AnalyzerReferences.Where(reference => reference.Display.StartsWith("SqliteAnalyzers", StringComparison.Ordinal)));

    public async ValueTask InitializeAsync()
    {
        var consumer = feed.CreateLibrary(ConsumerProject.PackageReference + ConsumerProject.SqliteReference);
        consumer.Write(Settings, "{ }\n");
        (await consumer.DotNetAsync("restore")).Succeeded();

        // What opens the project in a process of its own must not take itself for a part of the build that runs these tests.
        foreach (string inherited in DotNet.VariablesOfTheRunningBuild())
        {
            Environment.SetEnvironmentVariable(inherited, null);
        }

        _workspace = MSBuildWorkspace.Create(MefHostServices.Create([.. MSBuildMefHostServices.DefaultAssemblies, EditorServices.Features, EditorServices.CSharpFeatures]));
        Project = await _workspace.OpenProjectAsync(consumer.ProjectPath);
        Assert.Empty(_workspace.Diagnostics.Select(failure => failure.Message));
        Assert.Contains(Project.AnalyzerReferences, reference => reference.Display == "SqliteAnalyzers.CodeFixes");
    }

    /// <summary>A project with these files besides, of which nothing is on disk.</summary>
    internal static Project With(Project project, params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            project = project.AddDocument(name, SourceText.From(text), filePath: Path.Combine(Path.GetDirectoryName(project.FilePath)!, name)).Project;
        }

        return project;
    }

    public ValueTask DisposeAsync()
    {
        _workspace?.Dispose();
        return default;
    }
}

/// <summary>The tests that look at one opened project, each at its own changes of it.</summary>
[CollectionDefinition(nameof(OpenedProjectCollection))]
public sealed class OpenedProjectCollection : ICollectionFixture<OpenedProject>;
