using System.Collections.Immutable;

namespace SqliteAnalyzers.Tests.Architecture;

/// <summary>The folders of the analyzers are rooms: what is in one may use what is in those below, and nothing above.</summary>
public sealed class RoomsTests
{
    private const int MaxFilesInFolder = 40;

    /// <summary>From the lowest to the highest.</summary>
    private static readonly ImmutableArray<string> s_rooms = ["Sql", "Model", "Libraries", "Engine", "Projects", "Rules"];

    /// <summary>What of the engine is nobody's business but its own.</summary>
    private static readonly ImmutableArray<string> s_innerTypes = ["Interpreter", "Solver", "Evaluation"];

    [Fact]
    public void Every_file_lies_in_a_room() =>
        Assert.All(SourceArrows.Files, file => Assert.True(file.Contains('/', StringComparison.Ordinal) && s_rooms.Contains(RoomOf(file)), file));

    [Fact]
    public void Every_room_has_files_and_no_folder_has_too_many()
    {
        Assert.Equal(s_rooms.Order(StringComparer.Ordinal), SourceArrows.Files.Select(RoomOf).Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            SourceArrows.Files.GroupBy(Path.GetDirectoryName),
            folder => Assert.True(folder.Count() <= MaxFilesInFolder, $"{folder.Key} has {folder.Count()} files"));
    }

    [Fact]
    public void Arrows_are_found_between_neighbours()
    {
        Assert.Contains(SourceArrows.All, arrow => arrow is { From: "Engine/Solving/Solver.cs", To: "Model/States/Disjuncts.cs" });
        Assert.Contains(SourceArrows.All, arrow => RoomOf(arrow.From) == "Rules" && RoomOf(arrow.To) == "Projects");
    }

    [Fact]
    public void Rooms_use_only_the_rooms_below() => AssertNone(SourceArrows.All.Where(arrow => LevelOf(arrow.To) > LevelOf(arrow.From)));

    [Fact]
    public void Libraries_and_rules_know_nothing_of_how_the_engine_solves() =>
        AssertNone(SourceArrows.All.Where(arrow => RoomOf(arrow.From) is "Libraries" or "Rules" && s_innerTypes.Contains(arrow.Type)));

    private static string RoomOf(string file) => file.Split('/')[0];

    private static int LevelOf(string file) => s_rooms.IndexOf(RoomOf(file));

    /// <summary>Fails with one example for each pair of rooms and each type.</summary>
    private static void AssertNone(IEnumerable<Arrow> forbidden)
    {
        var lines = forbidden
            .DistinctBy(arrow => (RoomOf(arrow.From), RoomOf(arrow.To), arrow.Type))
            .Select(arrow => $"{RoomOf(arrow.From)} uses {arrow.Type} of {RoomOf(arrow.To)}, as in {arrow.Example}")
            .ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
