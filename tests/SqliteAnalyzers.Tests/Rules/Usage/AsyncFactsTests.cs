using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>What SQLITE5004 and the suppressor rest on: the driver's asynchronous methods have done their work when they return.</summary>
public sealed class AsyncFactsTests : IDisposable
{
    private static readonly Type[] s_types = [typeof(SqliteConnection), typeof(SqliteCommand), typeof(SqliteDataReader), typeof(SqliteTransaction)];

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public static TheoryData<string> Methods => [.. s_types.SelectMany(AsyncMethods).Select(method => $"{method.ReflectedType!.Name}.{method.Name}").Distinct()];

    public void Dispose() => _connection.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_task_is_completed_when_it_is_returned(string name)
    {
        var type = s_types.Single(type => name.StartsWith(type.Name + ".", StringComparison.Ordinal));
        foreach (var method in AsyncMethods(type).Where(method => name == $"{type.Name}.{method.Name}"))
        {
            var closed = method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(long)) : method;
            var arguments = closed.GetParameters().Select(ArgumentFor).ToArray();

            // One that the driver does not support has failed when it returns.
            object? result;
            try
            {
                result = closed.Invoke(Target(type), arguments);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is NotSupportedException or SqliteException or InvalidOperationException)
            {
                continue;
            }

            Assert.True((bool)result!.GetType().GetProperty(nameof(Task.IsCompleted))!.GetValue(result)!, closed.ToString());
        }
    }

    [Fact]
    public void A_query_has_run_to_its_end_on_the_calling_thread()
    {
        var thread = 0;
        _connection.Open();
        _connection.CreateFunction("note", () => thread = Environment.CurrentManagedThreadId);
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT note()";

        var task = command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Assert.True(task.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    private static IEnumerable<MethodInfo> AsyncMethods(Type type) =>
        type.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.DeclaringType != typeof(MarshalByRefObject));

    private static object? ArgumentFor(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "main"
        : parameter.ParameterType == typeof(string[]) ? new string?[] { null }
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;

    private object Target(Type type)
    {
        if (type == typeof(SqliteConnection))
        {
            return new SqliteConnection("Data Source=:memory:");
        }

        _connection.Close();
        _connection.Open();
        if (type == typeof(SqliteTransaction))
        {
            return _connection.BeginTransaction();
        }

        var command = _connection.CreateCommand();
        command.CommandText = "SELECT 1";
        if (type == typeof(SqliteCommand))
        {
            return command;
        }

        DbDataReader reader = command.ExecuteReader();
        reader.Read();
        return reader;
    }
}
