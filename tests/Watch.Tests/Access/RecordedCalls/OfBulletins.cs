using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfBulletins : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Bulletins.Descriptor, "PreviewBulletin", Who.MembersOf(Side.Delegate, Role.Watch, Role.DelegationManager), async scene =>
        {
            var (two, _) = await scene.AssessedAsync();
            return (two.Delegate, new PreviewBulletinRequest { Outline = Preparing.NewOutline(two) });
        }),
        new(V1.Bulletins.Descriptor, "PublishBulletin", Who.MembersOf(Side.Delegate, Role.Watch, Role.DelegationManager), async scene =>
        {
            var (two, bulletin) = await scene.BulletinAsync();
            var outline = Preparing.NewOutline(two);
            outline.ItemIds.Add(bulletin.Entries[0].ItemId);
            return (two.Delegate, new PublishBulletinRequest { Outline = outline, ReplacesBulletinId = bulletin.Id });
        }),
        new(V1.Bulletins.Descriptor, "GetBulletin", Who.AnyMember(), async scene =>
        {
            var (two, bulletin) = await scene.BulletinAsync();
            return (two.Insurer, new GetBulletinRequest { BulletinId = bulletin.Id });
        }),
        new(V1.Bulletins.Descriptor, "ListBulletins", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.BulletinAsync();
            return (two.Insurer, new ListBulletinsRequest { DelegationId = two.DelegationId });
        }),
        new(V1.Bulletins.Descriptor, "DownloadBulletin", Who.AnyMember(), async scene =>
        {
            var (two, bulletin) = await scene.BulletinAsync();
            return (two.Insurer, new DownloadBulletinRequest { BulletinId = bulletin.Id, Format = DownloadBulletinRequest.Types.Format.Html });
        }),
        new(V1.Bulletins.Descriptor, "AcknowledgeBulletin", Who.MembersOf(Side.Insurer, Role.Watch, Role.Compliance, Role.DelegationManager), async scene =>
        {
            var (two, bulletin) = await scene.BulletinAsync();
            return (two.Insurer, new AcknowledgeBulletinRequest { BulletinId = bulletin.Id, PdfSha256 = bulletin.PdfSha256 });
        }),
        new(V1.Bulletins.Descriptor, "GetBulletinTerms", Who.AnyMember(), async scene =>
        {
            var two = await scene.DelegationAsync();
            return (two.Insurer, new GetBulletinTermsRequest { DelegationId = two.DelegationId });
        }),
        new(V1.Bulletins.Descriptor, "ProposeBulletinTerms", Who.Members(Role.DelegationManager), async scene =>
        {
            var two = await scene.DelegationAsync();
            return (two.Insurer, await scene.TermsAsync(two));
        }),
        new(V1.Bulletins.Descriptor, "AgreeBulletinTerms", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var two = await scene.DelegationAsync();
            var proposed = await new V1.Bulletins.BulletinsClient(scene.As(two.Insurer)).ProposeBulletinTermsAsync(await scene.TermsAsync(two), deadline: Preparing.Deadline);
            return (two.Delegate, new AgreeBulletinTermsRequest { DelegationId = two.DelegationId, Etag = proposed.Etag });
        }),
    ];
}
