using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What one piece of code does by itself.</summary>
/// <param name="UsesLibrary">Whether it has an object of a library, or calls one.</param>
/// <param name="Words">What the names of the library's members that it calls mean, and what begins a transaction in its texts.</param>
/// <param name="Calls">The code of the project that it calls, or reads the initial value of.</param>
internal sealed record CodeContents(bool UsesLibrary, Words Words, IReadOnlyCollection<CodeUnit> Calls);

/// <summary>
/// Which code calls which, by symbols. A piece of code is bound when it is asked for, and what it says is kept as long as neither its
/// text nor anything that it can see of the program changes.
/// </summary>
internal sealed class CallGraph(FlowEngine engine, ProjectMemory memory)
{
    public CodeContents In(CodeUnit unit, CancellationToken cancellation)
    {
        if (engine.Project.Entry(unit.Member) is not { } entry)
        {
            return new(false, Words.None, []);
        }

        if (memory.FindContents(unit, entry.BodyHash, engine.Surroundings) is { } known)
        {
            return known;
        }

        var contents = Read(unit, cancellation);
        memory.Keep(unit, entry.BodyHash, engine.Surroundings, contents);
        return contents;
    }

    /// <summary>Of each piece of code of a member.</summary>
    public IEnumerable<CodeContents> In(CodeMember member, CancellationToken cancellation) => engine.Units.In(member, cancellation).Select(unit => In(unit, cancellation));

    /// <summary>Those of some members whose code calls one of <paramref name="called"/>.</summary>
    public IEnumerable<CodeMember> CallersAmong(IEnumerable<CodeMember> members, HashSet<CodeMember> called, CancellationToken cancellation) =>
        members.Where(member => In(member, cancellation).Any(contents => contents.Calls.Any(call => called.Contains(call.Member))));

    private CodeContents Read(CodeUnit unit, CancellationToken cancellation)
    {
        var calls = new HashSet<CodeUnit>();
        var syntax = engine.Units.SyntaxOf(unit, cancellation);
        if (syntax is null)
        {
            return new(false, Words.None, calls);
        }

        var entry = engine.Project.Entry(unit.Member);
        var usesLibrary = entry?.HandsOutWhatMatters == true;
        var words = Words.None;
        if (engine.Bodies.OperationOf(syntax, cancellation) is { } body)
        {
            foreach (var operation in OperationsIn(body))
            {
                usesLibrary |= IsTracked(operation.Type);
                words |= operation.ConstantValue is { HasValue: true, Value: string text } ? WordScanner.StatementWordsIn(text, engine.Libraries.Sieve) & Words.Transacts : Words.None;

                // Half typed: it may become a call of any of the names that are there.
                words |= operation is IInvalidOperation ? NamesIn(operation.Syntax) : Words.None;
                if (operation is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference && engine.Units.IsInProject(reference.Member))
                {
                    calls.UnionWith(SourcesOf(reference.Member.OriginalDefinition, reference.Type, cancellation));
                }

                foreach (var target in TargetsOf(operation))
                {
                    var isLibrary = engine.Libraries.RaisesEvents(target);
                    usesLibrary |= isLibrary;
                    words |= isLibrary || engine.HasNamedStarters ? WordsOf(target.Name) : Words.None;
                    foreach (var resolved in engine.Targets.Resolve(target))
                    {
                        if (engine.Units.Of(resolved) is { } called)
                        {
                            calls.Add(called);
                        }
                    }
                }
            }
        }

        if (unit.Kind == CodeUnitKind.Constructor || syntax is ConstructorDeclarationSyntax)
        {
            AddInitializers(syntax, calls, cancellation);
        }

        return new(usesLibrary, words, calls);
    }

    /// <summary>The operation and those below it in the order of the source, but for the parts of a constant text: each part of a long sum would be a text of its own.</summary>
    private static IEnumerable<IOperation> OperationsIn(IOperation root)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            yield return operation;
            if (operation is IBinaryOperation { ConstantValue: { HasValue: true, Value: string } })
            {
                continue;
            }

            foreach (var child in operation.ChildOperations.Reverse())
            {
                pending.Push(child);
            }
        }
    }

    private Words WordsOf(string name) => engine.Libraries.Sieve.Of(NameHash.Of(name.ToLowerInvariant()));

    private Words NamesIn(SyntaxNode syntax) =>
        syntax.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Aggregate(Words.None, (words, name) => words | WordsOf(name.Identifier.ValueText));

    /// <summary>The code that may say what a member holds: its initializer, or the constructors.</summary>
    private IEnumerable<CodeUnit> SourcesOf(ISymbol member, ITypeSymbol? type, CancellationToken cancellation) =>
        engine.InitializerOf(member, cancellation) is { } initializer ? new[] { engine.Units.Of(initializer) }.OfType<CodeUnit>()
        : engine.IsAskedFor(type) && InitialValues.MayBeForGood(member) ? member.ContainingType.Constructors.Select(engine.Units.Of).OfType<CodeUnit>()
        : [];

    private void AddInitializers(SyntaxNode syntax, HashSet<CodeUnit> calls, CancellationToken cancellation)
    {
        var declared = engine.Bodies.ModelOf(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation);
        if ((declared as INamedTypeSymbol ?? declared?.ContainingType) is not { } type)
        {
            return;
        }

        foreach (var (_, initializer) in engine.InitializersOf(type, cancellation))
        {
            if (initializer is not null)
            {
                calls.Add(initializer);
            }
        }

        if (type.BaseType?.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) is { } inherited && engine.Units.Of(inherited) is { } unit)
        {
            calls.Add(unit);
        }
    }

    private bool IsTracked(ITypeSymbol? type) =>
        engine.Libraries.KindOf(type) is not (null or ObjectKind.Plain or ObjectKind.Lazy or ObjectKind.TextBuilder or ObjectKind.Enumerator);

    private static IEnumerable<IMethodSymbol> TargetsOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => [invocation.TargetMethod],
        IObjectCreationOperation { Constructor: { } constructor } => [constructor],
        IPropertyReferenceOperation { Property: var property } => new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>(),
        IMethodReferenceOperation group => [group.Method],
        IUsingOperation { Resources: IVariableDeclarationGroupOperation resources } => resources.GetDeclaredVariables().SelectMany(variable => DisposersOf(variable.Type)),
        IUsingOperation { Resources: var resource } => DisposersOf(resource.Type),
        IUsingDeclarationOperation declaration => declaration.DeclarationGroup.GetDeclaredVariables().SelectMany(variable => DisposersOf(variable.Type)),
        _ => [],
    };

    private static IEnumerable<IMethodSymbol> DisposersOf(ITypeSymbol? type) =>
        type?.GetMembers().OfType<IMethodSymbol>().Where(method => method.Name is "Dispose" or "DisposeAsync") ?? [];
}
