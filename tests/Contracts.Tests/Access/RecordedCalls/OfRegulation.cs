using Delegation.Access.V1;
using Delegation.Contracts.Tests.Regulation;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfRegulation : IRecordedCalls
{
    private static AccessRule Compliance => Who.MembersOf(Side.Insurer, Role.Compliance);

    private static AccessRule Recorders => Who.MembersOf(Side.Insurer, Role.Compliance, Role.Legal, Role.DataProtectionOfficer);

    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Regulation.Descriptor, "ListRequirements", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListRequirementsRequest())),
        new(V1.Regulation.Descriptor, "GetRegimes", Who.AnyMember(), async scene =>
        {
            var (delegation, _, tpa) = await scene.OpenDelegationAsync();
            return (tpa, new GetRegimesRequest { DelegationId = delegation.Id });
        }),
        new(V1.Regulation.Descriptor, "AnswerQuestionnaire", Compliance, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            var regimes = await Client(scene, insurer).GetRegimesAsync(new GetRegimesRequest { DelegationId = delegation.Id }, deadline: People.Deadline);
            return (insurer, new AnswerQuestionnaireRequest { DelegationId = delegation.Id, Answers = new RegulatoryAnswers(), Etag = regimes.Etag });
        }),
        new(V1.Regulation.Descriptor, "RecordEvidence", Recorders, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            return (insurer, Proof(delegation));
        }),
        new(V1.Regulation.Descriptor, "ListEvidence", Who.AnyMember(), async scene =>
        {
            var (delegation, _, tpa) = await scene.OpenDelegationAsync();
            return (tpa, new ListEvidenceRequest { DelegationId = delegation.Id });
        }),
        new(V1.Regulation.Descriptor, "WithdrawEvidence", Recorders, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            var evidence = await Client(scene, insurer).RecordEvidenceAsync(Proof(delegation), deadline: People.Deadline);
            return (insurer, new WithdrawEvidenceRequest { DelegationId = delegation.Id, EvidenceId = evidence.Id });
        }),
        new(V1.Regulation.Descriptor, "SetNotApplicable", Compliance, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            return (insurer, NotApplicable(delegation));
        }),
        new(V1.Regulation.Descriptor, "WaiveRequirement", Compliance, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            return (insurer, new WaiveRequirementRequest { DelegationId = delegation.Id, RequirementId = "HDS-29", Motive = "Attendu", UntilDay = "2099-12-31" });
        }),
        new(V1.Regulation.Descriptor, "ListRequirementExceptions", Who.AnyMember(), async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenDelegationAsync();
            return (insurer, new ListRequirementExceptionsRequest { DelegationId = delegation.Id });
        }),
        new(V1.Regulation.Descriptor, "ClearRequirementException", Compliance, async scene =>
        {
            var (delegation, insurer) = await scene.OpenForComplianceAsync();
            var exception = await Client(scene, insurer).SetNotApplicableAsync(NotApplicable(delegation), deadline: People.Deadline);
            return (insurer, new ClearRequirementExceptionRequest { DelegationId = delegation.Id, RequirementExceptionId = exception.Id });
        }),
        new(V1.Regulation.Descriptor, "GetCoverage", Who.AnyMember(), async scene =>
        {
            var (delegation, _, tpa) = await scene.OpenDelegationAsync();
            var contract = await ComplianceFile.ContractAsync(scene.Database.AdminConnectionString, delegation);
            return (tpa, new GetCoverageRequest { DelegationId = delegation.Id, ContractId = contract });
        }),
    ];

    private static V1.Regulation.RegulationClient Client(Scene scene, Actor actor) => new(scene.As(actor));

    private static RecordEvidenceRequest Proof(V1.Delegation delegation) => new()
    {
        DelegationId = delegation.Id, Kind = EvidenceKind.DueDiligence, RequirementIds = { "SII-274-3-A" }, Title = "Rapport de diligences", StartDay = "2026-01-15",
    };

    private static SetNotApplicableRequest NotApplicable(V1.Delegation delegation) => new()
    {
        DelegationId = delegation.Id, RequirementId = "HDS-29", Motive = "Aucun accès à distance",
    };
}

/// <summary>What calls about regulation need around them.</summary>
internal static class PreparingRegulation
{
    /// <summary>An open delegation and somebody of the insurer's compliance department.</summary>
    public static async Task<(V1.Delegation Delegation, Actor Insurer)> OpenForComplianceAsync(this Scene scene)
    {
        var (delegation, insurer, _) = await scene.OpenDelegationAsync();
        return (delegation, await scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, Role.Compliance));
    }
}
