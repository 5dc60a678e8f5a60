global using Microsoft.Data.Sqlite;
global using Microsoft.EntityFrameworkCore;
global using SqliteAnalyzers.Runtime;
global using Xunit;

// Many of them wait.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
