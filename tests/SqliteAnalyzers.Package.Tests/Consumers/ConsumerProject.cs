namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A project outside the repository, in a folder of its own and named as that.
/// </summary>
internal sealed class ConsumerProject(DirectoryInfo folder, string packagesFolder)
{
    /// <summary>A reference to the package as it is in the feed.</summary>
    public static string PackageReference { get; } = PackageReferenceWith("");

    /// <summary>A reference to the SQLite library with its engine.</summary>
    public static string SqliteReference { get; } = """<PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.15" />""";

    /// <summary>A reference to this project for another project.</summary>
    public string ProjectReference => $"""<ProjectReference Include="{PathTo(ProjectFile)}" />""";

    /// <summary>A reference to the package that this project makes.</summary>
    public string OwnPackageReference => $"""<PackageReference Include="{folder.Name}" Version="1.0.0" />""";

    /// <summary>What a process must know to find the packages that are unpacked for this project.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["NUGET_PACKAGES"] = packagesFolder };

    public string ProjectPath => PathTo(ProjectFile);

    private string ProjectFile => $"{folder.Name}.csproj";

    /// <param name="attributes">Further attributes, for example PrivateAssets.</param>
    public static string PackageReferenceWith(string attributes) =>
        $"""<PackageReference Include="SqliteAnalyzers" Version="{BuildInfo.PackageVersion}" {attributes} />""";

    public string PathTo(string file) => Path.Combine(folder.FullName, file);

    public void Write(string file, string text) => File.WriteAllText(PathTo(file), text);

    /// <summary>Writes the project file anew.</summary>
    /// <param name="targetFramework">For example net10.0.</param>
    /// <param name="items">For example package references.</param>
    /// <param name="properties">What is set besides, or in place of what is set for a console program.</param>
    /// <param name="sdk">What builds it.</param>
    public void WriteProject(string targetFramework, string items, string properties = "", string sdk = "Microsoft.NET.Sdk") =>
        // The test machine may have the newest runtime only.
        Write(
            ProjectFile,
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{targetFramework}</TargetFramework>
                <RollForward>Major</RollForward>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);

    /// <summary>Takes one of the programs of the folder Programs as the project's source.</summary>
    public void UseProgram(TestProgram program) => Write(program.FileName, program.Source);

    public Task<CommandResult> DotNetAsync(params string[] arguments) => DotNet.RunAsync(folder.FullName, packagesFolder, arguments);

    /// <summary>Builds all of it anew, so that every warning is printed.</summary>
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotNetAsync(["build", "--no-incremental", .. arguments]);
}
