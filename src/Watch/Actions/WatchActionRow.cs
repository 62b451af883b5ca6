using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Watch.V1.WatchAction.Types.State;

namespace Delegation.Watch.Actions;

/// <summary>An action as the database keeps it.</summary>
internal sealed record WatchActionRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    Guid ItemId,
    string ItemTitle,
    string ItemReference,
    string Title,
    string Side,
    string Role,
    DateOnly DueDay,
    string State,
    string OpenedBy,
    string Note,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "watch_action";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    /// <summary>The side that does it.</summary>
    public Side Doer => RoleCodes.SideOf(Side);

    public PageKey PageKey => new(DueDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), Id);

    /// <summary>What waits for its side as long as it is open. It has its day with it, so that a list tells when it is late.</summary>
    public OpenWork Work => new(
        new WorkItemKey("watch_action.complete", ObjectType, Id, Doer), OwnerId, DelegationId, DelegateId, new LocalizedText($"{ItemTitle}: {Title}", $"{ItemTitle} : {Title}"))
    {
        Roles = RoleCodes.TryParse(Role, out var role) ? [role] : [],
        DueDay = DueDay,
    };

    /// <summary>The action as it is at an instant.</summary>
    public WatchAction ToMessage(DateTimeOffset now)
    {
        var message = ToEvent();
        message.Late = In == WatchAction.Types.State.Open && ParisDays.EndOf(DueDay) <= now;
        return message;
    }

    /// <summary>The action as the journal tells it: without what changes by itself.</summary>
    public WatchAction ToEvent() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        ItemId = ItemId.ToString(),
        ItemTitle = ItemTitle,
        ItemReference = ItemReference,
        Title = Title,
        Side = Doer,
        Role = RoleCodes.TryParse(Role, out var role) ? role : Access.V1.Role.Unspecified,
        DueDay = DayField.Write(DueDay),
        State = In,
        OpenedBy = RoleCodes.SideOf(OpenedBy),
        Note = Note,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}

/// <summary>Actions in the database: one statement per call, within a delegation that the caller was found to take part in.</summary>
internal static class WatchActionStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, action_id AS id, item_id AS itemid, item_title AS itemtitle,
        item_reference AS itemreference, title, side, role, due_day AS dueday, state, opened_by AS openedby, note, create_time AS createtime,
        update_time AS updatetime, revision
        """;

    public static Task InsertActionAsync(this TenantSession session, WatchActionRow action, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO watch_action (
            owner_id, delegation_id, delegate_id, action_id, item_id, item_title, item_reference, title, side, role, due_day, state, opened_by, note,
            create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @ItemId, @ItemTitle, @ItemReference, @Title, @Side, @Role, @DueDay, @State, @OpenedBy, @Note,
            @CreateTime, @UpdateTime, @Revision)
        """,
        action,
        cancellationToken);

    public static Task UpdateActionAsync(this TenantSession session, WatchActionRow action, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE watch_action SET state = @State, note = @Note, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND action_id = @Id
        """,
        action,
        cancellationToken);

    public static async Task<Outcome<WatchActionRow>> FindActionAsync(
        this TenantSession session, Parties parties, Guid id, bool locking, CancellationToken cancellationToken) =>
        await session.FindAsync<WatchActionRow>(
            $"SELECT {Columns} FROM watch_action WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND action_id = @id {(locking ? "FOR UPDATE" : "")}",
            new { parties.OwnerId, parties.DelegationId, id },
            cancellationToken) is { } action
            ? new Outcome<WatchActionRow>.Accepted(action)
            : new Outcome<WatchActionRow>.NotFound("ACTION_NOT_FOUND", new("There is no action with this id.", "Aucune action n'a cet identifiant."));

    /// <summary>The nearest due day first.</summary>
    public static Task<IReadOnlyList<WatchActionRow>> ListActionsAsync(
        this TenantSession session, Parties parties, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<WatchActionRow>(
            $"""
            SELECT {Columns} FROM watch_action
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND (due_day, action_id) > (@afterDay, @afterId) AND (@state::text IS NULL OR state = @state)
            ORDER BY due_day, action_id
            LIMIT @Limit
            """,
            new
            {
                parties.OwnerId,
                parties.DelegationId,
                afterDay = DateOnly.FromDateTime(page.After?.Time ?? DateTime.MinValue),
                afterId = page.After?.Id ?? Guid.Empty,
                state,
                page.Limit,
            },
            cancellationToken);
}
