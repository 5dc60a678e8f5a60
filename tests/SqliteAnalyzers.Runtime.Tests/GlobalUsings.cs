global using Microsoft.Data.Sqlite;
global using SqliteAnalyzers.Torture;
global using Xunit;
