using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>What a call that is put together with a summary asks of the caller.</content>
internal sealed partial class Interpreter
{
    private readonly Dictionary<CodeUnit, Place> _places = [];

    public CodeUnit Unit => frame.Unit;

    public Summary SummaryOf(CodeUnit unit, Binding binding) => frame.Evaluation.Get(new(unit, binding));

    public bool MayBind(CodeUnit unit) => frame.Evaluation.MayBind(frame.Unit, unit);

    /// <summary>Where a lambda or local function of this member stands.</summary>
    public Place PlaceOf(CodeUnit unit)
    {
        if (!_places.TryGetValue(unit, out var place))
        {
            place = _engine.Units.SyntaxOf(unit, frame.Cancellation) is { } syntax ? _body.PlaceOf(syntax) : new(unit.Member, unit.Start, 0);
            _places.Add(unit, place);
        }

        return place;
    }

    /// <summary>Whether the delegate was handed to this code by its caller.</summary>
    public bool IsHandedIn(CodeUnit unit) => frame.Key.Binding.HandsIn(handed => handed.Equals(unit));

    public bool IsHandedIn(CodeMember member) => frame.Key.Binding.HandsIn(handed => handed.IsNested && handed.Member.Equals(member));

    /// <summary>Whether a variable that a piece of code leaves behind is one of its own parameters.</summary>
    public bool IsArgumentOf(CodeUnit unit, VariableId variable) =>
        variable.Member.Equals(unit.Member)
        && (!unit.IsNested || !unit.Member.Equals(Unit.Member) || (PlaceOf(unit) is var place && variable.Start >= place.Start && variable.Start < place.End));

    public void Touch(AbstractObject item) => frame.Touch(item);

    public void AddUse(AbstractObject connection, ConnectionUse use) => frame.AddUse(connection, use);

    public void AddPragma(PragmaExecution pragma) => frame.AddPragma(pragma);

    public void AddEndsOfFunctions(ImmutableArray<Finding> ends, bool isDetached) => frame.Log.AddEndsOfFunctions(ends, isDetached);

    public void ObserveComposed(SqliteEvent e, State before, uint checks, int hops, (Place Function, Place Call)? through) =>
        frame.Log.Add(InFlight(e), before, checks, hops, through);

    /// <summary>What a member of a value holds.</summary>
    public Value ReadStep(Value value, ObjectMember member)
    {
        switch (member.Kind)
        {
            case ObjectMemberKind.Slot when member.Is(Slot.Receiver):
                return Join(value, atom => atom is Closure { Receiver: { } receiver } ? receiver : null);
            case ObjectMemberKind.Slot:
                var slot = (Slot)Enum.Parse(typeof(Slot), member.Name);
                return Join(value, atom => atom is AbstractObject item ? Get(item, slot) : null);
            case ObjectMemberKind.Pragma:
                return Join(value, atom => atom is AbstractObject item ? PragmaCells.Of(State, item, member.Name) : null);
            case ObjectMemberKind.Hole:
                var index = int.Parse(member.Name, System.Globalization.CultureInfo.InvariantCulture);
                return Join(value, atom => atom is Text text && index < text.Holes.Length
                    ? text.Holes[index] is { Value: { } path } ? Value.Of(new EntryObject(ObjectKind.Plain, path)) : Value.Of(Text.OfHole(text.Holes[index]))
                    : null);
            case ObjectMemberKind.Question when member.AsksForNull is { } wanted:
                return Known(AnswerNull(value, wanted));
            case ObjectMemberKind.Question when member.AsksForText is { } text && value.Only<Text>() is { HasHoles: false, Flat: var known }:
                return Value.Of(known == text);
            case ObjectMemberKind.Question when member.AsksForType is { } name && _engine.Compilation.GetTypeByMetadataName(name) is { } type && IsOfType(value, type) is { } isOfType:
                return Value.Of(isOfType);
            case ObjectMemberKind.Question when member.Equals(ObjectMember.Opposite) && value.Only<Constant>() is { Value: bool truth }:
                return Value.Of(!truth);
            case ObjectMemberKind.Question:
                return Join(value, atom => atom is EntryObject { Path: var path } && path.Then(member) is { } asked ? Value.Of(new EntryObject(ObjectKind.Plain, asked)) : null);
            case ObjectMemberKind.Index or ObjectMemberKind.Element:
                return Join(value, atom => atom switch
                {
                    AbstractObject item => State.Get(new Cell(item, member)) ?? (member.Kind == ObjectMemberKind.Element ? Kept(item) : State.Get(new Cell(item, ObjectMember.Element))) ?? ReadCell(item, member, null, null),
                    Elements elements => elements.IsComplete && member.PositionIn(elements.Items.Count) is { } position ? elements.Items[position] : elements.Any,
                    _ => null,
                });
            default:
                var symbol = _engine.SymbolOf(member);
                return Known(ReadCell(value, member, symbol switch
                {
                    IFieldSymbol field => field.Type,
                    IPropertySymbol property => property.Type,
                    IParameterSymbol parameter => parameter.Type,
                    _ => null,
                }, symbol));
        }
    }

    /// <summary>A static member that the code has looked at.</summary>
    public Value ReadStaticOf(AccessPath path)
    {
        var symbol = _engine.SymbolOf(path.Member!);
        return symbol is null ? State.Get(new StaticKey(path.Member!)) ?? AtEntry(path, null) : Known(ReadStatic(symbol, (symbol as IFieldSymbol)?.Type ?? (symbol as IPropertySymbol)?.Type));
    }

    /// <summary>A variable that a lambda or local function has captured.</summary>
    public Value ReadCaptured(VariableId variable, IReadOnlyList<Value> arguments)
    {
        if (State.Get(new VariableKey(variable)) is { } value)
        {
            return Known(value);
        }

        if (!variable.Member.Equals(Unit.Member))
        {
            foreach (var atom in arguments.SelectMany(argument => argument.Atoms))
            {
                if (atom is Closure { Captured: var captured } && captured.Get(variable) is { } taken)
                {
                    return taken;
                }
            }

            return AtEntry(AccessPath.Of(variable), null);
        }

        if (variable.IsThis)
        {
            return AtEntry(ThisPath, null);
        }

        if (IsOfCodeAround(variable))
        {
            return AtEntry(AccessPath.Of(variable), null);
        }

        return ParameterNamed(variable) is { } parameter ? AtEntry(AccessPath.Parameter(parameter.Ordinal), parameter.Type) : Value.Unknown;
    }

    /// <summary>What the variables hold that a lambda or local function of this code uses.</summary>
    public IEnumerable<Value> CapturedBy(CodeUnit unit) => _engine.VariablesCapturedBy(unit, frame.Cancellation).Select(variable => ReadCaptured(variable, []));

    private IParameterSymbol? ParameterNamed(VariableId variable) =>
        (_body.Symbol as IMethodSymbol)?.Parameters.FirstOrDefault(parameter => parameter.Name == variable.Name && _body.IdOf(parameter).Equals(variable));

    private static Value Join(Value value, Func<Atom, Value?> map)
    {
        var result = default(Value);
        foreach (var atom in value.Atoms)
        {
            if (atom is Constant { Value: null })
            {
                continue;
            }

            var mapped = map(atom) ?? Value.Unknown;
            result = result?.Join(mapped) ?? mapped;
        }

        return result ?? Value.Unknown;
    }
}
