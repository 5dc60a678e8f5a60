using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Something beside the code itself and the summaries of what it calls that a summary rests on.</summary>
internal abstract record Premise
{
    /// <summary>Whether it is so in the program as it is now.</summary>
    public abstract bool Holds(FlowEngine engine, CancellationToken cancellation);
}

/// <summary>Whether a piece of code can lead to a library.</summary>
internal sealed record MayMatterPremise(CodeUnit Unit, bool Answer) : Premise
{
    public override bool Holds(FlowEngine engine, CancellationToken cancellation) => engine.Relevance.MayMatter(Unit, cancellation) == Answer;
}

/// <summary>Whether what a member's initializer or constructor leaves in it, it holds for good.</summary>
internal sealed record InitialValuePremise(ObjectMember Member, bool Answer) : Premise
{
    public override bool Holds(FlowEngine engine, CancellationToken cancellation) =>
        engine.InitialValues.IsForGood(Member, cancellation) == Answer;
}

/// <summary>Whether what constructors have left in a member of the object that another member keeps is there for good.</summary>
internal sealed record LeftAlonePremise(ObjectMember Keeper, ObjectMember Inner, bool Answer) : Premise
{
    public override bool Holds(FlowEngine engine, CancellationToken cancellation) =>
        engine.InitialValues.IsLeftAlone(Keeper, Inner, cancellation) == Answer;
}

/// <summary>The text of a member.</summary>
internal sealed record TextPremise(CodeMember Member, ulong BodyHash) : Premise
{
    public override bool Holds(FlowEngine engine, CancellationToken cancellation) => engine.Project.Entry(Member)?.BodyHash == BodyHash;
}
