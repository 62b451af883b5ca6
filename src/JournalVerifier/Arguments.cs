namespace Delegation.JournalVerifier;

/// <summary>What was asked on the command line.</summary>
internal abstract record Arguments
{
    public const string Usage =
        """
        journal verify --database <connection string> [--ends <file>]
        journal verify --pack <file.zip> [--manifest-sha256 <digest>]
        journal verify --archive <file.zip>

        Checks that every entry of a service's journal is what was sealed, and names the first that was altered, removed, inserted or
        reordered. With --ends, also that nothing up to the ends in that file was cut or rewritten; then the file is brought up to date.
        Keep it where those who can write to the database cannot.

        With --pack, checks an evidence pack, without any database: every file is what the manifest says, and the entries in it are what
        was sealed. Each fault is named. With --manifest-sha256, also that the manifest is the one with this digest, which the journal has.

        With --archive, the same of the archive of a delegation that ended: every file against the manifest, every entry of its journals
        against its digest and the chain of its owner. Says the SHA-256 of the manifest, by which the insurer accepts the archive.
        """;

    public static Arguments? Parse(string[] arguments) => arguments switch
    {
        ["verify", "--database", var database] => new OfDatabase(database, null),
        ["verify", "--database", var database, "--ends", var file] => new OfDatabase(database, file),
        ["verify", "--pack", var pack] => new OfPack(pack, null),
        ["verify", "--pack", var pack, "--manifest-sha256", var digest] => new OfPack(pack, digest),
        ["verify", "--archive", var archive] => new OfArchive(archive),
        _ => null,
    };

    /// <summary>The journal of a database.</summary>
    /// <param name="Database">Connection string of a role that may read the tables journal, seal and pending.</param>
    /// <param name="EndsFile">File of the ends that the last verification found, or null.</param>
    internal sealed record OfDatabase(string Database, string? EndsFile) : Arguments;

    /// <summary>An evidence pack.</summary>
    /// <param name="File">The pack.</param>
    /// <param name="ManifestSha256">The digest of its manifest as it is known from elsewhere, or null.</param>
    internal sealed record OfPack(string File, string? ManifestSha256) : Arguments;

    /// <summary>The archive of a delegation that ended.</summary>
    /// <param name="File">The archive.</param>
    internal sealed record OfArchive(string File) : Arguments;
}
