using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>What a call for files does to a database that the project opens, seen from where it stands.</summary>
internal sealed class DatabaseFileTouch(SemanticModel model, ProjectFacts project, OpenedFiles databases, FileCalls calls, CancellationToken cancellation)
{
    private readonly PathNames _names = databases.Names(ParameterValue.OfEachCaller, cancellation);

    /// <summary>Names of members that run before any connection is opened.</summary>
    private static readonly string[] s_starts = ["Main", "OnStartup", "OnLaunched", "OnFrameworkInitializationCompleted", "CreateMauiApp", "Configure", "Init", "Migrat", "Upgrad", "Start", "EnsureCreated", "EnsureDatabase"];

    /// <summary>Calls that open the database of a context or connection.</summary>
    private static readonly HashSet<string> s_opens = new(StringComparer.Ordinal)
    {
        "Open", "OpenAsync", "OpenConfigured", "OpenConnection", "OpenConnectionAsync", "Migrate", "MigrateAsync", "GetPendingMigrations", "GetPendingMigrationsAsync",
        "EnsureCreated", "EnsureCreatedAsync", "CanConnect", "CanConnectAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync",
    };

    /// <summary>What registers the code of a request.</summary>
    private static readonly HashSet<string> s_endpoints = new(StringComparer.Ordinal) { "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapFallback" };

    /// <summary>What to do instead, and what the pool does otherwise; null where no harm is known to come of the call.</summary>
    public FileHarm? HarmOf(FileCall call)
    {
        if (project.MemberOf(call.Call) is not { } member || NameHash.Overlaps(member.Names, TemporaryFiles.Names))
        {
            return null;
        }

        var paths = new HashSet<string>(_names.Of(call.Path).Select(DatabasePath.Normalize), StringComparer.Ordinal);
        var opened = OpenedAt(paths);
        if (opened.Length == 0 || (call.Effect == FileEffect.Replaces && !calls.Overwrites(call)))
        {
            return null;
        }

        var code = (SyntaxNode?)call.Call.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? model.SyntaxTree.GetRoot(cancellation);
        var before = code.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(other => other.SpanStart < call.Call.SpanStart && !other.Span.Contains(call.Call.Span) && !Branches.Part(other, call.Call)).ToArray();
        var backups = opened.Where(file => file.IsBackup && file.Member.Equals(member)).ToArray();
        if (backups.Length > 0 && backups.Length == opened.Count(file => file.Member.Equals(member)))
        {
            return call.Effect is FileEffect.Deletes or FileEffect.Moves && backups.All(file => file.IsPooled && file.Text.SpanStart < call.Call.SpanStart) && !IsCleared(before, member)
                ? FileHarm.Of(call.Effect, null)
                : null;
        }

        // A connection that is held open here is one of the project's, which are all set up alike.
        var held = opened.Select(file => HeldAt(file, call, member, before)).FirstOrDefault(name => name is not null)
            ?? HeldConnection.Of(call.Call, code, opened);
        if ((!opened.Any(UsesWal) && !(held is not null && project.SettingWal.Count > 0)) || IsGuarded(call, code, paths))
        {
            return null;
        }

        if (call.Effect == FileEffect.Moves && IsWalDeleted(before, paths))
        {
            return new(FileEffect.Replaces, "Move this database together with its -wal file", "commits may stand there alone, and this code deletes it", null);
        }

        var pooled = opened.Where(file => file.IsPooled).ToArray();
        return held is not null || (pooled.Length > 0 && IsOpen(call, code, member, pooled, before) && !IsCleared(before, member))
                ? FileHarm.Of(call.Effect, held)
                : null;
    }

    private OpenedFile[] OpenedAt(HashSet<string> paths) => paths.Contains(PathNames.OfSomeDatabase)
        ? [.. databases.All(cancellation).Where(file => !file.IsBackup)]
        : [.. databases.All(cancellation).Where(file => file.Paths.Any(paths.Contains))];

    /// <summary>Whether something puts the database in WAL mode: its context, code of the type that opens it or that this calls, or any where there is one database.</summary>
    private bool UsesWal(OpenedFile file)
    {
        if (file.IsContext)
        {
            return true;
        }

        var setters = project.SettingWal;
        return setters.Any(setter => Equals(setter.Type, file.Member.Type)
                || (NameHash.Contains(file.Member.Names, setter.NameHash) && (setter.Has(MemberTraits.Extension) || (setter.Type is { } type && NameHash.Contains(file.Member.Names, type.NameHash)))))
            || (setters.Count > 0 && databases.All(cancellation).Where(other => !other.IsBackup).All(other => other.Paths.Any(file.Paths.Contains)));
    }

    /// <summary>
    /// Whether pooled connections have been opened by the time of the call: in its own member before it, or by other code where the call is not
    /// part of what runs when the program starts.
    /// </summary>
    private bool IsOpen(FileCall call, SyntaxNode code, TreeIndex.MemberEntry member, OpenedFile[] opened, InvocationExpressionSyntax[] before)
    {
        // A handler runs when the code around it has.
        var handler = HandlerAround(call.Call);
        if (opened.Any(file => file.Member.Equals(member) && (handler?.Span.Contains(file.Text.Span) == false || file.Text.SpanStart < call.Call.SpanStart) && !Branches.Part(file.Text, call.Call))
            || before.Any(other => DriverCalls.NameOf(other) is { Identifier.ValueText: var name } && s_opens.Contains(name) && OpensDatabase(other)))
        {
            return true;
        }

        // What the code calls by itself opens when it is called.
        var called = before.Select(DriverCalls.NameOf).OfType<SimpleNameSyntax>().Select(name => NameHash.Of(name.Identifier.ValueText)).ToArray();
        return opened.Where(file => !file.Member.Equals(member)).Any(file => called.Contains(file.Member.NameHash)
            || before.Any(other => DeclarationOf(other) is { } declaration && declaration.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(inner => IsCallOf(inner, file.Member)))
            || (!Mentions(handler ?? code, member, file) && !IsAtStart(call.Call, member, calls: 2)));
    }

    /// <summary>Whether a call leads to a member of the project.</summary>
    private bool IsCallOf(InvocationExpressionSyntax call, TreeIndex.MemberEntry member) =>
        DriverCalls.NameOf(call) is { Identifier.ValueText: var name } && NameHash.Of(name).Equals(member.NameHash)
        && DeclarationOf(call) is { } declaration && member.Equals(project.MemberOf(declaration));

    private SyntaxNode? DeclarationOf(InvocationExpressionSyntax call) =>
        model.Compilation.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var reference] } ? reference.GetSyntax(cancellation) : null;

    /// <summary>
    /// Whether code has the name of the member that opens a database, and not only .NET's own of files, <c>FileMode.Open</c>; of a field that holds
    /// the connection, other than to ask it something.
    /// </summary>
    private static bool Mentions(SyntaxNode code, TreeIndex.MemberEntry member, OpenedFile file)
    {
        var isHeld = file.Text.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax;
        return NameHash.Contains(member.Names, file.Member.NameHash)
            && code.DescendantNodes().OfType<SimpleNameSyntax>().Any(mentioned => NameHash.Of(mentioned.Identifier.ValueText) == file.Member.NameHash
                && mentioned.Parent is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "File" or "FileMode" or "FileAccess" or "FileShare" } }
                && !(isHeld && mentioned.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var asked } access && access.Expression == mentioned && !s_opens.Contains(asked)));
    }

    /// <summary>The name of the connection where it is still open at the call: disposed only after it, or handed in by the caller.</summary>
    private string? HeldAt(OpenedFile file, FileCall call, TreeIndex.MemberEntry member, InvocationExpressionSyntax[] before)
    {
        if (!file.Member.Equals(member))
        {
            return file.IsPooled ? null : HeldFrom(file.Member, call, before);
        }

        if (file.Text.SpanStart > call.Call.SpanStart)
        {
            return null;
        }

        if (file.Text.Parent is AssignmentExpressionSyntax assignment)
        {
            return BuilderUse.ReceiverOf(assignment.Left) is IdentifierNameSyntax receiver && model.GetSymbolInfo(receiver, cancellation).Symbol is IParameterSymbol && !IsClosed(receiver.Identifier.ValueText, before)
                ? receiver.Identifier.ValueText
                : null;
        }

        return file.Text.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()?.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name, Parent.Parent: { } statement } }
            && IsInScope(statement, call)
            && before.Any(other => DriverCalls.NameOf(other) is { Identifier.ValueText: "Open" or "OpenAsync" or "OpenConfigured" } && IsOn(other, name))
            && !IsClosed(name, before)
                ? name
                : null;
    }

    /// <summary>The same where another member gives it back, open.</summary>
    private string? HeldFrom(TreeIndex.MemberEntry maker, FileCall call, InvocationExpressionSyntax[] before) => before
        .Where(other => DriverCalls.NameOf(other) is { } made && NameHash.Of(made.Identifier.ValueText).Equals(maker.NameHash)
            && model.GetTypeInfo(other, cancellation).Type?.Name is "SqliteConnection" or "DbConnection" or "IDbConnection")
        .Select(other => other.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name, Parent.Parent: { } statement } }
            && IsInScope(statement, call) && !IsClosed(name, before) ? name : null)
        .FirstOrDefault(name => name is not null);

    /// <summary>Whether a call stands in what a connection is declared for with <c>using</c>; at the top level it is disposed of at the end of the program.</summary>
    private static bool IsInScope(SyntaxNode statement, FileCall call) => statement switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: { } scope } => (scope is GlobalStatementSyntax ? scope.Parent! : scope).Span.Contains(call.Call.Span),
        UsingStatementSyntax { Statement: var body } => body.Span.Contains(call.Call.Span),
        _ => false,
    };

    private static bool IsClosed(string name, InvocationExpressionSyntax[] before) =>
        before.Any(other => DriverCalls.NameOf(other) is { Identifier.ValueText: "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" } && IsOn(other, name));

    private static bool IsOn(InvocationExpressionSyntax other, string name) => other.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && receiver.ToString() == name;

    private bool OpensDatabase(InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: var type } }
        && type is "SqliteConnection" or "SqliteConnectionExtensions" or "DbConnection" or "IDbConnection" or "DatabaseFacade" or "RelationalDatabaseFacadeExtensions";

    /// <summary>Whether the code runs when the program or its object begins, or only code that does calls it.</summary>
    private bool IsAtStart(SyntaxNode node, TreeIndex.MemberEntry member, int calls)
    {
        if (HandlerAround(node) is not null)
        {
            return false;
        }

        if (member.Has(MemberTraits.TopLevel | MemberTraits.Constructor)
            || IsInitializer(node)
            || member.Name.EndsWith("Startup", StringComparison.Ordinal)
            || Array.Exists(s_starts, start => member.Name.StartsWith(start, StringComparison.Ordinal)))
        {
            return true;
        }

        if (calls == 0 || node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is not { } declaration
            || model.Compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method)
        {
            return false;
        }

        var callers = _names.CallsOf(method);
        return callers.Count > 0 && callers.All(caller => project.MemberOf(caller) is { } outer && IsAtStart(caller, outer, calls - 1));
    }

    /// <summary>Whether the code gives a field its first value, once for all: a lazy one too.</summary>
    private bool IsInitializer(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax
        && node.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().All(code => code.Parent?.Parent?.Parent is BaseObjectCreationExpressionSyntax creation && IsMadeAs(creation, "Lazy"));

    /// <summary>The code around, if it is only registered where it stands, and runs when an event, a request or a time comes.</summary>
    private AnonymousFunctionExpressionSyntax? HandlerAround(SyntaxNode node) => node.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault(code => code.Parent switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } => true,
        ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } => IsMadeAs(creation, "Timer"),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => DriverCalls.NameOf(call) is { Identifier.ValueText: var name }
            && (s_endpoints.Contains(name)
                || (name == "Register" && model.Compilation.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol?.ContainingType is { Name: "CancellationToken" })),
        _ => false,
    });

    private bool IsMadeAs(BaseObjectCreationExpressionSyntax creation, string type) =>
        model.Compilation.GetSemanticModel(creation.SyntaxTree).GetTypeInfo(creation, cancellation).Type?.Name == type;

    /// <summary>Whether the idle connections have been closed, here or by all that call the member.</summary>
    private bool IsCleared(InvocationExpressionSyntax[] before, TreeIndex.MemberEntry member)
    {
        var clearing = project.ClearingNames;
        return before.Any(call => DriverCalls.NameOf(call) is { Identifier.ValueText: var name } && clearing.Contains(NameHash.Of(name)) && !NameHash.Of(name).Equals(member.NameHash));
    }

    private bool IsWalDeleted(InvocationExpressionSyntax[] before, HashSet<string> paths) => before
        .Where(call => DriverCalls.NameOf(call)?.Identifier.ValueText == "Delete" && call.ArgumentList.Arguments.Count == 1)
        .Any(call => _names.Of(call.ArgumentList.Arguments[0].Expression).Any(name => name.EndsWith("-wal", StringComparison.OrdinalIgnoreCase) && paths.Contains(DatabasePath.Normalize(name.Substring(0, name.Length - 4)))));

    /// <summary>Whether the call runs only where the database is not there.</summary>
    private bool IsGuarded(FileCall call, SyntaxNode code, HashSet<string> paths) =>
        call.Call.Ancestors().TakeWhile(node => node != code).OfType<IfStatementSyntax>().Any(condition =>
            condition.Statement.Span.Contains(call.Call.Span)
            && condition.Condition.DescendantNodesAndSelf().OfType<PrefixUnaryExpressionSyntax>().Any(not =>
                not.IsKind(SyntaxKind.LogicalNotExpression)
                && not.Operand is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exists" }, ArgumentList.Arguments: [var file] }
                && _names.Of(file.Expression).Any(name => paths.Contains(DatabasePath.Normalize(name)))));
}
