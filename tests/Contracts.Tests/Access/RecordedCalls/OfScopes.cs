using Delegation.Access.V1;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfScopes : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Scopes.Descriptor, "ListActivities", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListActivitiesRequest())),
        new(Scopes.Descriptor, "ListScopeTemplates", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListScopeTemplatesRequest())),
        new(Scopes.Descriptor, "CreateScopeVersion", Proposers, async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenCoveredDelegationAsync();
            return (insurer, Proposal(delegation));
        }),
        new(Scopes.Descriptor, "GetScopeVersion", Who.AnyMember(), async scene =>
        {
            var (version, _, tpa) = await scene.ProposedScopeAsync();
            return (tpa, new GetScopeVersionRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id });
        }),
        new(Scopes.Descriptor, "ListScopeVersions", Who.AnyMember(), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, new ListScopeVersionsRequest { DelegationId = version.DelegationId });
        }),
        new(Scopes.Descriptor, "UpdateScopeVersion", Proposers, async scene =>
        {
            var (version, _, tpa) = await scene.ProposedScopeAsync();
            return (tpa, new UpdateScopeVersionRequest
            {
                DelegationId = version.DelegationId, ScopeVersionId = version.Id, EffectiveDay = "2026-02-01", Etag = version.Etag,
            });
        }),
        new(Scopes.Descriptor, "ValidateScopeVersion", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, Agreement.Validation(version));
        }),
        new(Scopes.Descriptor, "WithdrawScopeVersion", Proposers, async scene =>
        {
            var (version, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, new WithdrawScopeVersionRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id, Etag = version.Etag });
        }),
    ];

    internal static CreateScopeVersionRequest Proposal(V1.Delegation delegation) => new()
    {
        DelegationId = delegation.Id,
        Occasion = ScopeOccasion.Conclusion,
        EffectiveDay = "2026-01-01",
        Template = ScopeTemplateCode.BenefitsOnly,
    };

    private static AccessRule Proposers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Legal);
}

/// <summary>What calls about scopes need around them.</summary>
internal static class PreparingScopes
{
    private static readonly Role[] Roles = [Role.DelegationManager, Role.Legal, Role.Signatory];

    /// <summary>An open delegation with products and populations, and somebody of each side who may agree on things.</summary>
    public static async Task<(V1.Delegation Delegation, Actor Insurer, Actor Delegate)> OpenCoveredDelegationAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        var covered = Delegations.TwoParties.Whole(delegation);
        covered.ReferenceData = Agreement.Reference;

        return (
            await scene.Delegations(insurer).UpdateDelegationAsync(covered, deadline: People.Deadline),
            await scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, Roles),
            await scene.MemberAsync(tpa.Organization!.Value, Side.Delegate, Roles));
    }

    /// <summary>An open proposal of the insurer.</summary>
    public static async Task<(ScopeVersion Version, Actor Insurer, Actor Delegate)> ProposedScopeAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
        var version = await new Scopes.ScopesClient(scene.As(insurer)).CreateScopeVersionAsync(OfScopes.Proposal(delegation), deadline: People.Deadline);
        return (version, insurer, tpa);
    }
}
