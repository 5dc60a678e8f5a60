using System.Reflection;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>All rules of the code, by id.</summary>
internal static class RuleTable
{
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
