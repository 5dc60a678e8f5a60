using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>The SQL text that Entity Framework Core is given to execute, on a connection of its own of which nothing is known.</summary>
internal sealed class EntityFrameworkCore : Library
{
    private static readonly HashSet<string> s_executions = new(StringComparer.Ordinal)
    {
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync",
    };

    private readonly INamedTypeSymbol _extensions;
    private readonly AbstractObject _connection;

    private EntityFrameworkCore(INamedTypeSymbol extensions)
    {
        _extensions = extensions;
        _connection = new(ObjectKind.Connection, Symbol: extensions);
    }

    public override IEnumerable<string> Names => s_executions;

    public static EntityFrameworkCore? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions") is { } extensions ? new(extensions) : null;

    public override bool Owns(IMethodSymbol method) => method.IsMemberOf(_extensions) && s_executions.Contains(method.Name);

    /// <summary>All of them answer with the number of rows changed, and drop the rows of the statement.</summary>
    public override Value? Invoke(LibraryCall call)
    {
        if (!Owns(call.Method))
        {
            return null;
        }

        var machine = call.Machine;
        machine.State = Transitions.Forget(machine.State, _connection);
        StatementRunner.Run(machine, call.Operation, Value.Of(_connection), call.Argument("sql"), ResultUse.Dropped);
        machine.State = Transitions.Forget(machine.State, _connection);
        return Value.Unknown;
    }
}
