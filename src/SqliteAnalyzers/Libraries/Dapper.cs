using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>Dapper's Execute and Query families on a connection.</summary>
internal sealed class Dapper : Library
{
    private readonly INamedTypeSymbol _mapper;
    private readonly INamedTypeSymbol? _command;

    private Dapper(INamedTypeSymbol mapper, Compilation compilation)
    {
        _mapper = mapper;
        _command = compilation.GetTypeByMetadataName("Dapper.CommandDefinition");
    }

    public override IEnumerable<string> Names =>
    [
        "Execute", "ExecuteAsync", "Query", "QueryAsync", "QueryFirst", "QueryFirstAsync", "QueryFirstOrDefault", "QueryFirstOrDefaultAsync",
        "QuerySingle", "QuerySingleAsync", "QuerySingleOrDefault", "QuerySingleOrDefaultAsync", "QueryMultiple", "QueryMultipleAsync",
    ];

    public static Dapper? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Dapper.SqlMapper") is { } mapper ? new(mapper, compilation) : null;

    public override bool Owns(IMethodSymbol method) => method.IsMemberOf(_mapper);

    /// <summary>A CommandDefinition stands for its text.</summary>
    public override Value? Create(LibraryCall call) => call.Method.IsMemberOf(_command) ? call.Argument("commandText") : null;

    public override Value? Invoke(LibraryCall call)
    {
        if (!call.Method.IsMemberOf(_mapper) || !call.Method.IsExtensionMethod)
        {
            return null;
        }

        var text = call.Argument("sql") ?? call.Argument("command");
        var drops = call.Method.Name is "Execute" or "ExecuteAsync";
        StatementRunner.Run(
            call.Machine,
            call.Operation,
            call.Receiver,
            text,
            drops ? ResultUse.Dropped : ResultUse.Returned,
            call.ArgumentOperation("transaction") is not null && Connections.IsUnknownTransaction(call.Argument("transaction")));
        return call.Method.Name is "ExecuteReader" or "ExecuteReaderAsync"
            ? Connections.OpenReader(call.Machine, call.Operation, call.Receiver, text)
            : Value.Unknown;
    }
}
