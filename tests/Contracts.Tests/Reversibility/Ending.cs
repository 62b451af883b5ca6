using Dapper;
using Delegation.Contracts.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>The last phase: what time does is done by hand, the rest by the calls.</summary>
internal static class Ending
{
    public static ExitRecords.ExitRecordsClient Records(this Parting parting, bool insurer = true) => new(parting.As(insurer));

    /// <summary>A delegation that is frozen: its run-off is over, and both sides left it.</summary>
    public static async Task<(Parting Parting, Exit Exit)> FrozenAsync(ContractsHost host)
    {
        var parting = await Parting.OpenAsync(host);
        await parting.AgreeOnPlanAsync();
        var exit = await parting.TriggerAsync();
        var over = new Exit(exit) { Phase = ExitPhase.RunOff, RunOffEndDay = "2026-01-31", Etag = "" };
        over.Criteria.Clear();
        foreach (var task in over.Tasks.Where(task => task.Phase != ExitPhase.Closure))
            (task.DoneTime, task.PersonId) = (Timestamp.FromDateTime(DateTime.UtcNow), exit.PersonId);

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            "UPDATE delegation_exit SET phase = 'run_off', document = @document::jsonb WHERE exit_id = @id", new { id = Guid.Parse(exit.Id), document = JsonFormatter.Default.Format(over) });
        return (parting, await parting.PassAsync(await parting.ReadAsync(exit)));
    }

    public static async Task<byte[]> DownloadAsync(this Parting parting, Exit exit, bool insurer = true)
    {
        using var call = parting.Records(insurer).DownloadExitRecord(new DownloadExitRecordRequest { DelegationId = exit.DelegationId, ExitId = exit.Id }, deadline: People.Deadline);
        return await BytesAsync(call);
    }

    public static async Task<byte[]> CertificateAsync(this Parting parting, Exit exit, bool insurer = true)
    {
        using var call = parting.Records(insurer).DownloadDestructionCertificate(
            new DownloadDestructionCertificateRequest { DelegationId = exit.DelegationId, ExitId = exit.Id }, deadline: People.Deadline);
        return await BytesAsync(call);
    }

    public static async Task<Exit> AcceptAsync(this Parting parting, Exit exit, string manifest) => await parting.Records().AcceptExitRecordAsync(
        new AcceptExitRecordRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, ManifestSha256 = manifest, Etag = exit.Etag }, deadline: People.Deadline);

    public static async Task<Exit> DestroyAsync(this Parting parting, Exit exit) => await parting.Records().DestroyCopiesAsync(
        new DestroyCopiesRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag }, deadline: People.Deadline);

    private static async Task<byte[]> BytesAsync(AsyncServerStreamingCall<HttpBody> call)
    {
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }
}
