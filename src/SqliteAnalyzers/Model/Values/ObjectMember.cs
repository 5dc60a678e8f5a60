using System.Globalization;

namespace SqliteAnalyzers.Model;

internal enum ObjectMemberKind
{
    /// <summary>A field, a property that stores its value, or a primary constructor's parameter.</summary>
    Field,

    /// <summary>What the engine remembers of an object of a library: see <see cref="Model.Slot"/>.</summary>
    Slot,

    /// <summary>The element under one constant index or key.</summary>
    Index,

    /// <summary>Any element of a collection.</summary>
    Element,

    /// <summary>A pragma that was set on a connection.</summary>
    Pragma,

    /// <summary>A part of a text that is not known.</summary>
    Hole,

    /// <summary>The answer to a comparison with the value.</summary>
    Question,
}

/// <summary>Something that one object holds: together with the object it is a cell of the heap.</summary>
internal sealed class ObjectMember : IEquatable<ObjectMember>
{
    private static readonly ObjectMember[] s_slots = Enum.GetNames(typeof(Slot)).Select(name => new ObjectMember(ObjectMemberKind.Slot, "", name)).ToArray();

    private const string TextQuestion = "== text ";

    private const string TypeQuestion = "is type ";

    private readonly int _hash;

    private ObjectMember(ObjectMemberKind kind, string owner, string name)
    {
        Kind = kind;
        Owner = owner;
        Name = name;
        _hash = StableHash.Combine((int)kind, StableHash.Of(owner), StableHash.Of(name));
    }

    public ObjectMemberKind Kind { get; }

    /// <summary>The type that declares a field or property.</summary>
    public string Owner { get; }

    public string Name { get; }

    public static ObjectMember Element { get; } = new(ObjectMemberKind.Element, "", "[]");

    public static ObjectMember Of(Slot slot) => s_slots[(int)slot];

    public static ObjectMember Field(string owner, string name) => new(ObjectMemberKind.Field, owner, name);

    /// <summary>The field or property that says <paramref name="text"/> of itself.</summary>
    public static ObjectMember FieldOf(string text) => text.LastIndexOf('.') is var end && end < 0 ? Field("", text) : Field(text.Substring(0, end), text.Substring(end + 1));

    public static ObjectMember Index(object key) => new(ObjectMemberKind.Index, key.GetType().Name, key.ToString() ?? "");

    /// <param name="name">In lower case.</param>
    public static ObjectMember Pragma(string name) => new(ObjectMemberKind.Pragma, "", name);

    public static ObjectMember Hole(int index) => new(ObjectMemberKind.Hole, "", index.ToString(CultureInfo.InvariantCulture));

    /// <param name="text">The operator and what the value is compared with.</param>
    public static ObjectMember Question(string text) => new(ObjectMemberKind.Question, "", text);

    /// <summary>Whether the value is null.</summary>
    public static ObjectMember IsNull { get; } = Question("== null");

    /// <summary>Whether it is not null.</summary>
    public static ObjectMember IsNotNull { get; } = Question("!= null");

    /// <summary>Whether the value is this text.</summary>
    public static ObjectMember IsText(string text) => Question($"{TextQuestion}{text}");

    /// <summary>The text that is asked about; null of any other member.</summary>
    public string? AsksForText => Kind == ObjectMemberKind.Question && Name.StartsWith(TextQuestion, StringComparison.Ordinal) ? Name.Substring(TextQuestion.Length) : null;

    /// <summary>Whether the value is of a type, by the name that metadata has for it.</summary>
    public static ObjectMember IsOfType(string type) => Question($"{TypeQuestion}{type}");

    /// <summary>The type that is asked about; null of any other member.</summary>
    public string? AsksForType => Kind == ObjectMemberKind.Question && Name.StartsWith(TypeQuestion, StringComparison.Ordinal) ? Name.Substring(TypeQuestion.Length) : null;

    /// <summary>The opposite of the value, which is a truth.</summary>
    public static ObjectMember Opposite { get; } = Question("!");

    /// <summary>Of the answer to whether the value is null: true, of the opposite: false; null of any other member.</summary>
    public bool? AsksForNull => Kind != ObjectMemberKind.Question ? null : Equals(IsNull) ? true : Equals(IsNotNull) ? false : null;

    /// <summary>Of the element under a number: that number, if so many elements have one like it.</summary>
    public int? PositionIn(int count) => Kind == ObjectMemberKind.Index && int.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < count ? position : null;

    public bool Is(Slot slot) => ReferenceEquals(this, Of(slot));

    public bool Equals(ObjectMember? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Kind == other.Kind && Name == other.Name && Owner == other.Owner);

    public override bool Equals(object? obj) => Equals(obj as ObjectMember);

    public override int GetHashCode() => _hash;

    public override string ToString() => Owner.Length == 0 ? Name : $"{Owner}.{Name}";
}

/// <summary>What is remembered about an object of a library besides its typestate.</summary>
internal enum Slot
{
    /// <summary>Of a command, reader, transaction or batch: its connection.</summary>
    Connection,

    /// <summary>Of a connection: the database it belongs to.</summary>
    Database,
    CommandText,
    Transaction,
    ConnectionString,

    /// <summary>Of a connection or a connection string's builder: what the provider executes whenever it opens the connection.</summary>
    OpeningSql,

    /// <summary>Of a connection string's builder: the data source; of a database: all that names it, or a copy of its file.</summary>
    DataSource,
    Mode,
    Pooling,
    Cache,
    FileName,
    Arguments,

    /// <summary>Of the start of a process: the items of its list of arguments, the variables of its environment, its working directory.</summary>
    Given,
    UseShellExecute,

    /// <summary>Of a connection: the name of the SAVEPOINT that began its transaction.</summary>
    OutermostSavepoint,

    /// <summary>Of a connection: whether a transaction is open on it. It is read off the typestate, or told by the caller.</summary>
    IsInTransaction,

    /// <summary>Of a connection: whether it is open. It is read off the typestate, or told by the caller.</summary>
    IsOpen,

    /// <summary>Of a connection: its transaction was begun by SQL text.</summary>
    IsBegunBySql,

    /// <summary>Of a connection: the object of the transaction that is pending on it.</summary>
    PendingTransaction,

    /// <summary>Of a connection: the batch of the helper library that writes on it.</summary>
    Batch,

    /// <summary>Of a transaction: it was committed or rolled back; of a command, reader, scope or batch: it was disposed of.</summary>
    IsCompleted,

    /// <summary>Of an object that was made here: code that cannot be looked into was given it, and may keep it.</summary>
    IsHandedOver,

    /// <summary>Of a command: its provider enlists each in the transaction that is pending.</summary>
    EnlistsByItself,

    /// <summary>Of a command: its connection made it, and has enlisted it in the transaction that was pending then.</summary>
    IsMadeByConnection,

    /// <summary>Of a command: the reader that is closed when the command is disposed of.</summary>
    Reader,

    /// <summary>Of a reader: the checkpoint whose answer its first row is.</summary>
    Answer,

    /// <summary>Of a lazy value: the delegate that makes it.</summary>
    Factory,

    /// <summary>Of a lazy value: what the delegate made.</summary>
    LazyValue,

    /// <summary>Of an enumerator: what it runs over.</summary>
    Items,

    /// <summary>Of an enumerator over known items: the index of the current one.</summary>
    Position,

    /// <summary>Of a text builder: the text so far.</summary>
    Content,

    /// <summary>Of an object the program has just made: each member that nobody has assigned has its default value.</summary>
    IsFresh,

    /// <summary>Of a delegate: the object its method is called on.</summary>
    Receiver,
}
