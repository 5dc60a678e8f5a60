using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

public sealed class PragmaInsideTransactionFixTests
{
    private readonly FixHarness _fix = new(new PragmaInsideTransactionFix(), Descriptors.PragmaInsideTransaction, nameof(Descriptors.PragmaInsideTransaction))
    {
        References = TestReferences.WithEntityFramework,
    };

    [Theory]
    [InlineData("PRAGMA foreign_keys = OFF")]
    [InlineData("PRAGMA foreign_keys = 0; PRAGMA synchronous = OFF;")]
    public Task The_transaction_is_suppressed(string sql) => _fix.VerifyAsync(
        "Plain.Once", Migration($"[|migrationBuilder.Sql(\"{sql}\")|];"), Migration($"migrationBuilder.Sql(\"{sql}\", suppressTransaction: true);"));

    [Theory]
    [InlineData("[|migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF; DROP TABLE items\")|];")]
    [InlineData("[|migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\", suppressTransaction: false)|];")]
    [InlineData("[|Sql(\"PRAGMA foreign_keys = OFF\")|];")]
    public async Task No_fix_where_more_would_leave_the_transaction(string statement) => Assert.Empty(await _fix.OfferedAsync(Migration(statement)));

    private static string Migration(string statement) =>
        $$"""
        using Microsoft.EntityFrameworkCore.Migrations;

        class First : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                {{statement}}
            }

            private static void Sql(string sql) { _ = sql; }
        }
        """;
}
