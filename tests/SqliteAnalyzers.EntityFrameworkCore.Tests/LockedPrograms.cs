using System.Diagnostics;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>
/// Programs of the kind for which 'database is locked' is reported, each on a database in SQLite's own journal mode, as other tools make them. They are the same with the
/// package and without: only the options of the contexts differ.
/// </summary>
internal static class LockedPrograms
{
    private const int Threads = 16;

    /// <summary>Saved rows, and how often 'database is locked' was met in their place.</summary>
    public sealed record Outcome(int Saved, int Locked);

    /// <summary>A program that runs for a time. Its connections say how long commands wait.</summary>
    public sealed record Program(string Name, string Keywords, Action<Run> Start);

    /// <summary>How many rows the database has, and how long the program runs.</summary>
    public sealed record Size(int Rows, TimeSpan Time);

    /// <summary>Sixteen threads save, each in contexts of its own, while one goes through all rows.</summary>
    public static Program SavesWhileOneStreams { get; } = new("16 threads save while one streams", "", run =>
    {
        run.Thread(shop =>
        {
            foreach (var item in shop.Items.AsNoTracking())
            {
                run.ThrowIfOver();
                if (item.Id % 100 == 0)
                {
                    System.Threading.Thread.Sleep(1);
                }
            }
        });
        run.SavingThreads(Threads, (shop, number) => shop.Add(new Item { Name = $"new {number}" }));
    });

    /// <summary>Parallel requests delete a row each: dotnet/efcore#36295.</summary>
    public static Program ParallelDeletes { get; } = new("parallel deletes (efcore#36295)", "", run =>
        run.SavingThreads(Threads, (shop, number) => shop.Remove(shop.Items.First(item => item.Id == number)), run.Rows));

    /// <summary>Parallel requests update a column of one row each: dotnet/efcore#33133.</summary>
    public static Program ParallelUpdates { get; } = new("parallel updates (efcore#33133)", "", run =>
        run.SavingThreads(Threads, (shop, number) => shop.Items.First(item => item.Id == number).Stock++, run.Rows));

    /// <summary>A loop over a query saves each row, while another context saves too: dotnet/efcore#29514. Where it fails it waits for the whole command timeout, in vain.</summary>
    public static Program SavesInALoop { get; } = new("saves in a loop over a query (efcore#29514)", ";Default Timeout=1", run =>
    {
        run.Thread(shop =>
        {
            foreach (var item in shop.Items)
            {
                run.ThrowIfOver();
                item.Stock++;
                run.Save(shop);
            }
        });
        run.SavingThreads(1, (shop, number) => shop.Add(new Item { Name = $"new {number}" }));
    });

    public static IReadOnlyList<Program> All { get; } = [SavesWhileOneStreams, ParallelDeletes, ParallelUpdates, SavesInALoop];

    /// <summary>Runs a program on a database of its own.</summary>
    public static Outcome Play(Program program, Action<DbContextOptionsBuilder, string> configure, Size size)
    {
        using var database = new TestDatabase("delete");
        database.Fill(size.Rows);
        var run = new Run(() => database.Shop(configure, program.Keywords), size);
        program.Start(run);
        return run.End();
    }

    /// <summary>Plays all of them without the package, with configured connections, and with the strategy too.</summary>
    public static int Show(TimeSpan time)
    {
        var size = new Size(3_000, time);
        Console.WriteLine($"Entity Framework Core {typeof(DbContext).Assembly.GetName().Version}, {time.TotalSeconds:0.#} s each: saved / 'database is locked'");
        Console.WriteLine($"{"",-46} {"UseSqlite",18} {"UseConfiguredSqlite",22} {"and EnableRetryOnBusy",24}");
        foreach (var program in All)
        {
            var plain = Play(program, TestDatabase.Plain, size);
            var configured = Play(program, TestDatabase.Configured, size);
            var retrying = Play(program, TestDatabase.Retrying, size);
            Console.WriteLine($"{program.Name,-46} {Text(plain),18} {Text(configured),22} {Text(retrying),24}");
        }

        return 0;

        static string Text(Outcome outcome) => $"{outcome.Saved} / {outcome.Locked}";
    }

    /// <summary>The threads of a program.</summary>
    public sealed class Run(Func<ShopContext> createContext, Size size)
    {
        private readonly List<Thread> _threads = [];
        private readonly List<Exception> _failures = [];
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private int _saved;
        private int _locked;

        public int Rows => size.Rows;

        private bool IsOver => _watch.Elapsed > size.Time;

        /// <summary>Work that is done again and again, each time in a context of its own.</summary>
        public void Thread(Action<ShopContext> work)
        {
            var thread = new Thread(() => Repeat(work));
            _threads.Add(thread);
            thread.Start();
        }

        /// <summary>Threads that change something and save, each in contexts of its own; the changes have numbers from 1 on, up to the last.</summary>
        public void SavingThreads(int count, Action<ShopContext, int> change, int last = int.MaxValue)
        {
            var next = 0;
            for (var i = 0; i < count; i++)
            {
                Thread(shop =>
                {
                    var number = Interlocked.Increment(ref next);
                    if (number > last)
                    {
                        throw new OperationCanceledException();
                    }

                    change(shop, number);
                    Save(shop);
                });
            }
        }

        public void Save(ShopContext shop) => Interlocked.Add(ref _saved, shop.SaveChanges());

        public void ThrowIfOver()
        {
            if (IsOver)
            {
                throw new OperationCanceledException();
            }
        }

        public Outcome End()
        {
            _threads.ForEach(thread => thread.Join());
            return _failures.Count == 0 ? new(_saved, _locked) : throw new AggregateException(_failures);
        }

        private void Repeat(Action<ShopContext> work)
        {
            try
            {
                while (!IsOver)
                {
                    using var shop = createContext();
                    try
                    {
                        work(shop);
                    }
                    catch (Exception exception) when (exception.GetBaseException() is SqliteException { SqliteErrorCode: 5 })
                    {
                        Interlocked.Increment(ref _locked);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The time is over, or nothing is left to change.
            }
            catch (Exception exception)
            {
                lock (_failures)
                {
                    _failures.Add(exception);
                }
            }
        }
    }
}
