using System.Text.Json;
using Delegation.Archive.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;

namespace Delegation.Persistence.Archive;

/// <summary>The rpcs of <c>delegation.archive.v1.Archives</c>, the same in every service. What each means is in the contract.</summary>
internal sealed class ArchivesService(TenantSessions sessions, SystemSessions systemSessions) : Archives.ArchivesBase
{
    // A year of claim lines takes its time; whoever waits for less closes the stream.
    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(30);

    // The journal tells of the freeze within a moment; a record of before would not be the last one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int Looks = 25;

    private static readonly LocalizedText NotFound = new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant.");

    private static readonly LocalizedText NotFrozen = new(
        "This service does not know the delegation as one that ends.", "Ce service ne connaît pas cette délégation comme prenant fin.");

    private static readonly FieldViolation FreezeTimeRequired = new(
        "freeze_time", "FREEZE_TIME_REQUIRED", new("When the delegation was frozen is missing.", "La date du gel manque."), new("Give it.", "Indiquez-la."));

    public override async Task ExportRecord(ExportRecordRequest request, IServerStreamWriter<RecordPart> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        violations.RefuseIfAny();

        for (var looks = 0; looks < Looks; looks++)
        {
            if (looks > 0)
                await Task.Delay(Pause, context.CancellationToken);

            await using var session = await sessions.OpenSnapshotAsync(context.Caller(), context.CancellationToken);
            session.StatementLimit = LongestStatement;
            var known = await session.FindAsync<Known>(
                "SELECT owner_id AS ownerid, state FROM delegation WHERE @OrganizationId IN (owner_id, delegate_id) AND delegation_id = @delegationId",
                new { session.Caller.OrganizationId, delegationId },
                context.CancellationToken) ?? throw RpcErrors.NotFound("DELEGATION_NOT_FOUND", NotFound);
            if (known.State is not ("frozen" or "closed"))
                continue;

            var writer = new RecordWriter(responseStream, context.CancellationToken);
            await writer.EndAsync(await new RecordExport(session, known.OwnerId, delegationId!.Value, writer, context.CancellationToken).RunAsync());
            return;
        }

        throw RpcErrors.FailedPrecondition("DELEGATION_NOT_FROZEN", NotFrozen);
    }

    public override async Task<EraseCopiesResponse> EraseCopies(EraseCopiesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var owner = IdField.Read("owner_id", request.OwnerId, violations);
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        var @delegate = IdField.Read("delegate_id", request.DelegateId, violations);
        if (request.FreezeTime is null)
            violations.Add(FreezeTimeRequired);
        violations.RefuseIfAny();

        await using var session = await systemSessions.OpenAsync(context.CancellationToken);
        session.StatementLimit = LongestStatement;
        var parameters = new { owner, delegation, @delegate, freezeTime = request.FreezeTime!.ToDateTime() };
        var isEnding = await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM delegation WHERE owner_id = @owner AND delegation_id = @delegation AND delegate_id = @delegate AND state IN ('frozen', 'closed'))",
            parameters, context.CancellationToken);
        if (!isEnding)
            throw RpcErrors.FailedPrecondition("DELEGATION_NOT_FROZEN", NotFrozen);

        const string Sql =
            """
            WITH erased AS MATERIALIZED (SELECT "table", erased AS rows FROM erase_copies(@owner, @delegation, @delegate, @freezeTime))
            SELECT "table", sum(rows)::bigint
            FROM (
                SELECT "table", rows FROM erased
                UNION ALL
                SELECT "table", rows::bigint FROM departure d CROSS JOIN jsonb_each_text(d.erased) e ("table", rows)
                WHERE d.delegate_id = @delegate AND d.delegation_id = @delegation) counted
            GROUP BY "table"
            """;
        var erased = await session.QueryAsync<(string Table, long Rows)>(Sql, parameters, context.CancellationToken);
        await session.ExecuteAsync(
            "UPDATE departure SET erased = @erased::jsonb WHERE delegate_id = @delegate AND delegation_id = @delegation",
            new { delegation, @delegate, erased = JsonSerializer.Serialize(erased.ToDictionary(row => row.Table, row => row.Rows)) }, context.CancellationToken);
        await session.CommitAsync(context.CancellationToken);

        return new EraseCopiesResponse { Erased = { erased.ToDictionary(row => row.Table, row => row.Rows) } };
    }

    private sealed record Known(Guid OwnerId, string State);
}
