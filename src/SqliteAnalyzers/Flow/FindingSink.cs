using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>Where a rule says what it has found at one event, and what it may ask.</summary>
internal readonly struct FindingSink(FlowEngine engine, Frame frame, FlowRule rule, SqliteEvent e, State before)
{
    public Compilation Compilation => engine.Compilation;

    public ProjectFacts Project => engine.Project;

    public void Report(
        IEnumerable<Evidence> needs,
        IEnumerable<string> arguments,
        SqlSource? text = null,
        AbstractObject? subject = null,
        IEnumerable<DatabaseIdentity>? databases = null,
        params (string Key, string? Value)[] properties) =>
        frame.Add(new Finding(
            rule,
            e.Operation,
            needs.ToImmutableArray(),
            text,
            arguments.ToImmutableArray(),
            subject,
            ScopeNames.Of(subject, before, e.Operation, engine).SetItems(
                properties.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))),
            (databases ?? []).ToImmutableArray()));
}
