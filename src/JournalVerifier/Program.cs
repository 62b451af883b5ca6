using Delegation.JournalVerifier;
using Delegation.Persistence.Journal;
using Npgsql;

// journal verify --database <connection string> [--ends <file>]
// Exit code: 0 nothing wrong, 1 a fault (on the first line), 2 it could not be checked.
if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

try
{
    await using var database = NpgsqlDataSource.Create(arguments.Database);
    var report = await new JournalVerification(database).VerifyAsync(KnownEnds.Read(arguments.EndsFile));
    Console.WriteLine(report.Fault?.ToString() ?? "Valid");
    Console.WriteLine($"{report.Entries} entries of {report.Ends.Count} owners are as they were sealed, {report.Erased} of them with an erased payload.");
    if (report.Fault is null)
        KnownEnds.Write(arguments.EndsFile, report.Ends);
    return report.Fault is null ? 0 : 1;
}
catch (Exception failure) when (failure is NpgsqlException or ArgumentException or IOException or FormatException)
{
    Console.Error.WriteLine($"The journal could not be verified: {failure.Message}");
    return 2;
}
