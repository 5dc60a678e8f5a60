using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// What .NET itself does with values that matter: it passes them on, keeps them, puts texts together, and runs delegates now, many
/// times, on another thread or later.
/// </summary>
internal static class BaseClassLibrary
{
    /// <summary>What these are called on or given is what they give back.</summary>
    private static readonly string[] s_passOn =
    [
        "ConfigureAwait", "AsTask", "GetAwaiter", "GetResult", "FromResult", "WaitAsync", "GetEnumerator", "GetAsyncEnumerator", "ToString", "Trim",
        "AsSpan", "AsMemory", "ToInt32", "ToInt64", "ToBoolean", "AsEnumerable", "AsReadOnly", "TrimEnd", "TrimStart", "Unwrap", "AsValueTask", "WithCancellation",
    ];

    private static readonly string[] s_passOnToTheEnd = ["ToList", "ToArray", "ToListAsync", "ToArrayAsync", "AsList", "ToHashSet"];

    private static readonly string[] s_ends =
    [
        "Count", "LongCount", "Sum", "Max", "Min", "Average", "Aggregate", "Last", "LastOrDefault", "ToDictionary", "ToLookup", "All", "Contains", "SequenceEqual",
    ];

    private static readonly string[] s_firsts = ["First", "FirstOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault", "FirstAsync", "SingleAsync"];

    public static void Describe(LibraryTable table)
    {
        foreach (var name in s_passOn)
        {
            table.AnyMethod([name], call => PassOn(call));
        }

        table.AnyMethod(["WhenAll", "WaitAll", "Wait", "WhenAny"], call => call.Method.ContainingType?.Name is "Task" or "ValueTask" ? Value.Unknown : null);
        DescribeSequences(table);
        DescribeTasks(table);
        DescribeReferences(table);
        DescribeLazy(table);
        DescribeTexts(table);
        table.AnyMethod(["MoveNext", "MoveNextAsync"], MoveNext);
        table.Method(table.Find("System.Data.DataTable"), ["Load"], call =>
        {
            foreach (var reader in call.Arguments.SelectMany(argument => argument.Objects(ObjectKind.Reader)).ToArray())
            {
                call.Effects.Read(Value.Of(reader));
                call.Effects.RaiseOn(call.Effects.Get(reader, Slot.Connection), connection => new FinishesReader(call.At, connection));
            }

            return Value.Unknown;
        });
    }

    private static Value? PassOn(LibraryCall call)
    {
        var value = call.Instance ?? (call.Arguments.Count > 0 ? call.Arguments[0] : null);
        if (call.Method.Name is not ("GetEnumerator" or "GetAsyncEnumerator"))
        {
            return value;
        }

        if (value?.OnlyOrNull<Elements>() is not { } elements)
        {
            if (value is not null)
            {
                call.Effects.LoseKept(value);
            }

            return value;
        }

        var enumerator = call.Effects.Allocate(ObjectKind.Enumerator);
        call.Effects.Set(enumerator, Slot.Items, Value.Of(elements));
        if (elements.IsComplete && elements.Items.Count <= Disjuncts.MaxPositions - 4)
        {
            call.Effects.Set(enumerator, Slot.Position, Value.Of(new Constant(-1)));
        }

        return Value.Of(enumerator);
    }

    /// <summary>Steps over items that are known one by one; of a reader, an iterator or rows it tells whether there is one more.</summary>
    private static Value? MoveNext(LibraryCall call)
    {
        var result = default(Value);
        foreach (var atom in call.Instance?.Atoms ?? ImmutableArray<Atom>.Empty)
        {
            var answer = atom switch
            {
                AbstractObject { Kind: ObjectKind.Enumerator } enumerator => Step(enumerator, call.Effects),
                AbstractObject { Kind: ObjectKind.Reader or ObjectKind.Rows } reader => Value.Of(new ReadResult(reader)),
                _ => null,
            };
            result = answer is null ? result : result?.Join(answer) ?? answer;
        }

        return result;
    }

    private static Value Step(AbstractObject enumerator, IEffects effects)
    {
        if (effects.State.Get(enumerator, Slot.Position)?.Only<Constant>() is not { Value: int position }
            || effects.State.Get(enumerator, Slot.Items)?.Only<Elements>() is not { } elements)
        {
            return Value.Unknown;
        }

        effects.Set(enumerator, Slot.Position, Value.Of(new Constant(position + 1)));
        return Value.Of(position + 1 < elements.Items.Count);
    }

    private static void DescribeSequences(LibraryTable table)
    {
        var enumerable = table.Find("System.Linq.Enumerable");
        var list = table.Find("System.Collections.Generic.List`1");
        table.AnyMethod(s_passOnToTheEnd, call => Source(call) is { } source && (call.Method.IsExtensionMethod || call.Method.ContainingType?.TypeKind == TypeKind.Class)
            ? call.Effects.Enumerate(source)
            : null);
        table.Method(enumerable, s_ends, call =>
        {
            call.Effects.Enumerate(Source(call) ?? Value.Unknown);
            return RunForEach(call);
        });
        table.Method(enumerable, s_firsts, call =>
        {
            RunForEach(call);
            return Source(call) is { } source ? source.OnlyOrNull<Elements>()?.Any ?? source : Value.Unknown;
        });
        table.Method(enumerable, ["Where", "OrderBy", "OrderByDescending", "ThenBy", "Skip", "Take", "Distinct", "Reverse", "TakeWhile", "SkipWhile", "Concat"], call =>
        {
            RunForEach(call);
            return Unordered(Source(call));
        });
        table.Method(enumerable, ["Cast", "OfType"], PassOn);
        table.Method(enumerable, ["Select", "SelectMany"], call =>
        {
            RunForEach(call);

            // What is made of rows is read with them.
            return Source(call)?.Where(atom => atom is AbstractObject { Kind: ObjectKind.Reader or ObjectKind.Rows }) ?? Value.Unknown;
        });
        foreach (var type in new[] { enumerable, list, table.Find("System.Array"), table.Find("System.Linq.Queryable"), table.Find("System.Collections.Generic.Dictionary`2"), table.Find("System.Linq.ParallelEnumerable") })
        {
            foreach (var name in type?.GetMembers().OfType<IMethodSymbol>().Where(TakesDelegate).Select(method => method.Name).Distinct().ToArray() ?? [])
            {
                table.Method(type, [name], call => RunForEach(call));
            }
        }

        foreach (var name in s_collections)
        {
            table.Method(table.Find($"System.Collections.{name}"), ["Add", "AddFirst", "AddLast", "Enqueue", "Push", "TryAdd", "Insert"], Keep);
            table.Method(table.Find($"System.Collections.{name}"), ["Pop", "Peek", "Dequeue"], call => call.Effects.ReadElement(call.Receiver, [], call.Method.ReturnType));
            table.Method(table.Find($"System.Collections.{name}"), ["TryPop", "TryPeek", "TryDequeue", "TryTake", "TryGetValue", "Remove", "TryRemove"], Take);
        }
    }

    private static readonly string[] s_collections =
    [
        "Generic.List`1", "Generic.Dictionary`2", "Generic.HashSet`1", "Generic.Queue`1", "Generic.Stack`1", "Generic.LinkedList`1", "Generic.ICollection`1",
        "Generic.IList`1", "Generic.IDictionary`2", "Concurrent.ConcurrentBag`1", "Concurrent.ConcurrentQueue`1", "Concurrent.ConcurrentStack`1", "Concurrent.ConcurrentDictionary`2",
    ];

    /// <summary>A collection keeps what it is given: an element of it may then be any of these.</summary>
    private static Value? Keep(LibraryCall call)
    {
        if (call.Receiver.MayBeUnknown)
        {
            return null;
        }

        foreach (var collection in call.Receivers(ObjectKind.Plain))
        {
            var item = call.Arguments[call.Arguments.Count - 1];
            var key = call.Arguments.Count > 1 ? call.Arguments[0].Only<Text>() : null;
            var cell = new Cell(collection, key is { HasHoles: false } ? ObjectMember.Index(key.Flat) : ObjectMember.Element);
            call.Effects.State = call.State.With(cell, call.State.Get(cell)?.Join(item) ?? item);
        }

        return Value.Unknown;
    }

    /// <summary>What a collection holds is given back by <c>out</c>; only of what it was given under a key here is it known to be there.</summary>
    private static Value? Take(LibraryCall call)
    {
        if (call.Method.Parameters.LastOrDefault() is not { RefKind: RefKind.Out } taken)
        {
            return null;
        }

        var keys = call.Arguments.Take(taken.Ordinal).ToArray();
        call.Outs[taken.Ordinal] = call.Effects.ReadElement(call.Receiver, keys, taken.Type);
        if (call.Receiver.Only<MadeObject>() is not { IsMany: false } collection || keys is not [var key] || key.Only<Text>() is not { HasHoles: false } name)
        {
            call.Effects.LoseKept(call.Receiver);
            return Value.Unknown;
        }

        var cell = new Cell(collection, ObjectMember.Index(name.Flat));
        var isThere = call.State.Get(cell) is not null;
        call.Effects.State = call.Method.Name is "TryGetValue" ? call.State : call.State.With(cell, null);
        return isThere ? Value.True : Value.Unknown;
    }

    private static bool TakesDelegate(IMethodSymbol method) => method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);

    private static Value? Source(LibraryCall call) => call.Instance ?? (call.Arguments.Count > 0 ? call.Arguments[0] : null);

    private static Value? Unordered(Value? source) =>
        source?.OnlyOrNull<Elements>() is { } elements ? Value.Of(elements with { IsComplete = false }) : source;

    private static void DescribeTasks(LibraryTable table)
    {
        table.Method(table.Find("System.Threading.Tasks.Task"), ["Run"], call => RunOnce(call, Beside(call)));
        table.Method(table.Find("System.Threading.Tasks.TaskFactory"), ["StartNew"], call => RunOnce(call, Beside(call)));
        table.Method(table.Find("System.Threading.Tasks.Task"), ["ContinueWith"], call => RunOnce(call, null));
        table.Constructor(table.Find("System.Threading.Thread"), call => Prepare(call, Detachment.Beside));
        table.Method(table.Find("System.Threading.Thread"), ["Start", "UnsafeStart"], RunPrepared);
        table.Constructor(table.Find("System.Threading.Tasks.Task"), call => Prepare(call, when: null));
        table.Constructor(table.Find("System.Threading.Tasks.Task`1"), call => Prepare(call, when: null));
        table.Method(table.Find("System.Threading.Tasks.Task"), ["Start", "RunSynchronously"], RunPrepared);
        table.Method(table.Find("System.Threading.ThreadPool"), ["QueueUserWorkItem", "UnsafeQueueUserWorkItem"], call => HandOver(call, Detachment.Beside));
        table.Constructor(table.Find("System.Threading.Timer"), call =>
        {
            HandOver(call, Detachment.Repeated);
            return Value.Of(call.Effects.Allocate(ObjectKind.Plain));
        });
        table.Method(table.Find("System.Threading.Tasks.Parallel"), ["Invoke"], call => RunOnce(call with { Arguments = call.Arguments.SelectMany(ItemsOf).ToArray() }, Detachment.Together));
        table.Method(table.Find("System.Threading.Tasks.Parallel"), ["For", "ForEach", "ForEachAsync", "ForAsync"], call =>
        {
            Detach(call, Detachment.Together);
            return RunForEach(call);
        });
        table.AnyMethod(["Execute", "ExecuteAsync"], call => IsRetryPolicy(call.Method.ContainingType) ? RunOnce(call, null) : null);
        foreach (var name in new[] { "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask`1" })
        {
            table.Property(table.Find(name), "Result", get: (item, _) => Value.Of(item));
        }
    }

    /// <summary>A variable is read or written by reference, whatever other threads do with it.</summary>
    private static void DescribeReferences(LibraryTable table)
    {
        table.Method(table.Find("System.Threading.Volatile"), ["Read"], call => Exchange(call, call.Arguments[0]));
        table.Method(table.Find("System.Threading.Volatile"), ["Write"], call => Exchange(call, call.Arguments[1]));
        table.Method(table.Find("System.Threading.Interlocked"), ["Exchange"], call => Exchange(call, call.Arguments[1]));
        table.Method(table.Find("System.Threading.Interlocked"), ["CompareExchange"], call => Exchange(call, call.Arguments[0].Join(call.Arguments[1])));
    }

    /// <summary>Gives back what the variable held, and leaves another value in it.</summary>
    private static Value Exchange(LibraryCall call, Value left)
    {
        call.Outs[0] = left;
        return call.Arguments[0];
    }

    private static bool IsRetryPolicy(INamedTypeSymbol? type) =>
        type?.ContainingNamespace?.ToDisplayString() is { } name
        && (name == "Polly" || name.StartsWith("Polly.", StringComparison.Ordinal)
            || (type.Name is "IExecutionStrategy" or "ExecutionStrategyExtensions" && name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)));

    private static Value? RunOnce(LibraryCall call, Detachment? when)
    {
        if (when is { } detached)
        {
            Detach(call, detached);
        }

        return RunDelegates(call, call.Effects.Invoke);
    }

    /// <summary>A thread or task that has not begun to run: it keeps its delegate.</summary>
    private static Value? Prepare(LibraryCall call, Detachment? when)
    {
        if (when is { } detached)
        {
            Detach(call, detached);
        }

        var made = call.Effects.Allocate(ObjectKind.Plain);
        call.Effects.Set(made, Slot.Factory, call.Arguments.FirstOrDefault(argument => argument.Atoms.Any(atom => atom is Closure)));
        return Value.Of(made);
    }

    private static Value? RunPrepared(LibraryCall call)
    {
        foreach (var prepared in call.Receivers(ObjectKind.Plain).ToArray())
        {
            if (call.State.Get(prepared, Slot.Factory) is { } code)
            {
                var arguments = call.Method.Parameters is [{ Type.SpecialType: SpecialType.System_Object }] ? call.Arguments.ToArray() : [];
                _ = call.Certainty(prepared).MayBeUnknown ? call.Effects.InvokeSometimes(code, arguments) : call.Effects.Invoke(code, arguments);
            }
        }

        return Value.Unknown;
    }

    /// <summary>Runs the delegates among the arguments.</summary>
    private static Value RunDelegates(LibraryCall call, Func<Value, Value[], Value> run)
    {
        var result = default(Value);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i].Atoms.Any(atom => atom is Closure))
            {
                result = run(call.Arguments[i], ItemFor(call, i) is { } item ? [item] : []);
            }
        }

        return result ?? Value.Unknown;
    }

    /// <summary>Runs the delegates among the arguments for each item of a sequence. What they give back goes into what the call gives back, where somebody may look at it.</summary>
    private static Value RunForEach(LibraryCall call)
    {
        foreach (var source in call.Instance is null ? call.Arguments : [call.Instance, .. call.Arguments])
        {
            call.Effects.LoseKept(source);
        }

        var result = RunDelegates(call, call.Effects.InvokeSometimes);
        if (!call.Method.ReturnsVoid)
        {
            call.Effects.Read(result);
            call.Effects.LoseKept(Value.Of(new Elements(new(ImmutableArray.Create(result)), IsComplete: false)));
        }

        return Value.Unknown;
    }

    /// <summary>What a delegate is run with over a sequence: an item of it; of rows that were read, the row that a checkpoint answered.</summary>
    private static Value? ItemFor(LibraryCall call, int argument)
    {
        if (Source(call) is not { } source)
        {
            return null;
        }

        return source.OnlyOrNull<Elements>()?.Any
            ?? source.Where(atom => atom is Answer)
            ?? (source.Only<AbstractObject>() is { Kind: ObjectKind.Plain }
                && argument < call.Method.Parameters.Length
                && call.Method.Parameters[argument].Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters: [{ Type: var type }, ..] }
                    ? call.Effects.ReadElement(source, [], type)
                    : null);
    }

    private static Value? HandOver(LibraryCall call, Detachment when)
    {
        Detach(call, when);
        foreach (var argument in call.Arguments)
        {
            call.Effects.Read(argument);
            if (argument.Atoms.Any(atom => atom is Closure))
            {
                call.Effects.HandOver(argument);
            }
        }

        return Value.Unknown;
    }

    private static Detachment Beside(LibraryCall call)
    {
        var user = call.Operation.Parent;
        while (user is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "Unwrap" or "WaitAsync" } or IConversionOperation)
        {
            user = user.Parent;
        }

        return user is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "GetResult" or "Wait" } or IPropertyReferenceOperation { Property.Name: "Result" }
            ? Detachment.Awaited
            : Detachment.Beside;
    }

    /// <summary>Tells of each delegate that goes to another thread what it took along.</summary>
    private static void Detach(LibraryCall call, Detachment when)
    {
        foreach (var atom in call.Arguments.SelectMany(argument => argument.Atoms))
        {
            if (atom is Closure closure)
            {
                call.Effects.Raise(new Detaches(call.At, closure.Unit, when, call.Effects.CapturedBy(closure)));
            }
        }
    }

    private static void DescribeLazy(LibraryTable table)
    {
        var lazy = table.Find("System.Lazy`1");
        table.Kind(lazy, ObjectKind.Lazy, Words.None);
        table.Constructor(lazy, call =>
        {
            var made = call.Effects.Allocate(ObjectKind.Lazy);
            call.Effects.Set(made, Slot.Factory, call.Arguments.FirstOrDefault(argument => argument.Atoms.Any(atom => atom is Closure)));
            return Value.Of(made);
        });
        table.Property(lazy, "Value", get: (item, effects) =>
        {
            if (item.Kind != ObjectKind.Lazy)
            {
                return null;
            }

            if (effects.State.Get(item, Slot.LazyValue) is { } made)
            {
                return made;
            }

            if (item is EntryObject || effects.Get(item, Slot.Factory) is not { } factory)
            {
                return null;
            }

            made = effects.Invoke(factory);
            effects.Set(item, Slot.LazyValue, made);
            return made;
        });
    }

    private static void DescribeTexts(LibraryTable table)
    {
        var text = table.Find("System.String");
        table.Method(text, ["Format"], Writes(Format));
        table.Method(text, ["Concat"], Writes(call => ConcatAll(call.Arguments.SelectMany(ItemsOf).Select(TextOf))));
        table.Method(text, ["Join"], Writes(Join));
        var path = table.Find("System.IO.Path");
        table.Method(path, ["Combine", "Join"], CombinePath);
        table.Method(path, ["GetFullPath"], call => call.Arguments[0]);
        table.Method(path, ["GetDirectoryName"], call => call.Arguments[0].Select(FolderOf));
        table.Method(table.Find("System.IO.File"), ["Copy"], CopyFile);
        table.Method(text, ["Replace"], Replace);
        table.Method(text, ["ToUpperInvariant", "ToLowerInvariant", "Substring", "PadRight", "PadLeft"], call => call.Instance?.Where(atom => atom is EntryObject) is null ? Value.Unknown : call.Instance);
        var builder = table.Find("System.Text.StringBuilder");
        table.Kind(builder, ObjectKind.TextBuilder, Words.None);
        table.Constructor(builder, call =>
        {
            var made = call.Effects.Allocate(ObjectKind.TextBuilder);
            call.Effects.Set(made, Slot.Content, call.Argument("value") is { } value ? TextOf(value) : Value.Of(Text.Of("")));
            return Value.Of(made);
        });
        table.Method(builder, ["Append", "AppendLine"], Writes(Append));
        table.Method(builder, ["AppendFormat"], Writes(call => AppendText(call, Format(call) ?? Value.Unknown)));
        table.Method(builder, ["ToString"], call => Value.Of(ContentsOf(call).SelectMany(content => content.Atoms)) ?? Value.Unknown);
        table.Method(builder, ["Clear"], call =>
        {
            foreach (var made in call.Receivers(ObjectKind.TextBuilder))
            {
                call.Effects.Set(made, Slot.Content, Value.Of(Text.Of("")));
            }

            return call.Instance;
        });
        table.Method(builder, ["Insert", "Replace", "Remove"], Writes(call =>
        {
            foreach (var made in call.Receivers(ObjectKind.TextBuilder))
            {
                call.Effects.Set(made, Slot.Content, Value.Unknown);
            }

            return call.Instance;
        }));
    }

    /// <summary>A method that writes its arguments into a text, where somebody may look at them.</summary>
    private static CallHandler Writes(CallHandler method) => call =>
    {
        foreach (var argument in call.Arguments)
        {
            call.Effects.Read(argument);
        }

        return method(call);
    };

    private static IEnumerable<Value> ContentsOf(LibraryCall call) =>
        call.Receivers(ObjectKind.TextBuilder).Select(made => call.State.Get(made, Slot.Content) ?? Value.Unknown);

    private static Value? Append(LibraryCall call)
    {
        var added = call.Arguments.Count > 0 ? TextOf(call.Arguments[0]) : Value.Of(Text.Of(""));
        return AppendText(call, call.Method.Name == "AppendLine" ? Text.Append(added, Value.Of(Text.Of("\n"))) : added);
    }

    private static Value? AppendText(LibraryCall call, Value added)
    {
        foreach (var made in call.Receivers(ObjectKind.TextBuilder).ToArray())
        {
            call.Effects.Set(made, Slot.Content, Text.Append(call.State.Get(made, Slot.Content) ?? Value.Unknown, added));
        }

        return call.Instance;
    }

    private static Value? Format(LibraryCall call)
    {
        if (call.Argument("format")?.Only<Text>() is not { HasHoles: false } format || CompositeFormat.Read(format.Flat) is not { } parts)
        {
            return Value.Unknown;
        }

        var arguments = call.Arguments.Skip(IndexOf(call.Method, "format") + 1).SelectMany(ItemsOf).ToArray();
        return parts.Aggregate(Value.Of(Text.Of("")), (result, part) => Text.Append(result, part switch
        {
            { Argument: < 0 } => Value.Of(Text.Of(format.Flat.Substring(part.Span.Start, part.Span.Length))),
            { IsPlain: true } when part.Argument < arguments.Length => TextOf(arguments[part.Argument]),
            _ => TextOf(Value.Unknown),
        }));
    }

    private static int IndexOf(IMethodSymbol method, string parameter)
    {
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].Name == parameter)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Puts something else in the place of each part of a text that is written out.</summary>
    private static Value? Replace(LibraryCall call)
    {
        if (call.Instance?.Only<Text>() is not { HasHoles: false } text
            || call.Argument("oldValue")?.Only<Text>() is not { HasHoles: false, Flat: { Length: > 0 } old }
            || call.Argument("newValue") is not { } replacement)
        {
            return call.Instance?.Where(atom => atom is EntryObject) is null ? Value.Unknown : call.Instance;
        }

        var parts = text.Flat.Split([old], StringSplitOptions.None);
        return ConcatAll(parts.SelectMany((part, i) => i == 0 ? new[] { Value.Of(Text.Of(part)) } : [TextOf(replacement), Value.Of(Text.Of(part))]));
    }

    private static Atom FolderOf(Atom path) =>
        path is EntryObject or Text { HasHoles: true } ? path
        : path is Text { Flat: var whole } && whole.LastIndexOfAny(['/', '\\']) is > 0 and var end ? Text.Of(whole.Substring(0, end))
        : Atom.Unknown;

    private static Value? Join(LibraryCall call)
    {
        if (call.Arguments.Count < 2 || call.Arguments[0].Only<Text>() is not { } separator)
        {
            return Value.Unknown;
        }

        var items = call.Arguments.Skip(1).ToArray();
        if (items.Any(item => item.OnlyOrNull<Elements>() is null or { IsComplete: false }))
        {
            return Value.Unknown;
        }

        var result = default(Value);
        foreach (var item in items.SelectMany(ItemsOf))
        {
            result = result is null ? TextOf(item) : Text.Append(Text.Append(result, Value.Of(separator)), TextOf(item));
        }

        return result ?? Value.Of(Text.Of(""));
    }

    /// <summary>The copy of a database's file is called by another name, and lacks what stands in the -wal file.</summary>
    private static Value? CopyFile(LibraryCall call)
    {
        if (call.Argument("sourceFileName") is { } from && call.Argument("destFileName") is { } to)
        {
            foreach (var database in call.State.Objects.Keys.Where(item => item.Kind == ObjectKind.Database).ToArray())
            {
                if (StartedProgram.IsNamedBy(database, from, call.State))
                {
                    call.Effects.Set(database, Slot.DataSource, (call.State.Get(database, Slot.DataSource) ?? Value.Unknown).Join(TextOf(to)));
                }
            }
        }

        return Value.Unknown;
    }

    /// <summary>The same parts are the same path.</summary>
    private static Value? CombinePath(LibraryCall call)
    {
        var result = default(Value);
        foreach (var part in call.Arguments.SelectMany(ItemsOf).Select(TextOf))
        {
            var known = part.Select(atom => atom is Text { HasHoles: true } text && text.Holes[0] == default ? Text.OfHole(new(null, call.At)) : atom);
            result = result is null ? known : Text.Append(Text.Append(result, Value.Of(Text.Of("/"))), known);
        }

        return result ?? Value.Unknown;
    }

    private static IEnumerable<Value> ItemsOf(Value value) => value.OnlyOrNull<Elements>() is { IsComplete: true } elements ? elements.Items.Values.AsEnumerable() : [value];

    private static Value ConcatAll(IEnumerable<Value> texts)
    {
        var result = Value.Of(Text.Of(""));
        foreach (var text in texts)
        {
            result = Text.Append(result, text);
        }

        return result;
    }

    /// <summary>The texts that a value may be written as, with a hole for what is not known.</summary>
    public static Value TextOf(Value value) => value.Select(atom => atom switch
    {
        Text text => text,
        Constant { Value: { } constant } => Text.Of(System.Convert.ToString(constant, CultureInfo.InvariantCulture)!),
        EntryObject { Path: var path } => Text.OfHole(new(path, null)),
        _ => Text.OfHole(default),
    });
}
