using System.Collections.Immutable;
using CsCheck;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>Values, objects and states are joined into what is above both and nothing more, in whatever order.</summary>
public sealed class JoinTests
{
    private const int Samples = 2_000;

    /// <summary>Why the laws of joining states are tested with states in which no object is fresh.</summary>

    private static readonly Gen<(Value First, Value Second, Value Third)> s_values = Gen.Select(FlowGen.Value, FlowGen.Value, FlowGen.Value);

    private static readonly Gen<(State First, State Second, State Third)> s_states = Gen.Select(FlowGen.State, FlowGen.State, FlowGen.State);

    private static readonly Gen<(State First, State Second, State Third)> s_freshStates =
        Gen.Select(FlowGen.StateWithFresh, FlowGen.StateWithFresh, FlowGen.StateWithFresh);

    [Fact]
    public void Joining_values_is_idempotent_commutative_and_associative() =>
        FixedSamples.ForAll(s_values, Samples, sample =>
        {
            var (a, b, c) = sample;
            Assert.Equal(a, a.Join(a));
            AssertSame(a.Join(b), b.Join(a));
            AssertSame(a.Join(b).Join(c), a.Join(b.Join(c)));
            AssertSame(a.Join(b), a.Join(b).Join(b));
        });

    [Fact]
    public void Joined_value_is_above_both_and_joining_is_monotone() =>
        FixedSamples.ForAll(s_values, Samples, sample =>
        {
            var (a, b, c) = sample;
            Assert.True(Below.Is(a, a.Join(b)));
            Assert.True(Below.Is(b, a.Join(b)));
            Assert.True(Below.Is(a.Join(c), a.Join(b).Join(c)));
        });

    [Fact]
    public void Too_many_atoms_are_anything_and_stay_that() =>
        FixedSamples.ForAll(s_values, Samples, sample =>
        {
            var (a, b, c) = sample;
            var atoms = a.Atoms.Concat(b.Atoms).Concat(c.Atoms).Distinct().ToArray();
            var joined = a.Join(b).Join(c);
            Assert.Equal(atoms.Length > 8, joined.IsUnknown && atoms.Length > 1);
            Assert.True(atoms.Length <= 8 || ReferenceEquals(joined, joined.Join(a)));
        });

    [Fact]
    public void Values_that_are_equal_have_the_same_hash_code() =>
        FixedSamples.ForAll(FlowGen.Value, Samples, value =>
        {
            var turned = Value.Of(value.Atoms.Reverse())!;
            Assert.Equal(value, turned);
            Assert.Equal(value.GetHashCode(), turned.GetHashCode());
        });

    [Fact]
    public void Joined_object_is_above_both_with_doubts_and_without() =>
        FixedSamples.ForAll(Gen.Select(FlowGen.ThreeObjectStates, Gen.Bool), Samples, sample =>
        {
            var ((owner, a, b, _), isDoubtful) = sample;
            Assert.True(Below.Is(owner, a, a.Join(owner, b, isDoubtful)));
            Assert.True(Below.Is(owner, b, a.Join(owner, b, isDoubtful)));
            Assert.True(isDoubtful || Below.IsWithDoubts(owner, a, a.Join(owner, b, isDoubtful)));
        });

    [Fact]
    public void Joining_objects_is_monotone() =>
        FixedSamples.ForAll(FlowGen.ThreeObjectStates, Samples, sample =>
        {
            var (owner, a, b, c) = sample;
            Assert.True(Below.IsWithDoubts(owner, a.Join(owner, c, isDoubtful: false), a.Join(owner, b, isDoubtful: false).Join(owner, c, isDoubtful: false)));
        });

    [Fact]
    public void Doubts_come_in_the_same_way_from_both_sides() =>
        FixedSamples.ForAll(FlowGen.ThreeObjectStates, Samples, sample =>
        {
            var (owner, a, b, c) = sample;
            Assert.Equal(a, a.Join(owner, a, isDoubtful: true));
            Assert.Equal(a.Join(owner, b, isDoubtful: true), b.Join(owner, a, isDoubtful: true));
            Assert.True(Doubt(Doubt(a, b), c).HasSameBits(Doubt(a, Doubt(b, c))));

            ObjectState Doubt(ObjectState left, ObjectState right) => left.Join(owner, right, isDoubtful: true);
        });

    [Fact]
    public void Joining_states_is_idempotent_commutative_and_associative() =>
        FixedSamples.ForAll(s_states, Samples, sample =>
        {
            var (a, b, c) = sample;
            Assert.Equal(a, a.Join(a));
            Assert.Equal(a.Join(b), b.Join(a));
            Assert.Equal(a.Join(b, isDoubtful: true), b.Join(a, isDoubtful: true));
            Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
            Assert.Equal(a.Join(b), a.Join(b).Join(b));
        });

    [Fact]
    public void Joining_fresh_states_is_idempotent_and_commutative() =>
        FixedSamples.ForAll(s_freshStates, Samples, sample =>
        {
            var (a, b, _) = sample;
            Assert.Equal(a, a.Join(a));
            Assert.Equal(a.Join(b), b.Join(a));
            Assert.Equal(a.Join(b), a.Join(b).Join(b));
        });

    [Fact]
    public void Joining_states_is_monotone() =>
        FixedSamples.ForAll(s_states, Samples, sample =>
        {
            var (a, b, c) = sample;
            Assert.True(Below.Is(a.Join(c), a.Join(b).Join(c)));
        });

    [Fact]
    public void Equal_states_are_joined_to_equal_states() =>
        FixedSamples.ForAll(s_states, Samples, sample => AssertSameJoin(sample.First, sample.Second));

    [Fact]
    public void Equal_fresh_states_are_joined_to_equal_states() =>
        FixedSamples.ForAll(s_freshStates, Samples, sample => AssertSameJoin(sample.First, sample.Second));

    /// <summary>The same state with its atoms in another order is another object, but not another state.</summary>
    private static void AssertSameJoin(State a, State b)
    {
        var turned = a.With(a.Variables.Select((_, value) => Value.Of(value.Atoms.Reverse())));
        Assert.Equal(a, turned);
        Assert.Equal(a.Join(b), turned.Join(b));
        Assert.Equal(b.Join(a), b.Join(turned));
    }

    private static void AssertSame(Value left, Value right) => Assert.True(left.Equals(right), $"{left} and {right}");
}
