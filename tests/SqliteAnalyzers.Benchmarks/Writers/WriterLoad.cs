using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>A number of producers, each of which writes a unit, waits until it is durable, and writes the next one, for a time.</summary>
internal sealed class WriterLoad(int producers, TimeSpan time)
{
    // Code is compiled and connections are opened in the meantime.
    private readonly TimeSpan _uncounted = time / 4;
    private volatile bool _isCounted;
    private volatile bool _isOver;
    private long _lastKey;

    public WriterSample Run(WriterContender contender, SharedDatabase database)
    {
        database.Create();
        List<Producer> results;
        using (var writing = contender.Open(database))
        {
            var work = Enumerable.Range(0, producers).Select(_ => contender.HasThreads ? OnThread(writing) : Task.Run(() => ProduceAsync(writing.NewProducer()))).ToArray();
            Thread.Sleep(_uncounted);
            _isCounted = true;
            Thread.Sleep(time);
            _isOver = true;
            results = [.. Task.WhenAll(work).GetAwaiter().GetResult()];
        }

        var acknowledged = results.Sum(r => r.Acknowledged);
        if (database.CountRows() is var rows && rows != acknowledged)
        {
            throw new InvalidOperationException($"{contender.Title}: {acknowledged} units were acknowledged, and {rows} are there.");
        }

        return WriterSample.Of(results.SelectMany(r => r.Milliseconds), results.Sum(r => r.InTime) / time.TotalSeconds, results.Min(r => r.InTime) / Math.Max(1, results.Average(r => r.InTime)), results.Sum(r => r.Errors));
    }

    private Task<Producer> OnThread(Writing writing)
    {
        var result = new TaskCompletionSource<Producer>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                result.SetResult(ProduceAsync(writing.NewProducer()).GetAwaiter().GetResult());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        }).Start();
        return result.Task;
    }

    private async Task<Producer> ProduceAsync(Func<long, Task> write)
    {
        var result = new Producer();
        while (!_isOver)
        {
            // The keys of all ascend together, as those that SQLite gives do.
            var key = Interlocked.Increment(ref _lastKey);
            var start = Stopwatch.GetTimestamp();
            try
            {
                await write(key);
                result.Acknowledged++;
            }
            catch (Exception exception) when (exception is SqliteException or DbUpdateException)
            {
                result.Errors++;
                continue;
            }

            if (_isCounted)
            {
                // One that was begun before is counted by what it waited for.
                result.Milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                result.InTime += _isOver ? 0 : 1;
            }
        }

        return result;
    }

    private sealed class Producer
    {
        public List<double> Milliseconds { get; } = [];

        public long Acknowledged { get; set; }

        public long InTime { get; set; }

        public long Errors { get; set; }
    }
}
