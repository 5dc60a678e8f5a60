namespace SqliteAnalyzers.Benchmarks.Programs.Shapes;

/// <summary>Repositories and services around one unit of work, each behind an interface with one implementation.</summary>
internal static class Wrappers
{
    public static ProgramShape Shape { get; } = new("wrappers", "repositories around a unit of work", [25, 50, 100, 200], Files, () => Files(10));

    private static IEnumerable<SourceFile> Files(int repositories) => [SharedHelper.File, s_unitOfWork, .. Enumerable.Range(0, repositories).Select(Repository)];

    private static readonly SourceFile s_unitOfWork = new("UnitOfWork.cs", """
        using Microsoft.Data.Sqlite;

        public interface IUnitOfWork : IDisposable
        {
            SqliteCommand CreateCommand(string text);

            void Begin();

            void Complete();
        }

        public interface IUnitOfWorkFactory
        {
            IUnitOfWork Create();
        }

        public sealed class UnitOfWork : IUnitOfWork
        {
            private readonly SqliteConnection _connection;
            private SqliteTransaction? _transaction;

            public UnitOfWork(string path)
            {
                _connection = Db.Open(path);
            }

            public SqliteCommand CreateCommand(string text)
            {
                var command = _connection.CreateCommand();
                command.CommandText = text;
                command.Transaction = _transaction;
                return command;
            }

            public void Begin() => _transaction = _connection.BeginTransaction();

            public void Complete()
            {
                _transaction?.Commit();
                _transaction = null;
            }

            public void Dispose()
            {
                _transaction?.Dispose();
                _connection.Dispose();
            }
        }

        public sealed class UnitOfWorkFactory(string path) : IUnitOfWorkFactory
        {
            public IUnitOfWork Create() => new UnitOfWork(path);
        }

        """);

    private static SourceFile Repository(int number) => new($"Item{number}.cs", $$"""
        public interface IItem{{number}}Repository
        {
            void Add(string name);

            void Remove(long id);

            long Count();
        }

        public sealed class Item{{number}}Repository(IUnitOfWork unit) : IItem{{number}}Repository
        {
            public void Add(string name)
            {
                using var command = unit.CreateCommand("INSERT INTO item{{number}} (name) VALUES ($name)");
                command.Parameters.AddWithValue("$name", name);
                command.ExecuteNonQuery();
            }

            public void Remove(long id)
            {
                using var command = unit.CreateCommand("DELETE FROM item{{number}} WHERE id = $id");
                command.Parameters.AddWithValue("$id", id);
                command.ExecuteNonQuery();
            }

            public long Count()
            {
                using var command = unit.CreateCommand("SELECT count(*) FROM item{{number}}");
                return (long)command.ExecuteScalar()!;
            }
        }

        public sealed class Item{{number}}Service(IUnitOfWorkFactory units)
        {
            public void Import(IEnumerable<string> names, string path)
            {
                using var unit = units.Create();
                IItem{{number}}Repository items = new Item{{number}}Repository(unit);
                unit.Begin();
                foreach (var name in names)
                {
                    items.Add(name);
                }

                if (items.Count() > 1_000)
                {
                    items.Remove(1);
                }

                unit.Complete();
                using var worker = Process.Start("aggregate", path);
                worker.WaitForExit();
            }
        }

        """);
}
