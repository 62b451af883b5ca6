using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>Overrides in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class OverrideStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, override_id AS id, gate, criterion,
        reason, end_day AS endday, state, found_en AS founden, found_fr AS foundfr, proposed_by AS proposedby, proposer_id AS proposerid,
        create_time AS createtime, confirmer_id AS confirmerid, confirm_time AS confirmtime, end_time AS endtime, revision
        """;

    /// <summary>Adds a proposal; false when one waits already.</summary>
    public static async Task<bool> InsertOverrideAsync(this TenantSession session, OverrideRow proposal, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            """
            INSERT INTO gate_override (
                owner_id, delegation_id, delegate_id, project_id, override_id, gate, criterion, reason, end_day, state, found_en, found_fr, proposed_by,
                proposer_id, create_time, confirmer_id, confirm_time, end_time, revision)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Gate, @Criterion, @Reason, @EndDay, @State, @FoundEn, @FoundFr, @ProposedBy,
                @ProposerId, @CreateTime, @ConfirmerId, @ConfirmTime, @EndTime, @Revision)
            ON CONFLICT (owner_id, project_id, gate, criterion) WHERE state = 'proposed' DO NOTHING
            """,
            proposal,
            cancellationToken) == 1;

    public static Task UpdateOverrideAsync(this DatabaseSession session, OverrideRow changed, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE gate_override SET state = @State, confirmer_id = @ConfirmerId, confirm_time = @ConfirmTime, end_time = @EndTime, revision = @Revision
        WHERE owner_id = @OwnerId AND override_id = @Id
        """,
        changed,
        cancellationToken);

    /// <summary>An override of a project. Commands lock the project before, and with it all of its overrides.</summary>
    public static async Task<Outcome<OverrideRow>> FindOverrideAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<OverrideRow>(
            $"SELECT {Columns} FROM gate_override WHERE owner_id = @OwnerId AND project_id = @ProjectId AND override_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } found
            ? new Outcome<OverrideRow>.Accepted(found)
            : new Outcome<OverrideRow>.NotFound("OVERRIDE_NOT_FOUND", new("There is no override with this id.", "Aucune dérogation n'a cet identifiant."));

    /// <summary>Those of a project that are in force or expired: one for each criterion at most.</summary>
    public static Task<IReadOnlyList<OverrideRow>> ListOpenOverridesAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.QueryAsync<OverrideRow>(
            $"SELECT {Columns} FROM gate_override WHERE owner_id = @OwnerId AND project_id = @Id AND state IN ('in_force', 'expired')",
            new { project.OwnerId, project.Id },
            cancellationToken);

    /// <summary>The oldest first.</summary>
    public static Task<IReadOnlyList<OverrideRow>> ListOverridesAsync(
        this TenantSession session, ProjectRow project, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<OverrideRow>(
            $"""
            SELECT {Columns}
            FROM gate_override
            WHERE owner_id = @OwnerId AND project_id = @ProjectId AND override_id > @after AND (@state::text IS NULL OR state = @state)
            ORDER BY override_id
            LIMIT @Limit
            """,
            new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, state, page.Limit },
            cancellationToken);

    /// <summary>For due work: the override, its project locked before it as commands do.</summary>
    public static async Task<OverrideRow?> LockOverrideAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<OverrideRow>(
            $"SELECT {Columns} FROM gate_override WHERE owner_id = @ownerId AND override_id = @id FOR UPDATE", new { ownerId, id }, cancellationToken);
}
