using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Who must dispose of an object when a piece of code has ended.</summary>
internal enum Owner
{
    /// <summary>Whoever had it before: it was handed in.</summary>
    Others,

    /// <summary>This code: it has made the object, and nobody else has it.</summary>
    Code,

    /// <summary>The caller: it is given back, by itself or as part of something.</summary>
    Caller,

    /// <summary>Something that was there before and outlives the code, as the receiver or a static member, holds it now.</summary>
    Holder,

    /// <summary>Nobody: it is closed, completed or disposed of.</summary>
    Nobody,

    /// <summary>It may be over or not, or code that cannot be looked into was given it.</summary>
    Unknown,
}

/// <summary>Who must dispose of connections, transactions, commands and readers where a piece of code has ended.</summary>
/// <param name="end">How the code ends.</param>
/// <param name="state">The state in which it ends.</param>
internal sealed class Ownership(MethodEnd end, State state)
{
    private readonly Reachability _reachability = new(state);
    private HashSet<AbstractObject>? _returned;
    private HashSet<AbstractObject>? _held;
    private HashSet<AbstractObject>? _inVariables;

    private HashSet<AbstractObject> Returned => _returned ??= end == MethodEnd.Normal ? HeldBy(static key => key is ReturnKey) : [];

    private HashSet<AbstractObject> Held => _held ??= HeldBy(static key => key is StaticKey or Cell { Object.ExistsAtEntry: true, Member.Kind: not ObjectMemberKind.Slot });

    /// <remarks>At a normal end the variables of the code itself are forgotten already: those that are left can be seen from elsewhere.</remarks>
    private HashSet<AbstractObject> InVariablesOfOthers => _inVariables ??= end == MethodEnd.Normal ? HeldBy(static key => key is VariableKey) : [];

    public Owner Of(AbstractObject item)
    {
        var isOver = item.ExistsAtEntry ? false : IsOver(item);
        return isOver == true ? Owner.Nobody
            : HolderOf(item) is var holder && holder == Owner.Code && isOver is null ? Owner.Unknown
            : holder;
    }

    /// <summary>The same of an object that is not over, or may not be.</summary>
    public Owner HolderOf(AbstractObject item) =>
        item.ExistsAtEntry ? Owner.Others
        : Returned.Contains(item) ? Owner.Caller
        : Held.Contains(item) ? Owner.Holder
        : item.IsMany || state.Get(item, Slot.IsHandedOver) is not null || InVariablesOfOthers.Contains(item) ? Owner.Unknown
        : Owner.Code;

    /// <summary>The field or property by which others reach a connection; null if there is none, or several.</summary>
    public static ObjectMember? MemberHolding(State state, AbstractObject connection) => connection is EntryObject { Path: { Member.Kind: ObjectMemberKind.Field } path }
        ? path.Member
        : state.Variables.Where(pair => pair.Value.Contains(connection))
            .Select(pair => pair.Key is StaticKey { Member: var member } ? member : pair.Key is Cell { Object: EntryObject, Member: { Kind: ObjectMemberKind.Field } kept } ? kept : null)
            .OfType<ObjectMember>().Distinct().Take(2).ToArray() is [var only] ? only : null;

    private bool? IsOver(AbstractObject item)
    {
        if (item.Kind == ObjectKind.Connection)
        {
            return state[item].Must(Component.Opening, Typestate.Closed) ? true
                : state[item].May(Typestate.Closed | Typestate.OpenUnknown) ? null
                : false;
        }

        return state.Get(item, Slot.IsCompleted)?.Only<Constant>()?.Value as bool?;
    }

    private HashSet<AbstractObject> HeldBy(Func<StateKey, bool> by) =>
        _reachability.From(state.Variables.Where(pair => by(pair.Key)).Select(pair => pair.Value));
}
