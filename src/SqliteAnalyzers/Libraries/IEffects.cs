using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>What a library may see and change of the program that is looked at: all it knows of the engine.</summary>
internal interface IEffects
{
    /// <summary>The state before the call, and what becomes of it.</summary>
    public State State { get; set; }

    /// <summary>Where the call stands.</summary>
    public Place At { get; }

    /// <summary>Whether all connections of the project must be to the same file.</summary>
    public bool HasOneDataSource { get; }

    /// <summary>What the project makes the contexts of Entity Framework Core contexts of, and the connections of linq2db connections to.</summary>
    public ContextSource ContextSource { get; }

    /// <summary>A new object that this call makes.</summary>
    public MadeObject Allocate(ObjectKind kind);

    /// <summary>What collections hold under this key; without one, any of it.</summary>
    public Value ReadElement(Value collections, Value[] keys, ITypeSymbol? type);

    /// <summary>What a slot of an object holds; null if that is not known. The callers of the code are asked for it.</summary>
    public Value? Get(AbstractObject item, Slot slot);

    /// <summary>Null: what it held is not known any more.</summary>
    public void Set(AbstractObject item, Slot slot, Value? value);

    /// <summary>The value, for which the callers of the code are asked as far as it came from them.</summary>
    public Value Ask(Value value);

    /// <summary>Asks the callers of the code for the parts of a text that they have handed in.</summary>
    public void AskParts(Text text);

    /// <summary>Whether a transaction is open on a connection: where that is not known, both are followed.</summary>
    public Value AskForTransaction(AbstractObject connection);

    public void Raise(SqliteEvent e);

    /// <summary>Raises an event on each connection that <paramref name="connections"/> may be; on one of several it happens only maybe.</summary>
    public void RaiseOn(Value? connections, Func<AbstractObject, ConnectionEvent> make);

    /// <summary>Invokes a delegate once, now.</summary>
    public Value Invoke(Value target, params Value[] arguments);

    /// <summary>Invokes a delegate any number of times, or not at all. Gives what it gives back, if it does.</summary>
    public Value InvokeSometimes(Value target, params Value[] arguments);

    /// <summary>The connections, transactions, commands and readers that a delegate has from the code that made it.</summary>
    public ValueList CapturedBy(Closure closure);

    /// <summary>The value goes to code that cannot be looked into, which may do with it what it likes.</summary>
    public void HandOver(Value value);

    /// <summary>
    /// Collections are gone through, or asked whether they hold more. How often a loop over them runs is not known: what it does with each
    /// transaction or delegate in them, it may have done with all that they were given, or with none.
    /// </summary>
    public void LoseKept(Value collections);

    /// <summary>What the value answers is looked at.</summary>
    public void Read(Value value);

    /// <summary>Reads an enumeration to its end.</summary>
    public Value Enumerate(Value sequence);

    /// <summary>How many items a collection has that is written out; null where that is not written there.</summary>
    public int? ItemsIn(IOperation collection);

    /// <summary>Whether the user names the method as one that starts a worker.</summary>
    public bool IsProcessStarter(string method);
}
