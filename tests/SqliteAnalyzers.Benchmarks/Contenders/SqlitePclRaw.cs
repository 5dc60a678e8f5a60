using System.Text;
using SqliteAnalyzers.Benchmarks.Bulk;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>The native calls one by one, as SQLitePCL.raw offers them, without allocation: what one would write by hand.</summary>
internal sealed class SqlitePclRaw(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        var handle = Connection.Handle!;
        Check(raw.sqlite3_prepare_v2(handle, MeasurementTable.Insert, out var insert));
        using (insert)
        {
            Span<byte> utf8 = stackalloc byte[256];
            foreach (var batch in Batches(rows, batchSize))
            {
                Check(raw.sqlite3_exec(handle, "BEGIN IMMEDIATE"));
                foreach (var m in batch)
                {
                    Check(raw.sqlite3_bind_int64(insert, 1, m.Id));
                    Check(raw.sqlite3_bind_text(insert, 2, utf8[..Encoding.UTF8.GetBytes(m.Name, utf8)]));
                    Check(raw.sqlite3_bind_double(insert, 3, m.Value));
                    Check(raw.sqlite3_bind_int64(insert, 4, m.Taken));
                    var result = raw.sqlite3_step(insert);
                    Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
                    Check(raw.sqlite3_reset(insert));
                }

                Check(raw.sqlite3_exec(handle, "COMMIT"));
            }
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(Connection.Handle!).utf8_to_string());
        }
    }
}
