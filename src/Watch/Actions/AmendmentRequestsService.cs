using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Impact;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Watch.Actions;

/// <summary>The rpcs of <c>delegation.watch.v1.AmendmentRequests</c>. What each means is in the contract.</summary>
internal sealed class AmendmentRequestsService(CommandRunner commands, OtherServices others, TenantSessions sessions, TimeProvider clock) : AmendmentRequests.AmendmentRequestsBase
{
    private const int ChangeLength = 4000;
    private const int AnswerLength = 1000;

    public override Task<AmendmentRequest> RequestAmendment(RequestAmendmentRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => RequestAsync(session, request, cancellation));

    public override async Task<AmendmentRequest> GetAmendmentRequest(GetAmendmentRequestRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("amendment_request_id", request.AmendmentRequestId, violations);
        var delegationId = DelegationId.Read(request.DelegationId, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindAmendmentRequestAsync(delegation.Parties, id!.Value, locking: false, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListAmendmentRequestsResponse> ListAmendmentRequests(ListAmendmentRequestsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var delegationId = DelegationId.Read(request.DelegationId, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListAmendmentRequestsAsync(delegation.Parties, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));
        return new ListAmendmentRequestsResponse { AmendmentRequests = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<AmendmentRequest> AnswerAmendmentRequest(AnswerAmendmentRequestRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, async (session, cancellation) =>
        {
            var violations = new List<FieldViolation>();
            var answer = TextField.ReadText("answer", request.Answer, AnswerLength, violations);
            if (AmendmentRequestMoves.NeedsWords(request.Accept, request.Answer) is { } missing)
                violations.Add(missing);
            var before = await LockAsync(session, request.DelegationId, request.AmendmentRequestId, violations, cancellation);
            return Etag.Mismatch<AmendmentRequest>(request.Etag, before.Id, before.Revision)
                ?? await AmendmentRequestMoves.Answer(before, request.Accept, answer!, session.Caller.Side, clock.GetUtcNow().InMicroseconds())
                    .ThenAsync(after => MovedAsync(session, before, after, new AmendmentRequestAnswered { AmendmentRequest = after.ToMessage() }, cancellation));
        });

    public override Task<AmendmentRequest> NameAmendment(NameAmendmentRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, async (session, cancellation) =>
        {
            var violations = new List<FieldViolation>();
            var amendmentId = IdField.Read("amendment_id", request.AmendmentId, violations);
            var before = await LockAsync(session, request.DelegationId, request.AmendmentRequestId, violations, cancellation);
            if (Etag.Mismatch<AmendmentRequest>(request.Etag, before.Id, before.Revision) is { } mismatch)
                return mismatch;
            if (await others.ContractAsync(before.DelegationId, amendmentId!.Value, cancellation) is not { Kind: Contract.Types.Kind.Amendment })
                return new Outcome<AmendmentRequest>.Invalid(new FieldViolation(
                    "amendment_id", "AMENDMENT_UNKNOWN", new("This delegation has no such amendment.", "Cette délégation n'a pas un tel avenant."),
                    new("Give the id of a contract of the kind KIND_AMENDMENT.", "Indiquez l'identifiant d'un contrat de la nature KIND_AMENDMENT (avenant).")));

            return await AmendmentRequestMoves.Name(before, amendmentId.Value, clock.GetUtcNow().InMicroseconds())
                .ThenAsync(after => MovedAsync(session, before, after, new AmendmentNamed { AmendmentRequest = after.ToMessage() }, cancellation));
        });

    private async Task<Outcome<AmendmentRequest>> RequestAsync(TenantSession session, RequestAmendmentRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var itemId = IdField.Read("item_id", request.ItemId, violations);
        var contractId = IdField.ReadOptional("contract_id", request.ContractId, violations);
        var change = TextField.ReadRequiredText("change", request.Change, ChangeLength, violations);
        var effectDay = DayField.ReadOptional("effect_day", request.EffectDay, violations);
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        var item = (await session.LockTrackedItemAsync(itemId!.Value, cancellationToken)).ValueOrStatus();
        if ((delegation.NeedsToBeOpen<AmendmentRequest>() ?? (item.IsInWork ? null : ItemMoves.ItemClosed<AmendmentRequest>())) is { } refused)
            return refused;
        if (contractId is { } contract && await others.ContractAsync(delegation.DelegationId, contract, cancellationToken) is null)
            return new Outcome<AmendmentRequest>.Invalid(new FieldViolation(
                "contract_id", "CONTRACT_UNKNOWN", new("This delegation has no such contract.", "Cette délégation n'a pas un tel contrat."),
                new("Give the id of its contract, or leave it out.", "Indiquez l'identifiant de son contrat, ou laissez-le vide.")));

        var now = clock.GetUtcNow();
        var asked = new AmendmentRequestRow(
            delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, Guid.CreateVersion7(now), item.Id, item.Title, item.Reference, contractId, change!,
            effectDay, AmendmentRequest.Types.State.Requested.Stored(), session.Caller.Side.Code(), Answer: "", AmendmentId: null, now.InMicroseconds(),
            now.InMicroseconds(), Revision: 1);
        await session.InsertAmendmentRequestAsync(asked, cancellationToken);
        return await ToldAsync(session, [], asked, new AmendmentRequested { AmendmentRequest = asked.ToMessage() }, cancellationToken);
    }

    private static async Task<AmendmentRequestRow> LockAsync(
        TenantSession session, string delegationId, string id, List<FieldViolation> violations, CancellationToken cancellationToken)
    {
        var read = IdField.Read("amendment_request_id", id, violations);
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(delegationId, violations), cancellationToken)).ValueOrStatus();
        return (await session.FindAmendmentRequestAsync(delegation.Parties, read!.Value, locking: true, cancellationToken)).ValueOrStatus();
    }

    private async Task<Outcome<AmendmentRequest>> MovedAsync(
        TenantSession session, AmendmentRequestRow before, AmendmentRequestRow after, IMessage happened, CancellationToken cancellationToken)
    {
        await session.UpdateAmendmentRequestAsync(after, cancellationToken);
        return await ToldAsync(session, before.Waiting, after, happened, cancellationToken);
    }

    private async Task<Outcome<AmendmentRequest>> ToldAsync(
        TenantSession session, IEnumerable<OpenWork> before, AmendmentRequestRow asked, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(asked.Parties.Entry(AmendmentRequestRow.ObjectType, asked.Id, asked.Revision, happened), clock, cancellationToken);
        foreach (var work in before)
            await session.CloseWorkItemAsync(work.Key, clock, cancellationToken);
        foreach (var work in asked.Waiting)
            await session.OpenWorkItemAsync(work, clock, cancellationToken);

        return new Outcome<AmendmentRequest>.Accepted(asked.ToMessage());
    }
}
