using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Escalations;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfEscalations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Delivery.V1.Escalations.Descriptor, "RaiseEscalation", Anyone, async scene =>
        {
            var (two, action) = await scene.ActionAsync();
            var request = PreparingEscalations.NewEscalation(two.DelegationId);
            request.Subject = new EscalationSubject { ActionId = action.Id };
            return (two.Delegate, request);
        }),
        new(Delivery.V1.Escalations.Descriptor, "GetEscalation", Who.AnyMember(), async scene =>
        {
            var (two, escalation) = await scene.EscalationAsync();
            return (two.Delegate, new GetEscalationRequest { EscalationId = escalation.Id });
        }),
        new(Delivery.V1.Escalations.Descriptor, "ListEscalations", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.EscalationAsync();
            return (two.Delegate, new ListEscalationsRequest { DelegationId = two.DelegationId });
        }),
        new(Delivery.V1.Escalations.Descriptor, "AcknowledgeEscalation", Anyone, async scene =>
        {
            var (two, escalation) = await scene.EscalationAsync();
            return (two.Delegate, new AcknowledgeEscalationRequest { EscalationId = escalation.Id });
        }),
        new(Delivery.V1.Escalations.Descriptor, "ResolveEscalation", Anyone, async scene =>
        {
            var (two, escalation) = await scene.AcknowledgedAsync();
            return (two.Delegate, PreparingEscalations.Resolution(escalation));
        }),
        new(Delivery.V1.Escalations.Descriptor, "ConfirmResolution", Anyone, async scene =>
        {
            var (two, escalation) = await scene.ResolvedAsync();
            return (two.Insurer, new ConfirmResolutionRequest { EscalationId = escalation.Id, Etag = escalation.Etag });
        }),
        new(Delivery.V1.Escalations.Descriptor, "ReopenEscalation", Anyone, async scene =>
        {
            var (two, escalation) = await scene.ResolvedAsync();
            return (two.Insurer, new ReopenEscalationRequest { EscalationId = escalation.Id, Reason = "Les retours de mardi manquent.", Etag = escalation.Etag });
        }),
        new(Delivery.V1.Escalations.Descriptor, "AddEscalationComment", Anyone, async scene =>
        {
            var (two, escalation) = await scene.EscalationAsync();
            return (two.Delegate, new AddEscalationCommentRequest { EscalationId = escalation.Id, Text = "Analyse en cours.", Private = true });
        }),
        new(Delivery.V1.Escalations.Descriptor, "ListEscalationComments", Who.AnyMember(), async scene =>
        {
            var (two, escalation) = await scene.EscalationAsync();
            return (two.Delegate, new ListEscalationCommentsRequest { EscalationId = escalation.Id });
        }),
        new(Delivery.V1.Escalations.Descriptor, "GetEscalationMeasures", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.EscalationAsync();
            return (two.Delegate, new GetEscalationMeasuresRequest { DelegationId = two.DelegationId, StartDay = "2026-01-01", EndDay = "2030-12-31" });
        }),
        new(EscalationTerms.Descriptor, "GetEscalationTerms", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.ProposalAsync();
            return (two.Delegate, new GetEscalationTermsRequest { DelegationId = two.DelegationId });
        }),
        new(EscalationTerms.Descriptor, "ProposeEscalationTerms", Who.Members(Role.DelegationManager), async scene =>
        {
            var (two, terms) = await scene.ProposalAsync();
            return (two.Delegate, new ProposeEscalationTermsRequest { DelegationId = two.DelegationId, Hours = PreparingEscalations.NewHours(), Etag = terms.Etag });
        }),
        new(EscalationTerms.Descriptor, "AgreeEscalationTerms", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (two, terms) = await scene.ProposalAsync();
            return (two.Delegate, new AgreeEscalationTermsRequest { DelegationId = two.DelegationId, Etag = terms.Etag });
        }),
    ];

    // Everybody but auditors, who change nothing.
    private static AccessRule Anyone => Who.Members(
        Role.Administrator, Role.DelegationManager, Role.ProjectLead, Role.Operations, Role.Reporting, Role.Actuary, Role.Compliance, Role.Legal,
        Role.Purchasing, Role.DataProtectionOfficer, Role.Watch, Role.Signatory);
}
