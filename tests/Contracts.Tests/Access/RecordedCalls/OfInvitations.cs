using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfInvitations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Invitations.Descriptor, "CreateMemberInvitation", Who.Members(Role.Administrator), async scene =>
            (await scene.RegisterAsync(), new CreateMemberInvitationRequest { Roles = { Role.Legal } })),
        new(V1.Invitations.Descriptor, "CreateDelegationInvitation", Managers, async scene =>
        {
            var founder = await scene.RegisterAsync();
            return (founder, new CreateDelegationInvitationRequest { DelegationId = (await scene.DraftAsync(founder)).Id });
        }),
        new(V1.Invitations.Descriptor, "ListInvitations", Managers, async scene =>
        {
            var founder = await scene.RegisterAsync();
            await scene.InviteAsync(founder);
            return (founder, new ListInvitationsRequest());
        }),
        new(V1.Invitations.Descriptor, "RevokeInvitation", Managers, async scene =>
        {
            var founder = await scene.RegisterAsync();
            return (founder, new RevokeInvitationRequest { InvitationId = (await scene.InviteAsync(founder)).Invitation.Id });
        }),
        new(V1.Invitations.Descriptor, "PreviewInvitation", Who.Anybody(), async scene =>
            (Scene.Stranger(), new PreviewInvitationRequest { Code = (await scene.InviteAsync(await scene.RegisterAsync())).Code })),
        new(V1.Invitations.Descriptor, "AcceptMembership", Who.Anybody(), async scene =>
        {
            var invited = await scene.Invitations(await scene.RegisterAsync()).CreateMemberInvitationAsync(
                new CreateMemberInvitationRequest { Roles = { Role.Legal } }, deadline: People.Deadline);
            return (Scene.Stranger(), new AcceptMembershipRequest { Code = invited.Code });
        }),
        new(V1.Invitations.Descriptor, "AcceptDelegation", Managers, async scene =>
        {
            var code = (await scene.InviteAsync(await scene.RegisterAsync())).Code;
            return (await scene.RegisterAsync(Kind.Delegate, Preparing.Draft().Counterpart.Siren), new AcceptDelegationRequest { Code = code });
        }),
    ];

    private static AccessRule Managers => Who.Members(Role.Administrator, Role.DelegationManager);
}
