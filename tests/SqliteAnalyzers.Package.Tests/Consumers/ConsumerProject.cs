namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A console project outside the repository.
/// </summary>
internal sealed class ConsumerProject
{
    private readonly DirectoryInfo _folder;
    private readonly string _packagesFolder;

    public ConsumerProject(DirectoryInfo folder, string packagesFolder, string targetFramework, string projectItems)
    {
        _folder = folder;
        _packagesFolder = packagesFolder;

        // The test machine may have the newest runtime only.
        Write(
            "Consumer.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{targetFramework}</TargetFramework>
                <RollForward>Major</RollForward>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                {projectItems}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>A reference to the package as it is in the feed.</summary>
    public static string PackageReference { get; } = $"""<PackageReference Include="SqliteAnalyzers" Version="{BuildInfo.PackageVersion}" />""";

    public string PathTo(string file) => Path.Combine(_folder.FullName, file);

    public void Write(string file, string text) => File.WriteAllText(PathTo(file), text);

    /// <summary>Takes one of the programs of the folder Programs as the project's source.</summary>
    public void UseProgram(TestProgram program) => Write(program.FileName, program.Source);

    public Task<CommandResult> DotNetAsync(params string[] arguments) => DotNet.RunAsync(_folder.FullName, _packagesFolder, arguments);

    /// <summary>Builds all of it anew, so that every warning is printed.</summary>
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotNetAsync(["build", "--no-incremental", .. arguments]);
}
