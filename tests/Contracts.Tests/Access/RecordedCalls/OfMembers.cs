using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfMembers : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Members.Descriptor, "ListMembers", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListMembersRequest())),
        new(V1.Members.Descriptor, "GetMember", Who.AnyMember(), async scene =>
        {
            var founder = await scene.RegisterAsync();
            return (founder, new GetMemberRequest { MemberId = (await scene.ColleagueAsync(founder, Role.Legal)).Id });
        }),
        new(V1.Members.Descriptor, "UpdateMember", Who.AnyMember(), async scene =>
        {
            var founder = await scene.RegisterAsync();
            var oneself = await scene.OneselfAsync(founder);
            return (founder, new UpdateMemberRequest { MemberId = oneself.Id, DisplayName = "Claire Martin", Etag = oneself.Etag });
        }),
        new(V1.Members.Descriptor, "SetMemberRoles", Who.Members(Role.Administrator), async scene =>
        {
            var founder = await scene.RegisterAsync();
            var colleague = await scene.ColleagueAsync(founder, Role.Legal);
            return (founder, new SetMemberRolesRequest { MemberId = colleague.Id, Roles = { Role.Legal, Role.Compliance }, Etag = colleague.Etag });
        }),
        new(V1.Members.Descriptor, "RemoveMember", Who.Members(Role.Administrator), async scene =>
        {
            var founder = await scene.RegisterAsync();
            var colleague = await scene.ColleagueAsync(founder, Role.Legal);
            return (founder, new RemoveMemberRequest { MemberId = colleague.Id, Etag = colleague.Etag });
        }),
    ];
}
