// EF Core opens and configures its own connection; it creates its databases in WAL mode.
using System;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EntityFramework;

internal sealed class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

internal sealed class NotesContext : DbContext
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseSqlite("Data Source=notes.db").AddInterceptors(new PragmaInterceptor());
}

internal sealed class PragmaInterceptor : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA journal_mode = WAL;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}

internal static class Cases
{
    public static void OpensTheContextsConnection()
    {
        using var context = new NotesContext();
        context.Database.OpenConnection();
        context.Database.ExecuteSqlRaw("DELETE FROM Notes");
        context.Database.CloseConnection();
    }

    public static async Task OpensTheContextsDbConnection()
    {
        await using var context = new NotesContext();
        DbConnection connection = context.Database.GetDbConnection();
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM Notes";
        Console.WriteLine(await command.ExecuteScalarAsync());
    }

    public static int Reads()
    {
        using var context = new NotesContext();
        return context.Notes.Count(note => note.Text != "");
    }

    public static void ConnectionOfTheSameDatabaseBesideEf()
    {
        using var connection = new SqliteConnection("Data Source=notes.db");
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM Notes", connection);
        Console.WriteLine(command.ExecuteScalar());
    }

    public static DbContextOptions<NotesContext> InMemoryForTests()
    {
        var connection = new SqliteConnection("Filename=:memory:");
        connection.Open();
        return new DbContextOptionsBuilder<NotesContext>().UseSqlite(connection).Options;
    }
}
