using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>Needs in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class NeedStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, need_id AS id, workshop_id AS workshopid,
        title, description, side, state, decision, deferred_day AS deferredday, proposed, proposed_by AS proposedby, result_type AS resulttype,
        result_id AS resultid, create_time AS createtime, update_time AS updatetime, revision
        """;

    public static Task InsertNeedAsync(this TenantSession session, NeedRow need, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO need (
            owner_id, delegation_id, delegate_id, project_id, need_id, workshop_id, title, description, side, state, decision, deferred_day, proposed,
            proposed_by, result_type, result_id, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @WorkshopId, @Title, @Description, @Side, @State, @Decision, @DeferredDay, @Proposed,
            @ProposedBy, @ResultType, @ResultId, @CreateTime, @UpdateTime, @Revision)
        """,
        need,
        cancellationToken);

    public static Task UpdateNeedAsync(this TenantSession session, NeedRow need, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE need SET
            state = @State, decision = @Decision, deferred_day = @DeferredDay, proposed = @Proposed, proposed_by = @ProposedBy, result_type = @ResultType,
            result_id = @ResultId, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND need_id = @Id
        """,
        need,
        cancellationToken);

    public static async Task<Outcome<NeedRow>> FindNeedAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<NeedRow>(
            $"SELECT {Columns} FROM need WHERE owner_id = @OwnerId AND project_id = @ProjectId AND need_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } need
            ? new Outcome<NeedRow>.Accepted(need)
            : new Outcome<NeedRow>.NotFound("NEED_NOT_FOUND", new("There is no need with this id.", "Aucun besoin n'a cet identifiant."));

    public static Task<IReadOnlyList<NeedRow>> ListNeedsAsync(
        this TenantSession session, ProjectRow project, string? state, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<NeedRow>(
        $"""
        SELECT {Columns}
        FROM need
        WHERE owner_id = @OwnerId AND project_id = @Id AND need_id > @after AND (@state::text IS NULL OR state = @state)
        ORDER BY need_id
        LIMIT @Limit
        """,
        new { project.OwnerId, project.Id, after = page.After?.Id ?? Guid.Empty, state, page.Limit },
        cancellationToken);
}
