using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>Dapper's Execute and Query families on a connection. A closed connection they open themselves, and close again.</summary>
internal static class Dapper
{
    private static readonly string[] s_queries =
    [
        "Query", "QueryAsync", "QueryFirst", "QueryFirstAsync", "QueryFirstOrDefault", "QueryFirstOrDefaultAsync",
        "QuerySingle", "QuerySingleAsync", "QuerySingleOrDefault", "QuerySingleOrDefaultAsync", "QueryMultiple", "QueryMultipleAsync",
    ];

    public static void Describe(LibraryTable table)
    {
        if (table.Find("Dapper.SqlMapper") is not { } mapper)
        {
            return;
        }

        const Words Mention = Words.Executes | Words.Opens;
        table.Method(mapper, ["Execute", "ExecuteAsync"], call => Run(call, new(ResultUse.Dropped, ResultUse.Dropped, Loop: OverParameters(call))), Mention);
        table.Method(mapper, ["ExecuteScalar", "ExecuteScalarAsync"], call => Run(call, new(ResultUse.Returned, ResultUse.Dropped)), Mention);
        table.Method(mapper, ["ExecuteReader", "ExecuteReaderAsync"], OpenReader, Mention | Words.Begins);
        table.Method(mapper, ["QueryUnbufferedAsync"], OpenRows, Mention | Words.Begins);
        table.Method(mapper, s_queries, call => IsUnbuffered(call) ? OpenRows(call) : Run(call, new(ResultUse.Returned, ResultUse.Dropped)), Mention | Words.Begins);

        // The rows of a reader, read while they are enumerated.
        table.Method(mapper, ["Parse"], call => call.Receiver.Where(atom => atom is AbstractObject { Kind: ObjectKind.Reader }));

        // A CommandDefinition stands for its text.
        table.Constructor(table.Find("Dapper.CommandDefinition"), call => call.Argument("commandText"));
    }

    /// <summary>A list as parameters is gone over: the text is executed once for each of its items. One of a single item is no loop.</summary>
    private static Loop? OverParameters(LibraryCall call)
    {
        var parameters = call.ArgumentOperation("param");
        while (parameters is IConversionOperation { OperatorMethod: null, Operand: var converted })
        {
            parameters = converted;
        }

        return parameters?.Type is not { } type || !IsList(type) || call.Effects.ItemsIn(parameters) is var items && items == 1
            ? null
            : new(call.At, AwaitsOther: false) { IsOverItems = true, Rounds = items };
    }

    /// <summary>As Dapper sees it: no text, and nothing that names its values.</summary>
    private static bool IsList(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_String
        && type.Name is not ("DynamicParameters" or "ExpandoObject")
        && Enumerations(type).FirstOrDefault() is { } item
        && item is not INamedTypeSymbol { Name: "KeyValuePair" };

    /// <summary>The types of the items that an object of the type enumerates.</summary>
    private static IEnumerable<ITypeSymbol> Enumerations(ITypeSymbol type) => type is IArrayTypeSymbol { ElementType: var element }
        ? [element]
        : type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self ? [self] : Enumerable.Empty<INamedTypeSymbol>())
            .Where(@interface => @interface.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .Select(@interface => @interface.TypeArguments[0]);

    private static bool IsUnbuffered(LibraryCall call) => call.Argument("buffered")?.Only<Constant>() is { Value: false };

    private static Value? TextOf(LibraryCall call) => call.Argument("sql") ?? call.Argument("command");

    private static Value? Run(LibraryCall call, StatementRunner.Execution how)
    {
        if (!call.Method.IsExtensionMethod)
        {
            return null;
        }

        var opened = OpenClosed(call);
        var text = Execute(call, how);
        foreach (var connection in opened)
        {
            call.Effects.RaiseOn(call.Certainty(connection), item => new Closes(call.At, item));
        }

        return how.Result == ResultUse.Dropped ? Value.Unknown : Connections.ScalarOf(call.Effects, text);
    }

    private static Value? OpenReader(LibraryCall call)
    {
        OpenClosed(call);
        var text = Execute(call, new(ResultUse.Returned, ResultUse.Returned));
        return Value.Of(Connections.OpenReader(call.Effects, call.Receiver, text));
    }

    /// <summary>Rows that are read while they are enumerated, and not before.</summary>
    private static Value? OpenRows(LibraryCall call)
    {
        OpenClosed(call);
        var text = Execute(call, new(ResultUse.Returned, ResultUse.Returned));
        if (StatementRunner.AnswersCheckpoint(text))
        {
            return Connections.ScalarOf(call.Effects, text);
        }

        var rows = call.Effects.Allocate(ObjectKind.Rows);
        call.Effects.Set(rows, Slot.Connection, call.Receiver);
        return Value.Of(rows);
    }

    private static Value? Execute(LibraryCall call, StatementRunner.Execution how)
    {
        var text = TextOf(call);
        var enlistment = call.ArgumentOperation("transaction") is null ? Enlistment.None : Connections.EnlistmentOf(call.Argument("transaction"), enlistsByItself: false);
        StatementRunner.Run(call.Effects, call.Receiver, text, how with { Enlistment = enlistment });
        return text;
    }

    private static IReadOnlyList<AbstractObject> OpenClosed(LibraryCall call)
    {
        var closed = call.Receivers(ObjectKind.Connection)
            .Where(connection => call.State[connection].Must(Component.Opening, Typestate.Closed))
            .ToArray();
        var isForNothingStored = StatementRunner.AsksForNothingStored(TextOf(call));
        foreach (var connection in call.Receivers(ObjectKind.Connection))
        {
            call.Effects.RaiseOn(call.Certainty(connection), item => new Opens(call.At, item, IsImplicit: true) { IsForNothingStored = isForNothingStored });
        }

        return closed;
    }
}
