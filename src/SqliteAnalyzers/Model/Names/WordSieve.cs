namespace SqliteAnalyzers.Model;

/// <summary>Words whose presence in a member decides whether it is looked at any closer.</summary>
[Flags]
internal enum Words
{
    None = 0,

    /// <summary>PRAGMA, or the name of a pragma that a text may be completed with.</summary>
    Pragma = 1,

    /// <summary>wal_checkpoint, or the name of something that checkpoints.</summary>
    Checkpoint = 2,

    /// <summary>A connection string, or a data source.</summary>
    DataSource = 4,

    /// <summary>A type of a library that touches SQLite.</summary>
    Sqlite = 8,

    /// <summary>A type or method of a library that starts processes.</summary>
    Process = 16,

    /// <summary>A call that opens a connection, or may.</summary>
    Opens = 32,

    /// <summary>What begins a transaction or a query that is read step by step.</summary>
    Begins = 64,

    /// <summary>A call that executes SQL.</summary>
    Executes = 128,

    /// <summary>An access mode or data source that is no file that is written.</summary>
    OtherAccess = 256,

    /// <summary>SQL that may be handed out as text.</summary>
    Sql = 512,

    /// <summary>A call by which a library puts the databases it makes in WAL mode by itself.</summary>
    SetsWal = 1024,

    /// <summary>A call that starts a process, or may.</summary>
    Starts = 2048,

    /// <summary>What sets how a connection behaves: a keyword of a connection string, a property of its builder.</summary>
    Setting = 4096,

    /// <summary>The name of a file that SQLite keeps beside a database.</summary>
    WalFile = 8192,

    /// <summary>What begins a transaction.</summary>
    Transacts = 16384,

    /// <summary>The type of an ambient transaction.</summary>
    AmbientTransaction = 32768,

    /// <summary>A batch of the helper library.</summary>
    Batches = 65536,

    /// <summary>What reads, moves or deletes files.</summary>
    Files = 131072,

    /// <summary>What does something again and again.</summary>
    Repeats = 262144,

    /// <summary>A connection string, the file of the program or that of a tool, that may be handed out as text.</summary>
    Handed = 524288,

    /// <summary>A call that makes the contexts of a library contexts of SQLite databases.</summary>
    SqliteProvider = 1048576,

    /// <summary>A call that makes them contexts of other databases.</summary>
    OtherProvider = 2097152,
}

/// <summary>The words that the libraries of a compilation are known by.</summary>
internal sealed class WordSieve
{
    private readonly Dictionary<int, Words> _words;
    private readonly Dictionary<int, Words> _types;
    private readonly Dictionary<(int, int), Words> _pairs;
    private readonly HashSet<int> _seconds;

    public WordSieve() => (_words, _types, _pairs, _seconds) = ([], [], [], []);

    /// <summary>A copy, to which words can be added.</summary>
    public WordSieve(WordSieve other)
    {
        (_words, _types, _pairs, _seconds) = (new(other._words), new(other._types), new(other._pairs), [.. other._seconds]);
        Hash = other.Hash;
    }

    /// <summary>What tells this sieve from others: an index made with one does not serve another.</summary>
    public int Hash { get; private set; }

    /// <param name="word">In any case of letters.</param>
    /// <param name="meaning">What it means.</param>
    public WordSieve AddWord(string word, Words meaning)
    {
        Add(_words, NameHash.Of(word.ToLowerInvariant()), meaning);
        return this;
    }

    /// <param name="type">A name, in this case of letters, that counts only where it can stand for a type.</param>
    /// <param name="meaning">What it means.</param>
    public WordSieve AddType(string type, Words meaning)
    {
        Add(_types, NameHash.Of(type), meaning);
        return this;
    }

    /// <summary>One word right after another.</summary>
    public WordSieve AddPair(string first, string second, Words meaning)
    {
        var key = (NameHash.Of(first), NameHash.Of(second));
        _pairs[key] = _pairs.TryGetValue(key, out var known) ? known | meaning : meaning;
        _seconds.Add(key.Item2);
        Hash = (Hash * 31) + key.Item1 + key.Item2 + (int)meaning;
        return this;
    }

    public Words Of(int word) => _words.TryGetValue(word, out var meaning) ? meaning : Words.None;

    public bool IsType(int name) => _types.ContainsKey(name);

    public Words OfType(int name, bool isTypeMention) => isTypeMention ? _types[name] : Words.None;

    public bool IsPair(int first, int second) => _seconds.Contains(second) && _pairs.ContainsKey((first, second));

    public Words OfPair(int first, int second) => _pairs[(first, second)];

    private void Add(Dictionary<int, Words> to, int hash, Words meaning)
    {
        to[hash] = to.TryGetValue(hash, out var known) ? known | meaning : meaning;
        Hash = (Hash * 31) + hash + (int)meaning;
    }
}
