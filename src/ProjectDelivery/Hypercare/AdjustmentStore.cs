using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>Adjustments in the database: one statement per call.</summary>
internal static class AdjustmentStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, adjustment_id AS id, title, description,
        side, due_day AS dueday, state, opened_by AS openedby, note, create_time AS createtime, update_time AS updatetime, revision
        """;

    public static Task InsertAdjustmentAsync(this TenantSession session, AdjustmentRow adjustment, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO adjustment (
            owner_id, delegation_id, delegate_id, project_id, adjustment_id, title, description, side, due_day, state, opened_by, note, create_time,
            update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Title, @Description, @Side, @DueDay, @State, @OpenedBy, @Note, @CreateTime,
            @UpdateTime, @Revision)
        """,
        adjustment,
        cancellationToken);

    public static Task UpdateAdjustmentAsync(this TenantSession session, AdjustmentRow adjustment, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE adjustment SET state = @State, note = @Note, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND adjustment_id = @Id
        """,
        adjustment,
        cancellationToken);

    /// <summary>An adjustment of a project; null without one. Commands lock the project before, and with it all of its adjustments.</summary>
    public static Task<AdjustmentRow?> FindAdjustmentAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<AdjustmentRow>(
            $"SELECT {Columns} FROM adjustment WHERE owner_id = @OwnerId AND project_id = @ProjectId AND adjustment_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken);

    /// <summary>The same, which must be there.</summary>
    public static async Task<Outcome<AdjustmentRow>> GetAdjustmentAsync(
        this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAdjustmentAsync(project, id, cancellationToken) is { } found
            ? new Outcome<AdjustmentRow>.Accepted(found)
            : new Outcome<AdjustmentRow>.NotFound("ADJUSTMENT_NOT_FOUND", new("There is no adjustment with this id.", "Aucun ajustement n'a cet identifiant."));

    /// <summary>The oldest first.</summary>
    public static Task<IReadOnlyList<AdjustmentRow>> ListAdjustmentsAsync(
        this TenantSession session, ProjectRow project, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<AdjustmentRow>(
            $"""
            SELECT {Columns}
            FROM adjustment
            WHERE owner_id = @OwnerId AND project_id = @ProjectId AND adjustment_id > @after AND (@state::text IS NULL OR state = @state)
            ORDER BY adjustment_id
            LIMIT @Limit
            """,
            new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, state, page.Limit },
            cancellationToken);

    /// <summary>How many adjustments of a delegation are open: neither confirmed nor withdrawn.</summary>
    public static Task<int> CountOpenAdjustmentsAsync(this TenantSession session, Parties parties, CancellationToken cancellationToken) =>
        session.FindAsync<int>(
            "SELECT count(*)::integer FROM adjustment WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state IN ('open', 'applied')",
            new { parties.OwnerId, parties.DelegationId },
            cancellationToken);
}
