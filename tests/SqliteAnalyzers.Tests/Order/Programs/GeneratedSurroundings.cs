namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>What all generated programs have: databases, helpers that take lambdas, interfaces, and texts that refer to each other.</summary>
internal static class GeneratedSurroundings
{
    public const string Text =
        """
        using System;
        using System.Diagnostics;
        using Dapper;
        using Microsoft.Data.Sqlite;

        namespace Generated;

        internal static class Db
        {
            public static SqliteConnection OpenOrders()
            {
                var connection = new SqliteConnection("Data Source=orders.db");
                connection.Open();
                connection.Execute("PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
                return connection;
            }

            public static SqliteConnection OpenItems() => Configured(new SqliteConnection("Data Source=items.db"));

            public static SqliteConnection OpenLog()
            {
                var connection = new SqliteConnection(Texts.Log);
                connection.Open();
                Pragma(connection, "journal_mode=WAL");
                return connection;
            }

            public static SqliteConnection OpenCache()
            {
                var connection = new SqliteConnection("Data Source=cache.db");
                connection.Open();
                return connection;
            }

            public static void Checkpoint(SqliteConnection connection)
            {
                if (connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
                {
                    throw new InvalidOperationException();
                }
            }

            private static SqliteConnection Configured(SqliteConnection connection)
            {
                connection.Open();
                Pragma(connection, "journal_mode=WAL");
                Pragma(connection, "synchronous=NORMAL");
                Pragma(connection, "busy_timeout=5000");
                return connection;
            }

            private static void Pragma(SqliteConnection connection, string text) => connection.Execute($"PRAGMA {text}");
        }

        internal static class Texts
        {
            public const string Insert = "INSERT INTO orders VALUES (2)";

            public static readonly string Log = "Data Source=" + Name + ".db";

            public static readonly string Delete = "DELETE FROM " + Name;

            public static string Name => "log";

            public static string Chosen => Environment.TickCount > 0 ? Looping : Insert;

            public static string Looping => Environment.TickCount > 1 ? Chosen : "UPDATE log SET name = 'c'";
        }

        internal static class Helpers
        {
            private static readonly object s_gate = new();

            public static Action? Kept { get; private set; }

            public static void Retry(Action action)
            {
                try
                {
                    action();
                }
                catch (SqliteException)
                {
                    action();
                }
            }

            public static void Locked(Action action)
            {
                lock (s_gate)
                {
                    Retry(action);
                }
            }

            public static void Later(Action action) => Kept = action;

            public static void With(Action<SqliteConnection> action)
            {
                using var connection = Db.OpenItems();
                action(connection);
            }
        }

        internal interface IStore
        {
            void Save(SqliteConnection connection);
        }

        internal interface ISingle
        {
            void Save(SqliteConnection connection);
        }

        internal sealed class Single : ISingle
        {
            public void Save(SqliteConnection connection) => connection.Execute(Texts.Insert);
        }

        internal sealed class Writing : IStore
        {
            public void Save(SqliteConnection connection) => connection.Execute("INSERT INTO items VALUES (1)");
        }

        internal sealed class Committing : IStore
        {
            public void Save(SqliteConnection connection)
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute("DELETE FROM items", transaction: transaction);
                transaction.Commit();
            }
        }

        internal static class Stores
        {
            public static readonly Writing Only = new();

            public static ISingle Single { get; } = new Single();

            public static IStore Any { get; } = new Writing();

            public static IStore Chosen => Environment.TickCount > 0 ? Only : new Committing();
        }

        internal sealed class Repository(SqliteConnection connection, IStore store)
        {
            private readonly SqliteConnection _own = connection;

            public void Save(bool flag)
            {
                if (flag)
                {
                    store.Save(_own);
                }
                else
                {
                    SaveAll(true);
                }
            }

            public void SaveAll(bool flag)
            {
                store.Save(connection);
                if (!flag)
                {
                    Save(flag);
                }
            }
        }

        """;
}
