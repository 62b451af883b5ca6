using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Archive;
using Delegation.Persistence.Journal;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;

namespace Delegation.Services.Tests.Reversibility;

/// <summary>From the freeze to the certificate over all services as they run, one of which is away when it is needed.</summary>
public sealed class A_delegation_ends_in_all_services : IAsyncLifetime
{
    private FourServices _services = null!;
    private Exit _exit = null!;

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    private Guid Delegation => Guid.Parse(_exit.DelegationId);

    public async Task InitializeAsync() => _services = await FourServices.StartAsync();

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [PostgresFact]
    public async Task Its_record_is_exported_whole_and_then_nothing_of_the_delegates_is_left_anywhere()
    {
        var project = await FreezeAsync();
        var other = await AnotherDelegationAsync();
        Assert.Equal("DELEGATION_FROZEN", (await Refusals.ThrownBy(Projects(Beginnings.Delegate).UpdateProjectAsync(
            new UpdateProjectRequest { ProjectId = project.Id, Name = "Autre nom", Etag = project.Etag }, deadline: Deadline))).Reason());

        await _services["reporting"].StopAsync();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(DownloadAsync)).StatusCode);
        _services["reporting"].Start();
        byte[] archive = [];
        await Eventually.Async(async () => (archive = await TryDownloadAsync()).Length > 0);
        await CheckAsync(archive);

        var before = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var part in _services.All)
            before[part.Name] = await PlantedContent.RowsAsync(part, other);
        await DestroyAsync(archive);

        foreach (var part in _services.All)
        {
            await AssertNothingIsLeftAsync(part);
            Assert.Equal(before[part.Name], await PlantedContent.RowsAsync(part, other));
            part.Logs.AssertNoErrors();
        }

        await Eventually.Async(async () => await StateAsync(_services["delivery"]) == "closed");
        Assert.Equal(project.Name, (await Projects(Beginnings.Insurer).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline)).Name);
        Assert.Equal(
            "PROJECT_NOT_FOUND", (await Refusals.ThrownBy(Projects(Beginnings.Delegate).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline))).Reason());
    }

    // What time does until the run-off is over is done by hand; then both sides leave it, and every service hears of the freeze.
    private async Task<Project> FreezeAsync()
    {
        var delegation = await _services.Contracts.OpenDelegationAsync([.. _services.All.Skip(1).Select(part => part.Database)]);
        await _services.Contracts.SignLetterAsync(delegation);
        var project = await Projects(Beginnings.Insurer).OpenProjectAsync(new OpenProjectRequest { DelegationId = delegation, Name = "Reprise santé collective" }, deadline: Deadline);
        _exit = await Exits(Beginnings.Delegate).TriggerExitAsync(
            new TriggerExitRequest { DelegationId = delegation, Ground = ExitGround.Breach, Comment = "Commissions impayées" }, deadline: Deadline);
        foreach (var part in _services.All)
            await PlantedContent.PlantAsync(part, Delegation);

        var over = new Exit(_exit) { Phase = ExitPhase.RunOff, RunOffEndDay = "2026-01-31", Etag = "" };
        over.Criteria.Clear();
        foreach (var task in over.Tasks.Where(task => task.Phase != ExitPhase.Closure))
            (task.DoneTime, task.PersonId) = (Timestamp.FromDateTime(DateTime.UtcNow), _exit.PersonId);
        await using (var connection = new NpgsqlConnection(_services["contracts"].Database.AdminConnectionString))
            await connection.ExecuteAsync(
                "UPDATE delegation_exit SET phase = 'run_off', document = @document::jsonb WHERE exit_id = @id", new { id = Guid.Parse(_exit.Id), document = JsonFormatter.Default.Format(over) });

        foreach (var side in new[] { Beginnings.Insurer, Beginnings.Delegate })
            _exit = await Exits(side).PassExitPhaseAsync(new PassExitPhaseRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id, Etag = _exit.Etag }, deadline: Deadline);
        Assert.Equal(ExitPhase.Closure, _exit.Phase);
        await Eventually.Async(async () => await StateAsync(_services["delivery"]) == "frozen");
        return project;
    }

    // The same two go on with another one.
    private async Task<Guid> AnotherDelegationAsync()
    {
        var other = Guid.CreateVersion7();
        foreach (var part in _services.All)
        {
            await using var connection = new NpgsqlConnection(part.Database.AdminConnectionString);
            await connection.ExecuteAsync(
                "INSERT INTO delegation SELECT owner_id, @other, delegate_id, 'open', 1 FROM delegation WHERE delegation_id = @Delegation", new { other, Delegation });
            await PlantedContent.PlantAsync(part, other, "OTHER");
        }

        return other;
    }

    private async Task CheckAsync(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var manifest = JsonDocument.Parse(Bytes(archive, "manifest.json")).RootElement;
        Assert.Equal(_services.All.Select(part => part.Name), manifest.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("service").GetString()));
        Assert.All(manifest.GetProperty("files").EnumerateArray(), file => Assert.Equal(
            file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Bytes(archive, file.GetProperty("path").GetString()!)))));

        foreach (var part in _services.All)
        {
            var files = archive.Entries.Where(entry => entry.FullName.StartsWith($"{part.Name}/files/", StringComparison.Ordinal)).Select(entry => Encoding.UTF8.GetString(Bytes(archive, entry.FullName)));
            Assert.Equal([PlantedContent.Mark("both"), PlantedContent.Mark("insurer")], files.Where(file => file.StartsWith("CONTENT-OF", StringComparison.Ordinal)).Order());
            var journal = await ArchivedJournal.CheckAsync(
                new MemoryStream(Bytes(archive, $"{part.Name}/journal/entries.jsonl")), new MemoryStream(Bytes(archive, $"{part.Name}/journal/chain.csv")));
            Assert.Equal((part.Name, null), (part.Name, journal.Fault));
            Assert.InRange(journal.Entries, 2, long.MaxValue);
        }
    }

    // Ordered while a service is away: those that are there erase, nothing is certified, and it goes on once it is back.
    private async Task DestroyAsync(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var records = new ExitRecords.ExitRecordsClient(_services.Contracts.As(Beginnings.Insurer));
        var manifest = Convert.ToHexStringLower(SHA256.HashData(Bytes(archive, "manifest.json")));
        _exit = await records.AcceptExitRecordAsync(
            new AcceptExitRecordRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id, ManifestSha256 = manifest, Etag = _exit.Etag }, deadline: Deadline);
        _exit = await Exits(Beginnings.Delegate).CompleteExitTaskAsync(
            new CompleteExitTaskRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id, TaskCode = "ATTEST_DESTRUCTION", Note = "Attesté", Etag = _exit.Etag, RequestId = Guid.NewGuid().ToString() }, deadline: Deadline);

        await _services["watch"].StopAsync();
        _exit = await records.DestroyCopiesAsync(new DestroyCopiesRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id, Etag = _exit.Etag }, deadline: Deadline);
        await Eventually.Async(async () => await HasDepartedAsync(_services["reporting"]));
        Assert.False(await HasDepartedAsync(_services["watch"]));
        Assert.Equal((ExitState.Open, null), ((await ReadAsync()).State, (await ReadAsync()).Record.DestructionTime));

        _services["watch"].Start();
        await Eventually.Async(async () => (_exit = await ReadAsync()).State == ExitState.Closed, TimeSpan.FromSeconds(15));
        // Also of those that erased while the other was away: the certificate says all of it.
        Assert.Equal(
            _services.All.Select(part => (part.Name, Files: 1L)),
            _exit.Record.Erasures.Select(erasure => (erasure.Service, erasure.Tables.Where(table => table.Table == "file").Sum(table => table.Rows))));
        using var certificate = records.DownloadDestructionCertificate(new DownloadDestructionCertificateRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id }, deadline: Deadline);
        Assert.Equal(_exit.Record.CertificateSha256, Convert.ToHexStringLower(SHA256.HashData(await BytesAsync(certificate))));
    }

    private async Task AssertNothingIsLeftAsync(Part part)
    {
        await using var administrator = new NpgsqlConnection(part.Database.AdminConnectionString);
        Assert.Equal((part.Name, ""), (part.Name, string.Join(' ', await PlantedContent.TablesWithAsync(administrator, PlantedContent.Mark("delegate")))));
        foreach (var kept in new[] { "both", "insurer" })
            Assert.Equal(["file_chunk", "journal"], await PlantedContent.TablesWithAsync(administrator, PlantedContent.Mark(kept)));

        // To the delegate no table has a row that names the delegation, whatever the query.
        var delegateId = await administrator.ExecuteScalarAsync<Guid>("SELECT delegate_id FROM delegation WHERE delegation_id = @Delegation", new { Delegation });
        await using var request = new NpgsqlConnection(part.Database.ConnectionStringFor(part.Name, part.Name));
        await request.OpenAsync();
        await using (await request.BeginTransactionAsync())
        {
            await request.ExecuteAsync("CALL act_for(@delegateId, @delegateId)", new { delegateId });
            Assert.Equal((part.Name, ""), (part.Name, string.Join(' ', await PlantedContent.TablesWithAsync(request, _exit.DelegationId))));
        }

        // Kept by law and for the insurer: its own history, and a journal that still proves itself.
        await using var source = NpgsqlDataSource.Create(part.Database.AdminConnectionString);
        await Eventually.Async(async () => (await new JournalVerification(source).VerifyAsync([])).Fault is null);
    }

    private Delivery.V1.Projects.ProjectsClient Projects(string subject) => new(_services.Delivery.As(subject));

    private Exits.ExitsClient Exits(string subject) => new(_services.Contracts.As(subject));

    private async Task<Exit> ReadAsync() => await Exits(Beginnings.Insurer).GetExitAsync(new GetExitRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id }, deadline: Deadline);

    private async Task<byte[]> DownloadAsync()
    {
        var records = new ExitRecords.ExitRecordsClient(_services.Contracts.As(Beginnings.Insurer));
        using var call = records.DownloadExitRecord(new DownloadExitRecordRequest { DelegationId = _exit.DelegationId, ExitId = _exit.Id }, deadline: Deadline);
        return await BytesAsync(call);
    }

    // Contracts waits a moment before it calls a service again that was away.
    private async Task<byte[]> TryDownloadAsync()
    {
        try
        {
            return await DownloadAsync();
        }
        catch (RpcException away) when (away.StatusCode == StatusCode.Unavailable)
        {
            return [];
        }
    }

    private async Task<string?> StateAsync(Part part)
    {
        await using var connection = new NpgsqlConnection(part.Database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<string>("SELECT state FROM delegation WHERE delegation_id = @Delegation", new { Delegation });
    }

    private async Task<bool> HasDepartedAsync(Part part)
    {
        await using var connection = new NpgsqlConnection(part.Database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM departure WHERE delegation_id = @Delegation)", new { Delegation });
    }

    private static async Task<byte[]> BytesAsync(AsyncServerStreamingCall<Google.Api.HttpBody> call)
    {
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Bytes(ZipArchive archive, string path)
    {
        using var stream = archive.GetEntry(path)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
