using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Delegation.Archive.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Archive;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>The platform's own record: frozen, exported whole, accepted, and destroyed for the delegate.</summary>
public sealed class The_record_of_a_delegation(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_frozen_delegation_takes_no_command_until_both_call_the_exit_off()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        var delegations = new V1.Delegations.DelegationsClient(parting.As(insurer: true));
        var delegation = await delegations.GetDelegationAsync(new GetDelegationRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal((ExitPhase.Closure, V1.Delegation.Types.State.Frozen), (exit.Phase, delegation.State));
        Assert.Equal("DELEGATION_FROZEN", (await Refusals.ThrownBy(parting.Plans().ProposeReversibilityPlanAsync(parting.Proposal(), deadline: People.Deadline))).Reason());
        Assert.Equal("DELEGATION_FROZEN", (await Refusals.ThrownBy(delegations.UpdateDelegationAsync(
            new UpdateDelegationRequest { DelegationId = delegation.Id, Title = "Autre titre", Etag = delegation.Etag }, deadline: People.Deadline))).Reason());

        foreach (var insurer in new[] { true, false })
            exit = await parting.Exits(insurer).CallOffExitAsync(new CallOffExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag }, deadline: People.Deadline);
        var open = await delegations.GetDelegationAsync(new GetDelegationRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal((ExitState.CalledOff, V1.Delegation.Types.State.Open), (exit.State, open.State));
        await parting.Plans().ProposeReversibilityPlanAsync(parting.Proposal(), deadline: People.Deadline);
        Assert.Equal(
            [V1.Delegation.Types.State.Frozen, V1.Delegation.Types.State.Open],
            (await host.EntriesOfAsync(parting.InsurerId)).Select(entry => entry.Event).OfType<ExitDelegationChanged>().Select(changed => changed.Delegation.State));
    }

    [PostgresFact]
    public async Task Every_table_is_in_the_archive_with_its_rows_or_named_with_a_reason()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        using var archive = new ZipArchive(new MemoryStream(await parting.DownloadAsync(exit)));
        var manifest = Json(archive, "manifest.json");
        var record = manifest.GetProperty("services")[0].GetProperty("record");
        var tables = record.GetProperty("tables").EnumerateArray().ToDictionary(table => table.GetProperty("name").GetString()!, Rows);
        var excluded = record.GetProperty("excluded").EnumerateArray().ToDictionary(table => table.GetProperty("name").GetString()!, table => table.GetProperty("reason").GetString());

        // The catalogue is what there is: a table that a migration adds is here, whoever forgets it.
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var catalogue = (await connection.QueryAsync<(string Name, string Kind)>(
            "SELECT relname::text, substring(obj_description(oid, 'pg_class') FROM '^kind: ([a-z]+)') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")).ToArray();
        Assert.Equal(catalogue.Select(table => table.Name).Order(), tables.Keys.Concat(excluded.Keys).Order());
        Assert.Equal(["file_chunk"], catalogue.Where(table => table.Kind == "party" && excluded.ContainsKey(table.Name)).Select(table => table.Name));
        Assert.All(excluded.Values, reason => Assert.NotEmpty(reason!));

        foreach (var table in tables.Keys)
        {
            var stored = await connection.ExecuteScalarAsync<long>(
                $"SELECT count(*) FROM \"{table}\" t WHERE delegation_id = @id AND coalesce(to_jsonb(t) ->> 'visibility', 'both') <> 'delegate'", new { id = Guid.Parse(parting.DelegationId) });
            // That this archive was given is kept after it was made.
            stored -= table == "exit_archive" ? 1 : 0;
            Assert.Equal((table, stored), (table, tables[table]));
            Assert.Equal(stored, Lines(archive, $"contracts/tables/{table}.jsonl").Length);
            Assert.NotEmpty(Lines(archive, $"contracts/tables/{table}.dictionary.csv").Skip(1));
        }

        Assert.Equal((1, 1, 1), (tables["delegation_exit"], tables["contract"], tables["joint_version"]));
    }

    [PostgresFact]
    public async Task What_one_side_keeps_to_itself_is_in_its_own_archive_alone_and_everything_checks_offline()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        await PlantAsync(parting, "insurer", "delegate");
        var (insurers, delegates) = (await parting.DownloadAsync(exit), await parting.DownloadAsync(exit, insurer: false));
        Assert.Equal(["PRIVATE-OF-insurer"], Planted(insurers));
        Assert.Equal(["PRIVATE-OF-delegate"], Planted(delegates));

        using var archive = new ZipArchive(new MemoryStream(insurers));
        var files = Json(archive, "manifest.json").GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(archive.Entries.Select(entry => entry.FullName).Where(name => name != "manifest.json").Order(), files.Select(file => file.GetProperty("path").GetString()).Order());
        Assert.All(files, file => Assert.Equal(
            (file.GetProperty("bytes").GetInt64(), file.GetProperty("sha256").GetString()),
            Bytes(archive, file.GetProperty("path").GetString()!) is var bytes ? (bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))) : default));

        var (entries, chain) = (Text(archive, "contracts/journal/entries.jsonl"), Text(archive, "contracts/journal/chain.csv"));
        Assert.Null((await CheckAsync(entries, chain)).Fault);
        Assert.Equal(Lines(archive, "contracts/journal/entries.jsonl").Length, (await CheckAsync(entries, chain)).Entries);
        Assert.Contains("digest", (await CheckAsync(entries.Replace("\"Revision\":1", "\"Revision\":7", StringComparison.Ordinal), chain)).Fault, StringComparison.Ordinal);
        Assert.Contains("chain is broken", (await CheckAsync(entries, string.Join('\n', chain.Split('\n').Where((_, place) => place != 2)))).Fault, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Nothing_is_destroyed_before_the_insurer_accepted_what_it_was_given_and_the_delegate_attested()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        Assert.Equal("RECORD_NOT_ACCEPTED", (await Parting.RefusedAsync(parting.DestroyAsync(exit))).Reason());
        Assert.Equal("ARCHIVE_UNKNOWN", (await Parting.RefusedAsync(parting.AcceptAsync(exit, Parting.Hash))).Reason());
        await parting.DownloadAsync(exit, insurer: false);
        exit = await parting.AcceptAsync(exit, await ManifestAsync(parting, exit));
        Assert.Equal("CRITERIA_NOT_MET", (await Parting.RefusedAsync(parting.DestroyAsync(exit))).Reason());
        Assert.Equal("RECORD_ACCEPTED", (await Refusals.ThrownBy(parting.Exits().CallOffExitAsync(
            new CallOffExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id, Etag = exit.Etag }, deadline: People.Deadline))).Reason());
        Assert.Equal("NOT_DESTROYED", (await Parting.RefusedAsync(parting.CertificateAsync(exit))).Reason());
    }

    [PostgresFact]
    public async Task After_destruction_the_delegate_finds_nothing_and_nobody_else_lost_anything()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        var (others, _) = await Ending.FrozenAsync(host);
        await PlantAsync(parting, "insurer", "delegate");
        await PlantAsync(others, "insurer", "delegate");
        exit = await parting.CompleteAsync(await parting.AcceptAsync(exit, await ManifestAsync(parting, exit)));
        var (history, before) = (await RowsAsync(parting.DelegationId), await RowsAsync(others.DelegationId));

        exit = await parting.DestroyAsync(exit);
        await Eventually.Async(async () => (exit = await parting.ReadAsync(exit)).State == ExitState.Closed);
        Assert.Equal(["clause_comment", "journal"], exit.Record.Erasures.Single().Tables.Select(table => table.Table).Where(table => table is "clause_comment" or "journal"));
        Assert.All(exit.Terms.Retention, kept => Assert.NotEmpty(kept.LastDay));

        var delegations = new V1.Delegations.DelegationsClient(parting.As(insurer: false));
        Assert.Equal("DELEGATION_NOT_FOUND", (await Parting.RefusedAsync(parting.ReadAsync(exit, insurer: false))).Reason());
        Assert.Equal("DELEGATION_NOT_FOUND", (await Parting.RefusedAsync(parting.CertificateAsync(exit, insurer: false))).Reason());
        Assert.Empty((await delegations.ListDelegationsAsync(new ListDelegationsRequest(), deadline: People.Deadline)).Delegations);

        // The insurer has its history, less what was the delegate's alone; the other delegation has all it had.
        var insurers = new V1.Delegations.DelegationsClient(parting.As(insurer: true));
        var closed = await insurers.GetDelegationAsync(new GetDelegationRequest { DelegationId = parting.DelegationId }, deadline: People.Deadline);
        Assert.Equal(V1.Delegation.Types.State.Closed, closed.State);
        Assert.DoesNotContain(await RowsAsync(parting.DelegationId), row => row.Contains("PRIVATE-OF-delegate", StringComparison.Ordinal));
        Assert.Empty(history.Where(row => !row.Contains("\"visibility\": \"delegate\"", StringComparison.Ordinal) && !row.StartsWith("delegation", StringComparison.Ordinal)).Except(await RowsAsync(parting.DelegationId)));
        Assert.Equal(before, await RowsAsync(others.DelegationId));
        Assert.Null((await new Persistence.Journal.JournalVerification(NpgsqlDataSource.Create(host.Database.AdminConnectionString)).VerifyAsync([])).Fault);

        var certificate = await parting.CertificateAsync(exit);
        Assert.Equal(exit.Record.CertificateSha256, Convert.ToHexStringLower(SHA256.HashData(certificate)));
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(certificate, 0, 8), StringComparison.Ordinal);

        // Whatever they are called later, it stays what it was.
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync("UPDATE member SET display_name = 'Autre nom' WHERE owner_id = @id", new { id = Guid.Parse(parting.InsurerId) });
        Assert.Equal(certificate, await parting.CertificateAsync(exit));
    }

    [PostgresFact]
    public async Task What_was_erased_is_counted_over_all_attempts()
    {
        var (parting, exit) = await Ending.FrozenAsync(host);
        await PlantAsync(parting, "delegate");
        var archives = new Archives.ArchivesClient(host.Scene.As(host.Scene.System));
        var request = new EraseCopiesRequest { OwnerId = parting.InsurerId, DelegationId = parting.DelegationId, DelegateId = parting.DelegateId, FreezeTime = exit.Record.FreezeTime };

        var first = (await archives.EraseCopiesAsync(request, deadline: People.Deadline)).Erased;
        var again = (await archives.EraseCopiesAsync(request, deadline: People.Deadline)).Erased;
        await PlantAsync(parting, "delegate");
        var later = (await archives.EraseCopiesAsync(request, deadline: People.Deadline)).Erased;

        Assert.InRange(first["clause_comment"], 1, long.MaxValue);
        Assert.Equal(first, again);
        Assert.Equal(2 * first["clause_comment"], later["clause_comment"]);
    }

    private static async Task<string> ManifestAsync(Parting parting, Exit exit)
    {
        using var archive = new ZipArchive(new MemoryStream(await parting.DownloadAsync(exit)));
        return Convert.ToHexStringLower(SHA256.HashData(Bytes(archive, "manifest.json")));
    }

    private static Task<(long Entries, string? Fault)> CheckAsync(string entries, string chain) =>
        ArchivedJournal.CheckAsync(new MemoryStream(Encoding.UTF8.GetBytes(entries)), new MemoryStream(Encoding.UTF8.GetBytes(chain)));

    private static string[] Planted(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var all = string.Concat(archive.Entries.Select(entry => Text(archive, entry.FullName)));
        return [.. new[] { "PRIVATE-OF-insurer", "PRIVATE-OF-delegate" }.Where(marker => all.Contains(marker, StringComparison.Ordinal))];
    }

    // A private comment of each side on each clause, and a private entry of the journal.
    private async Task PlantAsync(Parting parting, params string[] sides)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        foreach (var side in sides)
            await connection.ExecuteAsync(
                """
                INSERT INTO clause_comment (owner_id, delegation_id, delegate_id, contract_id, comment_id, clause_id, side, visibility, text, person_id, create_time)
                SELECT owner_id, delegation_id, delegate_id, contract_id, gen_random_uuid(), clause_id, @side, @side, 'PRIVATE-OF-' || @side, gen_random_uuid(), @now
                FROM contract_clause WHERE delegation_id = @id;
                WITH entry AS (
                    INSERT INTO journal
                    SELECT gen_random_uuid(), owner_id, delegation_id, delegate_id, @side, 'thing', gen_random_uuid(), 1, NULL, NULL, @now, 'a.Thing',
                           convert_to('PRIVATE-OF-' || @side, 'UTF8'), '\x00112233445566778899aabbccddeeff',
                           sha256('\x00112233445566778899aabbccddeeff' || convert_to('PRIVATE-OF-' || @side, 'UTF8'))
                    FROM delegation WHERE delegation_id = @id RETURNING entry_id)
                INSERT INTO pending (entry_id) SELECT entry_id FROM entry
                """,
                new { side, id = Guid.Parse(parting.DelegationId), now = DateTime.UtcNow });
    }

    // Every row of a delegation in every table, as text.
    private async Task<string[]> RowsAsync(string delegationId)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var tables = await connection.QueryAsync<string>(
            "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'delegation_id' WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('journal', 'departure') ORDER BY 1");
        var rows = new List<string>();
        foreach (var table in tables)
            rows.AddRange(await connection.QueryAsync<string>($"SELECT '{table} ' || to_jsonb(t)::text FROM \"{table}\" t WHERE delegation_id = @id", new { id = Guid.Parse(delegationId) }));

        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    private static long Rows(JsonElement table) => table.TryGetProperty("rows", out var rows) ? long.Parse(rows.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static JsonElement Json(ZipArchive archive, string path) => JsonDocument.Parse(Text(archive, path)).RootElement;

    private static string Text(ZipArchive archive, string path) => Encoding.UTF8.GetString(Bytes(archive, path));

    private static string[] Lines(ZipArchive archive, string path) => Text(archive, path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Bytes(ZipArchive archive, string path)
    {
        using var stream = archive.GetEntry(path)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
