using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>SQLITE5002: the file of a database is read, moved, deleted or replaced while this process keeps it open.</summary>
internal sealed class DatabaseFileTouchedOutsideSqlite : TreeRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.DatabaseFileTouchedOutsideSqlite;

    public override Words Words => Words.Files;

    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation)
    {
        if (project.IsTestProject || project.Databases is not { } databases)
        {
            yield break;
        }

        // Most code that touches files touches no database.
        if (databases.All(cancellation).Count == 0)
        {
            yield break;
        }

        var calls = new FileCalls(model, cancellation);
        var touches = new DatabaseFileTouch(model, project, databases, calls, cancellation);
        foreach (var call in calls.DirectlyIn(model.SyntaxTree.GetRoot(cancellation)).GroupBy(call => call.Call))
        {
            if (call.Select(touches.HarmOf).OfType<FileHarm>().LastOrDefault() is { } harm)
            {
                yield return Diagnostic.Create(Descriptor, call.Key.GetLocation(), harm.Properties, harm.What, harm.Why);
            }
        }
    }
}
