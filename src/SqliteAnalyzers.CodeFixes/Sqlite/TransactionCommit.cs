using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Where an open transaction is committed, and how it can be committed at another place: once, and on the same paths.
/// </summary>
internal sealed class TransactionCommit
{
    /// <summary>SQL that, after the place of the new commit, shows that the transaction is still meant to be open.</summary>
    private static readonly string[] s_work = ["INSERT", "UPDATE", "DELETE", "REPLACE", "ROLLBACK"];

    private static readonly string[] s_commits = ["COMMIT", "COMMIT TRANSACTION", "END", "END TRANSACTION"];

    private readonly FixContext _context;
    private readonly ISymbol? _transaction;
    private readonly NamedValue _connection;

    private TransactionCommit(FixContext context, ISymbol? transaction, NamedValue connection)
    {
        _context = context;
        _transaction = transaction;
        _connection = connection;
    }

    /// <summary>The transaction; null where it was begun by SQL.</summary>
    public ISymbol? Symbol => _transaction;

    /// <summary>
    /// The transaction a diagnostic names, or null where it names none or one that cannot be reached at the place of
    /// <paramref name="host"/>.
    /// </summary>
    public static TransactionCommit? Of(FixContext context, Diagnostic diagnostic, SyntaxNode host, NamedValue connection)
    {
        var properties = diagnostic.Properties;
        if (properties.TryGetValue(DiagnosticProperties.Transaction, out var name) && !string.IsNullOrEmpty(name))
        {
            var transaction = context.Bind(name, diagnostic.Location.SourceSpan.Start, StatementInserter.StartOf(host));
            return transaction is { Symbol: { } symbol } ? new TransactionCommit(context, symbol, connection) : null;
        }

        return properties.TryGetValue(DiagnosticProperties.TransactionBegunBySql, out var bySql) && bySql == DiagnosticProperties.True
            ? new TransactionCommit(context, transaction: null, connection)
            : null;
    }

    /// <summary>
    /// The statements after <paramref name="statement"/> in its own block that commit: one statement, or the command text and its
    /// execution. Empty if there are none.
    /// </summary>
    public IReadOnlyList<StatementSyntax> FindAfter(StatementSyntax statement)
    {
        var following = SiblingsOf(statement).SkipWhile(sibling => sibling.SpanStart <= statement.SpanStart).ToList();
        for (var index = 0; index < following.Count; index++)
        {
            if (IsCommit(following[index]))
            {
                return [following[index]];
            }

            if (_transaction is null && IsCommitText(following[index]) && index + 1 < following.Count && IsExecution(following[index + 1]))
            {
                return [following[index], following[index + 1]];
            }
        }

        return [];
    }

    /// <summary>
    /// The lines that commit before <paramref name="host"/>, taken from a commit that comes later in the block.
    /// Null where the program may not come to that commit, uses the transaction until then, or commits it elsewhere too.
    /// </summary>
    /// <param name="host">What the commit goes before.</param>
    /// <param name="keepsHost">Whether the host stays, and is what starts a process.</param>
    /// <param name="edit">Takes the removal of the later commit.</param>
    public IReadOnlyList<string>? MoveBefore(StatementSyntax host, bool keepsHost, DocumentEdit edit)
    {
        var commit = FindAfter(host);
        if (commit.Count == 0
            || StatementInserter.HasBranchingDirective(_context, TextSpan.FromBounds(host.SpanStart, commit[commit.Count - 1].Span.End))
            || commit.Any(part => part.DescendantNodes().OfType<IdentifierNameSyntax>().Any(IsDeclaredAfter)))
        {
            return null;
        }

        var between = StatementsBetween(host, commit[0]);
        IReadOnlyList<StatementSyntax> passed = keepsHost ? [host, .. between] : between;
        if (passed.Any(statement => MayLeave(statement) || (_context.Effects.Of(statement) & ~Effects.Process) != 0)
            || passed.Any(statement => statement.DescendantTokens().Any(NeedsTransaction))
            || !CommitsOnce(host, commit))
        {
            return null;
        }

        edit.Limit(ReachInTries(host));
        return StatementRemover.Take(_context, commit, edit);

        bool IsDeclaredAfter(IdentifierNameSyntax name) =>
            _context.Model.GetSymbolInfo(name, _context.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration, ..] }
            && declaration.Span.Start > host.SpanStart;
    }

    /// <summary>
    /// The lines of a commit where the program has none. Whether it left the transaction open on purpose only the user knows.
    /// Null where the commit would run more than once, or something after it needs the transaction.
    /// </summary>
    /// <param name="host">What the commit goes before.</param>
    /// <param name="keepsHost">Whether the host stays as it is, so that it must not use the transaction either.</param>
    /// <param name="edit">Is limited to one place.</param>
    public IReadOnlyList<string>? AddBefore(SyntaxNode host, bool keepsHost, DocumentEdit edit)
    {
        if (host is StatementSyntax statement && FindAfter(statement).Count > 0 || !CanCommitAt(host, keepsHost) || !CommitsOnce(host, []))
        {
            return null;
        }

        edit.Limit(ReachInTries(host));
        edit.Limit(FixReach.One);
        return NewCommit(StatementInserter.StartOf(host));
    }

    /// <summary>The statements of the host's list between the two.</summary>
    public static IReadOnlyList<StatementSyntax> StatementsBetween(StatementSyntax host, StatementSyntax end) =>
        [.. SiblingsOf(host).SkipWhile(sibling => sibling.SpanStart <= host.SpanStart).TakeWhile(sibling => sibling != end)];

    /// <summary>
    /// How a commit may come earlier inside of a try: not where its handler ends the transaction, which is over by then. Where it handles
    /// exceptions of its own, it may say that nothing was stored.
    /// </summary>
    public FixReach ReachInTries(SyntaxNode place)
    {
        var reach = FixReach.All;
        foreach (var handled in Handlers.TriesAround(place))
        {
            if (handled.Catches.Any(EndsTransaction) || handled.Finally is { } last && EndsTransaction(last))
            {
                return FixReach.None;
            }

            reach = handled.Catches.Count > 0 ? FixReach.One : reach;
        }

        return reach;
    }

    /// <summary>Whether a handler names the transaction for more than to dispose of it, or ends it by SQL.</summary>
    private bool EndsTransaction(SyntaxNode handler) =>
        handler.DescendantTokens().Any(token =>
            NamesTransaction(token) && token.Parent?.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" }
            || SqlOf(token) is { } sql && (StartsWith(sql, "ROLLBACK") || IsCommitSql(sql)))
        || _transaction is null && handler.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => (_context.Effects.Of(call) & Effects.Database) != 0);

    /// <summary>Whether nothing but the commit that is moved, or none, ends the transaction.</summary>
    private bool CommitsOnce(SyntaxNode host, IReadOnlyList<SyntaxNode> moved)
    {
        if (_transaction is not null)
        {
            return new TransactionUses(_context, host, moved).ArePlain(_transaction);
        }

        var member = host.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => ancestor is not GlobalStatementSyntax) ?? (SyntaxNode)_context.Root;
        var texts = member.DescendantTokens().Where(token => !moved.Any(part => part.Span.Contains(token.Span))).Select(SqlOf).OfType<string>().ToList();
        return texts.Count(sql => StartsWith(sql, "BEGIN")) == 1
            && !texts.Any(sql => sql.Split(';').Select(part => part.Trim()).Any(part => IsCommitSql(part) || StartsWith(part, "ROLLBACK")));
    }

    /// <summary>Whether the statement, and not a function in it, may decide that what follows does not run.</summary>
    private static bool MayLeave(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);

    /// <summary>A commit where the program has none: only if it would run once, and nothing after it needs the transaction.</summary>
    private bool CanCommitAt(SyntaxNode host, bool keepsHost)
    {
        var scope = ScopeOf(host);
        if (scope is null)
        {
            return false;
        }

        var around = host is StatementSyntax ? host.Ancestors() : host.AncestorsAndSelf();
        foreach (var ancestor in around.TakeWhile(ancestor => ancestor != scope))
        {
            if (ancestor is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                return false;
            }
        }

        return !(keepsHost && host.DescendantTokens().Any(NamesTransaction))
            && !scope.DescendantTokens().Any(token => token.SpanStart >= host.Span.End && NeedsTransaction(token) && !IsInCatch(token, scope));
    }

    /// <summary>The code that the transaction lives in: for a local its block, for SQL text the member's body.</summary>
    private SyntaxNode? ScopeOf(SyntaxNode host)
    {
        if (_transaction is null)
        {
            return host.Ancestors().FirstOrDefault(ancestor =>
                ancestor is BlockSyntax { Parent: MemberDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax }
                    or CompilationUnitSyntax);
        }

        return _transaction is ILocalSymbol { DeclaringSyntaxReferences: [var reference, ..] }
            ? reference.GetSyntax(_context.CancellationToken).Ancestors().FirstOrDefault(ancestor =>
                ancestor is BlockSyntax or UsingStatementSyntax or SwitchSectionSyntax or CompilationUnitSyntax)
            : null;
    }

    private IReadOnlyList<string> NewCommit(int position)
    {
        if (_transaction is not null)
        {
            return [$"{_transaction.Name}.Commit();"];
        }

        var command = _context.UniqueName("commit", position);
        return
        [
            $"using (var {command} = {_connection.Text}.CreateCommand())",
            "{",
            $"    {command}.CommandText = \"COMMIT;\";",
            $"    {command}.ExecuteNonQuery();",
            "}",
        ];
    }

    private bool IsCommit(StatementSyntax statement)
    {
        if (statement is not ExpressionStatementSyntax { Expression: var expression })
        {
            return false;
        }

        if (_transaction is null)
        {
            return expression is not AssignmentExpressionSyntax && IsCommitText(statement) && !expression.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax);
        }

        while (true)
        {
            switch (expression)
            {
                case AwaitExpressionSyntax { Expression: var awaited }:
                    expression = awaited;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var configured } }:
                    expression = configured;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Commit" or "CommitAsync", Expression: var receiver } }:
                    return Means(receiver, _transaction);
                case ConditionalAccessExpressionSyntax
                {
                    Expression: var receiver,
                    WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Commit" } },
                }:
                    return Means(receiver, _transaction);
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether the token shows that something is to happen inside the transaction: it names it or its connection, or executes SQL.</summary>
    private bool NeedsTransaction(SyntaxToken token) =>
        NamesTransaction(token)
        || (token.Parent is IdentifierNameSyntax name && Means(name, _connection.Symbol))
        || (token.Parent is SimpleNameSyntax && token.ValueText.StartsWith("Execute", StringComparison.Ordinal))
        || (SqlOf(token) is { } sql && (IsCommitSql(sql.Split(';')[0]) || s_work.Any(keyword => StartsWith(sql, keyword))));

    private bool NamesTransaction(SyntaxToken token) => token.Parent is IdentifierNameSyntax name && Means(name, _transaction);

    private bool Means(ExpressionSyntax expression, ISymbol? symbol) =>
        symbol is not null
        && SymbolEqualityComparer.Default.Equals(_context.Model.GetSymbolInfo(expression, _context.CancellationToken).Symbol, symbol);

    /// <summary>Whether the token runs only after an exception: what ends the transaction there is not in the way.</summary>
    private static bool IsInCatch(SyntaxToken token, SyntaxNode scope) =>
        token.Parent!.AncestorsAndSelf().TakeWhile(ancestor => ancestor != scope).Any(ancestor => ancestor is CatchClauseSyntax);

    private static IEnumerable<StatementSyntax> SiblingsOf(StatementSyntax statement) => StatementLists.Of(StatementLists.OwnerOf(statement)) ?? [];

    private static bool IsCommitText(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax && statement.DescendantTokens().Any(token => SqlOf(token) is { } sql && IsCommitSql(sql));

    private static bool IsExecution(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax
        && statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText is "ExecuteNonQuery" or "ExecuteNonQueryAsync");

    private static string? SqlOf(SyntaxToken token) =>
        token.IsKind(SyntaxKind.StringLiteralToken)
        || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
        || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
        || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            ? token.ValueText.TrimStart()
            : null;

    private static bool IsCommitSql(string sql) =>
        s_commits.Contains(sql.TrimEnd(';', ' ', '\t', '\r', '\n'), StringComparer.OrdinalIgnoreCase);

    private static bool StartsWith(string sql, string keyword) =>
        sql.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
        && (sql.Length == keyword.Length || !char.IsLetterOrDigit(sql[keyword.Length]));
}
