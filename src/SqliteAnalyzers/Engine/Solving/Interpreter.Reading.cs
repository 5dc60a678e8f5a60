using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>What variables, fields, properties and elements hold.</content>
internal sealed partial class Interpreter
{
    /// <summary>What the callers of the code may tell of a value, they are asked for.</summary>
    public Value Ask(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            if (atom is EntryObject entry)
            {
                frame.Ask(entry.Path);
            }
        }

        return value;
    }

    public void AskParts(Text text)
    {
        foreach (var hole in text.Holes)
        {
            if (hole.Value is { } path)
            {
                frame.Ask(path);
            }
        }
    }

    public Value? Get(AbstractObject item, Slot slot)
    {
        if (slot == Slot.IsInTransaction && (State.StateOf(item).SpokenOf & Component.Transaction) != 0)
        {
            return IsInTransaction(item) is { } isKnown ? Value.Of(isKnown) : null;
        }

        if (slot == Slot.IsOpen && (State.StateOf(item).SpokenOf & (Component.Opening | Component.Transaction)) != 0)
        {
            return IsOpen(item) is { } isKnown ? Value.Of(isKnown) : null;
        }

        var member = ObjectMember.Of(slot);
        if (State.Get(new Cell(item, member)) is { } value)
        {
            return Known(frame.WithAdopted(value));
        }

        if (item is not EntryObject { Path: var path } || path.Then(member) is not { } there)
        {
            return null;
        }

        there = frame.Key.Binding.Canonical(there);
        if (frame.Key.Binding.ValueOf(there) is { } told)
        {
            return told;
        }

        var kind = slot switch
        {
            Slot.Connection => ObjectKind.Connection,
            Slot.Database => ObjectKind.Database,
            Slot.Transaction => ObjectKind.Transaction,
            _ => ObjectKind.Plain,
        };
        if (kind == ObjectKind.Plain)
        {
            frame.Ask(there);
            return null;
        }

        return slot == Slot.Transaction ? null : Value.Of(new EntryObject(kind, there));
    }

    public Value AskForTransaction(AbstractObject connection)
    {
        if (connection.IsMany)
        {
            return Value.Unknown;
        }

        var (no, yes) = (Transitions.Assume(State, connection, isOpen: false, _at), Transitions.Assume(State, connection, isOpen: true, _at));
        if (no is null || yes is null)
        {
            State = no ?? yes ?? State;
            return Value.Of(yes is not null);
        }

        frame.Touch(connection);
        State = Choose(Disjuncts.ByAnswer(no, yes));
        return ReferenceEquals(State, no) ? Value.False : ReferenceEquals(State, yes) ? Value.True : Value.Unknown;
    }

    private bool? IsInTransaction(AbstractObject connection) =>
        State[connection].Must(Component.Transaction, Typestate.NoTransaction) ? false
        : State[connection].Must(Component.Transaction, Component.AnyTransaction) ? true
        : null;

    private bool? IsOpen(AbstractObject connection) =>
        State[connection].Must(Component.Opening, Typestate.Open) || State[connection].Must(Component.Transaction, Component.AnyTransaction) ? true
        : State[connection].Must(Component.Opening, Typestate.Closed) ? false
        : null;

    public void Set(AbstractObject item, Slot slot, Value? value) => State = State.With(item, slot, value);

    /// <summary>The value as far as conditions have told what it is.</summary>
    private Value Known(Value value)
    {
        if (State.Assumptions.Count == 0)
        {
            return value;
        }

        return value.Select(atom => atom is EntryObject { Path: var path } && State.AssumptionOf(path) is { Value: { } known } ? known : atom);
    }

    /// <summary>What stands at a path when the code is entered.</summary>
    private Value AtEntry(AccessPath path, ITypeSymbol? type) =>
        _engine.IsFollowed(type) ? AtEntry(path, _engine.Libraries.KindOf(type) ?? ObjectKind.Plain) : Value.Unknown;

    private Value AtEntry(AccessPath path, ObjectKind kind)
    {
        path = frame.Key.Binding.Canonical(path);
        return frame.Key.Binding.ValueOf(path) ?? Value.Of(new EntryObject(kind, path));
    }

    /// <summary>
    /// The value under a type that says what it is: an object of a library of which nothing is known is told apart from others by
    /// where it came from.
    /// </summary>
    private Value Typed(Value value, ITypeSymbol? type)
    {
        if (_engine.Libraries.KindOf(type) is not { } kind)
        {
            return value;
        }

        return value.Select(atom => atom switch
        {
            EntryObject { Kind: ObjectKind.Plain } entry => new EntryObject(kind, entry.Path),
            AbstractObject => atom,
            _ when ReferenceEquals(atom, Atom.Unknown) || ReferenceEquals(atom, Atom.NotDefault) => Unseen(kind),
            _ => atom,
        });
    }

    /// <summary>An object that nobody saw made, given back here: of an earlier one from this place nothing is known any more.</summary>
    private EntryObject Unseen(ObjectKind kind)
    {
        var path = AccessPath.Result(new(kind, _at));
        var item = new EntryObject(kind, path);
        State = State.With(State.Objects.Without(item))
            .With(State.Variables.Where((key, _) => key is not Cell { Object: EntryObject { Path: var owner } } || !owner.StartsWith(path)))
            .With(State.Assumptions.Where((known, _) => !known.StartsWith(path)));
        return item;
    }

    /// <summary>To a lambda or local function the receiver is one of the variables it captures.</summary>
    private AccessPath ThisPath => frame.Unit.IsNested ? AccessPath.Of(VariableId.This(frame.Unit.Member)) : AccessPath.This;

    /// <remarks>The copies of a struct that cannot change are all the same, as if they were one object.</remarks>
    private Value ReadThis(ITypeSymbol? type) => AtEntry(ThisPath, type is { IsValueType: true, IsReadOnly: true } ? null : type);

    private Value ReadVariable(ISymbol variable, ITypeSymbol? type)
    {
        var id = _body.IdOf(variable);
        if (State.Get(new VariableKey(id)) is { } value)
        {
            return value;
        }

        return IsOfCodeAround(id) ? AtEntry(AccessPath.Of(id), type) : Typed(Value.Unknown, type);
    }

    private Value ReadParameter(IParameterSymbol parameter, ITypeSymbol? type)
    {
        if (MemberOfPrimaryConstructor(parameter) is { } member)
        {
            return ReadCell(Value.Of(new EntryObject(ObjectKind.Plain, ThisPath)), member, type, parameter);
        }

        if (parameter.ContainingSymbol is INamedTypeSymbol)
        {
            return ReadThis(type);
        }

        var id = _body.IdOf(parameter);
        return State.Get(new VariableKey(id)) is { } value ? value
            : IsOfCodeAround(id) ? AtEntry(AccessPath.Of(id), type)
            : AtEntry(AccessPath.Parameter(parameter.Ordinal), type);
    }

    /// <summary>Whether the variable belongs to the code that this code is nested in, or to a caller that handed in a lambda.</summary>
    private bool IsOfCodeAround(VariableId variable) =>
        !variable.Member.Equals(frame.Unit.Member)
        || (frame.Unit.IsNested && (variable.Start < frame.Place.Start || variable.Start >= frame.Place.End));

    /// <summary>A primary constructor's parameter lives as long as the object, as a field does; in the constructor itself it is a parameter.</summary>
    private ObjectMember? MemberOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && !SymbolEqualityComparer.Default.Equals(constructor, _body.Symbol)
        && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(frame.Cancellation) is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax)
            ? _engine.MemberOf(parameter)
            : null;

    private Value ReadField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (field.IsStatic)
        {
            return Known(ReadStatic(field, reference.Type));
        }

        var instance = reference.Instance is null ? Value.Unknown : Evaluate(reference.Instance);
        if (field.ContainingType.IsTupleType && field.CorrespondingTupleField is { } item)
        {
            return ReadTuple(instance, item, reference.Type);
        }

        foreach (var atom in instance.Atoms)
        {
            ReadAnswer(atom);
        }

        return Known(ReadCell(instance, _engine.MemberOf(field), reference.Type, field));
    }

    private Value ReadTuple(Value instance, IFieldSymbol item, ITypeSymbol? type)
    {
        var index = item.ContainingType.TupleElements.IndexOf(item);
        index = index >= 0 ? index : item.ContainingType.TupleElements.ToList().FindIndex(element => element.Name == item.Name || element.CorrespondingTupleField?.Name == item.Name);
        return index >= 0 ? ItemOf(instance, index) ?? Typed(Value.Unknown, type) : Typed(Value.Unknown, type);
    }

    /// <summary>An item of a tuple; null if it is not known. The row that a checkpoint answers may be one too: its first column is busy.</summary>
    private static Value? ItemOf(Value value, int index) =>
        value.OnlyOrNull<TupleValue>() is { } tuple && index < tuple.Items.Count ? tuple.Items[index]
        : value.OnlyOrNull<Answer>() is { } row ? Value.Of(row with { IsCount = row.IsCount || index > 0 })
        : null;

    private Value ReadStatic(ISymbol member, ITypeSymbol? type)
    {
        var key = _engine.MemberOf(member);
        if (State.Get(new StaticKey(key)) is { } value)
        {
            return value;
        }

        var path = AccessPath.Static(key);
        return InitialValue(member, type) is { } initial ? Adopt(initial, new EntryObject(ObjectKind.Plain, path), path, type) : AtEntry(path, type);
    }

    /// <summary>What a member of each object that the receiver may be holds.</summary>
    private Value ReadCell(Value receiver, ObjectMember member, ITypeSymbol? type, ISymbol? symbol)
    {
        var result = default(Value);
        foreach (var atom in receiver.Atoms)
        {
            var value = atom is AbstractObject item ? ReadCell(item, member, type, symbol)
                : atom is Constant ? null
                : Typed(Value.Unknown, type);
            result = value is null ? result : result?.Join(value) ?? value;
        }

        return result ?? Typed(Value.Unknown, type);
    }

    private Value ReadCell(AbstractObject item, ObjectMember member, ITypeSymbol? type, ISymbol? symbol)
    {
        if (State.Get(new Cell(item, member)) is { } value)
        {
            return Typed(value, type);
        }

        if (State.IsFresh(item) && member.Kind == ObjectMemberKind.Field)
        {
            return DefaultOf(type);
        }

        var path = item switch
        {
            EntryObject entry => entry.Path.Then(member),
            MadeObject made => AccessPath.Of(made).Then(member),
            _ => null,
        };
        if (path is null)
        {
            return Typed(Value.Unknown, type);
        }

        return item is EntryObject owner && symbol is not null && !IsTold(path) && InitialValue(symbol, type) is { } initial
            ? Adopt(initial, owner, path, type)
            : AtEntry(path, type);
    }

    /// <summary>Whether the caller has told more of what stands there than what kind of object it is.</summary>
    private bool IsTold(AccessPath path) => frame.Key.Binding.ValueOf(path) is { } told && told.Only<EntryObject>()?.Path.Equals(path) != true;

    private static Value DefaultOf(ITypeSymbol? type) => type switch
    {
        { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Value.Null,
        { SpecialType: SpecialType.System_Boolean } => Value.False,
        { SpecialType: SpecialType.System_Int32 } => Value.Of(new Constant(0)),
        _ => Value.Unknown,
    };

    /// <summary>What a field or property holds by its initializer or the constructor, if nothing else can assign it.</summary>
    private InitialValue? InitialValue(ISymbol member, ITypeSymbol? type) =>
        frame.Key.Binding.IsForInitialValues ? null : _engine.InitialValues.Of(member, type, frame.Evaluation);

    private bool IsKeptForGood(ObjectMember member)
    {
        var isForGood = _engine.InitialValues.IsForGood(member, frame.Cancellation);
        frame.Evaluation.RestOn(new InitialValuePremise(member, isForGood == true));
        return isForGood == true || _engine.SymbolOf(member) is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };
    }

    /// <summary>The objects that an initializer or constructor made are, to every other method, the objects that the member holds.</summary>
    private Value Adopt(InitialValue initial, EntryObject owner, AccessPath path, ITypeSymbol? type)
    {
        var adopted = new Dictionary<AbstractObject, AbstractObject>();
        return Typed(Take(initial.Value, path), type);

        Value Take(Value value, AccessPath at) => value.SelectMany(atom => atom switch
        {
            MadeObject made => Value.Of(TakeObject(made, at)),
            EntryObject { Path: { Root: PathRoot.This } from, Kind: var kind } => Follow(from, kind),
            EntryObject { Path: { Root: PathRoot.Static, Parent: null, Member: { } shared } from, Kind: var kind } when IsKeptForGood(shared) => AtEntry(from, kind),
            EntryObject entry => AtEntry(KeptAt(entry) ?? at, entry.Kind),
            DatabaseObject { Source: var source } when source.Text.HasHoles => TakeDatabase(source),
            Text text when text.HasHoles => text.Fill(InHole),
            Elements elements => Value.Of(elements with { Items = TakeItems(elements.Items, at) }),
            TupleValue tuple => Value.Of(tuple with { Items = TakeItems(tuple.Items, at) }),
            _ => Value.Of(atom),
        });

        Value TakeDatabase(DataSource source) =>
            Value.Of(new DatabaseObject(source.Text.Fill(InHole).OnlyOrNull<Text>() is { } text ? source with { Text = text } : source));

        ValueList TakeItems(ValueList items, AccessPath at) => new(items.Values.Select((item, index) => at.Then(ObjectMember.Index(index)) is { } inner
            ? item.SelectMany(atom => atom is MadeObject ? Value.Of(atom) : Take(Value.Of(atom), inner))
            : Value.Unknown).ToImmutableArray());

        Value InHole(TextHole hole) => hole.Value switch
        {
            { Root: PathRoot.This } from => Libraries.BaseClassLibrary.TextOf(Follow(from, ObjectKind.Plain)),
            null or { Root: PathRoot.Static } => Value.Of(Text.OfHole(hole)),

            // What the constructor was given has no name in other code: there it would be that of what that code is given.
            var given => Value.Of(Text.OfHole(new(null, new(new CodeMember($"{path.Member}.", $"{given}"), 0, 0)))),
        };

        Value Follow(AccessPath from, ObjectKind kind)
        {
            AccessPath? to = owner.Path;
            foreach (var member in from.Members)
            {
                to = to?.Then(member);
            }

            return to is null ? Value.Unknown : State.Get(new Cell(owner, from.Members.LastOrDefault() ?? ObjectMember.Element)) ?? Value.Of(new EntryObject(kind, to));
        }

        // One object is told by one name: a command's connection by that of the field that keeps it.
        AccessPath? KeptAt(AbstractObject item)
        {
            var kept = default(AccessPath);
            foreach (var pair in initial.State.Variables)
            {
                var (keeper, member) = pair.Key switch
                {
                    Cell { Object: EntryObject { Path: { Parent: null, Root: PathRoot.This } }, Member: { Kind: ObjectMemberKind.Field } own } => (owner.Path.Then(own), own),
                    StaticKey { Member: var shared } => (AccessPath.Static(shared), shared),
                    _ => (null, null),
                };
                if (keeper is not null
                    && item.Equals(pair.Value.Only<AbstractObject>())
                    && (kept is null || string.CompareOrdinal(keeper.ToString(), kept.ToString()) < 0)
                    && IsKeptForGood(member!))
                {
                    kept = keeper;
                }
            }

            return kept;
        }

        AbstractObject TakeObject(MadeObject made, AccessPath at)
        {
            if (adopted.TryGetValue(made, out var known))
            {
                return known;
            }

            at = frame.Key.Binding.Canonical(KeptAt(made) ?? at);
            var item = new EntryObject(made.Kind, at);
            adopted.Add(made, item);
            var attributes = initial.State.StateOf(made).Only(Component.Access | Component.Pooling);
            if (State.StateOf(item).SpokenOf == 0 && attributes.SpokenOf != 0)
            {
                State = State.With(item, attributes);
            }

            foreach (var pair in initial.State.Variables)
            {
                if (pair.Key is Cell { Object: var held, Member: var member } && held.Equals(made) && !member.Is(Slot.IsFresh) && IsLeftAlone(made, member, at))
                {
                    TakeMember(item, member, at, inner => Take(pair.Value, inner));
                }
            }

            if (made.Kind == ObjectKind.Command && initial.State.Get(made, Slot.Transaction) is null && !MayBeToldTransaction(made, at))
            {
                TakeMember(item, ObjectMember.Of(Slot.Transaction), at, _ => Value.Null);
            }

            return item;
        }

        void TakeMember(AbstractObject item, ObjectMember member, AccessPath at, Func<AccessPath, Value> take)
        {
            if (at.Then(member) is not { } inner)
            {
                return;
            }

            var (cell, value) = (new Cell(item, member), take(inner));
            frame.Adopt(inner, value);
            if (State.Get(cell) is null)
            {
                State = State.With(cell, value);
            }
        }

        bool IsLeftAlone(MadeObject made, ObjectMember member, AccessPath at) =>
            !KeptObjects.IsOpen(made.Kind, member) || at.Member is not { Kind: ObjectMemberKind.Field } keeper || IsLeftAloneBy(keeper, member);

        // What keeps it beside one member may tell it one, too.
        bool MayBeToldTransaction(MadeObject made, AccessPath at) =>
            at.Member is not { Kind: ObjectMemberKind.Field } keeper
            || initial.State.Variables.Count(pair => pair.Key is StaticKey or Cell { Member.Kind: not ObjectMemberKind.Slot } && Holds(pair.Value, made)) != 1
            || !IsLeftAloneBy(keeper, ObjectMember.Of(Slot.Transaction));
    }

    private bool IsLeftAloneBy(ObjectMember keeper, ObjectMember inner)
    {
        var isLeftAlone = _engine.InitialValues.IsLeftAlone(keeper, inner, frame.Cancellation);
        frame.Evaluation.RestOn(new LeftAlonePremise(keeper, inner, isLeftAlone));
        return isLeftAlone;
    }

    /// <summary>Whether the value is the object, or one through which code that has it gets hold of it.</summary>
    private static bool Holds(Value value, AbstractObject item) => value.Atoms.Any(atom => atom switch
    {
        AbstractObject held => held.Equals(item),
        Elements elements => elements.Items.Values.Any(held => Holds(held, item)),
        TupleValue tuple => tuple.Items.Values.Any(held => Holds(held, item)),
        Closure closure => closure.Captured.Values.Any(captured => Holds(captured.Value, item)) || (closure.Receiver is { } receiver && Holds(receiver, item)),
        _ => false,
    });

    private Value EvaluateProperty(IPropertyReferenceOperation reference)
    {
        var instance = EvaluateInstance(reference.Instance);
        var arguments = reference.Arguments.Select(argument => Evaluate(argument.Value)).ToArray();
        _at = _body.PlaceOf(reference.Syntax);
        var property = reference.Property;
        if (!property.IsIndexer && _engine.Libraries.GetProperty(reference, instance, this) is { } value)
        {
            return Known(Typed(value, reference.Type));
        }

        if (property.IsIndexer && ReadIndexer(reference, instance, arguments) is { } element)
        {
            return Known(element);
        }

        if (instance is not null && !_engine.Units.IsInProject(property))
        {
            LoseKept(instance);
        }

        if (ReadOfSequence(property, instance, reference.Type) is { } ofSequence)
        {
            return ofSequence;
        }

        if (property.ContainingType.IsTupleType || (_engine.Libraries.KindOf(reference.Type) == ObjectKind.Query && HasUnknownBase(property.ContainingType)))
        {
            return Value.Unknown;
        }

        if (instance is not null && !IsWrapper(property))
        {
            Read(instance);
        }

        if (_engine.IsStorage(property) || property.GetMethod is null)
        {
            return Known(property.IsStatic ? ReadStatic(property, reference.Type) : ReadCell(instance ?? Value.Unknown, _engine.MemberOf(property), reference.Type, property));
        }

        var result = CallMember(property.GetMethod, instance, arguments, reference);
        return Known(result is { IsUnknown: false } ? Typed(result, reference.Type)
            : property.IsStatic || instance is null ? AtEntryUnlessFollowed(property, null, reference.Type)
            : AtEntryUnlessFollowed(property, instance, reference.Type));
    }

    /// <summary>Whether a type is derived from one that is not there: of what is called of that one nothing is seen, a transaction that it begins as little.</summary>
    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        for (var inherited = type.BaseType; inherited is not null; inherited = inherited.BaseType)
        {
            if (inherited.TypeKind == TypeKind.Error)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A property of the framework whose value is what the object is about: of a task, of a nullable.</summary>
    private bool IsWrapper(IPropertySymbol property) => !_engine.Units.IsInProject(property) && property.Name is "Result" or "Value" or "HasValue";

    /// <summary>A property whose code cannot be followed gives the same object each time, as far as is known.</summary>
    private Value AtEntryUnlessFollowed(IPropertySymbol property, Value? instance, ITypeSymbol? type)
    {
        if (_engine.Libraries.KindOf(type) is null && !_engine.IsAskedFor(type))
        {
            return Value.Unknown;
        }

        return property.GetMethod is { } getter && _engine.Targets.Resolve(getter).Length > 0 && _engine.Units.Of(getter) is not null
            ? Typed(Value.Unknown, type)
            : instance is null ? ReadStatic(property, type) : ReadCell(instance, _engine.MemberOf(property), type, property);
    }

    /// <summary>The current item of an enumeration.</summary>
    private Value? ReadOfSequence(IPropertySymbol property, Value? instance, ITypeSymbol? type)
    {
        if (instance is null || property.Name is not ("Current" or "Result" or "Values" or "Length" or "Count"))
        {
            return null;
        }

        if (property.Name == "Result")
        {
            return property.ContainingType.Name is "Task" or "ValueTask" ? instance : null;
        }

        if (property.Name is "Length" or "Count")
        {
            return instance.OnlyOrNull<Elements>() is { IsComplete: true } known ? Value.Of(new Constant(known.Items.Count)) : null;
        }

        var result = default(Value);
        foreach (var atom in instance.Atoms)
        {
            var item = atom switch
            {
                AbstractObject { Kind: ObjectKind.Enumerator } enumerator => CurrentOf(enumerator),
                Elements elements => elements.Any,
                Deferred deferred => State.Get(new YieldedKey(deferred.Unit)) ?? Typed(Value.Unknown, type),
                AbstractObject { Kind: ObjectKind.Reader or ObjectKind.Rows } rows => ReadRow(rows, type),
                AbstractObject { Kind: ObjectKind.Plain } collection => ReadKept(collection, type),
                _ => null,
            };
            result = item is null ? result : result?.Join(item) ?? item;
        }

        return result;
    }

    /// <summary>What a library makes of a row does not lead back to the connection that the row comes from.</summary>
    private Value ReadRow(AbstractObject rows, ITypeSymbol? type)
    {
        Read(Value.Of(rows));
        return Typed(Value.Unknown, type);
    }

    private Value CurrentOf(AbstractObject enumerator)
    {
        if (State.Get(enumerator, Slot.Items)?.Only<Elements>() is not { } elements)
        {
            return Value.Unknown;
        }

        return State.Get(enumerator, Slot.Position)?.Only<Constant>() is { Value: int position } && position >= 0 && position < elements.Items.Count
            ? elements.Items[position]
            : elements.Any;
    }

    public void LoseKept(Value collections)
    {
        foreach (var atom in collections.Atoms)
        {
            var kept = atom switch
            {
                AbstractObject { Kind: ObjectKind.Plain } collection => Kept(collection) ?? ToldOfElementsOf(collection),
                Elements elements => elements.Any,
                Deferred deferred => YieldedBy(deferred),
                _ when ReferenceEquals(atom, Atom.Unknown) || ReferenceEquals(atom, Atom.NotDefault) => HandedOver(),
                _ => null,
            };
            if (kept is not null)
            {
                Lose(kept);
            }
        }
    }

    /// <summary>What the caller tells of the elements of a collection.</summary>
    private Value? ToldOfElementsOf(AbstractObject collection) =>
        collection is EntryObject { Path: var path } && path.Then(ObjectMember.Element) is { } element ? frame.Key.Binding.ValueOf(frame.Key.Binding.Canonical(element)) : null;

    private Value? YieldedBy(Deferred iterator) =>
        CompositionOf(iterator) is { Summary.Yielded: { } yielded } composition ? composition.Leave(State, yielded)?.Result : null;

    /// <summary>The transactions that something of which nothing is known may keep.</summary>
    private Value? HandedOver() => Value.Of(State.Objects.Keys
        .Where(item => item.Kind == ObjectKind.Connection)
        .SelectMany(connection => State.Linked(connection, Slot.PendingTransaction, ObjectKind.Transaction))
        .Where(transaction => State.Get(transaction, Slot.IsHandedOver) is not null));

    /// <summary>Gives up the delegates and transactions that a value is or holds, over tuples, collections and objects of the program.</summary>
    private void Lose(Value value)
    {
        var (seen, pending) = (new HashSet<AbstractObject>(), new Stack<Value>([value]));
        while (pending.Count > 0)
        {
            foreach (var atom in pending.Pop().Atoms)
            {
                switch (atom)
                {
                    case Closure or AbstractObject { Kind: ObjectKind.Transaction }:
                        HandOver(Value.Of(atom));
                        break;
                    case Elements elements:
                        pending.Push(elements.Any);
                        break;
                    case TupleValue tuple:
                        foreach (var item in tuple.Items.Values)
                        {
                            pending.Push(item);
                        }

                        break;
                    case AbstractObject { Kind: ObjectKind.Plain or ObjectKind.Lazy } holder when seen.Add(holder):
                        foreach (var pair in State.Variables)
                        {
                            if (pair.Key is Cell { Object: var owner } && owner.Equals(holder))
                            {
                                pending.Push(pair.Value);
                            }
                        }

                        break;
                }
            }
        }
    }

    private Value? Kept(AbstractObject collection)
    {
        var kept = default(Value);
        foreach (var pair in State.Variables)
        {
            if (pair.Key is Cell { Object: var owner, Member.Kind: ObjectMemberKind.Element or ObjectMemberKind.Index } && owner.Equals(collection))
            {
                kept = kept?.Join(pair.Value) ?? pair.Value;
            }
        }

        return kept;
    }

    /// <summary>Any element of a collection.</summary>
    private Value ReadKept(AbstractObject collection, ITypeSymbol? type) =>
        Kept(collection) ?? (_engine.Libraries.KindOf(type) is null && !_engine.IsAskedFor(type) && type?.Name is not ("IDisposable" or "IAsyncDisposable") ? Value.Unknown : ReadCell(collection, ObjectMember.Element, type, null));

    private Value? ReadIndexer(IPropertyReferenceOperation reference, Value? instance, Value[] arguments)
    {
        var getter = reference.Property.GetMethod;
        if (getter is null || instance is null)
        {
            return null;
        }

        if (_engine.Units.IsInProject(reference.Property))
        {
            return null;
        }

        return _engine.Libraries.Invoke(new(reference, getter, instance, arguments, this)) is { IsUnknown: false } value
            ? value
            : ReadElement(instance, arguments, reference.Type);
    }

    public Value ReadElement(Value collections, Value[] indexes, ITypeSymbol? type)
    {
        var result = default(Value);
        var key = KeyOf(indexes);
        foreach (var atom in collections.Atoms)
        {
            var element = atom switch
            {
                Elements elements => key?.Value is int index && index >= 0 && index < elements.Items.Count && elements.IsComplete ? elements.Items[index] : elements.Any,
                AbstractObject { Kind: ObjectKind.Plain } collection when key is not null =>
                    State.Get(new Cell(collection, ObjectMember.Index(key.Value!))) ?? State.Get(new Cell(collection, ObjectMember.Element))
                        ?? ReadCell(collection, ObjectMember.Index(key.Value!), type, null),
                AbstractObject { Kind: ObjectKind.Plain } collection => ReadKept(collection, type),
                Model.Answer => Value.Of(atom),
                Constant => null,
                _ => Typed(Value.Unknown, type),
            };
            result = element is null ? result : result?.Join(element) ?? element;
        }

        return result ?? Typed(Value.Unknown, type);
    }

    private static Constant? KeyOf(Value[] indexes) => indexes.Length != 1 ? null
        : indexes[0].Only<Text>() is { HasHoles: false } text ? new(text.Flat)
        : indexes[0].Only<Constant>() is { Value: not null } constant ? constant
        : null;
}
