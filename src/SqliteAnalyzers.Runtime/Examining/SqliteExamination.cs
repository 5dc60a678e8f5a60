using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Looks at a database and a connection to it for what makes programs lose rows, wait, fail with 'database is locked' or fill the disk: settings, the -wal file and who may keep it,
/// the versions of SQLite and Microsoft.Data.Sqlite, the file system, left-over files, and on demand the integrity of the content.
/// </summary>
/// <remarks>
/// Nothing is written but a PASSIVE checkpoint, which waits for nobody, where the connection may make one: it shows whether somebody keeps the -wal file.
/// <see cref="ToString"/> gives the findings as a table:
/// <code>
/// Console.WriteLine(SqliteExamination.Of(connection));
/// </code>
/// </remarks>
public sealed class SqliteExamination
{
    private SqliteExamination(string file, IReadOnlyList<SqliteFinding> findings)
    {
        File = file;
        Findings = findings;
    }

    /// <summary>The full path of the database's file; empty for a database in memory or a temporary one.</summary>
    public string File { get; }

    /// <summary>What was found, the worst first. Empty if all is as recommended.</summary>
    public IReadOnlyList<SqliteFinding> Findings { get; }

    /// <summary>Looks at the connection and its main database.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="checkIntegrity">Whether to run <c>PRAGMA quick_check</c>, which reads the whole database.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public static SqliteExamination Of(SqliteConnection connection, bool checkIntegrity = false)
    {
        var handle = NativeConnection.OpenHandle(connection, "An examination");
        var examined = ExaminedDatabase.Read(connection, handle);
        return new(examined.File, Sorted([.. ConnectionFindings.Of(examined), .. FileFindings.Of(examined, checkIntegrity)]));
    }

    /// <summary>Looks at a database file, through a read-only connection. What only connections have, such as a busy timeout, is not looked at.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="checkIntegrity">Whether to run <c>PRAGMA quick_check</c>, which reads the whole database.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="SqliteException">The database cannot be read, or the file is none.</exception>
    public static SqliteExamination OfFile(string path, bool checkIntegrity = false)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (!System.IO.File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}' to examine.", path);
        }

        var before = FileFindings.BeforeOpening(path);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        try
        {
            var examined = ExaminedDatabase.Read(connection, connection.Handle!);
            return new(examined.File, Sorted([.. before, .. FileFindings.Of(examined, checkIntegrity)]));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_READONLY && before.Count > 0)
        {
            // What stands beside it must be undone first, by somebody who may write: that is what there is to find.
            return new(NativeConnection.FileName(connection.Handle!, "main"), Sorted(before));
        }
    }

    /// <summary>The findings as a table, a line for each, and below it why and what to do.</summary>
    public override string ToString() => FindingTable.Of(File, Findings);

    private static List<SqliteFinding> Sorted(IEnumerable<SqliteFinding> findings) =>
        findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Rule ?? "Z", StringComparer.Ordinal).ToList();
}
