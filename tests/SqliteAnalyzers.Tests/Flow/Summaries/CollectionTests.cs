using SqliteAnalyzers.Model;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>What a call adds to a collection, it adds to what is in there.</summary>
public sealed class CollectionTests
{
    [Theory]
    [InlineData("all.Add(a); all.Add(b);")]
    [InlineData("all.Add(a); Keep(all, b);")]
    [InlineData("Keep(all, a); all.Add(b);")]
    [InlineData("Keep(all, a); Keep(all, b);")]
    [InlineData("if (flag) { Keep(all, a); } Keep(all, b);")]
    public void Collection_has_all_that_was_added(string statements)
    {
        var run = new EngineRun(FlowRun.Compile(Source.Class($$"""
            private static List<SqliteConnection> Run(SqliteConnection a, SqliteConnection b, bool flag)
            {
                var all = new List<SqliteConnection>();
                {{statements}}
                b.Execute("SELECT 1");
                return all;
            }

            private static void Keep(List<SqliteConnection> all, SqliteConnection connection)
            {
                connection.Execute("SELECT 1");
                all.Add(connection);
            }
            """)));

        var exits = run.SummaryOf(run.UnitOf("Run")).Exits;

        var held = exits
            .SelectMany(exit => exit.Variables.Where(pair => pair.Key is Cell { Member.Kind: ObjectMemberKind.Element }))
            .SelectMany(pair => pair.Value.Atoms.OfType<EntryObject>())
            .Select(item => item.Path.ToString())
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(["#0", "#1"], held);
    }
}
