using Delegation.JournalVerifier;
using Npgsql;

// journal verify --database <connection string> [--ends <file>]
// Exit code: 0 nothing wrong, 1 a fault (on the first line), 2 it could not be checked.
try
{
    switch (Arguments.Parse(args))
    {
        case Arguments.OfDatabase database:
            return await Checks.DatabaseAsync(database);
        case Arguments.OfPack pack:
            return Checks.Pack(pack);
        case Arguments.OfArchive archive:
            return await ArchiveCheck.TellAsync(archive.File);
        default:
            Console.Error.WriteLine(Arguments.Usage);
            return 2;
    }
}
catch (Exception failure) when (failure is NpgsqlException or ArgumentException or IOException or FormatException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"The journal could not be verified: {failure.Message}");
    return 2;
}
