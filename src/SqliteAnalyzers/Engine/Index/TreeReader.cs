using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Reads the index of one tree: walks the declarations and scans the text of each.</summary>
internal sealed class TreeReader(SyntaxTree tree, WordSieve sieve, CancellationToken cancellation)
{
    /// <summary>Called without its name being written.</summary>
    private static readonly HashSet<string> s_unnamed = new(StringComparer.Ordinal)
    {
        "Dispose", "DisposeAsync", "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync", "Current", "Deconstruct", "Add", "GetAwaiter",
    };

    private readonly List<TreeIndex.TypeEntry> _types = [];
    private readonly List<TreeIndex.MemberEntry> _members = [];
    private readonly HashSet<int> _usings = [];
    private readonly List<(int, int)> _aliases = [];
    private readonly Dictionary<(string Scope, string Key), int> _keys = [];
    private WordScanner _scanner = null!;
    private ulong _topHash = 1;

    public TreeIndex Read()
    {
        var root = tree.GetRoot(cancellation);
        _scanner = WordScanner.Load(tree.GetText(cancellation));
        var topLevel = new List<TextSpan>();
        if (root is CompilationUnitSyntax unit)
        {
            ReadUsings(unit.Usings);
            AddTop(unit.AttributeLists.FullSpan);
            foreach (var member in unit.Members)
            {
                if (member is GlobalStatementSyntax)
                {
                    topLevel.Add(member.Span);
                }
            }

            if (topLevel.Count > 0)
            {
                var span = TextSpan.FromBounds(topLevel[0].Start, topLevel[topLevel.Count - 1].End);
                _members.Add(Scan("", "~program", "", null, span, default, default, MemberTraits.TopLevel | MemberTraits.HasBody));
            }

            ReadMembers(unit.Members, "", null, extension: null);
        }

        _members.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new(sieve.Hash, _types, _members, _usings, _aliases, _topHash);
    }

    private void ReadUsings(SyntaxList<UsingDirectiveSyntax> usings)
    {
        AddTop(usings.FullSpan);
        foreach (var directive in usings)
        {
            if (LastNameOf(directive.Name) is not { } name)
            {
                continue;
            }

            if (directive.Alias is { Name.Identifier.ValueText: var alias })
            {
                _aliases.Add((NameHash.Of(alias), NameHash.Of(name)));
            }
            else if (directive.StaticKeyword.RawKind != (int)SyntaxKind.None)
            {
                _usings.Add(NameHash.Of(name));
            }
        }
    }

    /// <param name="members">The members.</param>
    /// <param name="scope">What stands before their names.</param>
    /// <param name="type">The type that they are of.</param>
    /// <param name="extension">Of an extension block: what its front says, which holds the receiver of each of them.</param>
    private void ReadMembers(SyntaxList<MemberDeclarationSyntax> members, string scope, TreeIndex.TypeEntry? type, WordScanner.Scan? extension)
    {
        foreach (var member in members)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (member)
            {
                case GlobalStatementSyntax:
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    ReadUsings(space.Usings);
                    AddTop(space.Name.Span);
                    ReadMembers(space.Members, $"{scope}{space.Name}.", type, extension);
                    break;
                case TypeDeclarationSyntax declared:
                    ReadType(declared, scope, type);
                    break;
                case EnumDeclarationSyntax or DelegateDeclarationSyntax or IncompleteMemberSyntax:
                    AddTop(member.Span);
                    break;
                default:
                    ReadMember(member, scope, type, extension);
                    break;
            }
        }
    }

    private void ReadType(TypeDeclarationSyntax declared, string scope, TreeIndex.TypeEntry? outer)
    {
        var isExtensionBlock = declared.Identifier.Span.Length == 0 && declared.Keyword.ValueText == "extension";
        var name = isExtensionBlock ? "" : declared.Identifier.ValueText;
        var key = $"{scope}{name}{(declared.TypeParameterList is { Parameters.Count: var arity } ? $"`{arity}" : "")}";
        var front = TextSpan.FromBounds(declared.SpanStart, declared.OpenBraceToken.IsMissing || declared.OpenBraceToken.RawKind == 0 ? declared.Span.End : declared.OpenBraceToken.SpanStart);
        AddTop(front);
        var read = _scanner.Read(front, sieve);
        var bases = declared.BaseList is { } list ? _scanner.Read(list.Span, sieve).Names : [];
        var type = isExtensionBlock && outer is not null
            ? outer with { Names = Union(outer.Names, read.Names) }
            : new TreeIndex.TypeEntry(name, key, outer is null ? key : $"{outer.MetadataName}+{key.Substring(scope.Length)}", read.Names, bases, outer);
        _types.Add(type);
        var within = $"{key}.";
        if (!isExtensionBlock && declared is not InterfaceDeclarationSyntax)
        {
            _members.Add(Scan(within, "~type", name, type, front, front, front, MemberTraits.TypeFront | MemberTraits.Constructor));
        }

        ReadMembers(declared.Members, within, type, isExtensionBlock ? read : null);
    }

    private void ReadMember(MemberDeclarationSyntax member, string scope, TreeIndex.TypeEntry? type, WordScanner.Scan? extension)
    {
        var (name, signature, isUnnamed) = member switch
        {
            MethodDeclarationSyntax method => (method.Identifier.ValueText, Front(method, method.ParameterList.Span.End), s_unnamed.Contains(method.Identifier.ValueText)),
            ConstructorDeclarationSyntax constructor => (constructor.Identifier.ValueText, Front(constructor, constructor.ParameterList.Span.End), false),
            DestructorDeclarationSyntax destructor => ("", Front(destructor, destructor.ParameterList.Span.End), true),
            OperatorDeclarationSyntax @operator => ("", Front(@operator, @operator.ParameterList.Span.End), true),
            ConversionOperatorDeclarationSyntax conversion => ("", Front(conversion, conversion.ParameterList.Span.End), true),
            IndexerDeclarationSyntax indexer => ("", Front(indexer, indexer.ParameterList.Span.End), true),
            PropertyDeclarationSyntax property => (property.Identifier.ValueText, Front(property, property.Identifier.Span.End), s_unnamed.Contains(property.Identifier.ValueText)),
            EventDeclarationSyntax @event => (@event.Identifier.ValueText, Front(@event, @event.Identifier.Span.End), false),
            BaseFieldDeclarationSyntax { Declaration: { } fields } field =>
                (fields.Variables.Count > 0 ? fields.Variables[0].Identifier.ValueText : "", Front(field, fields.Type.Span.End), fields.Variables.Count > 1),
            _ => ("", member.Span, true),
        };
        var declared = member is BasePropertyDeclarationSyntax { Type: { } valueType } and not IndexerDeclarationSyntax ? valueType.Span
            : member is BaseFieldDeclarationSyntax { Declaration.Type: { } fieldType } ? fieldType.Span
            : signature;
        var traits = TraitsOf(member, type)
            | (isUnnamed ? MemberTraits.Unnamed : MemberTraits.None)
            | (extension is not null || IsExtensionMethod(member) ? MemberTraits.Extension : MemberTraits.None);
        var entry = Scan(scope, KeyOf(member, name), name, type, member.Span, declared, TopOf(member, signature), traits);
        _members.Add(
            extension is { } front ? entry with { Names = Union(entry.Names, front.Names), Declared = Union(entry.Declared, front.Names), Words = entry.Words | front.Words }
            : CallsBase(member) && type is not null ? entry with { Names = Union(entry.Names, type.Bases) }
            : entry);
    }

    /// <summary>Whether a constructor calls one of the type whose name stands in front of the body of its own.</summary>
    private static bool CallsBase(MemberDeclarationSyntax member) => member is ConstructorDeclarationSyntax { Initializer.RawKind: (int)SyntaxKind.BaseConstructorInitializer };

    private TreeIndex.MemberEntry Scan(string scope, string key, string name, TreeIndex.TypeEntry? type, TextSpan span, TextSpan declared, TextSpan top, MemberTraits traits)
    {
        var scan = _scanner.Read(span, sieve);
        var topHash = _scanner.HashWithoutSpace(top, (ulong)traits + 1);
        _topHash = (_topHash * 31) + topHash;
        var number = _keys.TryGetValue((scope, key), out var count) ? count + 1 : 0;
        _keys[(scope, key)] = number;
        if ((traits & MemberTraits.HasBody) == 0 && (traits & (MemberTraits.Storage | MemberTraits.TypeFront)) == 0)
        {
            key += "~declared";
        }

        return new(
            new(scope, number == 0 ? key : $"{key}~{number}"),
            name,
            type,
            span,
            scan.Names,
            declared.IsEmpty ? [] : _scanner.Read(declared, sieve).Names,
            scan.Words,
            traits | (NameHash.Contains(scan.Names, s_new) ? MemberTraits.TargetTypedNew : MemberTraits.None),
            _scanner.HashOf(span),
            topHash);
    }

    private static readonly int s_new = NameHash.Of("new");

    private void AddTop(TextSpan span) => _topHash = _scanner.HashWithoutSpace(span, _topHash * 31);

    /// <summary>What other code can see of a member: all of a constant, everything but the code of others.</summary>
    private static TextSpan TopOf(MemberDeclarationSyntax member, TextSpan signature) => member switch
    {
        FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword) => member.Span,
        BaseFieldDeclarationSyntax { Declaration.Variables: { Count: > 0 } variables } field => TextSpan.FromBounds(field.SpanStart, variables.Count > 1 ? field.Span.End : variables[0].Identifier.Span.End),
        BaseMethodDeclarationSyntax { ParameterList: var list } method => TextSpan.FromBounds(method.SpanStart, (method as MethodDeclarationSyntax)?.ConstraintClauses.LastOrDefault()?.Span.End ?? list.Span.End),
        _ => signature,
    };

    private static TextSpan Front(MemberDeclarationSyntax member, int end) => TextSpan.FromBounds(member.SpanStart, Math.Max(member.SpanStart, end));

    private static string KeyOf(MemberDeclarationSyntax member, string name) => member switch
    {
        MethodDeclarationSyntax method => $"{method.ExplicitInterfaceSpecifier?.Name}{name}{(method.TypeParameterList is { } types ? $"`{types.Parameters.Count}" : "")}({Types(method.ParameterList)})",
        ConstructorDeclarationSyntax constructor => $"{(constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static " : "")}{name}({Types(constructor.ParameterList)})",
        OperatorDeclarationSyntax @operator => $"operator {@operator.OperatorToken.ValueText}({Types(@operator.ParameterList)})",
        ConversionOperatorDeclarationSyntax conversion => $"operator {conversion.Type}({Types(conversion.ParameterList)})",
        IndexerDeclarationSyntax indexer => $"{indexer.ExplicitInterfaceSpecifier?.Name}this[{Types(indexer.ParameterList)}]",
        DestructorDeclarationSyntax => "~finalizer",
        PropertyDeclarationSyntax property => $"{property.ExplicitInterfaceSpecifier?.Name}{name}",
        _ => name,
    };

    private static string Types(BaseParameterListSyntax list) =>
        string.Join(",", list.Parameters.Select(parameter => $"{parameter.Modifiers} {parameter.Type}".Trim()));

    private static bool IsExtensionMethod(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword);

    private static MemberTraits TraitsOf(MemberDeclarationSyntax member, TreeIndex.TypeEntry? type)
    {
        var modifiers = member.Modifiers;
        var isPrivate = modifiers.Any(SyntaxKind.PrivateKeyword)
            ? !modifiers.Any(SyntaxKind.ProtectedKeyword)
            : type is not null && !modifiers.Any(SyntaxKind.PublicKeyword) && !modifiers.Any(SyntaxKind.InternalKeyword)
                && !modifiers.Any(SyntaxKind.ProtectedKeyword) && member.Parent is not InterfaceDeclarationSyntax
                && member is not (MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or BasePropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null })
                && !modifiers.Any(SyntaxKind.PartialKeyword);
        var traits = isPrivate ? MemberTraits.Private : MemberTraits.None;
        traits |= modifiers.Any(SyntaxKind.StaticKeyword) ? MemberTraits.Static : MemberTraits.None;
        traits |= member switch
        {
            ConstructorDeclarationSyntax => MemberTraits.Constructor,
            BaseFieldDeclarationSyntax => MemberTraits.Storage,
            PropertyDeclarationSyntax property when StoresItsValue(property) => MemberTraits.Storage,
            _ => MemberTraits.None,
        };
        traits |= member is PropertyDeclarationSyntax { Initializer: not null }
            || (member is BaseFieldDeclarationSyntax { Declaration.Variables: var variables } && variables.Any(variable => variable.Initializer is not null))
                ? MemberTraits.HasInitializer
                : MemberTraits.None;
        traits |= member is BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } || IsPartialDeclaration(member) ? MemberTraits.None : MemberTraits.HasBody;
        var value = member switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            BasePropertyDeclarationSyntax property => property.Type,
            BaseFieldDeclarationSyntax { Declaration.Type: var fieldType } => fieldType,
            _ => null,
        };
        return value is not null && value.ToString().IndexOf("string", StringComparison.OrdinalIgnoreCase) >= 0 ? traits | MemberTraits.HandsOutText : traits;
    }

    private static bool StoresItsValue(PropertyDeclarationSyntax property) =>
        HasNoCode(property) && !property.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>Whether the code of the property stands in another part of it.</summary>
    private static bool IsPartialDeclaration(MemberDeclarationSyntax member) =>
        member is PropertyDeclarationSyntax property && HasNoCode(property) && property.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool HasNoCode(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is null
        && property.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true;

    private static string? LastNameOf(NameSyntax? name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    private static int[] Union(int[] first, int[] second) => [.. first.Union(second).OrderBy(name => name)];
}
