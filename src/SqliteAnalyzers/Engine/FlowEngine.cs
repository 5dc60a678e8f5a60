using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What the engine is told of the project beside its code.</summary>
/// <param name="HasOneDataSource">All connections must be to the same file.</param>
/// <param name="ContextSource">What the project makes the contexts of Entity Framework Core contexts of, and the connections of linq2db connections to.</param>
/// <param name="ProcessStarters">All that the user names as such, as one text.</param>
/// <param name="IsProcessStarter">Whether the user names a method as one that starts a worker, for the files of this tree.</param>
internal sealed record FlowSettings(bool HasOneDataSource, ContextSource ContextSource, string ProcessStarters, Func<string, SyntaxTree, bool> IsProcessStarter);

/// <summary>
/// The flow analysis of one compilation: makes the summary of each piece of code that is asked for, once, for all checks together.
/// </summary>
internal sealed class FlowEngine
{
    private readonly ConcurrentDictionary<ISymbol, ObjectMember> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IPropertySymbol, bool> _storages = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ObjectMember, ISymbol> _symbols = new();
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<(ISymbol Member, CodeUnit? Unit)>> _initializers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<CodeUnit, ImmutableArray<VariableId>> _captured = new();
    private readonly FlowSettings _settings;

    public FlowEngine(Compilation compilation, LibrarySet libraries, ProjectIndex project, Reach reach, ProjectMemory memory, ImmutableArray<FlowCheck> checks, FlowSettings settings, Counters counters)
    {
        Compilation = compilation;
        Libraries = libraries;
        Project = project;
        Checks = checks;
        Counters = counters;
        _settings = settings;
        Units = new(compilation, libraries, project);
        Bodies = new(compilation, project, Units, counters);
        Targets = new(compilation, project);
        memory.Tidy(project);
        Calls = new(this, memory);
        Relevance = new(this, reach);
        Roots = new(this, reach, memory);
        Surroundings = SurroundingsOf(compilation, project, settings);
        InitialValues = new(this, memory.InitialValuesOf(project, Surroundings));
        ObjectTypes = new(this);
        Names = new(this);
        Summaries = new(this, memory);
    }

    public Compilation Compilation { get; }

    public LibrarySet Libraries { get; }

    public ProjectIndex Project { get; }

    public ImmutableArray<FlowCheck> Checks { get; }

    public Counters Counters { get; }

    public CodeUnits Units { get; }

    public Bodies Bodies { get; }

    public CallTargets Targets { get; }

    public CallGraph Calls { get; }

    public Relevance Relevance { get; }

    public Roots Roots { get; }

    public InitialValues InitialValues { get; }

    public ObjectTypes ObjectTypes { get; }

    public ScopeNames Names { get; }

    public SummaryStore Summaries { get; }

    /// <summary>Of all that a summary can rest on beside the code of members.</summary>
    public ulong Surroundings { get; }

    public bool HasOneDataSource => _settings.HasOneDataSource;

    public ContextSource ContextSource => _settings.ContextSource;

    /// <summary>Whether the user names methods, of a library or not, that start a worker.</summary>
    public bool HasNamedStarters => _settings.ProcessStarters.Length > 0;

    public bool IsProcessStarter(string method, SyntaxTree tree) => _settings.IsProcessStarter(method, tree);

    /// <summary>The summary of a piece of code, whoever calls it.</summary>
    public Summary SummaryOf(CodeUnit unit, CancellationToken cancellation)
    {
        var key = new SummaryKey(unit, Binding.None);
        return Summaries.TryGet(key, out var known, cancellation) ? known : new Evaluation(this, cancellation).Run(key);
    }

    /// <summary>Makes one summary; those it needs come from the evaluation.</summary>
    public Summary Summarize(SummaryKey key, Evaluation evaluation)
    {
        if (Bodies.Find(key.Unit, evaluation.Cancellation) is not { } body || (body.Graph is null && key.Unit.Kind != CodeUnitKind.Constructor))
        {
            return Summary.Unknown;
        }

        if (Project.Entry(key.Unit.Member) is { } entry)
        {
            evaluation.RestOn(new TextPremise(entry.Member, entry.BodyHash));
        }

        Counters.CountSummary(body.Graph?.Blocks.Length ?? 0);
        try
        {
            return new Interpreter(new(this, evaluation, body, key)).Summarize();
        }
        catch (FlowLimitException)
        {
            Counters.CountAbandoned();
            return Summary.Unknown;
        }
    }

    /// <summary>A field, property or primary constructor's parameter as a member of its object.</summary>
    public ObjectMember MemberOf(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        if (_members.TryGetValue(symbol, out var member))
        {
            return member;
        }

        member = ObjectMember.Field(NameOf(symbol.ContainingType), symbol is IParameterSymbol ? $"({symbol.Name})" : symbol.Name);
        _symbols.TryAdd(member, symbol);
        return _members.GetOrAdd(symbol, member);
    }

    /// <summary>The symbol of a member; null if the program no longer has it.</summary>
    public ISymbol? SymbolOf(ObjectMember member)
    {
        if (_symbols.TryGetValue(member, out var symbol))
        {
            return symbol;
        }

        if (member.Kind != ObjectMemberKind.Field || Compilation.GetTypeByMetadataName(member.Owner) is not { } type)
        {
            return null;
        }

        symbol = member.Name.StartsWith("(", StringComparison.Ordinal)
            ? type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).FirstOrDefault(parameter => $"({parameter.Name})" == member.Name)
            : type.GetMembers(member.Name).FirstOrDefault(found => found is IFieldSymbol or IPropertySymbol);
        return symbol is null ? null : _symbols.GetOrAdd(member, symbol);
    }

    /// <summary>Whether reading and writing the property is reading and writing one hidden field.</summary>
    public bool IsStorage(IPropertySymbol property) => _storages.GetOrAdd(property.OriginalDefinition, FindStorage);

    private bool FindStorage(IPropertySymbol property)
    {
        if (property.ContainingType.IsAnonymousType)
        {
            return true;
        }

        if (property.DeclaringSyntaxReferences.IsEmpty || property.IsAbstract)
        {
            // One that is half typed has no accessor at all.
            return !property.IsAbstract || (property.GetMethod ?? property.SetMethod) is not { } accessor || Targets.Resolve(accessor).IsEmpty;
        }

        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } associated } && SymbolEqualityComparer.Default.Equals(associated, property))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value of the type can be something that the engine follows.</summary>
    public bool IsAskedFor(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_String or SpecialType.System_Boolean } => true,
        { TypeKind: TypeKind.Delegate or TypeKind.Enum } => true,
        IArrayTypeSymbol { ElementType: var element } => IsAskedFor(element),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Any(IsAskedFor) || Libraries.KindOf(type) is not null || Units.IsInProject(type),
        _ => Libraries.KindOf(type) is not null || Units.IsInProject(type),
    };

    /// <summary>Whether a field of the type is followed: amounts, dates and the like neither lead to SQLite nor decide what does.</summary>
    public bool IsFollowed(ITypeSymbol? type) => type switch
    {
        null or { IsValueType: false } or { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } => IsFollowed(value),
        _ => IsAskedFor(type),
    };

    /// <summary>The instance fields and properties of a type that start with a value, in the order of the source.</summary>
    public ImmutableArray<(ISymbol Member, CodeUnit? Unit)> InitializersOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        type = type.OriginalDefinition;
        return _initializers.TryGetValue(type, out var known)
            ? known
            : _initializers.GetOrAdd(type, (
                from member in type.GetMembers()
                where !member.IsStatic && member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol
                let initializer = InitializerOf(member, cancellation)
                where initializer is not null
                select (member, Units.Of(initializer))).ToImmutableArray());
    }

    /// <summary>The syntax of the value that a field or property starts with.</summary>
    public EqualsValueClauseSyntax? InitializerOf(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            // A member of a referenced project has a declaration, too, but in a tree of that project's compilation.
            if (!Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                continue;
            }

            var initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null)
            {
                return initializer;
            }
        }

        return null;
    }

    /// <summary>Whether the value that a member starts with is worth looking at: a constant, something of a library, or what the constructor was given.</summary>
    public bool MattersToInitialize(ISymbol member, CodeUnit unit, Evaluation evaluation)
    {
        var type = (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;
        if (!IsAskedFor(type))
        {
            return false;
        }

        if (Project.Entry(unit.Member) is { } entry)
        {
            evaluation.RestOn(new TextPremise(entry.Member, entry.BodyHash));
        }

        return InitializerOf(member, evaluation.Cancellation) is { Value: LiteralExpressionSyntax }
            || Relevance.MayMatter(unit, evaluation)
            || Relevance.MentionsPrimaryConstructor(member, unit);
    }

    /// <summary>The variables of the code around that a lambda or local function uses.</summary>
    public ImmutableArray<VariableId> VariablesCapturedBy(CodeUnit unit, CancellationToken cancellation) =>
        _captured.TryGetValue(unit, out var known) ? known : _captured[unit] = FindCaptured(unit, cancellation);

    private ImmutableArray<VariableId> FindCaptured(CodeUnit unit, CancellationToken cancellation)
    {
        if (Bodies.Find(unit, cancellation) is not { Graph: { } graph } body)
        {
            return ImmutableArray<VariableId>.Empty;
        }

        var variables = new List<VariableId> { VariableId.This(unit.Member) };
        foreach (var operation in graph.OriginalOperation.DescendantsAndSelf())
        {
            var symbol = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => default(ISymbol),
            };
            if (symbol is ILocalSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol }
                && symbol.Locations.FirstOrDefault(at => at.SourceTree == body.Syntax.SyntaxTree) is { } location
                && !body.Syntax.Span.Contains(location.SourceSpan)
                && body.IdOf(symbol) is var id
                && !variables.Contains(id))
            {
                variables.Add(id);
            }
        }

        return variables.ToImmutableArray();
    }

    private static ulong SurroundingsOf(Compilation compilation, ProjectIndex project, FlowSettings settings)
    {
        var hash = project.TopHash + (settings.HasOneDataSource ? 1ul : 0) + (2 * (ulong)settings.ContextSource);
        foreach (var reference in compilation.References)
        {
            hash = (hash * 31) + (ulong)RuntimeHelpers.GetHashCode(reference);
        }

        return (hash * 31) + (ulong)StableHash.Of(settings.ProcessStarters);
    }

    /// <summary>The name by which metadata knows a type.</summary>
    public static string NameOf(INamedTypeSymbol? type)
    {
        if (type is null)
        {
            return "";
        }

        var name = type.OriginalDefinition.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.OriginalDefinition.MetadataName}+{name}";
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{name}" : name;
    }
}
