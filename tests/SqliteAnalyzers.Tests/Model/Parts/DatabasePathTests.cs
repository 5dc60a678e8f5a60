using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Which spellings are those of one file, and which may be.</summary>
/// <remarks>What Microsoft.Data.Sqlite makes of them was measured: a path without a root, with or without <c>|DataDirectory|</c>, is looked for in that folder.</remarks>
public sealed class DatabasePathTests
{
    [Theory]
    [InlineData("app.db", "app.db")]
    [InlineData(" ./app.db ", "app.db")]
    [InlineData(".\\data\\app.db", "data/app.db")]
    [InlineData("data//./app.db", "data/app.db")]
    [InlineData("data/../../app.db", "../app.db")]
    [InlineData("/app.db", "/app.db")]
    [InlineData("\\\\server\\share\\app.db", "//server/share/app.db")]
    [InlineData("C:\\..\\app.db", "C:/../app.db")]
    [InlineData("<folder>/../app.db", "<folder>/../app.db")]
    [InlineData("|DataDirectory|\\app.db", "|DataDirectory|app.db")]
    [InlineData("|datadirectory|app.db", "|DataDirectory|app.db")]
    [InlineData("file:app.db?cache=private", "app.db")]
    [InlineData("file:///C:/my%20data/app.db", "C:/my data/app.db")]
    [InlineData("file:///var/app.db#x", "/var/app.db")]
    [InlineData("file://localhost/var/app.db", "/var/app.db")]
    [InlineData(":memory:", ":memory:")]
    [InlineData("", "")]
    public void One_spelling_for_all(string path, string normal) => Assert.Equal(normal, DatabasePath.Normalize(path));

    [Theory]
    [InlineData("app.db", "App.DB", true)]
    [InlineData("app.db", "|DataDirectory|app.db", true)]
    [InlineData("app.db", "/var/app.db", true)]
    [InlineData("../app.db", "/var/app.db", true)]
    [InlineData("C:/data/app.db", "data/app.db", true)]
    [InlineData("app.db", "other.db", false)]
    [InlineData("a/app.db", "b/app.db", false)]
    [InlineData("/a/app.db", "/b/app.db", false)]
    [InlineData("/var/myapp.db", "app.db", false)]
    [InlineData("C:/data/app.db", "D:/data/app.db", false)]
    public void May_be_one(string one, string other, bool mayBe)
    {
        Assert.Equal(mayBe, DatabasePath.MayBeOne(one, other));
        Assert.Equal(mayBe, DatabasePath.MayBeOne(other, one));
    }

    [Theory]
    [InlineData("/var/app.db", "app.db")]
    [InlineData("|DataDirectory|app.db", "app.db")]
    [InlineData("\uFFFC/app.db", "app.db")]
    [InlineData("\uFFFCapp.db", null)]
    [InlineData("data/", null)]
    [InlineData("file:\uFFFC/app.db?cache=private", null)]
    public void The_name_of_a_file(string path, string? name) => Assert.Equal(name, DatabasePath.NameIn(path));
}
