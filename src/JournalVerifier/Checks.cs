using Delegation.Persistence.Evidence;
using Delegation.Persistence.Journal;
using Npgsql;

namespace Delegation.JournalVerifier;

/// <summary>What can be checked. Each answers the exit code, and tells on the first line what it found.</summary>
internal static class Checks
{
    public static async Task<int> DatabaseAsync(Arguments.OfDatabase asked)
    {
        await using var database = NpgsqlDataSource.Create(asked.Database);
        var report = await new JournalVerification(database).VerifyAsync(KnownEnds.Read(asked.EndsFile));
        Console.WriteLine(report.Fault?.ToString() ?? "Valid");
        Console.WriteLine($"{report.Entries} entries of {report.Ends.Count} owners are as they were sealed, {report.Erased} of them with an erased payload.");
        if (report.Fault is null)
            KnownEnds.Write(asked.EndsFile, report.Ends);
        return report.Fault is null ? 0 : 1;
    }

    public static int Pack(Arguments.OfPack asked)
    {
        using var pack = File.OpenRead(asked.File);
        var report = PackVerification.Verify(pack, asked.ManifestSha256);
        foreach (var fault in report.Faults.DefaultIfEmpty("Valid"))
            Console.WriteLine(fault);
        Console.WriteLine($"{report.Files} files are what the manifest says; {report.Links} links of journals are as they were sealed, {report.Shown} of them with their entry.");
        Console.WriteLine($"Manifest {report.ManifestSha256}: compare it with the one that the journal of the platform has.");
        return report.Faults.Count == 0 ? 0 : 1;
    }
}
