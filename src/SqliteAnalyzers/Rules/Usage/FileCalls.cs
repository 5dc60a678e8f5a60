using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>What a call does to a file.</summary>
internal enum FileEffect
{
    /// <summary>It is gone.</summary>
    Deletes,

    /// <summary>It has another name.</summary>
    Moves,

    /// <summary>Another file, or other content, has its name.</summary>
    Replaces,

    /// <summary>It is opened, read and closed.</summary>
    Reads,
}

/// <summary>A call that reads, deletes, moves or replaces a file.</summary>
/// <param name="Call">The call.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Path">The file.</param>
internal sealed record FileCall(ExpressionSyntax Call, FileEffect Effect, ExpressionSyntax Path);

/// <summary>Finds the calls that read, delete, move or replace files: of File and FileInfo, and of the project's own methods that hand their parameter on to these.</summary>
internal sealed class FileCalls(SemanticModel model, CancellationToken cancellation)
{
    /// <summary>What the static methods of File do to their parameters, in order.</summary>
    private static readonly Dictionary<string, FileEffect?[]> s_effects = new(StringComparer.Ordinal)
    {
        ["Delete"] = [FileEffect.Deletes],
        ["Move"] = [FileEffect.Moves, FileEffect.Replaces],
        ["Copy"] = [FileEffect.Reads, FileEffect.Replaces],
        ["Replace"] = [FileEffect.Moves, FileEffect.Replaces],
        ["Create"] = [FileEffect.Replaces],
        ["WriteAllBytes"] = [FileEffect.Replaces],
        ["WriteAllBytesAsync"] = [FileEffect.Replaces],
        ["ReadAllBytes"] = [FileEffect.Reads],
        ["ReadAllBytesAsync"] = [FileEffect.Reads],
        ["OpenRead"] = [FileEffect.Reads],
        ["Open"] = [FileEffect.Reads],
    };

    /// <summary>What the methods of FileInfo do to their file, and to the one that is their first parameter.</summary>
    private static readonly Dictionary<string, (FileEffect? Own, FileEffect? Other)> s_infoEffects = new(StringComparer.Ordinal)
    {
        ["Delete"] = (FileEffect.Deletes, null),
        ["MoveTo"] = (FileEffect.Moves, FileEffect.Replaces),
        ["CopyTo"] = (FileEffect.Reads, FileEffect.Replaces),
        ["Replace"] = (FileEffect.Moves, FileEffect.Replaces),
        ["OpenRead"] = (FileEffect.Reads, null),
        ["Open"] = (FileEffect.Reads, null),
    };

    /// <summary>What the methods for archives do to the file that is their first parameter.</summary>
    private static readonly Dictionary<string, FileEffect> s_archiveEffects = new(StringComparer.Ordinal)
    {
        ["CreateEntryFromFile"] = FileEffect.Reads,
        ["ExtractToFile"] = FileEffect.Replaces,
    };

    /// <summary>Those of a piece of code, without the types in it.</summary>
    public IEnumerable<FileCall> In(SyntaxNode code) => code.DescendantNodesAndSelf(node => node == code || node is not TypeDeclarationSyntax)
        .OfType<InvocationExpressionSyntax>()
        .SelectMany(Of);

    /// <summary>Those of .NET's own methods and streams in a piece of code; what is named otherwise is not bound.</summary>
    public IEnumerable<FileCall> DirectlyIn(SyntaxNode code) => code.DescendantNodes().SelectMany(node => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when IsNamedAsOne(access, call.ArgumentList.Arguments.Count) => Of(call),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } creation when creation is ImplicitObjectCreationExpressionSyntax or ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "FileStream" } or QualifiedNameSyntax { Right.Identifier.ValueText: "FileStream" } } => OfStream(creation),
        _ => [],
    });

    /// <summary>Whether a call may be one by what stands there: that no connection opens and no text replaces is seen by the arguments.</summary>
    private static bool IsNamedAsOne(MemberAccessExpressionSyntax access, int arguments)
    {
        var name = access.Name.Identifier.ValueText;
        return access.Expression is SimpleNameSyntax { Identifier.ValueText: "File" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "File" }
            ? s_effects.ContainsKey(name)
            : s_archiveEffects.ContainsKey(name) || (s_infoEffects.ContainsKey(name) && name != "Replace" && (arguments > 0) == (name is "MoveTo" or "CopyTo" or "Open"));
    }

    private IEnumerable<FileCall> OfStream(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList!.Arguments;
        return model.GetTypeInfo(creation, cancellation).Type is { Name: "FileStream" } stream && IsOfIO(stream)
            ? [new(creation, arguments.Any(IsWriting) ? FileEffect.Replaces : FileEffect.Reads, arguments[0].Expression)]
            : [];

        static bool IsWriting(ArgumentSyntax argument) => argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" or "Truncate" or "Write" };
    }

    private static bool IsOfIO(ITypeSymbol type) => type.ContainingNamespace is { Name: "IO", ContainingNamespace.Name: "System" };

    /// <summary>Whether a call takes the place of a file that is there; without being told so, a copy or move fails then.</summary>
    public bool Overwrites(FileCall call) =>
        call.Call is not InvocationExpressionSyntax invocation
        || model.GetSymbolInfo(invocation, cancellation).Symbol is not IMethodSymbol { Name: "Copy" or "Move" or "CopyTo" or "MoveTo" or "ExtractToFile" } method
        || (method.Parameters.LastOrDefault() is { Type.SpecialType: SpecialType.System_Boolean, Ordinal: var ordinal }
            && ArgumentOf(invocation, method, ordinal) is { } overwrite
            && model.GetConstantValue(overwrite, cancellation).Value is not false);

    private IEnumerable<FileCall> Of(InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            yield break;
        }

        var isOfIO = IsOfIO(method.ContainingType);
        if (isOfIO && method.ContainingType.Name == "File" && s_effects.TryGetValue(method.Name, out var effects))
        {
            for (var i = 0; i < effects.Length; i++)
            {
                if (effects[i] is { } effect && ArgumentOf(call, method, i) is { } path)
                {
                    yield return new(call, effect, path);
                }
            }
        }
        else if (isOfIO && method.ContainingType.Name is "FileInfo" or "FileSystemInfo"
            && s_infoEffects.TryGetValue(method.Name, out var effect)
            && call.Expression is MemberAccessExpressionSyntax { Expression: var file })
        {
            if (effect.Own is { } toOwn)
            {
                yield return new(call, toOwn, file);
            }

            if (effect.Other is { } toOther && ArgumentOf(call, method, 0) is { } path)
            {
                yield return new(call, toOther, path);
            }
        }
        else if (method.ContainingType.Name == "ZipFileExtensions" && s_archiveEffects.TryGetValue(method.Name, out var onFile) && ArgumentOf(call, method, 0) is { } entry)
        {
            yield return new(call, onFile, entry);
        }
        else if (method.DeclaringSyntaxReferences is [var reference])
        {
            foreach (var (effectOnParameter, index) in EffectsOf(method, reference.GetSyntax(cancellation)))
            {
                if (ArgumentOf(call, method, index) is { } path)
                {
                    yield return new(call, effectOnParameter, path);
                }
            }
        }
    }

    /// <summary>What a method of the project does to the files that its parameters name, as it is written: <c>File.Delete(path)</c>.</summary>
    private static IEnumerable<(FileEffect Effect, int Parameter)> EffectsOf(IMethodSymbol method, SyntaxNode declaration) =>
        from call in method.Parameters.IsEmpty ? [] : declaration.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: "File" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "File" } }
        let name = ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText
        where s_effects.ContainsKey(name)
        from effect in s_effects[name].Zip(call.ArgumentList.Arguments, (effect, argument) => (Effect: effect, argument.Expression))
        where effect.Effect is not null && effect.Expression is IdentifierNameSyntax
        let parameter = ParameterOf(method, ((IdentifierNameSyntax)effect.Expression).Identifier.ValueText)
        where parameter >= 0
        select (effect.Effect!.Value, parameter);

    private static int ParameterOf(IMethodSymbol method, string name)
    {
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static ExpressionSyntax? ArgumentOf(InvocationExpressionSyntax call, IMethodSymbol method, int parameter)
    {
        if (parameter >= method.Parameters.Length)
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == method.Parameters[parameter].Name)?.Expression
            ?? (parameter < arguments.Count && arguments[parameter].NameColon is null ? arguments[parameter].Expression : null);
    }
}
