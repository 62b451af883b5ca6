using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfSources : IRecordedCalls
{
    private static readonly AccessRule Keepers = Who.Members(Role.Watch, Role.Administrator);

    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Sources.Descriptor, "CreateSource", Keepers, async scene => ((await scene.DelegationAsync()).Insurer, Preparing.NewSource())),
        new(V1.Sources.Descriptor, "GetSource", Who.AnyMember(), async scene =>
        {
            var (keeper, source) = await scene.SourceAsync();
            return (keeper, new GetSourceRequest { SourceId = source.Id });
        }),
        new(V1.Sources.Descriptor, "ListSources", Who.AnyMember(), async scene =>
        {
            var (keeper, _) = await scene.SourceAsync();
            return (keeper, new ListSourcesRequest());
        }),
        new(V1.Sources.Descriptor, "ListSuggestedSources", Who.AnyMember(), async scene =>
            ((await scene.DelegationAsync()).Insurer, new ListSuggestedSourcesRequest { Stream = Item.Types.Stream.Market })),
        new(V1.Sources.Descriptor, "UpdateSource", Keepers, async scene =>
        {
            var (keeper, source) = await scene.SourceAsync();
            return (keeper, new UpdateSourceRequest { SourceId = source.Id, Details = Preparing.NewSource().Details, Paused = true, Etag = source.Etag });
        }),
        new(V1.Sources.Descriptor, "ReadSource", Keepers, async scene =>
        {
            var (keeper, source) = await scene.SourceAsync();
            return (keeper, new ReadSourceRequest { SourceId = source.Id });
        }),
        new(V1.Sources.Descriptor, "ImportOpml", Keepers, async scene => ((await scene.DelegationAsync()).Insurer, new ImportOpmlRequest
        {
            Opml = "<opml version=\"2.0\"><body><outline text=\"CNIL\" xmlUrl=\"https://www.cnil.fr/fr/rss.xml\"/></body></opml>", Stream = Item.Types.Stream.Regulatory,
        })),
    ];
}
