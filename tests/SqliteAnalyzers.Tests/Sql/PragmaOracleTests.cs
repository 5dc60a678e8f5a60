using System.Globalization;
using SqliteAnalyzers.Sql;
using Xunit;

namespace SqliteAnalyzers.Tests.Sql;

/// <summary>SQLite itself judges what the catalogue says of its pragmas.</summary>
public sealed class PragmaOracleTests : IDisposable
{
    private const string Nonsense = "qqqq";

    /// <summary>Each setting with two values that it can be told by. The limits of the heap are not among them: they would starve the test run.</summary>
    private static readonly (string Name, string One, string Two)[] Settings =
    [
        .. new[]
        {
            "automatic_index", "cell_size_check", "checkpoint_fullfsync", "count_changes", "empty_result_callbacks", "foreign_keys", "full_column_names", "fullfsync", "ignore_check_constraints",
            "legacy_alter_table", "query_only", "read_uncommitted", "recursive_triggers", "reverse_unordered_selects", "secure_delete", "short_column_names", "trusted_schema", "defer_foreign_keys",
        }.Select(name => (name, "0", "1")),
        ("analysis_limit", "10", "20"),
        ("application_id", "10", "20"),
        ("busy_timeout", "10", "20"),
        ("cache_size", "10", "-20"),
        ("default_cache_size", "10", "20"),
        ("journal_mode", "delete", "truncate"),
        ("journal_size_limit", "10", "20"),
        ("locking_mode", "normal", "exclusive"),
        ("max_page_count", "1000", "2000"),
        ("mmap_size", "8192", "16384"),
        ("schema_version", "10", "20"),
        ("synchronous", "0", "3"),
        ("temp_store", "1", "2"),
        ("threads", "1", "2"),
        ("user_version", "10", "20"),
        ("wal_autocheckpoint", "10", "20"),
        ("writable_schema", "0", "1"),
    ];

    /// <summary>Settings that a database with content does not take: they need a new one.</summary>
    private static readonly (string Name, string One, string Two)[] SettingsOfNewFiles =
    [
        ("auto_vacuum", "0", "0"),
        ("encoding", "'UTF-16le'", "'UTF-16be'"),
        ("page_size", "1024", "8192"),
    ];

    private static readonly string[] Words =
    [
        .. PragmaCatalogue.All.SelectMany(info => info.Values.Words).Where(word => !char.IsDigit(word[0])).Distinct(StringComparer.OrdinalIgnoreCase),
        "W", "WA", "WALL", "DEL", "TRUNC", "MEM", "MEMORYY", "NORMALL", "FUL", "ONN", "TRU", "UTF8", "UTF-8", "utf16", "UTF-16LE", "abc", "yess", "null_", "t", "f", "y", "n",
    ];

    private static readonly string[] Integers = ["-2", "-1", "0", "1", "2", "3", "4", "7", "100", "512", "1000", "4096", "5000", "65536", "131072", "2147483647", "4294967294"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sql-").FullName;

    public static TheoryData<string, string, string> AllSettings => [.. Settings.Concat(SettingsOfNewFiles)];

    public static TheoryData<string, string, string> SettingsOfAnyFile => [.. Settings];

    private static IEnumerable<PragmaInfo> OrdinaryPragmas => PragmaCatalogue.All.Where(info => info.Origin == PragmaOrigin.Sqlite);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Catalogue_holds_what_SQLite_knows()
    {
        using var engine = Engine.InMemory();

        Assert.Equal(engine.Column("SELECT name FROM pragma_pragma_list ORDER BY 1"), OrdinaryPragmas.Select(info => info.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ON")]
    [InlineData("yes")]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("0x10")]
    [InlineData("0")]
    [InlineData("256")]
    [InlineData("OFF")]
    [InlineData("no")]
    [InlineData("false")]
    [InlineData("nonsense")]
    public void A_boolean_is_on_where_SQLite_takes_it_for_on(string value)
    {
        using var engine = Engine.InMemory();
        engine.Run($"PRAGMA query_only = {value}");

        Assert.Equal([PragmaValues.IsOn(value) ? "1" : "0"], engine.Column("PRAGMA query_only"));
    }

    [Fact]
    public void Names_of_other_builds_are_ignored_by_this_one()
    {
        using var engine = Engine.InMemory();

        Assert.All(
            PragmaCatalogue.All.Where(info => info.Origin != PragmaOrigin.Sqlite),
            info => Assert.Equal(0, engine.Prepare($"PRAGMA {info.Name}").ColumnCount));
    }

    [Fact]
    public void Every_setting_is_judged()
    {
        // Not told by two values: one has no answer, one adds its own minimum, two would starve the test run, and one is not compiled in everywhere.
        string[] left = ["case_sensitive_like", "cache_spill", "hard_heap_limit", "soft_heap_limit", "temp_store_directory"];

        Assert.Equal(
            OrdinaryPragmas.Where(info => info.IsSetting).Select(info => info.Name).Order(StringComparer.Ordinal),
            Settings.Concat(SettingsOfNewFiles).Select(setting => setting.Name).Concat(left).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Answers_are_announced()
    {
        using var engine = Engine.InMemory();
        engine.Run("CREATE TABLE t(a)");

        Assert.All(
            OrdinaryPragmas,
            info =>
            {
                var value = info.Name.EndsWith("_heap_limit", StringComparison.Ordinal) ? "0" : info.Name is "temp_store_directory" ? "''" : info.Name is "foreign_key_check" ? "t" : "1";
                Assert.Equal(info.AnswersWithoutValue, engine.Prepare($"PRAGMA {info.Name}").ColumnCount > 0);
                Assert.Equal(info.AnswersWithValue, engine.Prepare($"PRAGMA {info.Name} = {value}").ColumnCount > 0);
            });
    }

    [Theory]
    [MemberData(nameof(AllSettings))]
    public void Integers_are_accepted_if_they_read_back(string name, string one, string two)
    {
        var info = Info(name);

        foreach (var value in Integers.Where(value => !IsAnotherWayToSayIt(info, value)))
        {
            var readBack = new[] { one, two }.Select(start => SetAndRead(name, start, value)).Distinct().ToList();

            Assert.True(info.Values.Accepts(value) == readBack.SequenceEqual([Meaning(info, value)]), $"{name} = {value}: {string.Join(" or ", readBack)}");
        }
    }

    [Theory]
    [MemberData(nameof(AllSettings))]
    public void Words_are_refused_if_SQLite_does_not_tell_them_from_nonsense(string name, string one, string two)
    {
        var info = Info(name);
        var nonsense = Outcome(Nonsense);

        foreach (var word in Words)
        {
            var outcome = Outcome(word);
            var isUnderstood = outcome != nonsense && !outcome.One.StartsWith("error", StringComparison.Ordinal);

            // What nonsense becomes is also what one of the right words says.
            Assert.True(info.Values.Accepts(word) == (isUnderstood || info.Values.Words.Contains(word, StringComparer.OrdinalIgnoreCase)), $"{name} = {word}: {outcome}, nonsense: {nonsense}");
        }

        (string One, string Two) Outcome(string word) => (SetAndRead(name, one, $"'{word}'"), SetAndRead(name, two, $"'{word}'"));
    }

    /// <summary>The same number in other forms: a text, a sign, hexadecimal, a fraction, an exponent, a unit.</summary>
    [Theory]
    [MemberData(nameof(AllSettings))]
    public void Forms_of_a_number_are_accepted_if_they_read_back(string name, string one, string two)
    {
        var info = Info(name);
        var number = name == "page_size" ? 4096 : info.Values.Accepts("3") ? 3 : 1;
        foreach (var format in (string[])["{0}", "'{0}'", "\"{0}\"", "+{0}", "0x{0:x}", "'0x{0:x}'", "{0}.0", "{0}.5", "{0}e0", "'{0}s'", "' {0}'"])
        {
            var form = string.Format(CultureInfo.InvariantCulture, format, number);
            var readBack = new[] { one, two }.Select(start => SetAndRead(name, start, form)).Distinct().ToList();
            var isTaken = readBack.SequenceEqual([Meaning(info, number.ToString(CultureInfo.InvariantCulture))]);
            var value = SqlScript.Parse($"PRAGMA {name} = {form}").Statements[0].Pragma!.Value!;

            Assert.True(isTaken || !info.Values.Accepts(value.Text), $"{name} = {form}: {string.Join(" or ", readBack)}");
        }
    }

    /// <summary>A parameter is a syntax error for every pragma, so that no driver can bind it.</summary>
    [Fact]
    public void Parameters_are_refused_by_every_pragma()
    {
        using var engine = Engine.InMemory();

        Assert.All(
            PragmaCatalogue.All,
            info => Assert.All(
                (string[])["@value", "$value", ":value", "?", "?1"],
                parameter => Assert.EndsWith("syntax error", engine.Prepare($"PRAGMA {info.Name} = {parameter}").Error)));
    }

    [Theory]
    [MemberData(nameof(SettingsOfAnyFile))]
    public void Scope_says_who_has_to_set_it_again(string name, string one, string two)
    {
        var info = Info(name);
        var file = NewFile();
        string before;
        string after;
        using (var engine = Engine.OnFile(file))
        {
            engine.Run("CREATE TABLE t(a)");
            before = engine.Run($"PRAGMA {name}");
            var other = before == one ? two : one;
            Assert.Equal(other, engine.Run($"PRAGMA {name} = {other}; PRAGMA {name}"));
            after = other;
        }

        using (var engine = Engine.OnFile(file))
        {
            // The next connection starts as the first one did, or goes on with what the file holds. Of journal_mode the file keeps only WAL.
            Assert.Equal(info.IsPerConnection || name == "journal_mode" ? before : after, engine.Run($"PRAGMA {name}"));
        }
    }

    [Theory]
    [MemberData(nameof(SettingsOfAnyFile))]
    public void Transaction_matters_as_the_catalogue_says(string name, string one, string two)
    {
        var value = name == "journal_mode" ? "wal" : two;
        var expected = Info(name).InTransaction switch
        {
            PragmaInTransaction.Throws or PragmaInTransaction.ThrowsWithTemporaryTable => ("throws", "throws"),
            PragmaInTransaction.Ignored => ("ignored", "ignored"),
            PragmaInTransaction.ThrowsOrIgnored => ("throws", "ignored"),
            _ => ("works", "works"),
        };

        Assert.Equal(expected, (Outcome(""), Outcome("INSERT INTO t VALUES (1); INSERT INTO x VALUES (1);")));

        string Outcome(string writes)
        {
            using var engine = Engine.OnFile(NewFile());
            Assert.DoesNotContain("error", engine.Run($"CREATE TABLE t(a); PRAGMA {name} = {one}; CREATE TEMP TABLE x(a); BEGIN; {writes}"));
            var result = engine.Run($"PRAGMA {name} = {value}; PRAGMA {name}");
            return result.StartsWith("error", StringComparison.Ordinal) ? "throws" : result == value ? "works" : "ignored";
        }
    }

    [Fact]
    public void Checkpoint_throws_inside_a_transaction()
    {
        using var engine = Engine.OnFile(NewFile());

        Assert.Equal("error: database table is locked", engine.Run("PRAGMA journal_mode = WAL; CREATE TABLE t(a); BEGIN; INSERT INTO t VALUES (1); PRAGMA wal_checkpoint"));
        Assert.Equal(PragmaInTransaction.Throws, Info("wal_checkpoint").InTransaction);
    }

    [Fact]
    public void Unknown_checkpoint_mode_runs_as_passive()
    {
        var file = NewFile();
        using var reader = Engine.OnFile(file);
        using var engine = Engine.OnFile(file);
        engine.Run("PRAGMA journal_mode = WAL; CREATE TABLE t(a)");
        reader.Run("BEGIN; SELECT * FROM t");
        engine.Run("INSERT INTO t VALUES (1)");

        Assert.Equal("0", engine.Run("PRAGMA wal_checkpoint(PASSIVE)"));
        Assert.Equal("0", engine.Run("PRAGMA wal_checkpoint(FUL)"));
        Assert.Equal("1", engine.Run("PRAGMA wal_checkpoint(FULL)"));
    }

    /// <summary>A value that SQLite does not know is no error: it becomes something else.</summary>
    [Theory]
    [InlineData("journal_mode", "WALL", "delete")]
    [InlineData("synchronous", "NORMALL", "1")]
    [InlineData("synchronous", "7", "0")]
    [InlineData("temp_store", "MEM", "0")]
    [InlineData("busy_timeout", "abc", "0")]
    [InlineData("busy_timeout", "-1", "0")]
    [InlineData("foreign_keys", "enabled", "0")]
    public void What_a_wrong_value_becomes(string name, string value, string readBack)
    {
        using var engine = Engine.OnFile(NewFile());

        Assert.Equal(readBack, engine.Run($"PRAGMA {name} = {value}; PRAGMA {name}"));
        Assert.False(Info(name).Values.Accepts(value));
    }

    [Fact]
    public void Number_with_a_unit_is_cut_off_and_refused()
    {
        using var engine = Engine.InMemory();

        Assert.Equal("30", engine.Run("PRAGMA busy_timeout = '30s'"));
        Assert.False(Info("busy_timeout").Values.Accepts("30s"));
    }

    [Theory]
    [InlineData("PRAGMA group_concat_max_len = 1", "")]
    [InlineData("PRAGMA busy_timeout = 0x10", "16")]
    [InlineData("PRAGMA busy_timeout = +5", "5")]
    [InlineData("PRAGMA busy_timeout = 30s", "error: unrecognized token: \"30s\"")]
    [InlineData("PRAGMA busy_timeout = @ms", "error: near \"@ms\": syntax error")]
    [InlineData("PRAGMA cache_size = 1_000", "error: near \"1_000\": syntax error")]
    public void What_SQLite_answers(string sql, string answer)
    {
        using var engine = Engine.InMemory();

        Assert.Equal(answer, engine.Run(sql));
    }

    private static PragmaInfo Info(string name) => PragmaCatalogue.TryGet(name, out var info) ? info : throw new InvalidOperationException(name);

    /// <summary>What a setting reads back if it takes the number for what it says.</summary>
    private static string Meaning(PragmaInfo info, string value) =>
        info.Values == PragmaValues.Boolean || info.Name is "secure_delete" or "writable_schema" ? (value == "0" ? "0" : "1") : value;

    /// <summary>
    /// Documented to mean the same as another number, or cut down to a limit of the build; and what reads back without being documented.
    /// Of a number for a boolean SQLite takes the last byte: above 255 the catalogue does not say.
    /// </summary>
    private static bool IsAnotherWayToSayIt(PragmaInfo info, string value) => info.Name switch
    {
        "journal_size_limit" or "wal_autocheckpoint" => value[0] == '-',
        "mmap_size" => value[0] == '-' || value.Length > 9,
        "max_page_count" => value == "1",
        "threads" => value.Length > 1,
        "synchronous" => value == "4",
        _ => value.Length > 2 && Meaning(info, "2") == "1",
    };

    private string SetAndRead(string name, string start, string value)
    {
        using var engine = name is "journal_mode" or "mmap_size" ? Engine.OnFile(NewFile()) : Engine.InMemory();
        var isOfNewFile = SettingsOfNewFiles.Any(setting => setting.Name == name);
        var quickly = name == "synchronous" ? "" : "PRAGMA synchronous = OFF;";
        var result = engine.Run($"{quickly} {(isOfNewFile ? "" : "CREATE TABLE t(a);")} PRAGMA {name} = {start}; PRAGMA {name} = {value}");
        return result.StartsWith("error", StringComparison.Ordinal) ? result : engine.Run($"{(isOfNewFile ? "CREATE TABLE t(a);" : "")} PRAGMA {name}");
    }

    private string NewFile() => Path.Combine(_folder, Guid.NewGuid().ToString("N"));
}
