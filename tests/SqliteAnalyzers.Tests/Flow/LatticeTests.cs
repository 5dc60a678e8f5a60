using CsCheck;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>The laws on which the engine's answer rests: states form a lattice, and events move it monotonely.</summary>
public sealed class LatticeTests
{
    private const int Samples = 2_000;

    private static readonly Gen<ObjectState> s_one = FlowGen.ObjectState;

    private static readonly Gen<State> s_state = FlowGen.State;

    [Fact]
    public void Joining_objects_is_commutative_associative_and_idempotent() =>
        Gen.Select(s_one, s_one, s_one).Sample(
            (a, b, c) =>
            {
                Assert.Equal(a.Join(b).Bits, b.Join(a).Bits);
                Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
                Assert.Equal(a, a.Join(a));
            },
            iter: Samples);

    [Fact]
    public void Bottom_is_the_unit_of_joining_objects() =>
        s_one.Sample(
            a =>
            {
                Assert.Equal(a, a.Join(ObjectState.Bottom));
                Assert.Equal(a, ObjectState.Bottom.Join(a));
            },
            iter: Samples);

    [Fact]
    public void Joining_objects_loses_no_evidence() =>
        Gen.Select(s_one, s_one, FlowGen.BitOfComponent).Sample(
            (a, b, bit) => Assert.Equal(
                a.EvidenceOf(bit.Bit) is not null || b.EvidenceOf(bit.Bit) is not null,
                a.Join(b).EvidenceOf(bit.Bit) is not null),
            iter: Samples);

    [Fact]
    public void What_must_be_may_be_and_nothing_else_of_its_component_may() =>
        Gen.Select(s_one, FlowGen.BitOfComponent).Sample(
            (a, bit) => Assert.Equal(
                a.May(bit.Bit) && !a.May(bit.Component & ~bit.Bit),
                a.Must(bit.Component, bit.Bit)),
            iter: Samples);

    [Fact]
    public void What_may_be_on_a_path_may_be_after_a_join_and_what_must_be_must_be_on_both() =>
        Gen.Select(s_one, s_one, FlowGen.BitOfComponent).Sample(
            (a, b, bit) =>
            {
                var joined = a.Join(b);
                Assert.Equal(a.May(bit.Bit) || b.May(bit.Bit), joined.May(bit.Bit));
                Assert.True(!joined.Must(bit.Component, bit.Bit) || Holds(a) && Holds(b));

                bool Holds(ObjectState state) => state.Must(bit.Component, bit.Bit) || !state.May(bit.Component);
            },
            iter: Samples);

    [Fact]
    public void Setting_a_bit_makes_it_certain_and_leaves_other_components() =>
        Gen.Select(s_one, FlowGen.BitOfComponent).Sample(
            (a, bit) =>
            {
                var set = a.Set(bit.Component, bit.Bit, null);
                Assert.True(set.Must(bit.Component, bit.Bit));
                Assert.Equal(a.Bits & ~bit.Component, set.Bits & ~bit.Component);
            },
            iter: Samples);

    [Fact]
    public void Joining_states_is_commutative_associative_and_idempotent() =>
        Gen.Select(s_state, s_state, s_state).Sample(
            (a, b, c) =>
            {
                AssertSame(a.Join(b), b.Join(a));
                AssertSame(a.Join(b).Join(c), a.Join(b.Join(c)));
                Assert.Equal(a, a.Join(a));
            },
            iter: Samples);

    [Fact]
    public void Join_of_states_is_above_both() =>
        Gen.Select(s_state, s_state).Sample(
            (a, b) =>
            {
                Assert.True(IsBelow(a, a.Join(b)));
                Assert.True(IsBelow(b, a.Join(b)));
            },
            iter: Samples);

    [Fact]
    public void Events_are_monotone() =>
        Gen.Select(s_state, s_state, FlowGen.Event).Sample(
            (a, b, e) => Assert.True(IsBelow(Transitions.Apply(Complete(a), e), Transitions.Apply(Complete(a).Join(b), e)), e.GetType().Name),
            iter: 2 * Samples);

    [Fact]
    public void Disjuncts_lose_no_state_and_are_few() =>
        s_state.Array[0, 12].Sample(
            states =>
            {
                var all = states.Aggregate(Disjuncts.Unreachable, (disjuncts, state) => disjuncts.Add(state));

                Assert.InRange(all.States.Length, states.Length == 0 ? 0 : 1, FlowLimits.MaxDisjuncts);
                Assert.All(states, state => Assert.Contains(all.States, kept => IsBelow(state, kept)));
                Assert.All(states, state => Assert.True(IsBelow(state, all.Collapse().States.Single())));
            },
            iter: Samples);

    [Fact]
    public void Joined_disjuncts_lose_no_state_of_either() =>
        Gen.Select(s_state.Array[0, 6], s_state.Array[0, 6]).Sample(
            (left, right) =>
            {
                var joined = Of(left).Join(Of(right));

                Assert.True(joined.States.Length <= FlowLimits.MaxDisjuncts);
                Assert.All(left.Concat(right), state => Assert.Contains(joined.States, kept => IsBelow(state, kept)));

                static Disjuncts Of(State[] states) => states.Aggregate(Disjuncts.Unreachable, (disjuncts, state) => disjuncts.Add(state));
            },
            iter: Samples);

    /// <summary>Every object is there, and in some state of each component, as on any path on which an event happens to it.</summary>
    private static State Complete(State state) => FlowGen.Objects.Aggregate(
        state,
        (all, item) => all.With(item, Component.All.Aggregate(
            all[item],
            (known, component) => known.May(component) ? known : known.Add((Typestate)((uint)component & (~(uint)component + 1)), null))));

    /// <summary>Whether all that <paramref name="lower"/> says may be, <paramref name="upper"/> says may be.</summary>
    private static bool IsBelow(State lower, State upper) =>
        FlowGen.Objects.All(item => (lower[item].Bits & ~upper[item].Bits) == 0)
        && upper.Variables.All(pair => lower.Get(pair.Key) is { } value
            ? value.Atoms.All(atom => pair.Value.Atoms.Contains(atom))
            : pair.Key is SlotOf { Item.ExistsAtEntry: false });

    /// <summary>The same but for the choice between two pieces of evidence.</summary>
    private static void AssertSame(State left, State right) => Assert.True(IsBelow(left, right) && IsBelow(right, left));
}
