using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>A comment on an escalation as the database keeps it.</summary>
internal sealed record CommentRow
{
    public const string Shared = "both";

    public required Guid Id { get; init; }

    public required Guid EscalationId { get; init; }

    public required string Side { get; init; }

    /// <summary>Who of the two parties sees it: both, or the code of the side.</summary>
    public required string Visibility { get; init; }

    public required string Text { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime CreateTime { get; init; }

    public bool IsPrivate => Visibility != Shared;

    public EscalationComment ToMessage() => new()
    {
        Id = Id.ToString(),
        EscalationId = EscalationId.ToString(),
        Side = RoleCodes.SideOf(Side),
        Private = IsPrivate,
        Text = Text,
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
    };

    // The generated text would put a private comment into whatever prints a row.
    public override string ToString() => Id.ToString();
}

/// <summary>Comments in the database.</summary>
internal static class CommentStore
{
    public static Task InsertCommentAsync(this TenantSession session, EscalationRow escalation, CommentRow comment, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO escalation_comment (owner_id, delegation_id, delegate_id, escalation_id, comment_id, side, visibility, text, person_id, create_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @EscalationId, @Id, @Side, @Visibility, @Text, @PersonId, @CreateTime)
            """,
            new
            {
                escalation.OwnerId, escalation.DelegationId, escalation.DelegateId, comment.EscalationId, comment.Id, comment.Side, comment.Visibility,
                comment.Text, comment.PersonId, comment.CreateTime,
            },
            cancellationToken);

    /// <summary>What the caller's side may read: shared comments and its own private ones, the earliest first.</summary>
    public static async Task<Page<CommentRow>> ListCommentsAsync(
        this TenantSession session, EscalationRow escalation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<CommentRow>(
            """
            SELECT comment_id AS id, escalation_id AS escalationid, side, visibility, text, person_id AS personid, create_time AS createtime
            FROM escalation_comment
            WHERE owner_id = @OwnerId AND escalation_id = @Id AND visibility IN ('both', @side) AND comment_id > @after
            ORDER BY comment_id
            LIMIT @Limit
            """,
            new { escalation.OwnerId, escalation.Id, side = session.Caller.Side.Code(), after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }
}
