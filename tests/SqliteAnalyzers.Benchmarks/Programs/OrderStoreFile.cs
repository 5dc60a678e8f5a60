namespace SqliteAnalyzers.Benchmarks.Programs;

/// <summary>A file whose eight methods use SQLite. Two of them have a fault: an unread answer of a checkpoint, and a process started after a write.</summary>
internal static class OrderStoreFile
{
    public static string Name(int number) => $"OrderStore{number}.cs";

    public static SourceFile Create(int number, int order, int next) => new(Name(number), $$"""
        using Microsoft.Data.Sqlite;
        using Shop.Domain;

        namespace Shop.Data;

        public sealed class OrderStore{{number}}
        {
            private readonly string _connectionString;

            public OrderStore{{number}}(string connectionString)
            {
                _connectionString = connectionString;
            }

            public void Import(IEnumerable<string> lines)
            {
                using var connection = Open();
                using var transaction = connection.BeginTransaction();
                using var insert = connection.CreateCommand();
                insert.CommandText = "INSERT INTO orders{{number}} (customer, amount) VALUES ($customer, $amount)";
                var customer = insert.Parameters.Add("$customer", SqliteType.Integer);
                var amount = insert.Parameters.Add("$amount", SqliteType.Integer);
                foreach (var line in lines)
                {
                    var parts = line.Split(';');
                    customer.Value = long.Parse(parts[0]);
                    amount.Value = long.Parse(parts[1]);
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            public long Count()
            {
                using var connection = Open();
                using var command = new SqliteCommand("SELECT count(*) FROM orders{{number}}", connection);
                return (long)command.ExecuteScalar()!;
            }

            public Order{{order}}? Find(long id)
            {
                using var connection = Open();
                using var command = new SqliteCommand("SELECT id, customer, amount FROM orders{{number}} WHERE id = $id", connection);
                command.Parameters.AddWithValue("$id", id);
                using var reader = command.ExecuteReader();
                return reader.Read() ? new Order{{order}} { Id = reader.GetInt64(0), Customer = reader.GetInt64(1), Amount = reader.GetInt64(2) } : null;
            }

            public void Maintain()
            {
                using var connection = Open();
                Execute(connection, "DELETE FROM orders{{number}} WHERE amount = 0");
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                command.ExecuteNonQuery();
            }

            public void Aggregate()
            {
                using var connection = Open();
                Execute(connection, "UPDATE orders{{number}} SET amount = amount + 1");
                using var worker = Process.Start("aggregate", "--db shop.db");
                worker.WaitForExit();
            }

            public void Chain(OrderStore{{next}} next)
            {
                using var connection = Open();
                Execute(connection, "UPDATE orders{{number}} SET amount = amount - 1");
                next.Maintain();
            }

            private SqliteConnection Open()
            {
                var connection = new SqliteConnection(_connectionString);
                connection.Open();
                Execute(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
                return connection;
            }

            private static void Execute(SqliteConnection connection, string sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }

        """);
}
