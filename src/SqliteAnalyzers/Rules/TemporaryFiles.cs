using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules;

/// <summary>What code mentions that makes files to throw away again.</summary>
internal static class TemporaryFiles
{
    /// <summary>The hashes of the names of .NET's methods for them.</summary>
    public static readonly HashSet<int> Names = [NameHash.Of("GetTempPath"), NameHash.Of("GetTempFileName"), NameHash.Of("CreateTempSubdirectory")];
}
