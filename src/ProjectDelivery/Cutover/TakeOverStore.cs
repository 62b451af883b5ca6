using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Take-overs in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class TakeOverStore
{
    private const string Selection =
        """
        SELECT t.owner_id AS ownerid, t.delegation_id AS delegationid, t.delegate_id AS delegateid, t.project_id AS projectid, t.lot_id AS lotid,
               l.title AS lottitle, t.take_over_id AS id, t.dry_run AS dryrun, t.state, t.lot_revision AS lotrevision, t.source::text AS source,
               t.loaded::text AS loaded, array_to_string(t.gdpr_evidence, E'\n') AS gdprevidence, t.insurer_person_id AS insurerpersonid,
               t.insurer_consent_time AS insurerconsenttime, t.insurer_reason AS insurerreason, t.delegate_person_id AS delegatepersonid,
               t.delegate_consent_time AS delegateconsenttime, t.delegate_reason AS delegatereason, t.refusal, t.content_revision AS contentrevision,
               t.create_time AS createtime, t.update_time AS updatetime, t.revision
        FROM take_over t
        JOIN take_over_lot l ON l.owner_id = t.owner_id AND l.project_id = t.project_id AND l.lot_id = t.lot_id
        WHERE t.owner_id = @OwnerId AND t.project_id = @ProjectId
        """;

    /// <summary>Adds a take-over; false when the lot is being taken over.</summary>
    public static async Task<bool> InsertTakeOverAsync(this TenantSession session, TakeOverRow takeOver, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO take_over (
            owner_id, delegation_id, delegate_id, project_id, lot_id, take_over_id, dry_run, state, lot_revision, source, loaded, gdpr_evidence,
            content_revision, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @LotId, @Id, @DryRun, @State, @LotRevision, @Source::jsonb, @Loaded::jsonb,
            string_to_array(@GdprEvidence, E'\n'), @ContentRevision, @CreateTime, @UpdateTime, @Revision)
        ON CONFLICT (owner_id, project_id, lot_id) WHERE state IN ('started', 'loaded') DO NOTHING
        """,
        takeOver,
        cancellationToken) == 1;

    public static Task UpdateTakeOverAsync(this TenantSession session, TakeOverRow takeOver, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE take_over SET
            state = @State, loaded = @Loaded::jsonb, insurer_person_id = @InsurerPersonId, insurer_consent_time = @InsurerConsentTime,
            insurer_reason = @InsurerReason, delegate_person_id = @DelegatePersonId, delegate_consent_time = @DelegateConsentTime,
            delegate_reason = @DelegateReason, refusal = @Refusal, content_revision = @ContentRevision, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND take_over_id = @Id
        """,
        takeOver,
        cancellationToken);

    public static async Task<Outcome<TakeOverRow>> FindTakeOverAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<TakeOverRow>(
            $"{Selection} AND t.take_over_id = @id", new { project.OwnerId, ProjectId = project.Id, id }, cancellationToken) is { } takeOver
            ? new Outcome<TakeOverRow>.Accepted(takeOver)
            : new Outcome<TakeOverRow>.NotFound("TAKE_OVER_NOT_FOUND", new("There is no take-over with this id.", "Aucune reprise n'a cet identifiant."));

    public static Task<IReadOnlyList<TakeOverRow>> ListTakeOversAsync(
        this TenantSession session, ProjectRow project, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<TakeOverRow>(
        $"{Selection} AND t.take_over_id > @after ORDER BY t.take_over_id LIMIT @Limit",
        new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);
}
