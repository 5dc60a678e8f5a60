using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Rules;

/// <summary>What code mentions that makes files to throw away again.</summary>
internal static class TemporaryFiles
{
    /// <summary>The hashes of the names of .NET's methods for them.</summary>
    public static readonly HashSet<int> Names = [NameHash.Of("GetTempPath"), NameHash.Of("GetTempFileName"), NameHash.Of("CreateTempSubdirectory")];

    /// <summary>The hashes of the names of .NET's methods that copy a file.</summary>
    private static readonly HashSet<int> s_copies = [NameHash.Of("Copy"), NameHash.Of("CopyTo"), NameHash.Of("CopyToAsync")];

    /// <summary>Whether code copies a file to one that is thrown away again.</summary>
    public static bool AreCopiedTo(int[] names) => NameHash.Overlaps(names, Names) && NameHash.Overlaps(names, s_copies);
}
