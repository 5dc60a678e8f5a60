using System.Collections.Immutable;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>
/// A rule about writes that no transaction holds together. It speaks where the code shows that none is open; where a connection was
/// there when a method was entered, its callers are asked.
/// </summary>
internal abstract class UntransactedWriteRule : FlowRule
{
    /// <summary>Of a finding that is an answer and no more: its argument says what is known of the transaction.</summary>
    private const string Answer = nameof(Answer);

    /// <summary>Of a finding that asks: whether a caller hands in the connection or the command.</summary>
    private const string HandedIn = nameof(HandedIn);

    /// <summary>Of a finding that asks, or is an answer: the member that holds the connection.</summary>
    private const string Holder = nameof(Holder);

    /// <summary>What is known of the transaction that a write is executed in.</summary>
    private enum Knowledge
    {
        /// <summary>One is open, or may be.</summary>
        Open,

        /// <summary>None is open.</summary>
        None,

        /// <summary>Nothing has begun or ended one since the method was entered, and a caller hands in the connection.</summary>
        AsHandedIn,

        /// <summary>Nothing has begun or ended one since the method was entered, and the object that it belongs to holds the connection.</summary>
        AsHeld,

        Unknown,
    }

    public override int Hops => TransactionNeeds.Hops;

    /// <remarks>What the code makes or opens itself is in no transaction of a caller.</remarks>
    public sealed override bool DependsOnCaller(SqliteEvent e) => e switch
    {
        Executes { IsOfRows: true, Connection.Origin: null } write => LeavesToCaller(write),
        ExecutesUnknown { IsHandedIn: true, Connection.Origin: null } => true,
        _ => false,
    };

    public sealed override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        if (finding.Properties.ContainsKey(Answer)
            || project.IsTestProject
            || project.UsesTransactionScope
            || finding.Databases.Any(database => database.IsMemory)
            || !IsAboutWork(finding, project, cancellation))
        {
            return null;
        }

        if (project.AnswersIn(finding.At.Member, finding, cancellation).Any(answer => KnowledgeOf(answer) == Knowledge.Open))
        {
            return null;
        }

        // Where nothing in the project begins a transaction, no caller has one open on what its objects hold.
        if (!finding.AsksCallers || (!project.BeginsTransactions(cancellation) && !finding.Properties.ContainsKey(HandedIn)))
        {
            return WithoutQuestion(finding);
        }

        var (answers, wereAllAsked) = project.AnswersOfCallers(finding, isOpen: found => KnowledgeOf(found) is Knowledge.AsHandedIn or Knowledge.AsHeld or Knowledge.Unknown, cancellation);
        var known = answers.Select(KnowledgeOf).ToArray();
        if (Array.IndexOf(known, Knowledge.Open) >= 0 || answers.Any(answer => answer.Databases.Any(database => database.IsMemory)))
        {
            return null;
        }

        return Array.IndexOf(known, Knowledge.None) >= 0
            || answers.Any(answer => KnowledgeOf(answer) == Knowledge.AsHeld && !MayBeHeldOpen(answer))
            || (wereAllAsked && !finding.Properties.ContainsKey(HandedIn) && !MayBeHeldOpen(finding))
                ? WithoutQuestion(finding)
                : null;

        bool MayBeHeldOpen(Finding of) => project.HeldTransactions(cancellation)
            .MayBeOn(of.Properties.TryGetValue(Holder, out var holder) && holder is not null ? ObjectMember.FieldOf(holder) : null, of.Databases, cancellation);
    }

    private static Finding WithoutQuestion(Finding finding) => finding with { Properties = finding.Properties.Remove(HandedIn).Remove(Holder) };

    /// <summary>Whether a caller may have more to say of a write that the code says nothing of.</summary>
    protected abstract bool LeavesToCaller(Executes write);

    /// <summary>Whether the source around a finding bears it out.</summary>
    protected abstract bool IsAboutWork(Finding finding, ProjectFacts project, CancellationToken cancellation);

    /// <summary>Reports a write, if no transaction is open or nothing is known but what callers know.</summary>
    /// <param name="write">The write.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="sink">Where to.</param>
    /// <param name="question">By what place callers are asked.</param>
    /// <param name="needs">The other writes.</param>
    /// <param name="arguments">Of the message.</param>
    /// <param name="maker">Of all that is found of it, only the first is reported.</param>
    /// <param name="properties">What the rule wants to know again when the project is known.</param>
    protected static void Report(
        Executes write, State before, FindingSink sink, Place question, IEnumerable<Evidence> needs, IEnumerable<string> arguments, string? maker = null, params (string Key, string? Value)[] properties)
    {
        var knowledge = KnowledgeOf(write, before);
        if (knowledge == Knowledge.Open)
        {
            ReportAnswer(write, before, sink, question);
        }
        else if (knowledge is Knowledge.None or Knowledge.AsHandedIn or Knowledge.AsHeld)
        {
            var asks = knowledge != Knowledge.None;
            sink.Report(
                needs,
                arguments,
                subject: write.Connection,
                databases: before.DatabasesOf(write.Connection),
                maker: maker,
                origin: question,
                asksCallers: asks,
                properties:
                [
                    .. properties,
                    .. knowledge == Knowledge.AsHandedIn ? [(HandedIn, DiagnosticProperties.True)] : Array.Empty<(string, string?)>(),
                    .. knowledge == Knowledge.AsHeld ? [(Holder, HolderOf(write, before))] : Array.Empty<(string, string?)>(),
                ]);
        }
    }

    /// <summary>Whether a transaction is open, or may be.</summary>
    protected static bool IsInTransaction(Executes write, State before) => KnowledgeOf(write, before) == Knowledge.Open;

    /// <summary>Tells a method that asks what is known where it is called.</summary>
    protected static void ReportAnswer(Executes write, State before, FindingSink sink, Place question)
    {
        var knowledge = KnowledgeOf(write, before);
        sink.Report(
            [],
            [knowledge.ToString()],
            databases: before.DatabasesOf(write.Connection),
            origin: question,
            asksCallers: knowledge is Knowledge.AsHandedIn or Knowledge.AsHeld or Knowledge.Unknown,
            properties: [(Answer, DiagnosticProperties.True), (Holder, HolderOf(write, before))]);
    }

    private static string? HolderOf(Executes write, State before) => Ownership.MemberHolding(before, write.Connection)?.ToString();

    private static Knowledge KnowledgeOf(Finding answer) =>
        answer.Properties.ContainsKey(Answer) && Enum.TryParse<Knowledge>(answer.Arguments[0], out var knowledge) ? knowledge : Knowledge.Unknown;

    /// <remarks>A transaction on another connection may be meant for this one: two contexts, or a connection held by two objects, may be one.</remarks>
    private static Knowledge KnowledgeOf(Executes write, State before)
    {
        if (write.Enlistment == Enlistment.Unknown
            || before.StateOf(write.Connection).HasBegunUnlessBegun(write.Connection)
            || before.Get(write.Connection, Slot.PendingTransaction) is not null
            || before.Objects.Keys.Any(item => item.Kind == ObjectKind.Connection && before[item].May(Component.AnyTransaction)))
        {
            return Knowledge.Open;
        }

        return before[write.Connection].Must(Component.Transaction, Typestate.NoTransaction) ? (IsKept(write.Connection, before) ? Knowledge.AsHeld : Knowledge.None)
            : !IsAsAtEntry(write.Connection, before) ? Knowledge.Unknown
            : write.Enlistment == Enlistment.HandedIn || IsHandedIn(write.Connection) ? Knowledge.AsHandedIn
            : Knowledge.AsHeld;
    }

    /// <remarks>A delegate is handed a connection by code of which nothing is known where it goes elsewhere.</remarks>
    private static bool IsHandedIn(AbstractObject connection) =>
        connection is EntryObject { Path: var path }
        && (path.RootPath.Root is PathRoot.Parameter or PathRoot.Variable || path is { Parent.Root: PathRoot.Result, Parent.Length: 0, Member.Kind: ObjectMemberKind.Index });

    /// <summary>Whether an object that was there at entry, or a static member, holds a connection that the code has made.</summary>
    /// <remarks>It may be made only where there is none yet: on the one that there is a caller may have begun a transaction.</remarks>
    private static bool IsKept(AbstractObject connection, State before) =>
        connection is MadeObject && before.Variables.Any(pair =>
            pair.Key is StaticKey or Cell { Object: EntryObject, Member.Kind: ObjectMemberKind.Field }
            && !(pair.Key is Cell { Object: var owner } && before.IsFresh(owner))
            && pair.Value.Contains(connection));

    /// <summary>Whether nothing has begun or ended a transaction on the connection since the method was entered, but what has ended again.</summary>
    private static bool IsAsAtEntry(AbstractObject connection, State before)
    {
        if (!connection.ExistsAtEntry)
        {
            return false;
        }

        foreach (var row in before.StateOf(connection).RowsOf(connection, Component.Transaction))
        {
            var bits = row.Bits & Component.Transaction & ~Typestate.NoTransaction;
            if ((row.If.IsAlways && bits != 0) || (row.If.IsUnknown && (bits & ~row.Inherited) != 0))
            {
                return false;
            }
        }

        return true;
    }
}
