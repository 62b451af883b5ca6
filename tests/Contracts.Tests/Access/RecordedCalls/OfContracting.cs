using Delegation.Access.V1;
using Delegation.Contracts.Tests.Contracting;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>Contracts from the agreed text to their end.</summary>
internal sealed class OfContracting : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Contracting.Descriptor, "IssueContract", Issuers, async scene =>
        {
            var (agreed, insurer, _) = await scene.AgreedContractAsync();
            return (insurer, Conclusion.Issue(agreed, SigningOrder.DelegateFirst));
        }),
        new(V1.Contracting.Descriptor, "SignContract", Who.BothSides(Role.Signatory), async scene =>
        {
            var (issued, _, tpa) = await scene.IssuedContractAsync();
            return (tpa, Conclusion.Signature(issued));
        }),
        new(V1.Contracting.Descriptor, "RecallContract", Issuers, async scene =>
        {
            var (issued, _, tpa) = await scene.IssuedContractAsync();
            return (tpa, new RecallContractRequest { DelegationId = issued.DelegationId, ContractId = issued.Id, Etag = issued.Etag });
        }),
        new(V1.Contracting.Descriptor, "TerminateContract", Who.Members(Role.Signatory), async scene =>
        {
            var (contract, insurer, _) = await scene.SignedContractAsync();
            return (insurer, Conclusion.End(contract, "2099-12-31", TerminationGround.WithNotice, "Réinternalisation."));
        }),
        new(V1.Contracting.Descriptor, "TerminateByConsent", Who.BothSides(Role.Signatory), async scene =>
        {
            var (contract, _, tpa) = await scene.SignedContractAsync();
            return (tpa, Conclusion.Consent(contract, "2099-12-31", "2100-06-30", "Fin du partenariat."));
        }),
        new(V1.Contracting.Descriptor, "DeclineTermination", Who.Members(Role.Signatory), async scene =>
        {
            var (contract, insurer, tpa) = await scene.SignedContractAsync();
            var proposed = await new V1.Contracting.ContractingClient(scene.As(insurer)).TerminateByConsentAsync(Conclusion.Consent(contract, "2099-12-31"), deadline: People.Deadline);
            return (tpa, Conclusion.Decline(proposed, "Trop tôt."));
        }),
        new(V1.Contracting.Descriptor, "DownloadContract", Who.AnyMember(), async scene =>
        {
            var (issued, insurer, _) = await scene.IssuedContractAsync();
            return (insurer, new DownloadContractRequest { DelegationId = issued.DelegationId, ContractId = issued.Id });
        }),
        new(V1.Contracting.Descriptor, "DownloadCertificate", Who.AnyMember(), async scene =>
        {
            var (contract, _, tpa) = await scene.SignedContractAsync();
            return (tpa, new DownloadCertificateRequest { DelegationId = contract.DelegationId, ContractId = contract.Id });
        }),
        new(V1.Contracting.Descriptor, "GetConsolidatedContract", Who.AnyMember(), async scene =>
        {
            var (agreed, _, tpa) = await scene.AgreedContractAsync();
            return (tpa, new GetConsolidatedContractRequest { DelegationId = agreed.DelegationId, ContractId = agreed.Id });
        }),
    ];

    private static AccessRule Issuers => Who.Members(Role.DelegationManager, Role.Legal);
}

/// <summary>What calls about contracts need around them.</summary>
internal static class PreparingContracts
{
    /// <summary>The standard contract, agreed on by all departments of both sides, with all it needs.</summary>
    public static async Task<(Contract Contract, Actor Insurer, Actor Delegate)> AgreedContractAsync(this Scene scene)
    {
        var (version, insurer, tpa) = await scene.ProposedScopeAsync();
        foreach (var side in new[] { insurer, tpa })
            await new Scopes.ScopesClient(scene.As(side)).ValidateScopeVersionAsync(Agreement.Validation(version), deadline: People.Deadline);

        var delegation = await scene.Delegations(insurer).GetDelegationAsync(new GetDelegationRequest { DelegationId = version.DelegationId }, deadline: People.Deadline);
        await Prepared.AnnexesAsync(scene.Database.AdminConnectionString, delegation);
        await Prepared.EvidenceAsync(scene.Database.AdminConnectionString, delegation);
        var texts = new Negotiations.NegotiationsClient(scene.As(insurer));
        var draft = await texts.CreateContractAsync(
            new CreateContractRequest { DelegationId = delegation.Id, Terms = new ContractTerms { Title = "Contrat", EffectiveDay = "2026-01-01" }, Standard = Conclusion.Standard() },
            deadline: People.Deadline);
        await texts.OpenNegotiationAsync(new OpenNegotiationRequest { DelegationId = delegation.Id, ContractId = draft.Id, Etag = draft.Etag }, deadline: People.Deadline);
        await Prepared.AgreeAsync(scene.Database.AdminConnectionString, draft);
        return (await texts.GetContractAsync(new GetContractRequest { DelegationId = delegation.Id, ContractId = draft.Id }, deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>A contract that waits for both signatures.</summary>
    public static async Task<(Contract Contract, Actor Insurer, Actor Delegate)> IssuedContractAsync(this Scene scene)
    {
        var (agreed, insurer, tpa) = await scene.AgreedContractAsync();
        return (await new V1.Contracting.ContractingClient(scene.As(insurer)).IssueContractAsync(Conclusion.Issue(agreed), deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>A contract in force.</summary>
    public static async Task<(Contract Contract, Actor Insurer, Actor Delegate)> SignedContractAsync(this Scene scene)
    {
        var (issued, insurer, tpa) = await scene.IssuedContractAsync();
        await new V1.Contracting.ContractingClient(scene.As(tpa)).SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline);
        return (await new V1.Contracting.ContractingClient(scene.As(insurer)).SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline), insurer, tpa);
    }
}
