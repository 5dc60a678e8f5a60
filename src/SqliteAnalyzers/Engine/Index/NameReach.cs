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
    private readonly HashSet<int> _meaningful = [s_using];
    private readonly Dictionary<int, List<(TreeIndex.MemberEntry Member, TreeIndex Tree)>> _mentions = [];
    private readonly Dictionary<int, List<(TreeIndex.MemberEntry Member, TreeIndex Tree)>> _mentionsByNew = [];
    private readonly Dictionary<int, List<(TreeIndex.MemberEntry Member, TreeIndex Tree)>> _mentionsByUsing = [];
    private readonly Dictionary<int, List<TreeIndex.TypeEntry>> _fronts = [];
    private readonly Dictionary<int, List<TreeIndex>> _usings = [];
    private readonly ILookup<string, TreeIndex.MemberEntry> _membersWithin;
    private readonly Dictionary<int, List<TreeIndex.TypeEntry>> _types = [];
    private readonly Dictionary<int, List<TreeIndex.TypeEntry>> _derived = [];
    private readonly Dictionary<int, Carriers> _carriers = [];
    private readonly Dictionary<int, List<int>> _aliases = [];
    private readonly HashSet<(int Type, int Member)> _declares = [];
    private readonly ConcurrentDictionary<(string, int), Carriers> _contexts = new();
    private readonly ConcurrentDictionary<SpokenName, TreeIndex.MemberEntry[]> _callers = new();
    private readonly ILookup<string, TreeIndex.MemberEntry> _storages;

    /// <param name="trees">All trees of the project.</param>
    /// <param name="libraryTypes">The names of the types of libraries.</param>
    public NameReach(IReadOnlyList<TreeIndex> trees, IEnumerable<int> libraryTypes)
    {
        _trees = trees;
        foreach (var tree in trees)
        {
            foreach (var type in tree.Types)
            {
                Add(_types, type.NameHash, type);
                foreach (var name in type.Bases)
                {
                    Add(_derived, name, type);
                }
            }

            foreach (var (alias, target) in tree.Aliases)
            {
                Add(_aliases, target, alias);
            }
        }

        _storages = Members.Where(member => member.Type is not null && member.Has(MemberTraits.Storage)).ToLookup(member => member.Type!.Key);
        var isType = new HashSet<int>(_types.Keys.Concat(libraryTypes).Concat(_aliases.Values.SelectMany(aliases => aliases)));
        foreach (var member in Members)
        {
            if (member.Name.Length == 0 || member.Type is null)
            {
                continue;
            }

            _meaningful.Add(member.NameHash);
            _declares.Add((member.Type.NameHash, member.NameHash));
            foreach (var name in member.Declared)
            {
                if (isType.Contains(name))
                {
                    if (!_carriers.TryGetValue(name, out var carriers))
                    {
                        _carriers.Add(name, carriers = new([], []));
                    }

                    carriers.Add(member);
                }
            }
        }

        _meaningful.UnionWith(isType);
        _meaningful.UnionWith(_derived.Keys);
        foreach (var tree in trees)
        {
            foreach (var name in tree.Usings)
            {
                Add(_usings, name, tree);
            }

            foreach (var type in tree.Types)
            {
                foreach (var name in type.Names)
                {
                    Add(_fronts, name, type);
                }
            }

            foreach (var member in tree.Members)
            {
                var (isByNew, isByUsing) = (MayCall(member, Call.New), MayCall(member, Call.Using));
                foreach (var name in member.Names)
                {
                    if (!_meaningful.Contains(name))
                    {
                        continue;
                    }

                    Add(_mentions, name, (member, tree));
                    if (isByNew)
                    {
                        Add(_mentionsByNew, name, (member, tree));
                    }

                    if (isByUsing)
                    {
                        Add(_mentionsByUsing, name, (member, tree));
                    }
                }
            }
        }

        _membersWithin = Members.SelectMany(member => TypesAround(member).Select(type => (type.Key, member))).ToLookup(pair => pair.Key, pair => pair.member);
    }

    private IEnumerable<TreeIndex.MemberEntry> Members => _trees.SelectMany(tree => tree.Members);

    /// <summary>Whether it can make a difference that a member mentions the name: it is that of a member, or of a type.</summary>
    public bool IsMeaningful(int name) => _meaningful.Contains(name);

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

    /// <summary>The members that are declared with one of some types.</summary>
    /// <param name="Names">Their names, and those of the types.</param>
    /// <param name="Own">The private ones, by the type that alone can use them.</param>
    private sealed record Carriers(HashSet<int> Names, Dictionary<int, HashSet<TreeIndex.MemberEntry>> Own)
    {
        /// <summary>How many members speak of these, counted by each way in which they do.</summary>
        public int Size { get; set; }

        public void Add(TreeIndex.MemberEntry member)
        {
            if (!member.Has(MemberTraits.Private))
            {
                Names.Add(member.NameHash);
                return;
            }

            if (!Own.TryGetValue(member.Type!.KeyHash, out var own))
            {
                Own.Add(member.Type.KeyHash, own = []);
            }

            own.Add(member);
        }

        public void UnionWith(Carriers other)
        {
            Names.UnionWith(other.Names);
            foreach (var member in other.Own.Values.SelectMany(own => own))
            {
                Add(member);
            }
        }

        public bool AreMentionedBy(TreeIndex.MemberEntry member) => NameHash.Overlaps(member.Names, Names) || MentionsOwn(member);

        private bool MentionsOwn(TreeIndex.MemberEntry member)
        {
            if (member.Type is { } type && Own.TryGetValue(type.KeyHash, out var own))
            {
                foreach (var one in own)
                {
                    if (NameHash.Contains(member.Names, one.NameHash))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>
    /// The members that can hold an object of these types of a library: that mention one of them, or a member declared with one.
    /// </summary>
    public HashSet<TreeIndex.MemberEntry> Holders(HashSet<int> libraryTypes, Words mention)
    {
        var aliased = new HashSet<int>(libraryTypes.SelectMany(name => _aliases.TryGetValue(name, out var aliases) ? aliases : []));
        var holders = new HashSet<TreeIndex.MemberEntry>(Members.Where(member =>
            (member.Words & mention) != 0 || NameHash.Overlaps(member.Names, aliased) || (member.Type is { } type && NameHash.Overlaps(type.Bases, libraryTypes))));

        // A type of the project that derives from one is one more name for it: a context, a connection of its own.
        var derived = new HashSet<int>(Members.Select(member => member.Type).Where(type => type is not null && NameHash.Overlaps(type.Bases, libraryTypes)).Select(type => NameHash.Of(type!.Name)));
        holders.UnionWith(derived.Count == 0 ? [] : Members.Where(member => NameHash.Overlaps(member.Names, derived)));
        libraryTypes = new(libraryTypes.Concat(aliased).Concat(derived));
        var carriers = holders.Where(member => NameHash.Overlaps(member.Declared, libraryTypes)).ToArray();
        holders.UnionWith(Callers(carriers, holders));

        // What a primary constructor is given is there in every member.
        var fronts = new HashSet<string>(carriers.Where(member => member.Has(MemberTraits.TypeFront)).Select(member => member.Type!.Key), StringComparer.Ordinal);
        if (fronts.Count > 0)
        {
            holders.UnionWith(Members.Where(member => member.Type is { } type && fronts.Contains(type.Key)));
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
        var seen = new HashSet<TreeIndex.MemberEntry[]>();
        foreach (var member in called)
        {
            AddCallers(member);
            foreach (var storage in FilledBy(member))
            {
                AddCallers(storage);
            }
        }

        return callers;

        void AddCallers(TreeIndex.MemberEntry member)
        {
            foreach (var spokenOf in SpokenOf(member))
            {
                // Overloads are spoken of by the same names, and so have the same callers.
                var found = _callers.TryGetValue(spokenOf, out var callersOf) ? callersOf : _callers.GetOrAdd(spokenOf, FindCallers(spokenOf, member));
                if (seen.Add(found))
                {
                    foreach (var caller in found)
                    {
                        if (!known.Contains(caller))
                        {
                            callers.Add(caller);
                        }
                    }
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

    private TreeIndex.MemberEntry[] FindCallers(SpokenName spokenOf, TreeIndex.MemberEntry called)
    {
        var context = spokenOf.IsPrivate ? null : ContextOf(called);
        var mentions = spokenOf.Call switch
        {
            Call.New => _mentionsByNew,
            Call.Using => _mentionsByUsing,
            _ => _mentions,
        };
        var inContext = InContextOf(called, context, mentions);
        if (spokenOf.Call != Call.Named)
        {
            return inContext.Where(caller => MayCall(caller, spokenOf.Call)).Distinct().ToArray();
        }

        // Many mention the name, or many the type: the fewer are gone through.
        var byName = Of(_mentions, called.NameHash);
        return _membersWithin[called.Type!.Key].Count() + (context?.Size ?? 0) < byName.Count
            ? inContext.Where(caller => NameHash.Contains(caller.Names, called.NameHash)).Distinct().ToArray()
            : byName.Where(mention => IsInContext(mention.Member, mention.Tree, called, context)).Select(mention => mention.Member).ToArray();
    }

    /// <summary>The fields that a constructor may leave something in: who reads one reads what the constructor made.</summary>
    private IEnumerable<TreeIndex.MemberEntry> FilledBy(TreeIndex.MemberEntry member) =>
        member.Has(MemberTraits.Constructor) && member.Type is not null
            ? _storages[member.Type.Key].Where(storage => NameHash.Contains(member.Names, storage.NameHash))
            : [];

    private static bool MayCall(TreeIndex.MemberEntry caller, Call call) => call switch
    {
        Call.New => caller.Has(MemberTraits.TargetTypedNew),
        Call.Using => NameHash.Contains(caller.Names, s_using),
        _ => true,
    };

    /// <summary>The members of which <see cref="IsInContext"/> is true, of those that have these mentions.</summary>
    private IEnumerable<TreeIndex.MemberEntry> InContextOf(
        TreeIndex.MemberEntry called, Carriers? context, Dictionary<int, List<(TreeIndex.MemberEntry Member, TreeIndex Tree)>> mentions)
    {
        var within = _membersWithin[called.Type!.Key];
        return context is null ? within : within
            .Concat(context.Names.SelectMany(name => Of(mentions, name).Select(mention => mention.Member)
                .Concat(Of(_fronts, name).SelectMany(type => _membersWithin[type.Key]))
                .Concat(Of(_usings, name).SelectMany(tree => tree.Members))))
            .Concat(context.Own.Values.SelectMany(own => own).SelectMany(own =>
                _membersWithin[own.Type!.Key].Where(member => member.Type!.Key == own.Type.Key && NameHash.Contains(member.Names, own.NameHash))));
    }

    private static IEnumerable<TreeIndex.TypeEntry> TypesAround(TreeIndex.MemberEntry member)
    {
        for (var type = member.Type; type is not null; type = type.Outer)
        {
            yield return type;
        }
    }

    /// <summary>Whether the code of a member can have an object of the type that declares another, or is code of that type.</summary>
    private static bool IsInContext(TreeIndex.MemberEntry member, TreeIndex tree, TreeIndex.MemberEntry called, Carriers? context)
    {
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

        if (context.AreMentionedBy(member) || NameHash.Overlaps(tree.Usings, context.Names))
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
    private Carriers ContextOf(TreeIndex.MemberEntry member)
    {
        var key = member.Has(MemberTraits.Extension) ? (member.Member.Key, 0) : (member.Type!.Key, member.NameHash);
        if (_contexts.TryGetValue(key, out var context))
        {
            return context;
        }

        var family = FamilyOf(member.Type!, member.NameHash);
        if (member.Has(MemberTraits.Extension))
        {
            family.UnionWith(member.Declared.Where(name => _types.ContainsKey(name) || _carriers.ContainsKey(name)));
            family.UnionWith(member.Type!.Names.Where(_carriers.ContainsKey));
        }

        context = new(family, []);
        foreach (var name in family.ToArray())
        {
            if (_carriers.TryGetValue(name, out var carriers))
            {
                context.UnionWith(carriers);
            }
        }

        context.Size = context.Names.Sum(name =>
            Of(_mentions, name).Count + Of(_usings, name).Sum(tree => tree.Members.Count) + Of(_fronts, name).Sum(front => _membersWithin[front.Key].Count()));
        return _contexts[key] = context;
    }

    /// <summary>The names of a type, of what derives from it, and of what it derives from that declares the same member.</summary>
    private HashSet<int> FamilyOf(TreeIndex.TypeEntry type, int memberName)
    {
        var family = new HashSet<int> { type.NameHash };
        Follow(family, name => _derived.TryGetValue(name, out var derived) ? derived.Select(part => part.NameHash) : []);
        var above = new HashSet<int> { type.NameHash };
        Follow(above, name => _types.TryGetValue(name, out var same) ? same.SelectMany(part => part.Bases) : []);
        family.UnionWith(above.Where(name => _types.ContainsKey(name) ? _declares.Contains((name, memberName)) : !s_framework.Contains(name)));
        foreach (var name in family.ToArray())
        {
            if (_aliases.TryGetValue(name, out var aliases))
            {
                family.UnionWith(aliases);
            }
        }

        return family;
    }

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

    private static IReadOnlyList<T> Of<T>(Dictionary<int, List<T>> known, int name) => known.TryGetValue(name, out var items) ? items : [];

    private static void Add<T>(Dictionary<int, List<T>> to, int name, T item)
    {
        if (!to.TryGetValue(name, out var known))
        {
            to.Add(name, known = []);
        }

        known.Add(item);
    }
}
