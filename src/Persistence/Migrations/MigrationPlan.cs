namespace Delegation.Persistence.Migrations;

/// <summary>A migration that a database says was applied to it.</summary>
internal sealed record AppliedMigration(int Version, string FileName, string Checksum);

/// <summary>What there is to do to bring a database to the version of this release, in one of the two sets of migrations that it has.</summary>
/// <param name="Pending">To apply, in order.</param>
/// <param name="Newer">
/// Applied by a newer release. That is no error: migrations let the release before them run too, so that a deployment can be
/// rolled back; but it is said.
/// </param>
internal sealed record MigrationPlan(IReadOnlyList<Migration> Pending, IReadOnlyList<AppliedMigration> Newer)
{
    /// <summary>Compares the files with what was applied.</summary>
    /// <exception cref="MigrationException">An applied file was edited or renamed since, or the database skipped one.</exception>
    public static MigrationPlan Create(MigrationSet files, IReadOnlyList<AppliedMigration> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            var (version, name, checksum) = applied[i];
            if (version != i + 1)
                throw new MigrationException($"{name} was applied, but no migration {i + 1:0000} before it: the history of this database was altered.");

            if (i < files.Migrations.Count && files.Migrations[i] is var file && (file.FileName != name || file.Checksum != checksum))
            {
                throw new MigrationException(file.FileName == name
                    ? $"{name} was edited after it was applied (SHA-256 {checksum} then, {file.Checksum} now); restore it, and put the change into a new migration."
                    : $"{file.FileName} has the number of {name}, which was applied; restore that file, and give the new one the next free number.");
            }
        }

        return new MigrationPlan([.. files.Migrations.Skip(applied.Count)], [.. applied.Skip(files.Migrations.Count)]);
    }
}
