using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow.Summaries;

/// <summary>What leads to what in a state, and that each object is looked into once.</summary>
public sealed class ReachabilityTests
{
    private static readonly MadeObject s_settings = new(ObjectKind.Plain, new(new("C.", "Run()"), 10, 5));

    private static readonly MadeObject s_connection = new(ObjectKind.Connection, new(new("C.", "Run()"), 20, 5));

    [Fact]
    public void What_was_found_in_an_object_leads_to_what_that_object_holds()
    {
        var found = new EntryObject(ObjectKind.Plain, AccessPath.Of(s_settings).Then(Field(0))!);
        var state = State.Empty.With(new Cell(s_settings, Field(1)), Value.Of(s_connection));

        Assert.Contains(s_connection, new Reachability(state).From([Value.Of(found)]));
        Assert.DoesNotContain(s_connection, new Reachability(state).From([Value.Of(new EntryObject(ObjectKind.Plain, AccessPath.This))]));
    }

    [Fact]
    public void What_is_not_followed_leads_nowhere()
    {
        var state = State.Empty.With(new Cell(s_settings, Field(0)), Value.Of(s_connection));

        Assert.Empty(new Reachability(state, item => item.Kind == ObjectKind.Connection).From([Value.Of(s_settings)]));
    }

    [Fact]
    public void Members_of_one_object_are_looked_at_once_however_many_were_found_in_it()
    {
        Assert.InRange(Looks(400), 1, 3 * Looks(200));

        static int Looks(int members)
        {
            var state = State.Empty;
            for (var i = 0; i < members; i++)
            {
                state = state.With(new Cell(s_settings, Field(i)), Value.Of(new EntryObject(ObjectKind.Plain, AccessPath.Of(s_settings).Then(Field(i))!)));
            }

            var looks = 0;
            var reached = new Reachability(state, _ => ++looks > 0).From([Value.Of(s_settings)]);

            Assert.Equal(members + 1, reached.Count);
            return looks;
        }
    }

    private static ObjectMember Field(int number) => ObjectMember.Field("C", $"Member{number}");
}
