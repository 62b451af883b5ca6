using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Google.Protobuf;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfOrganizations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Organizations.Descriptor, "RegisterOrganization", Who.Anybody(), _ => Task.FromResult<(Actor, IMessage)>(
            (Scene.Stranger(), new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = People.Siren }))),
        new(V1.Organizations.Descriptor, "GetOrganization", Who.AnyMember(), async scene =>
        {
            var founder = await scene.RegisterAsync();
            return (founder, new GetOrganizationRequest { OrganizationId = founder.Organization.ToString() });
        }),
        new(V1.Organizations.Descriptor, "UpdateOrganization", Who.Members(Role.Administrator), async scene =>
        {
            var founder = await scene.RegisterAsync();
            var id = founder.Organization.ToString();
            var read = await scene.Organizations(founder).GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, deadline: People.Deadline);
            return (founder, new UpdateOrganizationRequest { OrganizationId = id, LegalName = "MGEN Solutions", Etag = read.Etag });
        }),
    ];
}
