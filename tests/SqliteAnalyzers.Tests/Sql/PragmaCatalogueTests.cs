using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

public sealed class PragmaCatalogueTests
{
    [Theory]
    [InlineData("cipher_page_size")]
    [InlineData("CIPHER_compatibility")]
    [InlineData("key")]
    [InlineData("Rekey")]
    [InlineData("kdf_iter")]
    [InlineData("rekey_cipher")]
    [InlineData("rekey_kdf_iter")]
    public void Pragmas_of_encryption_are_known(string name)
    {
        Assert.True(PragmaCatalogue.TryGet(name, out var info));
        Assert.True(info.IsFromEncryption);
        Assert.True(info.Values.Accepts("anything"));
    }

    [Theory]
    [InlineData("group_concat_max_len", null)]
    [InlineData("jurnal_mode", "journal_mode")]
    [InlineData("journalmode", "journal_mode")]
    [InlineData("synchronus", "synchronous")]
    [InlineData("foreign_key", "foreign_keys")]
    [InlineData("bussy_timeout", "busy_timeout")]
    [InlineData("wal_checkpont", "wal_checkpoint")]
    [InlineData("", null)]
    public void Nearest_name_is_suggested(string name, string? nearest)
    {
        Assert.False(PragmaCatalogue.TryGet(name, out _));
        Assert.Equal(nearest, PragmaCatalogue.NearestName(name));
    }

    [Theory]
    [InlineData("journal_mode", "WALL", "WAL")]
    [InlineData("journal_mode", "WLA", "WAL")]
    [InlineData("synchronous", "NORMALL", "NORMAL")]
    [InlineData("synchronous", "7", null)]
    [InlineData("temp_store", "MEM", "MEMORY")]
    [InlineData("wal_checkpoint", "FUL", "FULL")]
    [InlineData("wal_checkpoint", "TRUNC", "TRUNCATE")]
    [InlineData("foreign_keys", "enabled", null)]
    public void Nearest_value_is_suggested(string name, string value, string? nearest)
    {
        Assert.True(PragmaCatalogue.TryGet(name, out var info));
        Assert.False(info.Values.Accepts(value));
        Assert.Equal(nearest, info.Values.Nearest(value));
    }

    [Fact]
    public void Long_words_are_not_compared() => Assert.Null(NearestWord.Find(new string('a', 1_000_000), ["journal_mode"]));

    [Fact]
    public void Checkpoint_modes_are_in_their_order() =>
        Assert.Equal(Enum.GetNames<CheckpointMode>().Select(name => name.ToUpperInvariant()), CheckpointModes.Names);
}
