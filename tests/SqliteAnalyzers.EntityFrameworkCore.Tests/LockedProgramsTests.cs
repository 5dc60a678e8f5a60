namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>
/// The programs for which 'database is locked' is reported do not meet it with the package. docs/entity-framework-core.md says how often they do without it, and the command that shows it.
/// </summary>
public class LockedProgramsTests
{
    private static readonly LockedPrograms.Size s_size = new(Rows: 400, TimeSpan.FromMilliseconds(250));

    [Fact]
    public void Sixteen_threads_save_while_one_streams() => AssertNeverLocked(LockedPrograms.SavesWhileOneStreams, TestDatabase.Configured, TestDatabase.Retrying);

    [Fact]
    public void Parallel_requests_delete_rows() => AssertNeverLocked(LockedPrograms.ParallelDeletes, TestDatabase.Configured);

    [Fact]
    public void Parallel_requests_update_rows() => AssertNeverLocked(LockedPrograms.ParallelUpdates, TestDatabase.Configured);

    [Fact]
    public void A_loop_over_a_query_saves_while_another_context_does() => AssertNeverLocked(LockedPrograms.SavesInALoop, TestDatabase.Retrying);

    private static void AssertNeverLocked(LockedPrograms.Program program, params Action<DbContextOptionsBuilder, string>[] ways)
    {
        foreach (var configure in ways)
        {
            var outcome = LockedPrograms.Play(program, configure, s_size);
            Assert.Equal(0, outcome.Locked);
            Assert.True(outcome.Saved > 0);
        }
    }
}
