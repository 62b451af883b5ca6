using Delegation.Access.V1;
using Delegation.Contracts.Tests.Annexes;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>Annexes of the contract.</summary>
internal sealed class OfAnnexes : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Annexes.Descriptor, "RequestAnnex", Who.Members(Role.DelegationManager, Role.Legal, Role.Purchasing, Role.Compliance), async scene =>
        {
            var (delegation, insurer, _) = await scene.AnnexPartiesAsync();
            return (insurer, AnnexCalls.Request(delegation.Id));
        }),
        new(V1.Annexes.Descriptor, "GetAnnex", Who.AnyMember(), async scene =>
        {
            var (annex, insurer, _) = await scene.RequestedAnnexAsync();
            return (insurer, new GetAnnexRequest { DelegationId = annex.DelegationId, AnnexId = annex.Id });
        }),
        new(V1.Annexes.Descriptor, "ListAnnexes", Who.AnyMember(), async scene =>
        {
            var (annex, _, tpa) = await scene.RequestedAnnexAsync();
            return (tpa, new ListAnnexesRequest { DelegationId = annex.DelegationId });
        }),
        new(V1.Annexes.Descriptor, "UploadAnnexVersion", Who.Members(Role.DelegationManager, Role.Legal, Role.Operations, Role.Compliance), async scene =>
        {
            var (annex, _, tpa) = await scene.RequestedAnnexAsync();
            return (tpa, AnnexCalls.Upload(annex, AnnexCalls.Pdf()));
        }),
        new(V1.Annexes.Descriptor, "ListAnnexVersions", Who.AnyMember(), async scene =>
        {
            var (draft, _, tpa) = await scene.DraftVersionAsync();
            return (tpa, new ListAnnexVersionsRequest { DelegationId = draft.DelegationId, AnnexId = draft.AnnexId });
        }),
        new(V1.Annexes.Descriptor, "DownloadAnnexVersion", Who.AnyMember(), async scene =>
        {
            var (version, insurer, _) = await scene.HandedOverVersionAsync();
            return (insurer, AnnexCalls.Download(version));
        }),
        new(V1.Annexes.Descriptor, "HandOverAnnexVersion", Who.Members(Role.DelegationManager), async scene =>
        {
            var (draft, _, tpa) = await scene.DraftVersionAsync();
            return (tpa, AnnexCalls.HandOver(draft));
        }),
        new(V1.Annexes.Descriptor, "ReviewAnnexVersion", Who.Members(Role.Legal, Role.Purchasing, Role.Operations, Role.Compliance), async scene =>
        {
            var (version, insurer, _) = await scene.HandedOverVersionAsync();
            return (insurer, AnnexCalls.Review(version, Role.Compliance));
        }),
        new(V1.Annexes.Descriptor, "ApproveAnnexVersion", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (version, insurer, _) = await scene.HandedOverVersionAsync();
            await new V1.Annexes.AnnexesClient(scene.As(insurer)).ReviewAnnexVersionAsync(AnnexCalls.Review(version, Role.Compliance), deadline: People.Deadline);
            return (insurer, AnnexCalls.Approve(version));
        }),
    ];
}

/// <summary>What calls about annexes need around them.</summary>
internal static class PreparingAnnexes
{
    /// <summary>An open delegation, with somebody of each side who is of every department.</summary>
    public static async Task<(V1.Delegation Delegation, Actor Insurer, Actor Delegate)> AnnexPartiesAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        Role[] roles = [Role.DelegationManager, Role.Legal, Role.Purchasing, Role.Operations, Role.Compliance];
        return (delegation, await scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, roles), await scene.MemberAsync(tpa.Organization!.Value, Side.Delegate, roles));
    }

    public static async Task<(Annex Annex, Actor Insurer, Actor Delegate)> RequestedAnnexAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.AnnexPartiesAsync();
        return (await new V1.Annexes.AnnexesClient(scene.As(insurer)).RequestAnnexAsync(AnnexCalls.Request(delegation.Id), deadline: People.Deadline), insurer, tpa);
    }

    public static async Task<(AnnexVersion Version, Actor Insurer, Actor Delegate)> DraftVersionAsync(this Scene scene)
    {
        var (annex, insurer, tpa) = await scene.RequestedAnnexAsync();
        return (await new V1.Annexes.AnnexesClient(scene.As(tpa)).SendAsync(AnnexCalls.Upload(annex, AnnexCalls.Pdf())), insurer, tpa);
    }

    public static async Task<(AnnexVersion Version, Actor Insurer, Actor Delegate)> HandedOverVersionAsync(this Scene scene)
    {
        var (draft, insurer, tpa) = await scene.DraftVersionAsync();
        return (await new V1.Annexes.AnnexesClient(scene.As(tpa)).HandOverAnnexVersionAsync(AnnexCalls.HandOver(draft), deadline: People.Deadline), insurer, tpa);
    }
}
