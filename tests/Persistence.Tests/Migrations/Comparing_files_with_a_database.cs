using Delegation.Persistence.Migrations;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Persistence.Tests.Migrations;

public sealed class Comparing_files_with_a_database
{
    [Fact]
    public void Whatever_was_applied_the_rest_is_pending_in_order() =>
        Prop.ForAll(Gen.Choose(0, 6).Two().ToArbitrary(), counts =>
        {
            var (files, applied) = counts;
            var plan = MigrationPlan.Create(Files(files), Applied(Files(applied)));

            return plan.Pending.Select(file => file.Version).SequenceEqual(Enumerable.Range(applied + 1, Math.Max(0, files - applied)))
                && plan.Newer.Select(file => file.Version).SequenceEqual(Enumerable.Range(files + 1, Math.Max(0, applied - files)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_file_edited_after_it_was_applied_is_refused_by_name()
    {
        var applied = Applied(Files(2));
        var edited = MigrationSet.Create([Files(1).Migrations[0], Migration.Parse("0002_step.sql", "SELECT 'other';")]);

        var refused = Assert.Throws<MigrationException>(() => MigrationPlan.Create(edited, applied));

        Assert.StartsWith("0002_step.sql was edited", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_another_is_refused_naming_both()
    {
        var other = MigrationSet.Create([Migration.Parse("0001_other.sql", "SELECT 1;")]);

        var refused = Assert.Throws<MigrationException>(() => MigrationPlan.Create(other, Applied(Files(1))));

        Assert.StartsWith("0001_other.sql has the number of 0001_step.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_with_a_hole_is_refused()
    {
        var refused = Assert.Throws<MigrationException>(() => MigrationPlan.Create(Files(3), [.. Applied(Files(3)).Skip(1)]));

        Assert.Contains("no migration 0001", refused.Message, StringComparison.Ordinal);
    }

    private static MigrationSet Files(int count) =>
        MigrationSet.Create(Enumerable.Range(1, count).Select(version => Migration.Parse($"{version:0000}_step.sql", $"SELECT {version};")));

    private static IReadOnlyList<AppliedMigration> Applied(MigrationSet set) =>
        [.. set.Migrations.Select(file => new AppliedMigration(file.Version, file.FileName, file.Checksum))];
}
