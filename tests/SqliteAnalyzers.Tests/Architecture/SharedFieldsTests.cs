using System.Reflection;
using System.Runtime.CompilerServices;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Tests.Architecture;

/// <summary>
/// One analysis is asked by many threads at once. A reference is written as a whole, but of a value that may be missing another thread
/// can see that it is there before it sees what it is. An interpreter belongs to one thread.
/// </summary>
public sealed class SharedFieldsTests
{
    [Fact]
    public void No_field_that_is_written_later_holds_a_value_that_may_be_missing() => Assert.Empty(
        from type in typeof(SqliteFlowAnalyzer).Assembly.GetTypes()
        where type.IsClass && type != typeof(Interpreter) && !IsGenerated(type)
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where !field.IsInitOnly && (!IsGenerated(field) || field.Name.EndsWith("BackingField", StringComparison.Ordinal)) && Nullable.GetUnderlyingType(field.FieldType) is not null
        select $"{type.Name}.{field.Name}");

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || (member.DeclaringType is { } outer && member is Type && IsGenerated(outer));
}
