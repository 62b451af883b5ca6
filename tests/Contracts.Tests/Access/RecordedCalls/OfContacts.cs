using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfContacts : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Contacts.Descriptor, "GetContacts", Who.AnyMember(), async scene =>
        {
            var (delegation, _, tpa) = await scene.OpenDelegationAsync();
            return (tpa, new GetContactsRequest { DelegationId = delegation.Id });
        }),
        new(V1.Contacts.Descriptor, "SetContacts", Who.Members(Role.Administrator, Role.DelegationManager), async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenDelegationAsync();
            var oneself = await scene.OneselfAsync(insurer);
            await scene.Members(insurer).UpdateMemberAsync(
                new UpdateMemberRequest { MemberId = oneself.Id, DisplayName = "Claire Martin", Email = "claire.martin@example.org", Etag = oneself.Etag },
                deadline: People.Deadline);
            var none = await new V1.Contacts.ContactsClient(scene.As(insurer)).GetContactsAsync(
                new GetContactsRequest { DelegationId = delegation.Id }, deadline: People.Deadline);
            return (insurer, new SetContactsRequest { DelegationId = delegation.Id, Main = new NamedContact { MemberId = oneself.Id }, Etag = none.Etag });
        }),
    ];
}
