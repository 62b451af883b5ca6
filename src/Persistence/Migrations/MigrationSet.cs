using System.Reflection;
using System.Text;

namespace Delegation.Persistence.Migrations;

/// <summary>All migrations of one service, or those that the platform gives to every service, in order: numbered 1, 2, 3 … without gap.</summary>
public sealed class MigrationSet
{
    private MigrationSet(IReadOnlyList<Migration> migrations) => Migrations = migrations;

    /// <summary>What the database of every service has: applied before the service's own.</summary>
    public static MigrationSet Platform { get; } = FromResources(typeof(MigrationSet).Assembly, "platform");

    /// <summary>The migrations, first to last. A service that stores nothing yet has none.</summary>
    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>Takes files in any order.</summary>
    /// <exception cref="MigrationException">
    /// A number is missing or used twice: two branches each added a migration, and one of them must be renumbered.
    /// </exception>
    public static MigrationSet Create(IEnumerable<Migration> migrations)
    {
        var ordered = migrations.OrderBy(migration => migration.Version).ThenBy(migration => migration.FileName, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (i > 0 && ordered[i].Version == ordered[i - 1].Version)
                throw new MigrationException($"{ordered[i].FileName} has the number of {ordered[i - 1].FileName}; give one of them the next free number.");

            if (ordered[i].Version != i + 1)
                throw new MigrationException($"{ordered[i].FileName} comes where number {i + 1:0000} was expected; numbers have no gap.");
        }

        return new MigrationSet(ordered);
    }

    /// <summary>Reads the SQL files embedded in <paramref name="assembly"/> as <c>service/NNNN_words.sql</c>.</summary>
    /// <exception cref="MigrationException">A file is misnamed, or the numbers are not 1, 2, 3 …</exception>
    public static MigrationSet FromResources(Assembly assembly, string service)
    {
        var folder = service + "/";
        return Create(
            from resource in assembly.GetManifestResourceNames()
            where resource.StartsWith(folder, StringComparison.Ordinal)
            select Migration.Parse(resource[folder.Length..], Text(assembly, resource)));
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
