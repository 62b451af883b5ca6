using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfActions : IRecordedCalls
{
    private static readonly AccessRule Writers = Who.Members(Role.Watch, Role.Compliance, Role.Legal, Role.DelegationManager);
    private static readonly AccessRule Jurists = Who.Members(Role.Compliance, Role.Legal, Role.DelegationManager);

    public IEnumerable<RecordedCall> All =>
    [
        new(WatchActions.Descriptor, "OpenWatchAction", Writers, async scene =>
        {
            var (two, item) = await scene.KeptAsync();
            return (two.Delegate, Preparing.NewAction(two, item));
        }),
        new(WatchActions.Descriptor, "GetWatchAction", Who.AnyMember(), async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            return (two.Insurer, new GetWatchActionRequest { DelegationId = two.DelegationId, ActionId = action.Id });
        }),
        new(WatchActions.Descriptor, "ListWatchActions", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.ActionAsync();
            return (two.Insurer, new ListWatchActionsRequest { DelegationId = two.DelegationId });
        }),
        new(WatchActions.Descriptor, "MoveWatchAction", Who.Members(Role.Watch, Role.Compliance, Role.Legal, Role.Operations, Role.ProjectLead, Role.DelegationManager), async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            return (two.Delegate, new MoveWatchActionRequest
            {
                DelegationId = two.DelegationId, ActionId = action.Id, State = WatchAction.Types.State.Done, Note = "En production.", Etag = action.Etag,
            });
        }),
        new(AmendmentRequests.Descriptor, "RequestAmendment", Writers, async scene =>
        {
            var (two, item) = await scene.KeptAsync();
            return (two.Delegate, Preparing.NewAmendment(two, item));
        }),
        new(AmendmentRequests.Descriptor, "GetAmendmentRequest", Who.AnyMember(), async scene =>
        {
            var (two, asked) = await scene.AmendmentAsync();
            return (two.Insurer, new GetAmendmentRequestRequest { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id });
        }),
        new(AmendmentRequests.Descriptor, "ListAmendmentRequests", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.AmendmentAsync();
            return (two.Insurer, new ListAmendmentRequestsRequest { DelegationId = two.DelegationId });
        }),
        new(AmendmentRequests.Descriptor, "AnswerAmendmentRequest", Jurists, async scene =>
        {
            var (two, asked) = await scene.AmendmentAsync();
            return (two.Insurer, new AnswerAmendmentRequestRequest { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id, Accept = true, Answer = "D'accord.", Etag = asked.Etag });
        }),
        new(AmendmentRequests.Descriptor, "NameAmendment", Jurists, async scene =>
        {
            var (two, asked) = await scene.AmendmentAsync();
            var accepted = await new AmendmentRequests.AmendmentRequestsClient(scene.As(two.Insurer)).AnswerAmendmentRequestAsync(
                new() { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id, Accept = true, Etag = asked.Etag }, deadline: Preparing.Deadline);
            var amendment = AmendmentsOf(two);
            return (two.Delegate, new NameAmendmentRequest { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id, AmendmentId = amendment, Etag = accepted.Etag });
        }),
    ];

    // Of each delegation the made-up Contracts knows one amendment: that with the id of the delegation.
    private static string AmendmentsOf(TwoParties two) => two.DelegationId;
}
