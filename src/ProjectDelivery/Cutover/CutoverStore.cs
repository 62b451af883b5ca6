using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Cutovers in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class CutoverStore
{
    private const string Selection =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, cutover_id AS id, title, rehearsal,
               state, start_time AS starttime, steps::text AS steps, rolled_back_to AS rolledbackto, rollback_reason AS rollbackreason,
               rollback_side AS rollbackside, rollback_time AS rollbacktime, content_revision AS contentrevision, create_time AS createtime,
               update_time AS updatetime, revision
        FROM cutover
        WHERE owner_id = @OwnerId AND project_id = @ProjectId
        """;

    /// <summary>Adds a cutover; false when one that is no rehearsal is in progress beside it.</summary>
    public static async Task<bool> InsertCutoverAsync(this TenantSession session, CutoverRow cutover, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO cutover (
            owner_id, delegation_id, delegate_id, project_id, cutover_id, title, rehearsal, state, start_time, steps, content_revision, create_time,
            update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Title, @Rehearsal, @State, @StartTime, @Steps::jsonb, @ContentRevision, @CreateTime,
            @UpdateTime, @Revision)
        ON CONFLICT (owner_id, project_id) WHERE NOT rehearsal AND state IN ('planned', 'running', 'stopped') DO NOTHING
        """,
        cutover,
        cancellationToken) == 1;

    public static Task UpdateCutoverAsync(this TenantSession session, CutoverRow cutover, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE cutover SET
            title = @Title, state = @State, start_time = @StartTime, steps = @Steps::jsonb, rolled_back_to = @RolledBackTo, rollback_reason = @RollbackReason,
            rollback_side = @RollbackSide, rollback_time = @RollbackTime, content_revision = @ContentRevision, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND cutover_id = @Id
        """,
        cutover,
        cancellationToken);

    public static async Task<Outcome<CutoverRow>> FindCutoverAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<CutoverRow>(
            $"{Selection} AND cutover_id = @id", new { project.OwnerId, ProjectId = project.Id, id }, cancellationToken) is { } cutover
            ? new Outcome<CutoverRow>.Accepted(cutover)
            : new Outcome<CutoverRow>.NotFound("CUTOVER_NOT_FOUND", new("There is no cutover with this id.", "Aucune bascule n'a cet identifiant."));

    public static Task<IReadOnlyList<CutoverRow>> ListCutoversAsync(
        this TenantSession session, ProjectRow project, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<CutoverRow>(
        $"{Selection} AND cutover_id > @after ORDER BY cutover_id LIMIT @Limit",
        new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);

    /// <summary>The latest cutover that is no rehearsal; null without one.</summary>
    public static Task<CutoverRow?> FindLatestCutoverAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.FindAsync<CutoverRow>(
            $"{Selection} AND NOT rehearsal ORDER BY create_time DESC, cutover_id DESC LIMIT 1", new { project.OwnerId, ProjectId = project.Id }, cancellationToken);
}
