namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

public class StrongNameTests
{
    [Fact]
    public void The_assembly_has_the_strong_name_of_the_runtime_library() => Assert.Equal(
        typeof(SqliteConnectionOptions).Assembly.GetName().GetPublicKeyToken(),
        typeof(SqliteBusyExecutionStrategy).Assembly.GetName().GetPublicKeyToken());
}
