namespace SqliteAnalyzers.Torture;

/// <summary>Who else is at work in the database when the writer is killed.</summary>
[Flags]
internal enum KillCompany
{
    Nobody = 0,
    Rival = 1,
    Reader = 2,
    RivalAndReader = Rival | Reader,
}
