using System.Reflection;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Torture;

/// <summary>With what a run was made.</summary>
internal static class Versions
{
    public static string Describe()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return $"SqliteAnalyzers.Runtime {Version(typeof(Runtime.SqliteBatchWriter))}, Microsoft.Data.Sqlite {Version(typeof(SqliteConnection))}, "
            + $"SQLitePCLRaw {Version(typeof(SQLitePCL.raw))}, SQLite {connection.ServerVersion}.";
    }

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
