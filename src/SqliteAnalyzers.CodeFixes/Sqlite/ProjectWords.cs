using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// What the project says, anywhere, that decides what may be done to its connections.
/// </summary>
internal static class ProjectWords
{
    /// <summary>SQL that must run before anything else on a new database or an encrypted one.</summary>
    private static readonly Regex s_setup = new(
        @"\b(page_size|auto_vacuum|(hex|text|re|hexre|textre)key|cipher\w*|kdf_iter|kdf_algorithm|hmac_\w+|legacy\w*|plaintext_header_size|mc_legacy_wal)\b|pragma\s+([\w""]+\.)?(key|encoding)\b|^\s*(key|encoding)\s*(=|\(|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex s_attach = new(@"\battach\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex s_begin = new(@"^\s*(begin|savepoint)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly string[] s_natives = ["sqlite3_key", "sqlite3_key_v2", "sqlite3_rekey", "sqlite3_rekey_v2"];

    private static readonly string[] s_files =
        ["Copy", "CopyTo", "CopyToAsync", "Move", "MoveTo", "Replace", "Delete", "ReadAllBytes", "ReadAllBytesAsync", "OpenRead", "CreateEntryFromFile", "CreateFromDirectory"];

    private static readonly ConditionalWeakTable<SyntaxTree, Said> s_said = new();

    /// <summary>Whether another database may be attached to a connection.</summary>
    public static bool Attaches(Compilation compilation, CancellationToken cancellationToken) => Any(compilation, said => said.Attaches, cancellationToken);

    /// <summary>Whether something may have to be set on a database before anything else is.</summary>
    public static bool SetsUp(Compilation compilation, CancellationToken cancellationToken) => Any(compilation, said => said.SetsUp, cancellationToken);

    /// <summary>Whether files are copied, moved or deleted: a database in WAL mode consists of more than one.</summary>
    public static bool HandlesFiles(Compilation compilation, CancellationToken cancellationToken) => Any(compilation, said => said.HandlesFiles, cancellationToken);

    /// <summary>
    /// Whether a member that calls this one, or one that calls that, as far as names say, begins a transaction: then the connection this one
    /// was given may be in it.
    /// </summary>
    public static bool MayBeCalledInTransaction(Compilation compilation, string member, CancellationToken cancellationToken)
    {
        var members = compilation.SyntaxTrees.SelectMany(tree => s_said.GetValue(tree, key => Said.By(key, cancellationToken)).Members).ToList();
        var reached = new HashSet<string>(StringComparer.Ordinal) { member };
        var callers = new Queue<string>([member]);
        while (callers.Count > 0)
        {
            var called = callers.Dequeue();
            foreach (var caller in members.Where(caller => caller.Name != called && caller.Names.Contains(called)))
            {
                if (caller.BeginsTransaction)
                {
                    return true;
                }

                if (reached.Add(caller.Name))
                {
                    callers.Enqueue(caller.Name);
                }
            }
        }

        return false;
    }

    private static bool Any(Compilation compilation, Func<Said, bool> says, CancellationToken cancellationToken) =>
        compilation.SyntaxTrees.Any(tree => says(s_said.GetValue(tree, key => Said.By(key, cancellationToken))));

    private sealed class Said
    {
        public bool Attaches { get; private set; }

        public bool SetsUp { get; private set; }

        public bool HandlesFiles { get; private set; }

        public List<Member> Members { get; } = [];

        public static Said By(SyntaxTree tree, CancellationToken cancellationToken)
        {
            var said = new Said();
            var root = tree.GetRoot(cancellationToken);
            said.Members.AddRange(root.DescendantNodes().Where(IsMember).Select(MemberOf));
            foreach (var token in root.DescendantTokens())
            {
                switch ((SyntaxKind)token.RawKind)
                {
                    case SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken
                        or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken:
                        said.Attaches |= s_attach.IsMatch(token.ValueText);
                        said.SetsUp |= s_setup.IsMatch(token.ValueText);
                        break;
                    case SyntaxKind.IdentifierToken:
                        said.SetsUp |= Array.IndexOf(s_natives, token.ValueText) >= 0;
                        said.HandlesFiles |= token.ValueText == "FileStream"
                            || Array.IndexOf(s_files, token.ValueText) >= 0 && IsOfFile(token);
                        break;
                }
            }

            return said;
        }

        private static bool IsMember(SyntaxNode node) =>
            node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or GlobalStatementSyntax or FieldDeclarationSyntax;

        private static Member MemberOf(SyntaxNode node)
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                _ => "",
            };
            var tokens = (node is GlobalStatementSyntax ? node.Parent! : node).DescendantTokens().ToList();
            var names = new HashSet<string>(tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
            return new Member(name, names, names.Any(Begins) || tokens.Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && s_begin.IsMatch(token.ValueText)));
        }

        private static bool Begins(string name) =>
            name.StartsWith("BeginTransaction", StringComparison.Ordinal)
            || name is "SqliteTransaction" or "DbTransaction" or "IDbTransaction" or "SqliteBatchWriter" or "UseTransaction";

        /// <summary>Whether the member is one of <c>File</c>, <c>FileInfo</c> or a zip archive, as far as its receiver's name says.</summary>
        private static bool IsOfFile(SyntaxToken member) =>
            member.Parent?.Parent?.ToString() is { } access
            && (access.IndexOf("file", StringComparison.OrdinalIgnoreCase) >= 0
                || access.IndexOf("zip", StringComparison.OrdinalIgnoreCase) >= 0
                || access.IndexOf("info", StringComparison.OrdinalIgnoreCase) >= 0
                || access.IndexOf("directory", StringComparison.OrdinalIgnoreCase) >= 0
                || access.IndexOf("archive", StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <param name="Name">Its name; empty for statements at the top level and fields.</param>
    /// <param name="Names">The names in it.</param>
    /// <param name="BeginsTransaction">Whether it begins a transaction, or has one.</param>
    private sealed record Member(string Name, HashSet<string> Names, bool BeginsTransaction);
}
