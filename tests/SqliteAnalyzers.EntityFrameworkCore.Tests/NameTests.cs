namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

public class NameTests
{
    [Fact]
    public void The_assembly_has_the_strong_name_of_the_runtime_library() => Assert.Equal(
        typeof(SqliteConnectionOptions).Assembly.GetName().GetPublicKeyToken(),
        typeof(SqliteBusyExecutionStrategy).Assembly.GetName().GetPublicKeyToken());

    // Strings there: the analyzers look at the types of the program, not at this assembly.
    [Fact]
    public void The_analyzers_and_fixes_of_the_package_know_the_extensions_of_contexts_by_name() => Assert.Equal(
        "Microsoft.EntityFrameworkCore.SqliteAnalyzersDatabaseFacadeExtensions", typeof(SqliteAnalyzersDatabaseFacadeExtensions).FullName);
}
