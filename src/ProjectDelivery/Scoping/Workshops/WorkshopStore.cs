using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Scoping.Workshops;

/// <summary>Workshops in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class WorkshopStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, workshop_id AS id, state, title,
        start_time AS starttime, place, points, insurer_people AS insurerpeople, delegate_people AS delegatepeople, record, create_time AS createtime,
        update_time AS updatetime, revision
        """;

    public static Task InsertWorkshopAsync(this TenantSession session, WorkshopRow workshop, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO workshop (
            owner_id, delegation_id, delegate_id, project_id, workshop_id, state, title, start_time, place, points, insurer_people, delegate_people, record,
            create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @State, @Title, @StartTime, @Place, @Points, @InsurerPeople, @DelegatePeople, @Record,
            @CreateTime, @UpdateTime, @Revision)
        """,
        workshop,
        cancellationToken);

    public static Task UpdateWorkshopAsync(this TenantSession session, WorkshopRow workshop, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE workshop SET
            state = @State, title = @Title, start_time = @StartTime, place = @Place, points = @Points, insurer_people = @InsurerPeople,
            delegate_people = @DelegatePeople, record = @Record, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND workshop_id = @Id
        """,
        workshop,
        cancellationToken);

    public static async Task<Outcome<WorkshopRow>> FindWorkshopAsync(this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<WorkshopRow>(
            $"SELECT {Columns} FROM workshop WHERE owner_id = @OwnerId AND project_id = @ProjectId AND workshop_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } workshop
            ? new Outcome<WorkshopRow>.Accepted(workshop)
            : new Outcome<WorkshopRow>.NotFound("WORKSHOP_NOT_FOUND", new("There is no workshop with this id.", "Aucun atelier n'a cet identifiant."));

    public static Task<IReadOnlyList<WorkshopRow>> ListWorkshopsAsync(
        this TenantSession session, ProjectRow project, PageRequest page, CancellationToken cancellationToken) => session.QueryAsync<WorkshopRow>(
        $"SELECT {Columns} FROM workshop WHERE owner_id = @OwnerId AND project_id = @Id AND workshop_id > @after ORDER BY workshop_id LIMIT @Limit",
        new { project.OwnerId, project.Id, after = page.After?.Id ?? Guid.Empty, page.Limit },
        cancellationToken);

    /// <summary>Whether all of some people are members of the caller's organisation.</summary>
    public static async Task<bool> AreColleaguesAsync(this TenantSession session, Guid[] people, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>("SELECT coalesce(bool_and(is_colleague(person)), true) FROM unnest(@people) AS person", new { people }, cancellationToken);
}
