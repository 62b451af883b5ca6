using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>Projects in the database: one statement per call.</summary>
internal static class ProjectStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS id, name, phase,
        opening_day AS openingday, target_day AS targetday, title_kind AS titlekind, title_object_id AS titleobjectid,
        title_first_day AS titlefirstday, title_last_day AS titlelastday, title_text_sha256 AS titletextsha256, title_known_time AS titleknowntime,
        title_revision AS titlerevision,
        create_time AS createtime, update_time AS updatetime, revision, run_stage AS runstage,
        (SELECT count(*)::integer FROM gate_override o
         WHERE o.owner_id = project.owner_id AND o.project_id = project.project_id AND o.state IN ('in_force', 'expired')) AS openoverrides,
        stop_reason AS stopreason
        """;

    /// <summary>The delegation, as this service knows it, that the caller takes part in.</summary>
    public static async Task<Outcome<DelegationKnown>> FindDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<DelegationKnown>(
            $"""
            SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state
            FROM delegation
            WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND delegation_id = @id
            """,
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } delegation
            ? new Outcome<DelegationKnown>.Accepted(delegation)
            : new Outcome<DelegationKnown>.NotFound(
                "DELEGATION_NOT_FOUND", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."));

    /// <summary>Adds a project; false when the delegation has one in progress.</summary>
    public static async Task<bool> InsertProjectAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO project (
                owner_id, delegation_id, delegate_id, project_id, name, phase, opening_day, target_day, title_kind, title_object_id,
                title_first_day, title_last_day, title_text_sha256, title_known_time, title_revision, create_time, update_time, revision)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @Id, @Name, @Phase, @OpeningDay, @TargetDay, @TitleKind, @TitleObjectId,
                @TitleFirstDay, @TitleLastDay, @TitleTextSha256, @TitleKnownTime, @TitleRevision, @CreateTime, @UpdateTime, @Revision)
            ON CONFLICT (owner_id, delegation_id) WHERE phase <> 'closed' DO NOTHING
            """;

        return await session.ExecuteAsync(Sql, project, cancellationToken) == 1;
    }

    /// <summary>A project that the caller takes part in.</summary>
    public static Task<Outcome<ProjectRow>> FindProjectAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindProjectAsync(id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it or its plan until the end of the transaction.</summary>
    public static Task<Outcome<ProjectRow>> LockProjectAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindProjectAsync(id, "FOR UPDATE", cancellationToken);

    /// <summary>The caller's projects, the oldest first.</summary>
    public static Task<IReadOnlyList<ProjectRow>> ListProjectsAsync(
        this TenantSession session, ProjectFilter filter, CancellationToken cancellationToken) =>
        session.QueryAsync<ProjectRow>(
            $"""
            SELECT {Columns}
            FROM project
            WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND project_id > @after
              AND (@DelegationId::uuid IS NULL OR delegation_id = @DelegationId) AND (@Phase::text IS NULL OR phase = @Phase)
            ORDER BY project_id
            LIMIT @Limit
            """,
            new { session.Caller.OrganizationId, after = filter.Page.After?.Id ?? Guid.Empty, filter.DelegationId, filter.Phase, filter.Page.Limit },
            cancellationToken);

    public static Task UpdateProjectAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE project SET name = @Name, target_day = @TargetDay, phase = @Phase, run_stage = @RunStage, stop_reason = @StopReason, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @Id
        """,
        project,
        cancellationToken);

    private static async Task<Outcome<ProjectRow>> FindProjectAsync(this TenantSession session, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<ProjectRow>(
            $"SELECT {Columns} FROM project WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND project_id = @id {locking}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } project
            ? new Outcome<ProjectRow>.Accepted(project)
            : new Outcome<ProjectRow>.NotFound("PROJECT_NOT_FOUND", new("There is no project with this id.", "Aucun projet n'a cet identifiant."));
}
