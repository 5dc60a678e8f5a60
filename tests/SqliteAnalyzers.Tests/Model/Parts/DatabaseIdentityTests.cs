using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Whether two connections are to one database, where its path is a value and no constant.</summary>
public sealed class DatabaseIdentityTests
{
    [Theory]
    [InlineData("Open($\"Data Source={path}\");\nOpen($\"Data Source={path}\");")]
    [InlineData("Open(\"Data Source=\" + path);\nOpen($\"Data Source={path}\");")]
    [InlineData("var text = $\"Data Source={path}\";\nOpen(text);\nOpen(text);")]
    [InlineData("var file = Path.Combine(path, \"app.db\");\nOpen($\"Data Source={file}\");\nOpen($\"Data Source={file}\");")]
    [InlineData("Open($\"Data Source={Path.Combine(path, \"app.db\")}\");\nOpen($\"Data Source={Path.Combine(path, \"app.db\")}\");")]
    [InlineData("Open($\"Data Source={_path}\");\nOpen($\"Data Source={_path};Pooling=False\");")]
    [InlineData("Open($\"Data Source={Path.Combine(_path, \"app.db\")}\");\nOpen($\"Data Source={Path.Combine(_path, \"app.db\")}\");")]
    [InlineData("OpenFile(path);\nOpenFile(path);")]
    [InlineData("OpenFile(path);\nOpen($\"Data Source={path}\");")]
    [InlineData("OpenFile(\"app.db\");\nOpen(\"Data Source=./app.db\");")]
    public void Is_one(string body) => Assert.Equal(1, CountIn(body));

    [Theory]
    [InlineData("Open($\"Data Source={path}\");\nOpen($\"Data Source={other}\");")]
    [InlineData("Open($\"Data Source={path}/a.db\");\nOpen($\"Data Source={path}/b.db\");")]
    [InlineData("Open($\"Data Source={Path.Combine(path, \"a.db\")}\");\nOpen($\"Data Source={Path.Combine(path, \"b.db\")}\");")]
    [InlineData("Open($\"Data Source={Path.Combine(path, \"app.db\")}\");\nOpen($\"Data Source={Path.Combine(other, \"app.db\")}\");")]
    [InlineData("Open($\"Data Source={_path}\");\nOpen($\"Data Source={_other}\");")]
    [InlineData("OpenFile(path);\nOpenFile(other);")]
    [InlineData("Open($\"Data Source={path}\");\npath = other;\nOpen($\"Data Source={path}\");")]
    [InlineData("Open(\"Data Source=:memory:\");\nOpen($\"Data Source={path}\");")]
    public void Is_another(string body) => Assert.Equal(2, CountIn(body));

    private static int CountIn(string body)
    {
        var databases = new HashSet<AbstractObject>();
        PartRun.In(
            "Run",
            new(onEnd: (_, state) =>
            {
                foreach (var connection in state.Objects.Keys.Where(item => item is MadeObject { Kind: ObjectKind.Connection, Site: var site } && site.Member.Key.Contains("Run(", StringComparison.Ordinal)))
                {
                    databases.UnionWith(state.DatabasesOf(connection));
                }

                return null;
            }),
            $$"""
            private readonly string _path = Environment.GetEnvironmentVariable("A")!;
            private readonly string _other = Environment.GetEnvironmentVariable("B")!;
            private static readonly List<SqliteConnection> s_kept = [];

            void Run(string path, string other)
            {
            {{body}}
            }

            static void Open(string text)
            {
                var connection = new SqliteConnection(text);
                connection.Open();
                s_kept.Add(connection);
            }

            static void OpenFile(string file) => Open($"Data Source={file}");

            static void OthersOfTheProject()
            {
                new SqliteConnection("Data Source=one.db").Open();
                new SqliteConnection("Data Source=two.db").Open();
            }
            """.Replace("Path.", "System.IO.Path.", StringComparison.Ordinal));
        return databases.Count;
    }
}
