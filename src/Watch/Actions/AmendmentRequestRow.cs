using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.Watch.V1;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Watch.V1.AmendmentRequest.Types.State;

namespace Delegation.Watch.Actions;

/// <summary>An amendment request as the database keeps it.</summary>
internal sealed record AmendmentRequestRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    Guid ItemId,
    string ItemTitle,
    string ItemReference,
    Guid? ContractId,
    string Change,
    DateOnly? EffectDay,
    string State,
    string RequestedBy,
    string Answer,
    Guid? AmendmentId,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "amendment_request";

    private static readonly Role[] Roles = [Role.Legal, Role.Compliance, Role.DelegationManager];

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    public Side Asks => RoleCodes.SideOf(RequestedBy);

    /// <summary>The side that answers.</summary>
    public Side Answers => Asks == Side.Insurer ? Side.Delegate : Side.Insurer;

    /// <summary>What waits in each state: the answer, then the amendment, which whoever asked for it begins.</summary>
    public IEnumerable<OpenWork> Waiting => In switch
    {
        AmendmentRequest.Types.State.Requested =>
            [Work("amendment_request.answer", Answers, new($"Answer the amendment request: {ItemTitle}", $"Répondre à la proposition d'avenant : {ItemTitle}"))],
        AmendmentRequest.Types.State.Accepted =>
            [Work("amendment_request.name", Asks, new($"Draw up the accepted amendment: {ItemTitle}", $"Établir l'avenant accepté : {ItemTitle}"))],
        _ => [],
    };

    public AmendmentRequest ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        ItemId = ItemId.ToString(),
        ItemTitle = ItemTitle,
        ItemReference = ItemReference,
        ContractId = ContractId?.ToString() ?? "",
        Change = Change,
        EffectDay = DayField.Write(EffectDay),
        State = In,
        RequestedBy = Asks,
        Answer = Answer,
        AmendmentId = AmendmentId?.ToString() ?? "",
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private OpenWork Work(string kind, Side side, LocalizedText title) =>
        new(new WorkItemKey(kind, ObjectType, Id, side), OwnerId, DelegationId, DelegateId, title) { Roles = Roles, DueDay = EffectDay };
}

/// <summary>Amendment requests in the database: one statement per call, within a delegation that the caller was found to take part in.</summary>
internal static class AmendmentRequestStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, amendment_request_id AS id, item_id AS itemid, item_title AS itemtitle,
        item_reference AS itemreference, contract_id AS contractid, change, effect_day AS effectday, state, requested_by AS requestedby, answer,
        amendment_id AS amendmentid, create_time AS createtime, update_time AS updatetime, revision
        """;

    public static Task InsertAmendmentRequestAsync(this TenantSession session, AmendmentRequestRow asked, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO amendment_request (
            owner_id, delegation_id, delegate_id, amendment_request_id, item_id, item_title, item_reference, contract_id, change, effect_day, state,
            requested_by, answer, amendment_id, create_time, update_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @ItemId, @ItemTitle, @ItemReference, @ContractId, @Change, @EffectDay, @State,
            @RequestedBy, @Answer, @AmendmentId, @CreateTime, @UpdateTime, @Revision)
        """,
        asked,
        cancellationToken);

    public static Task UpdateAmendmentRequestAsync(this TenantSession session, AmendmentRequestRow asked, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE amendment_request SET state = @State, answer = @Answer, amendment_id = @AmendmentId, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND amendment_request_id = @Id
        """,
        asked,
        cancellationToken);

    public static async Task<Outcome<AmendmentRequestRow>> FindAmendmentRequestAsync(
        this TenantSession session, Parties parties, Guid id, bool locking, CancellationToken cancellationToken) =>
        await session.FindAsync<AmendmentRequestRow>(
            $"""
            SELECT {Columns} FROM amendment_request
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND amendment_request_id = @id {(locking ? "FOR UPDATE" : "")}
            """,
            new { parties.OwnerId, parties.DelegationId, id },
            cancellationToken) is { } asked
            ? new Outcome<AmendmentRequestRow>.Accepted(asked)
            : new Outcome<AmendmentRequestRow>.NotFound(
                "AMENDMENT_REQUEST_NOT_FOUND", new("There is no amendment request with this id.", "Aucune proposition d'avenant n'a cet identifiant."));

    /// <summary>The oldest first.</summary>
    public static Task<IReadOnlyList<AmendmentRequestRow>> ListAmendmentRequestsAsync(
        this TenantSession session, Parties parties, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<AmendmentRequestRow>(
            $"""
            SELECT {Columns} FROM amendment_request
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND amendment_request_id > @after
            ORDER BY amendment_request_id
            LIMIT @Limit
            """,
            new { parties.OwnerId, parties.DelegationId, after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);
}
