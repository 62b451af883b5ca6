using Delegation.Persistence.Migrations;

namespace Delegation.Persistence.Tests.Migrations;

public sealed class Naming_and_numbering_of_migrations
{
    [Fact]
    public void The_number_orders_files_whatever_order_they_come_in()
    {
        var set = MigrationSet.Create([File("0002_b.sql"), File("0003_a.sql"), File("0001_c.sql")]);

        Assert.Equal([1, 2, 3], set.Migrations.Select(migration => migration.Version));
    }

    [Fact]
    public void A_gap_is_refused_naming_the_file_after_it()
    {
        var refused = Assert.Throws<MigrationException>(() => MigrationSet.Create([File("0001_a.sql"), File("0003_c.sql")]));

        Assert.Contains("0003_c.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("0002 was expected", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_number_is_one() =>
        Assert.Contains("0001 was expected", Assert.Throws<MigrationException>(() => MigrationSet.Create([File("0000_a.sql")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_files_with_one_number_are_refused_naming_both()
    {
        var refused = Assert.Throws<MigrationException>(() => MigrationSet.Create([File("0001_theirs.sql"), File("0001_ours.sql")]));

        Assert.Contains("0001_ours.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("0001_theirs.sql", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_a.sql")]
    [InlineData("0001-a.sql")]
    [InlineData("0001_A.sql")]
    [InlineData("0001_a.txt")]
    [InlineData("0001_.sql")]
    public void A_misnamed_file_is_refused(string name) =>
        Assert.Contains(name, Assert.Throws<MigrationException>(() => File(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("commit work")]
    [InlineData("ROLLBACK TO SAVEPOINT a")]
    [InlineData("START TRANSACTION ISOLATION LEVEL SERIALIZABLE")]
    [InlineData("END")]
    public void A_file_that_steers_the_transaction_itself_is_refused_naming_the_line(string statement)
    {
        var refused = Assert.Throws<MigrationException>(() => Migration.Parse("0001_a.sql", $"SELECT 1;\n{statement};\n"));

        Assert.StartsWith($"0001_a.sql:2: '{statement}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_body_of_a_function_may_begin_and_end() =>
        Assert.Equal(1, Migration.Parse("0001_a.sql", "DO $$\nBEGIN\n  NULL;\nEND;\n$$;").Version);

    [Theory]
    [InlineData("SELECT 1;\r\nSELECT 2;\r\n")]
    [InlineData("\uFEFFSELECT 1;\nSELECT 2;\n")]
    public void The_checksum_is_that_of_the_text_whatever_the_checkout_did_to_its_line_endings(string text) =>
        Assert.Equal(Migration.Parse("0001_a.sql", "SELECT 1;\nSELECT 2;\n").Checksum, Migration.Parse("0001_a.sql", text).Checksum);

    [Fact]
    public void The_checksum_is_the_sha_256_of_the_text_in_utf_8() =>
        // printf 'SELECT 1;\n' | sha256sum
        Assert.Equal("b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd", Migration.Parse("0001_a.sql", "SELECT 1;\n").Checksum);

    private static Migration File(string name) => Migration.Parse(name, "SELECT 1;");
}
