using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace SqliteAnalyzers.Editor.Tests.LightBulb;

/// <summary>An entry of the light bulb.</summary>
internal sealed class OfferedFix(TextDocument document, CodeAction action)
{
    public string Title => action.Title;

    /// <summary>The document as the user has it after a click.</summary>
    public async Task<Document> ApplyAsync()
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }
}
