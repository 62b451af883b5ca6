using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>The check of an operation as the database keeps it.</summary>
internal sealed record CheckRow(
    Guid ProjectId,
    Guid Id,
    string Reference,
    Guid OperationId,
    int OperationVersion,
    string Verdict,
    string Note,
    Guid? AdjustmentId,
    string Side,
    Guid PersonId,
    DateTime CheckTime,
    long Revision)
{
    public const string ObjectType = "operation_check";

    public OperationCheck ToMessage() => new()
    {
        ProjectId = ProjectId.ToString(),
        Reference = Reference,
        OperationId = OperationId.ToString(),
        OperationVersion = OperationVersion,
        Verdict = StoredNames.Read<OperationCheck.Types.Verdict>(Verdict),
        Note = Note,
        AdjustmentId = AdjustmentId?.ToString() ?? "",
        Side = RoleCodes.SideOf(Side),
        PersonId = PersonId.ToString(),
        Time = Timestamp.FromDateTime(CheckTime),
    };
}

/// <summary>Checks of operations in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class CheckStore
{
    private const string Columns =
        """
        project_id AS projectid, check_id AS id, reference, operation_id AS operationid, operation_version AS operationversion, verdict, note,
        adjustment_id AS adjustmentid, side, person_id AS personid, check_time AS checktime, revision
        """;

    /// <summary>The check of the operation with a reference; null without one. Commands lock the project before.</summary>
    public static Task<CheckRow?> FindCheckAsync(this TenantSession session, ProjectRow project, string reference, CancellationToken cancellationToken) =>
        session.FindAsync<CheckRow>(
            $"SELECT {Columns} FROM operation_check WHERE owner_id = @OwnerId AND project_id = @Id AND reference = @reference",
            new { project.OwnerId, project.Id, reference },
            cancellationToken);

    public static Task SaveCheckAsync(this TenantSession session, ProjectRow project, CheckRow check, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO operation_check (
            owner_id, delegation_id, delegate_id, project_id, check_id, reference, operation_id, operation_version, verdict, note, adjustment_id, side,
            person_id, check_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Reference, @OperationId, @OperationVersion, @Verdict, @Note, @AdjustmentId, @Side,
            @PersonId, @CheckTime, @Revision)
        ON CONFLICT (owner_id, project_id, reference) DO UPDATE SET
            operation_id = excluded.operation_id, operation_version = excluded.operation_version, verdict = excluded.verdict, note = excluded.note,
            adjustment_id = excluded.adjustment_id, side = excluded.side, person_id = excluded.person_id, check_time = excluded.check_time,
            revision = excluded.revision
        """,
        new
        {
            project.OwnerId,
            project.DelegationId,
            project.DelegateId,
            check.ProjectId,
            check.Id,
            check.Reference,
            check.OperationId,
            check.OperationVersion,
            check.Verdict,
            check.Note,
            check.AdjustmentId,
            check.Side,
            check.PersonId,
            check.CheckTime,
            check.Revision,
        },
        cancellationToken);

    /// <summary>In the order in which the operations were first checked.</summary>
    public static Task<IReadOnlyList<CheckRow>> ListChecksAsync(
        this TenantSession session, ProjectRow project, string? verdict, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<CheckRow>(
            $"""
            SELECT {Columns}
            FROM operation_check
            WHERE owner_id = @OwnerId AND project_id = @Id AND check_id > @after AND (@verdict::text IS NULL OR verdict = @verdict)
            ORDER BY check_id
            LIMIT @Limit
            """,
            new { project.OwnerId, project.Id, after = page.After?.Id ?? Guid.Empty, verdict, page.Limit },
            cancellationToken);
}
