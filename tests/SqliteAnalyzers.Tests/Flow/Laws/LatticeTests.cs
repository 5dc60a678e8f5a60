using CsCheck;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>The laws on which the engine's answer rests: states form a lattice, and events move it monotonely.</summary>
public sealed class LatticeTests
{
    private const int Samples = 1_000;

    [Fact]
    public void Joining_objects_is_commutative_associative_and_idempotent() =>
        FixedSamples.ForAll(FlowGen.ThreeObjectStates, Samples, sample =>
        {
            var (owner, a, b, c) = sample;
            Assert.Equal(Join(owner, a, b), Join(owner, b, a));
            Assert.Equal(Join(owner, Join(owner, a, b), c), Join(owner, a, Join(owner, b, c)));
            Assert.Equal(a, Join(owner, a, a));
        });

    [Fact]
    public void What_was_not_made_is_the_unit_of_joining_objects_that_are_made() =>
        FixedSamples.ForAll(FlowGen.ThreeObjectStates, Samples, sample =>
        {
            var (owner, a, _, _) = sample;
            if (!owner.ExistsAtEntry)
            {
                Assert.Equal(a, Join(owner, a, ObjectState.Untouched));
                Assert.Equal(a, Join(owner, ObjectState.Untouched, a));
            }
        });

    [Fact]
    public void Joining_objects_loses_no_evidence() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.ThreeObjectStates, FlowGen.BitOfComponent), Samples, sample =>
        {
            var ((owner, a, b, _), (_, bit)) = sample;
            Assert.Equal(a.EvidenceOf(bit) is not null || b.EvidenceOf(bit) is not null, Join(owner, a, b).EvidenceOf(bit) is not null);
        });

    [Fact]
    public void What_must_be_may_be_and_nothing_else_of_its_component_may() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.ThreeObjectStates, FlowGen.BitOfComponent), Samples, sample =>
        {
            var ((owner, state, _, _), (component, bit)) = sample;
            var a = new ObjectView(owner, state);
            Assert.Equal(a.May(bit) && !a.May(component & ~bit), a.Must(component, bit));
        });

    [Fact]
    public void What_may_be_on_a_path_may_be_after_a_join_and_what_must_be_must_be_on_both() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.ThreeObjectStates, FlowGen.BitOfComponent), Samples, sample =>
        {
            var ((owner, first, second, _), (component, bit)) = sample;
            var (a, b, joined) = (new ObjectView(owner, first), new ObjectView(owner, second), new ObjectView(owner, Join(owner, first, second)));
            Assert.Equal(a.May(bit) || b.May(bit), joined.May(bit));
            Assert.True(!joined.Must(component, bit) || (Holds(a) && Holds(b)));

            bool Holds(ObjectView view) => view.Must(component, bit) || !view.May(component);
        });

    [Fact]
    public void Setting_a_bit_makes_it_certain_and_leaves_other_components() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.ThreeObjectStates, FlowGen.BitOfComponent), Samples, sample =>
        {
            var ((owner, state, _, _), (component, bit)) = sample;
            var (a, set) = (new ObjectView(owner, state), new ObjectView(owner, state.Set(component, bit, null)));
            Assert.True(set.Must(component, bit));
            Assert.Equal(bit, set.Certain & component);
            Assert.Equal(a.Bits & ~component, set.Bits & ~component);
        });

    [Fact]
    public void Joining_states_is_commutative_associative_and_idempotent() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.State, FlowGen.State, FlowGen.State), Samples, sample =>
        {
            var (a, b, c) = sample;
            Assert.Equal(a.Join(b), b.Join(a));
            Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
            Assert.Equal(a, a.Join(a));
        });

    [Fact]
    public void Join_of_states_is_above_both() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.StateWithFresh, FlowGen.StateWithFresh, Gen.Bool), Samples, sample =>
        {
            var (a, b, isDoubtful) = sample;
            Assert.True(Below.Is(a, a.Join(b, isDoubtful)));
            Assert.True(Below.Is(b, a.Join(b, isDoubtful)));
        });

    /// <summary>Where it is known to which one database a connection belongs, and how it is pooled.</summary>
    [Fact]
    public void Events_are_monotone() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.StateOfKnownDatabases, FlowGen.StateOfKnownDatabases, FlowGen.Event), 2 * Samples, sample =>
        {
            var (a, b, e) = sample;
            AssertMonotone(WithPooling(Complete(a)), WithPooling(Complete(b)), e, e is Executes ? ~Component.Writes : ~Typestate.None);
        });

    [Fact]
    public void Counting_of_writes_is_monotone() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.StateOfKnownDatabases, FlowGen.StateOfKnownDatabases, FlowGen.Event), 4 * Samples, sample =>
        {
            var (a, b, e) = sample;
            if (e is Executes)
            {
                AssertMonotone(WithPooling(Complete(a)), WithPooling(Complete(b)), e, ~Typestate.None);
            }
        });

    [Fact]
    public void Disjuncts_lose_no_state_and_are_few() =>
        FixedSamples.ForAll(FlowGen.State.Array[0, 12], Samples, states =>
        {
            var all = Of(states);

            Assert.InRange(all.States.Length, states.Length == 0 ? 0 : 1, Disjuncts.MaxStates);
            Assert.All(states, state => Assert.Contains(all.States, kept => Below.Is(state, kept)));
            Assert.All(states, state => Assert.True(Below.Is(state, all.Collapse().States.Single())));
        });

    [Fact]
    public void Joined_disjuncts_lose_no_state_of_either() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.State.Array[0, 6], FlowGen.State.Array[0, 6]), Samples, sample =>
        {
            var (left, right) = sample;
            var joined = Of(left).Join(Of(right));

            Assert.True(joined.States.Length <= Disjuncts.MaxStates);
            Assert.All(left.Concat(right), state => Assert.Contains(joined.States, kept => Below.Is(state, kept)));
        });

    private static Disjuncts Of(IEnumerable<State> states) => states.Aggregate(Disjuncts.Unreachable, (disjuncts, state) => disjuncts.Add(state));

    private static ObjectState Join(AbstractObject owner, ObjectState a, ObjectState b) => a.Join(owner, b, isDoubtful: false);

    private static void AssertMonotone(State a, State b, SqliteEvent e, Typestate components) =>
        Assert.True(Below.Is(Only(Transitions.Apply(a, e), components), Only(Transitions.Apply(a.Join(b), e), components)), e.ToString());

    private static State Only(State state, Typestate components) => state.With(state.Objects.Select((_, known) => known.Only(components)));

    /// <summary>Every object is there, and in some state of each component, as on any path on which an event happens to it.</summary>
    private static State Complete(State state) => FlowGen.Objects.Aggregate(
        state,
        (all, item) => all.With(item, FlowGen.ComponentsOf(item).Aggregate(
            all.StateOf(item),
            (known, component) => item.ExistsAtEntry || (known.SpokenOf & component) != 0
                ? known
                : known.Add(item, EntryFact.Always, Component.BitsOf(component).First(), null))));

    /// <summary>It is known of every connection how it is pooled.</summary>
    private static State WithPooling(State state) => FlowGen.Objects.Where(item => item.Kind == ObjectKind.Connection).Aggregate(
        state,
        (all, item) => all[item].May(Component.Pooling) ? all : all.With(item, all.StateOf(item).Set(Component.Pooling, Typestate.Pooled, null)));
}
