using Xunit;

namespace SqliteAnalyzers.Tests.Cases;

/// <summary>In an editor a referenced project is there with its sources, whose trees are nevertheless not of the compilation that is judged.</summary>
public sealed class ReferencedProjectTests
{
    private const string Library = """
        using Microsoft.Data.Sqlite;

        public static class Names
        {
            public static readonly string Table = "orders";

            public static string Source { get; } = "Data Source=orders.db";

            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection(Source);
                connection.Open();
                return connection;
            }
        }

        public interface IJob
        {
            void Run(SqliteConnection connection);
        }

        public sealed class Job : IJob
        {
            private readonly string _sql = "DELETE FROM orders";

            public void Run(SqliteConnection connection)
            {
                using var command = new SqliteCommand(_sql, connection);
                command.ExecuteNonQuery();
            }
        }

        public class Repository
        {
            protected SqliteConnection Connection { get; } = new SqliteConnection(Names.Source);
        }
        """;

    private const string Program = """
        using System;
        using System.Diagnostics;
        using Microsoft.Data.Sqlite;

        internal sealed class Orders(IJob job) : Repository
        {
            public void Write()
            {
                using var connection = new SqliteConnection(Names.Source);
                connection.Open();
                Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000");
                Action insert = () => Run(connection, "INSERT INTO " + Names.Table + " DEFAULT VALUES");
                insert();
                Process.Start("worker"); // expect: SQLITE1001
            }

            public void Read()
            {
                Connection.Open();
                using var other = Names.Open();
                job.Run(other);
                new Job().Run(Connection);
            }

            private static void Run(SqliteConnection connection, string sql)
            {
                using var command = new SqliteCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }
        """;

    [Fact]
    public async Task Members_of_a_referenced_project_are_unknown_and_no_failure()
    {
        CaseProgram library = CaseProgram.Parse("Library.cs", Library);
        CaseProgram program = CaseProgram.Parse("Program.cs", Program, library);
        Assert.Empty(program.CompileErrors);

        var reported = await program.ReportedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(program.Expected().Select(finding => finding.Place), reported.Select(finding => finding.Place));
    }
}
