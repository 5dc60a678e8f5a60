namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What a value becomes in the database, compared with what Microsoft.Data.Sqlite's own parameters make of it.</summary>
public sealed class ParameterValueTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public ParameterValueTests()
    {
        _connection.Open();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, value)");
    }

    private enum Small : sbyte { Negative = -3 }

    private enum Byte : byte { Big = 200 }

    private enum Short : short { Negative = -300 }

    private enum UShort : ushort { Big = 60_000 }

    private enum Plain { Zero, One, Negative = -7 }

    private enum UInt : uint { Big = 4_000_000_000 }

    private enum Long : long { Big = long.MaxValue }

    private enum ULong : ulong { Big = ulong.MaxValue }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Integers() =>
        Same(0, 1, -1, int.MinValue, int.MaxValue)
        .Same(0L, long.MinValue, long.MaxValue)
        .Same<byte>(0, 255).Same<sbyte>(-128, 127).Same<short>(short.MinValue, short.MaxValue).Same<ushort>(0, ushort.MaxValue)
        .Same(0u, uint.MaxValue).Same(0ul, ulong.MaxValue, 1ul << 63)
        .Same(true, false);

    [Fact]
    public void Enumerations() =>
        Same(Small.Negative).Same(Byte.Big).Same(Short.Negative).Same(UShort.Big).Same(Plain.Zero, Plain.One, Plain.Negative).Same(UInt.Big).Same(Long.Big).Same(ULong.Big);

    [Fact]
    public void Reals() =>
        Same(0.0, -0.0, 1.5, -1e300, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity)
        .Same(1.1f, float.MaxValue, float.Epsilon);

    [Fact]
    public void Decimals() =>
        Same(0m, 0.0m, 1m, -1.5m, 1.10m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 79228162514264.337593543950335m);

    [Fact]
    public void Times() =>
        Same(DateTime.MinValue, DateTime.MaxValue, new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc), new DateTime(2024, 1, 1), new DateTime(2024, 1, 1).AddTicks(1))
        .Same(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2024, 5, 6, 7, 8, 9, 120, TimeSpan.FromMinutes(-330)))
        .Same(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 2, 29))
        .Same(TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(1, 2, 3), new TimeOnly(1, 2, 3, 4))
        .Same(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(-1.5), TimeSpan.FromDays(3));

    [Fact]
    public void Guids() => Same(Guid.Empty, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), Guid.NewGuid());

    [Fact]
    public void Texts() =>
        Same("", "a", "ä€😀", "with \0 inside", new string('x', 100_000), "lone \uD800 surrogate")
        .Same('a', '€', '\0', '\uD800');

    [Fact]
    public void Texts_that_are_known_to_be_texts_are_stored_as_any_others()
    {
        string?[] values = ["", "a", "ä€😀", "with \0 inside", new string('x', 100_000), new string('€', 70_000), "lone \uD800 surrogate", null];
        var expected = StoredBy(batch => batch.InsertMany("item", ["value"], values, static (row, value) => row.Bind<object?>(1, value)));

        Assert.Equal(expected, StoredBy(batch =>
        {
            var insert = batch.Prepare("INSERT INTO item (value) VALUES (?)");
            foreach (var value in values)
            {
                insert.Bind(1, value).Execute();
            }
        }));
        Assert.Equal(expected, StoredBy(batch => batch.InsertMany("item", ["value"], values, static (row, value) => row.Bind(1, value))));
    }

    [Fact]
    public void Blobs() => Same(Array.Empty<byte>(), [0], [1, 2, 255], new byte[100_000]);

    [Fact]
    public void Types_that_only_version_11_knows_are_stored_as_it_stores_them()
    {
        Assert.Equal([("real", "1.5"), ("real", "9.0e+999")], StoredOf((Half)1.5, Half.PositiveInfinity));
        Assert.Equal([("text", string.Concat(Enumerable.Repeat("30", 38)) + "31")], StoredOf(UInt128.One));
        Assert.Equal([("blob", "0102"), ("blob", "")], StoredOf<Memory<byte>>(new byte[] { 1, 2 }, default));
        Assert.Equal([("blob", "0102"), ("blob", "")], StoredOf<ReadOnlyMemory<byte>>(new byte[] { 1, 2 }, default));
        if (typeof(SqliteConnection).Assembly.GetName().Version!.Major >= 11)
        {
            Same((Half)1.5, Half.PositiveInfinity, Half.Epsilon, Half.MinValue)
                .Same(UInt128.Zero, UInt128.One, UInt128.MaxValue)
                .Same<Memory<byte>>(new byte[] { 1, 2 }, default)
                .Same<ReadOnlyMemory<byte>>(new byte[] { 1, 2 }, default);
        }
    }

    [Fact]
    public void Nulls() => Same<object>(DBNull.Value);

    [Fact]
    public void Nullable_values_with_and_without_one()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (value) VALUES (?)");
        insert.Bind(1, (int?)5).Execute();
        insert.Bind(1, (int?)null).Execute();
        insert.Bind(1, (DateTime?)new DateTime(2024, 1, 1)).Execute();
        insert.Bind(1, (Plain?)Plain.One).Execute();
        insert.Bind(1, (string?)null).Execute();
        insert.Bind(1, (byte[]?)null).Execute();
        insert.BindNull(1).Execute();
        batch.Commit();

        Assert.Equal("5,NULL,'2024-01-01 00:00:00',1,NULL,NULL,NULL", _connection.Scalar("SELECT group_concat(quote(value)) FROM item"));
    }

    [Fact]
    public void Spans_of_text_and_bytes()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (value) VALUES (?)");
        insert.BindText(1, "a€".AsSpan()).Execute();
        insert.BindText(1, default).Execute();
        insert.BindUtf8(1, "ü"u8).Execute();
        insert.BindUtf8(1, default).Execute();
        insert.BindBlob(1, [1, 2]).Execute();
        insert.BindBlob(1, default).Execute();
        batch.InsertMany("item", ["value"], ["x"], static (row, s) => row.BindText(1, s.AsSpan()));
        batch.InsertMany("item", ["value"], ["x"], static (row, s) => row.BindUtf8(1, "y"u8));
        batch.InsertMany("item", ["value"], ["x"], static (row, s) => row.BindBlob(1, [3]));
        batch.InsertMany("item", ["value"], ["x"], static (row, s) => row.BindNull(1));
        batch.InsertMany("item", ["value"], new int?[] { 4, null }, static (row, i) => row.Bind(1, i));
        batch.Commit();

        Assert.Equal("'a€','','ü','',X'0102',X'','x','y',X'03',NULL,4,NULL", _connection.Scalar("SELECT group_concat(quote(value)) FROM item"));
    }

    [Fact]
    public void What_sqlite_cannot_store_is_refused_and_leaves_the_batch_usable()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (value) VALUES (?)");

        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => insert.Bind(1, double.NaN)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => insert.Bind<object>(1, float.NaN)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => insert.Bind(1, Half.NaN)).Message);
        Assert.Contains("System.Uri", Assert.Throws<ArgumentException>(() => insert.Bind(1, new Uri("http://localhost"))).Message);
        Assert.Contains("System.Int128", Assert.Throws<ArgumentException>(() => insert.Bind(1, (Int128)1)).Message);

        Assert.Equal(1, insert.Bind(1, 1).Execute());
    }

    private ParameterValueTests Same<T>(params T[] values)
    {
        _connection.Run("DELETE FROM item");
        foreach (var value in values)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO item (value) VALUES ($value)";
            command.Parameters.AddWithValue("$value", value);
            command.ExecuteNonQuery();
        }

        Assert.Equal(Stored(), StoredOf(values));
        return this;
    }

    // Each way to write stores the same.
    private List<(string Type, string Bytes)> StoredOf<T>(params T[] values)
    {
        var stored = StoredBy(batch =>
        {
            var insert = batch.Prepare("INSERT INTO item (value) VALUES (?)");
            foreach (var value in values)
            {
                insert.Bind(1, value).Execute();
            }
        });
        Assert.Equal(stored, StoredBy(batch =>
        {
            foreach (var value in values)
            {
                batch.Execute("INSERT INTO item (value) VALUES (?)", [value]);
            }
        }));
        Assert.Equal(stored, StoredBy(batch => batch.InsertMany("item", ["value"], values, static (row, value) => row.Bind(1, value))));
        return stored;
    }

    private List<(string Type, string Bytes)> StoredBy(Action<SqliteBatchWriter> write)
    {
        _connection.Run("DELETE FROM item");
        using (var batch = new SqliteBatchWriter(_connection))
        {
            write(batch);
            batch.Commit();
        }

        return Stored();
    }

    private List<(string Type, string Bytes)> Stored()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT typeof(value), CASE typeof(value) WHEN 'real' THEN quote(value) ELSE hex(value) END FROM item ORDER BY id";
        using var reader = command.ExecuteReader();
        var stored = new List<(string, string)>();
        while (reader.Read())
        {
            stored.Add((reader.GetString(0), reader.GetString(1)));
        }

        return stored;
    }
}
