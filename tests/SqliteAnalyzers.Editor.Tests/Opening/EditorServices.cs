using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Editor.Tests.Opening;

/// <summary>
/// The services of the C# editor that show diagnostics and fill the light bulb. They are internal, and called here by reflection.
/// </summary>
internal static class EditorServices
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type s_diagnosticService = FeaturesType("Microsoft.CodeAnalysis.Diagnostics.IDiagnosticAnalyzerService");
    private static readonly Type s_fixService = FeaturesType("Microsoft.CodeAnalysis.CodeFixes.ICodeFixService");

    public static Assembly Features { get; } = Assembly.Load("Microsoft.CodeAnalysis.Features");

    public static Assembly CSharpFeatures { get; } = Assembly.Load("Microsoft.CodeAnalysis.CSharp.Features");

    /// <summary>What the editor underlines in one file, and what it lists of it: errors of the compiler and everything of this package.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(TextDocument document)
    {
        object service = typeof(HostWorkspaceServices).GetMethod(nameof(HostWorkspaceServices.GetRequiredService))!
            .MakeGenericMethod(s_diagnosticService).Invoke(document.Project.Solution.Workspace.Services, null)!;
        var search = (Task)Call(s_diagnosticService, "GetDiagnosticsForSpanAsync", service, document);
        await search;
        object found = search.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(search)!;

        var diagnostics = new List<Diagnostic>();
        foreach (object data in (IEnumerable)found)
        {
            diagnostics.Add(await (Task<Diagnostic>)data.GetType().GetMethod("ToDiagnosticAsync", Members)!.Invoke(data, [document.Project, CancellationToken.None])!);
        }

        return
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("SQLITE", StringComparison.Ordinal))
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What the light bulb offers at a place, in its order. What is offered only below another entry is left out.</summary>
    public static async Task<IReadOnlyList<CodeAction>> LightBulbAsync(TextDocument document, TextSpan span)
    {
        var host = document.Project.Solution.Workspace.Services.HostServices;
        var exports = (IEnumerable)host.GetType().GetInterfaces().SelectMany(type => type.GetMethods())
            .Single(method => method.Name == "GetExports" && method.GetGenericArguments().Length == 1)
            .MakeGenericMethod(s_fixService).Invoke(host, null)!;
        object lazy = exports.Cast<object>().Single();
        object service = lazy.GetType().GetProperty("Value")!.GetValue(lazy)!;

        object collections = Call(s_fixService, "StreamFixesAsync", service, document, span);
        var element = s_fixService.GetMethod("StreamFixesAsync")!.ReturnType.GetGenericArguments()[0];
        var listed = (Task<List<object>>)typeof(EditorServices).GetMethod(nameof(ToListAsync), Members)!.MakeGenericMethod(element).Invoke(null, [collections])!;

        var actions = new List<CodeAction>();
        foreach (object collection in await listed)
        {
            foreach (object fix in (IEnumerable)collection.GetType().GetProperty("Fixes", Members)!.GetValue(collection)!)
            {
                actions.Add((CodeAction)fix.GetType().GetField("Action", Members)!.GetValue(fix)!);
            }
        }

        return actions;
    }

    /// <summary>Calls a method of a service with these arguments by type, and with what means "all" or nothing for every other.</summary>
    private static object Call(Type service, string method, object instance, params object[] arguments)
    {
        var called = service.GetMethod(method)!;
        return called.Invoke(instance, [.. called.GetParameters().Select(parameter => Argument(parameter.ParameterType, arguments))])!;
    }

    private static object? Argument(Type type, object[] arguments)
    {
        object? given = arguments.FirstOrDefault(type.IsInstanceOfType);
        if (given is not null || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null)
        {
            return given;
        }

        // DiagnosticIdFilter and DiagnosticKind.
        return type.GetProperty("All", Members)?.GetValue(null) ?? type.GetField("All", Members)?.GetValue(null) ?? Activator.CreateInstance(type);
    }

    private static async Task<List<object>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<object>();
        await foreach (var item in items)
        {
            list.Add(item!);
        }

        return list;
    }

    private static Type FeaturesType(string name) => Assembly.Load("Microsoft.CodeAnalysis.Features").GetType(name, throwOnError: true)!;
}
