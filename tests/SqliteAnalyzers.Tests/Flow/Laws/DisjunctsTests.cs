using CsCheck;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>
/// States that are kept apart: none is lost, and what is known already adds nothing.
/// </summary>
public sealed class DisjunctsTests
{
    private const int Samples = 500;

    /// <summary>
    /// Which states are put together is asked when one is added: of the one that they became, it is not asked again whether it is
    /// now like another that is there already.
    /// </summary>
    private static readonly Gen<Disjuncts> s_small = FlowGen.SmallState.Array[0, 6].Select(Of);

    private static readonly Gen<Disjuncts> s_any = FlowGen.State.Array[0, 6].Select(Of);

    [Fact]
    public void Joined_disjuncts_are_above_both_and_few()
    {
        FixedSamples.ForAll(Gen.Select(s_small, s_small), Samples, Check);
        FixedSamples.ForAll(Gen.Select(s_any, s_any), Samples, Check);

        static void Check((Disjuncts First, Disjuncts Second) sample)
        {
            var joined = sample.First.Join(sample.Second);
            Assert.True(Below.Is(sample.First, joined));
            Assert.True(Below.Is(sample.Second, joined));
            Assert.True(joined.States.Length <= Disjuncts.MaxStates);
        }
    }

    [Fact]
    public void Collapsed_disjuncts_are_one_state_above_all()
    {
        FixedSamples.ForAll(s_small, Samples, Check);
        FixedSamples.ForAll(s_any, Samples, Check);

        static void Check(Disjuncts disjuncts)
        {
            var collapsed = disjuncts.Collapse();
            Assert.Equal(Math.Min(1, disjuncts.States.Length), collapsed.States.Length);
            Assert.True(Below.Is(disjuncts, collapsed));
            Assert.Equal(collapsed, collapsed.Collapse());
        }
    }

    /// <summary>However states are kept apart, together they say the same.</summary>
    [Fact]
    public void Order_of_joining_does_not_change_what_all_states_together_say()
    {
        FixedSamples.ForAll(Gen.Select(s_small, s_small, s_small), Samples, Check);
        FixedSamples.ForAll(Gen.Select(s_any, s_any, s_any), Samples, Check);

        static void Check((Disjuncts First, Disjuncts Second, Disjuncts Third) sample)
        {
            var (a, b, c) = sample;
            AssertSame(a.Join(b), b.Join(a));
            AssertSame(a.Join(b).Join(c), a.Join(b.Join(c)));
            AssertSame(a, a.Join(a));
            Assert.True(Below.Is(a.Join(c).Collapse(), a.Join(b).Join(c).Collapse()));
        }

        static void AssertSame(Disjuncts left, Disjuncts right) =>
            Assert.True(Below.Is(left.Collapse(), right.Collapse()) && Below.Is(right.Collapse(), left.Collapse()));
    }

    /// <summary>What does not hold may come once more; it must not do so forever.</summary>
    [Fact]
    public void Adding_the_same_states_again_and_again_ends() =>
        FixedSamples.ForAll(Gen.Select(s_small, s_small), Samples, sample =>
        {
            var (disjuncts, added) = sample;
            var rounds = 0;
            Disjuncts before;
            do
            {
                before = disjuncts;
                disjuncts = disjuncts.Join(added);
                rounds++;
            }
            while (!before.Equals(disjuncts));

            Assert.InRange(rounds, 1, 10);
        });

    [Fact]
    public void Adding_a_state_to_itself_changes_nothing() =>
        FixedSamples.ForAll(FlowGen.State, Samples, state => Assert.Equal(Disjuncts.Of(state), Disjuncts.Of(state).Add(state)));

    private static Disjuncts Of(State[] states) => states.Aggregate(Disjuncts.Unreachable, (disjuncts, state) => disjuncts.Add(state));
}
