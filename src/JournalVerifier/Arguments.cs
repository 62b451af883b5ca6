namespace Delegation.JournalVerifier;

/// <summary>What was asked on the command line.</summary>
/// <param name="Database">Connection string of a role that may read the tables journal, seal and pending.</param>
/// <param name="EndsFile">File of the ends that the last verification found, or null.</param>
internal sealed record Arguments(string Database, string? EndsFile)
{
    public const string Usage =
        """
        journal verify --database <connection string> [--ends <file>]

        Checks that every entry of a service's journal is what was sealed, and names the first that was altered, removed, inserted or
        reordered. With --ends, also that nothing up to the ends in that file was cut or rewritten; then the file is brought up to date.
        Keep it where those who can write to the database cannot.
        """;

    public static Arguments? Parse(string[] arguments) => arguments switch
    {
        ["verify", "--database", var database] => new Arguments(database, null),
        ["verify", "--database", var database, "--ends", var file] => new Arguments(database, file),
        _ => null,
    };
}
