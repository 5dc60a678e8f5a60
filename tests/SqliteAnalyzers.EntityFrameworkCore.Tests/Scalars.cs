using System.Data.Common;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

internal static class Scalars
{
    public static object? Scalar(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A pragma on the connection of a context, which is opened as Entity Framework Core opens it.</summary>
    public static object? Pragma(this DbContext context, string name)
    {
        context.Database.OpenConnection();
        try
        {
            return context.Database.GetDbConnection().Scalar($"PRAGMA {name}");
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }
}
