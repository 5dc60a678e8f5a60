using System.Collections.Concurrent;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which members can lead to which, by names alone: one reaches another if it mentions its name, and mentions as well something
/// that can be of its type: the type, one that derives from it, one that declares the same member and that it derives from, or a
/// member that is declared with such a type.
/// </summary>
/// <remarks>
/// A first sieve: it lets through what it cannot tell apart, and holds back nearly all of a program. "Open", "Add" and "Run" are
/// everybody's names, but hardly any two types that have them are mentioned by the same code.
/// </remarks>
internal sealed class NameReach
{
    /// <summary>Types of the framework that say nothing about who calls what derives from them.</summary>
    private static readonly HashSet<int> s_framework = new(new[]
    {
        "IDisposable", "IAsyncDisposable", "IEquatable", "IComparable", "ICloneable", "IEnumerable", "IEnumerator", "IReadOnlyList", "IList", "ICollection",
        "IReadOnlyCollection", "IDictionary", "IReadOnlyDictionary", "INotifyPropertyChanged", "INotifyPropertyChanging", "INotifyCollectionChanged",
        "IFormattable", "IConvertible", "IServiceProvider", "IHostedService", "BackgroundService", "Exception", "Attribute", "EventArgs", "Controller",
        "ControllerBase", "PageModel", "ComponentBase", "LayoutComponentBase", "Window", "UserControl", "Page", "Form", "Control", "Application",
        "ObservableObject", "ObservableRecipient", "BindableBase", "ContentPage", "ContentView", "Activity", "Service", "Fragment", "Migration", "DbContext",
        "Hub", "MarshalByRefObject", "Component", "ViewComponent", "TagHelper", "IValueConverter", "ICommand", "Stream", "TextWriter", "TextReader",
        "JsonConverter", "IComparer", "IEqualityComparer", "List", "Dictionary", "Collection", "ObservableCollection", "Task", "string", "int", "object", "bool",
    }.Select(NameHash.Of));

    private static readonly int s_using = NameHash.Of("using");

    private readonly IReadOnlyList<TreeIndex> _trees;
    private readonly TreeIndex.MemberEntry[] _members;
    private readonly TreeIndex.TypeEntry[] _types;

    // By member, the tree that it is in; by tree, the first of its members.
    private readonly int[] _treeOf;
    private readonly int[] _firstOf;

    // By name, its row in the tables. What is not among these names means nothing.
    private readonly Dictionary<int, int> _names = [];
    private readonly Dictionary<string, int> _typeKeys = new(StringComparer.Ordinal);

    // Members.
    private readonly NumberRows _mentions;
    private readonly NumberRows _mentionsByNew;
    private readonly NumberRows _mentionsByUsing;
    private readonly NumberRows _carriers;

    // Types.
    private readonly NumberRows _named;
    private readonly NumberRows _derived;
    private readonly NumberRows _fronts;

    // Trees, and names.
    private readonly NumberRows _usings;
    private readonly NumberRows _aliases;

    // By the key of a type, the members that it holds, and those of the types in it.
    private readonly NumberRows _within;

    // Types with their members, sorted.
    private readonly long[] _declares;

    private ConcurrentDictionary<SpokenName, int[]> _callers = new();

    /// <param name="trees">All trees of the project.</param>
    /// <param name="libraryTypes">The names of the types of libraries.</param>
    public NameReach(IReadOnlyList<TreeIndex> trees, IEnumerable<int> libraryTypes)
    {
        _trees = trees;
        _members = trees.SelectMany(tree => tree.Members).ToArray();
        _treeOf = trees.SelectMany((tree, number) => Enumerable.Repeat(number, tree.Members.Count)).ToArray();
        _firstOf = new int[trees.Count];
        for (var tree = 1; tree < trees.Count; tree++)
        {
            _firstOf[tree] = _firstOf[tree - 1] + trees[tree - 1].Members.Count;
        }

        _types = trees.SelectMany(tree => tree.Types).ToArray();
        AddNames(_types.Select(type => type.NameHash).Concat(libraryTypes).Concat(trees.SelectMany(tree => tree.Aliases).Select(alias => alias.Alias)));
        var typeNames = _names.Count;
        AddNames(_types.SelectMany(type => type.Bases).Concat(_members.Where(IsSpokenOf).Select(member => member.NameHash)).Concat([s_using]));
        foreach (var type in _types)
        {
            if (!_typeKeys.ContainsKey(type.Key))
            {
                _typeKeys.Add(type.Key, _typeKeys.Count);
            }
        }

        _declares = _members.Where(IsSpokenOf).Select(member => Declaration(member.Type!.NameHash, member.NameHash)).Distinct().OrderBy(declaration => declaration).ToArray();
        _named = ByName(_types.Length, type => [_types[type].NameHash], type => type);
        _derived = ByName(_types.Length, type => _types[type].Bases, type => type);
        _fronts = ByName(_types.Length, type => _types[type].Names, type => type);
        _usings = ByName(trees.Count, tree => trees[tree].Usings, tree => tree);
        var aliases = trees.SelectMany(tree => tree.Aliases).ToArray();
        _aliases = ByName(aliases.Length, pair => [aliases[pair].Target], pair => aliases[pair].Alias);
        _carriers = ByName(_members.Length, member => IsSpokenOf(_members[member]) ? _members[member].Declared : [], member => member, typeNames);
        _mentions = ByName(_members.Length, member => _members[member].Names, member => member);
        _mentionsByNew = ByName(_members.Length, member => MayCall(_members[member], Call.New) ? _members[member].Names : [], member => member);
        _mentionsByUsing = ByName(_members.Length, member => MayCall(_members[member], Call.Using) ? _members[member].Names : [], member => member);
        _within = new(_typeKeys.Count, [.. Enumerable.Range(0, _members.Length).SelectMany(member => TypesAround(_members[member]).Select(type => (_typeKeys[type.Key], member)))]);
    }

    /// <summary>Whether it can make a difference that a member mentions the name: it is that of a member, or of a type.</summary>
    public bool IsMeaningful(int name) => _names.ContainsKey(name);

    /// <summary>Forgets who calls what, which is found again when it is asked for: it is much, and rarely asked for twice when the roots are found.</summary>
    public void ForgetCallers() => _callers = new();

    /// <summary>How a call speaks of what it calls.</summary>
    private enum Call
    {
        Named,

        New,

        Using,

        Other,
    }

    /// <summary>What members that the same code can call have in common.</summary>
    /// <param name="Owner">The type, or the extension.</param>
    /// <param name="Name">The hash of the name.</param>
    /// <param name="IsPrivate">Whether only the type itself can call it.</param>
    /// <param name="Call">How it is called.</param>
    private readonly record struct SpokenName(string Owner, int Name, bool IsPrivate, Call Call);

    /// <summary>The names by which code can speak of an object.</summary>
    /// <param name="names">Those of types.</param>
    private sealed class Context(HashSet<int> names)
    {
        private readonly Dictionary<int, List<TreeIndex.MemberEntry>> _own = [];

        /// <summary>The names of types, and of the members declared with one that others than its own type can use.</summary>
        public HashSet<int> Names => names;

        /// <summary>The other members declared with one.</summary>
        public IEnumerable<TreeIndex.MemberEntry> Own => _own.Values.SelectMany(own => own);

        public void Add(TreeIndex.MemberEntry carrier)
        {
            if (!carrier.Has(MemberTraits.Private))
            {
                names.Add(carrier.NameHash);
                return;
            }

            if (!_own.TryGetValue(carrier.Type!.KeyHash, out var own))
            {
                _own.Add(carrier.Type.KeyHash, own = []);
            }

            own.Add(carrier);
        }

        public bool IsMentionedBy(TreeIndex.MemberEntry member) =>
            NameHash.Overlaps(member.Names, names)
            || (member.Type is { } type && _own.TryGetValue(type.KeyHash, out var own) && own.Exists(carrier => NameHash.Contains(member.Names, carrier.NameHash)));
    }

    /// <summary>
    /// The members that can hold an object of these types of a library: that mention one of them, or a member declared with one.
    /// </summary>
    public HashSet<TreeIndex.MemberEntry> Holders(HashSet<int> libraryTypes, Words mention)
    {
        var aliased = new HashSet<int>(libraryTypes.SelectMany(name => _aliases[RowOf(name)]));
        var holders = new HashSet<TreeIndex.MemberEntry>(_members.Where(member =>
            (member.Words & mention) != 0 || NameHash.Overlaps(member.Names, aliased) || (member.Type is { } type && NameHash.Overlaps(type.Bases, libraryTypes))));

        // A type of the project that derives from one is one more name for it: a context, a connection of its own.
        var derived = new HashSet<int>(_members.Select(member => member.Type).Where(type => type is not null && NameHash.Overlaps(type.Bases, libraryTypes)).Select(type => NameHash.Of(type!.Name)));
        holders.UnionWith(derived.Count == 0 ? [] : _members.Where(member => NameHash.Overlaps(member.Names, derived)));
        libraryTypes = new(libraryTypes.Concat(aliased).Concat(derived));
        var carriers = holders.Where(member => NameHash.Overlaps(member.Declared, libraryTypes)).ToArray();
        holders.UnionWith(Callers(carriers, holders));

        // What a primary constructor is given is there in every member.
        var fronts = new HashSet<string>(carriers.Where(member => member.Has(MemberTraits.TypeFront)).Select(member => member.Type!.Key), StringComparer.Ordinal);
        if (fronts.Count > 0)
        {
            holders.UnionWith(_members.Where(member => member.Type is { } type && fronts.Contains(type.Key)));
        }

        return holders;
    }

    /// <summary>The members that can lead to one of these, over so many calls, with these themselves.</summary>
    public HashSet<TreeIndex.MemberEntry> Closure(IEnumerable<TreeIndex.MemberEntry> members, int calls)
    {
        var closure = new HashSet<TreeIndex.MemberEntry>(members);
        IReadOnlyCollection<TreeIndex.MemberEntry> last = closure.ToArray();
        for (; calls > 0 && last.Count > 0; calls--)
        {
            last = Callers(last, closure);
            closure.UnionWith(last);
        }

        return closure;
    }

    /// <summary>The members that can mention one of these, without those that are known.</summary>
    private HashSet<TreeIndex.MemberEntry> Callers(IEnumerable<TreeIndex.MemberEntry> called, HashSet<TreeIndex.MemberEntry> known)
    {
        var callers = new HashSet<TreeIndex.MemberEntry>();
        var seen = new HashSet<int[]>();
        foreach (var member in called)
        {
            AddCallers(member);
            callers.UnionWith(RunBy(member).Where(constructor => !known.Contains(constructor)));
            foreach (var storage in FilledBy(member))
            {
                AddCallers(storage);
            }
        }

        return callers;

        void AddCallers(TreeIndex.MemberEntry member)
        {
            var context = new Lazy<Context>(() => ContextOf(member), LazyThreadSafetyMode.None);
            foreach (var spokenOf in SpokenOf(member))
            {
                // Overloads are spoken of by the same names, and so have the same callers.
                var callersOf = _callers;
                var found = callersOf.TryGetValue(spokenOf, out var kept) ? kept : callersOf.GetOrAdd(spokenOf, [.. FindCallers(spokenOf, member, context)]);
                if (seen.Add(found))
                {
                    callers.UnionWith(found.Select(caller => _members[caller]).Where(caller => !known.Contains(caller)));
                }
            }
        }
    }

    /// <summary>How code can call a member: by its name, and without one.</summary>
    private static IEnumerable<SpokenName> SpokenOf(TreeIndex.MemberEntry member)
    {
        if (member.Type is null)
        {
            yield break;
        }

        var isPrivate = member.Has(MemberTraits.Private);
        var owner = member.Has(MemberTraits.Extension) && !isPrivate ? member.Member.Key : member.Type.Key;
        if (member.Name.Length > 0)
        {
            yield return new(owner, member.NameHash, isPrivate, Call.Named);
        }

        if (member.Has(MemberTraits.Unnamed | MemberTraits.Constructor))
        {
            yield return new(owner, member.NameHash, isPrivate, member.Has(MemberTraits.Constructor) ? Call.New : member.Name is "Dispose" or "DisposeAsync" ? Call.Using : Call.Other);
        }
    }

    private IEnumerable<int> FindCallers(SpokenName spokenOf, TreeIndex.MemberEntry called, Lazy<Context> contextOf)
    {
        var context = spokenOf.IsPrivate ? null : contextOf.Value;
        var mentions = spokenOf.Call switch
        {
            Call.New => _mentionsByNew,
            Call.Using => _mentionsByUsing,
            _ => _mentions,
        };
        var inContext = InContextOf(called, context, mentions);
        if (spokenOf.Call != Call.Named)
        {
            return inContext.Where(caller => MayCall(_members[caller], spokenOf.Call)).Distinct();
        }

        // Many mention the name, or many the type: the fewer are gone through.
        var name = RowOf(called.NameHash);
        return _within.Count(_typeKeys[called.Type!.Key]) + (context is null ? 0 : SizeOf(context)) < _mentions.Count(name)
            ? inContext.Where(caller => NameHash.Contains(_members[caller].Names, called.NameHash)).Distinct()
            : _mentions[name].Where(caller => IsInContext(caller, called, context));
    }

    /// <summary>The constructors that run what a member begins with.</summary>
    private IEnumerable<TreeIndex.MemberEntry> RunBy(TreeIndex.MemberEntry member) =>
        member.Has(MemberTraits.HasInitializer) && !member.Has(MemberTraits.Static) && member.Type is { } type
            ? MembersWithin(type).Select(within => _members[within])
                .Where(constructor => constructor.Has(MemberTraits.Constructor) && !constructor.Has(MemberTraits.Static) && constructor.Type!.Key == type.Key)
            : [];

    /// <summary>The fields that a constructor may leave something in: who reads one reads what the constructor made.</summary>
    private IEnumerable<TreeIndex.MemberEntry> FilledBy(TreeIndex.MemberEntry member) =>
        member.Has(MemberTraits.Constructor) && member.Type is { } type
            ? MembersWithin(type).Select(within => _members[within])
                .Where(storage => storage.Has(MemberTraits.Storage) && storage.Type!.Key == type.Key && NameHash.Contains(member.Names, storage.NameHash))
            : [];

    private static bool MayCall(TreeIndex.MemberEntry caller, Call call) => call switch
    {
        Call.New => caller.Has(MemberTraits.TargetTypedNew),
        Call.Using => NameHash.Contains(caller.Names, s_using),
        _ => true,
    };

    /// <summary>The members of which <see cref="IsInContext"/> is true, of those that have these mentions.</summary>
    private IEnumerable<int> InContextOf(TreeIndex.MemberEntry called, Context? context, NumberRows mentions)
    {
        var within = MembersWithin(called.Type!);
        return context is null ? within : within
            .Concat(context.Names.Select(RowOf).SelectMany(name => mentions[name]
                .Concat(_fronts[name].SelectMany(type => MembersWithin(_types[type])))
                .Concat(_usings[name].SelectMany(MembersOfTree))))
            .Concat(context.Own.SelectMany(own =>
                MembersWithin(own.Type!).Where(member => _members[member].Type!.Key == own.Type!.Key && NameHash.Contains(_members[member].Names, own.NameHash))));
    }

    private IEnumerable<int> MembersWithin(TreeIndex.TypeEntry type) => _within[_typeKeys[type.Key]];

    private IEnumerable<int> MembersOfTree(int tree) => Enumerable.Range(_firstOf[tree], _trees[tree].Members.Count);

    private static IEnumerable<TreeIndex.TypeEntry> TypesAround(TreeIndex.MemberEntry member)
    {
        for (var type = member.Type; type is not null; type = type.Outer)
        {
            yield return type;
        }
    }

    /// <summary>Whether the code of a member can have an object of the type that declares another, or is code of that type.</summary>
    private bool IsInContext(int caller, TreeIndex.MemberEntry called, Context? context)
    {
        var member = _members[caller];
        for (var type = member.Type; type is not null; type = type.Outer)
        {
            if (type.Key == called.Type!.Key)
            {
                return true;
            }
        }

        if (context is null)
        {
            return false;
        }

        if (context.IsMentionedBy(member) || NameHash.Overlaps(_trees[_treeOf[caller]].Usings, context.Names))
        {
            return true;
        }

        for (var type = member.Type; type is not null; type = type.Outer)
        {
            if (NameHash.Overlaps(type.Names, context.Names))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names by which code can speak of an object on which the member can be called.</summary>
    private Context ContextOf(TreeIndex.MemberEntry member)
    {
        var family = FamilyOf(member.Type!, member.NameHash);
        if (member.Has(MemberTraits.Extension))
        {
            family.UnionWith(member.Declared.Where(name => IsTypeOfProject(name) || _carriers.Count(RowOf(name)) > 0));
            family.UnionWith(member.Type!.Names.Where(name => _carriers.Count(RowOf(name)) > 0));
        }

        var context = new Context(family);
        foreach (var carrier in family.ToArray().SelectMany(name => _carriers[RowOf(name)]))
        {
            context.Add(_members[carrier]);
        }

        return context;
    }

    /// <summary>How many members speak of these, counted by each way in which they do.</summary>
    private int SizeOf(Context context) => context.Names.Select(RowOf).Sum(name =>
        _mentions.Count(name)
        + _usings[name].Sum(tree => _trees[tree].Members.Count)
        + _fronts[name].Sum(front => _within.Count(_typeKeys[_types[front].Key])));

    /// <summary>The names of a type, of what derives from it, and of what it derives from that declares the same member.</summary>
    private HashSet<int> FamilyOf(TreeIndex.TypeEntry type, int memberName)
    {
        var family = new HashSet<int> { type.NameHash };
        Follow(family, name => _derived[RowOf(name)].Select(part => _types[part].NameHash));
        var above = new HashSet<int> { type.NameHash };
        Follow(above, name => _named[RowOf(name)].SelectMany(part => _types[part].Bases));
        family.UnionWith(above.Where(name => IsTypeOfProject(name) ? Array.BinarySearch(_declares, Declaration(name, memberName)) >= 0 : !s_framework.Contains(name)));
        family.UnionWith(family.ToArray().SelectMany(name => _aliases[RowOf(name)]));
        return family;
    }

    private bool IsTypeOfProject(int name) => _named.Count(RowOf(name)) > 0;

    private static void Follow(HashSet<int> names, Func<int, IEnumerable<int>> next)
    {
        var pending = new Stack<int>(names);
        while (pending.Count > 0)
        {
            foreach (var name in next(pending.Pop()))
            {
                if (names.Add(name))
                {
                    pending.Push(name);
                }
            }
        }
    }

    /// <summary>Whether code speaks of a member by its name and type.</summary>
    private static bool IsSpokenOf(TreeIndex.MemberEntry member) => member.Name.Length > 0 && member.Type is not null;

    private static long Declaration(int type, int member) => ((long)type << 32) | (uint)member;

    private int? RowOf(int name) => _names.TryGetValue(name, out var row) ? row : null;

    private void AddNames(IEnumerable<int> names)
    {
        foreach (var name in names)
        {
            if (!_names.ContainsKey(name))
            {
                _names.Add(name, _names.Count);
            }
        }
    }

    /// <summary>A table by name of what some things have to do with it.</summary>
    /// <param name="count">How many things there are.</param>
    /// <param name="namesOf">The names of one.</param>
    /// <param name="itemOf">What belongs to these.</param>
    /// <param name="rows">Only for so many of the names, the first.</param>
    private NumberRows ByName(int count, Func<int, int[]> namesOf, Func<int, int> itemOf, int rows = int.MaxValue)
    {
        var items = new List<(int Row, int Item)>();
        for (var i = 0; i < count; i++)
        {
            foreach (var name in namesOf(i))
            {
                if (_names.TryGetValue(name, out var row) && row < rows)
                {
                    items.Add((row, itemOf(i)));
                }
            }
        }

        return new(_names.Count, items);
    }
}
