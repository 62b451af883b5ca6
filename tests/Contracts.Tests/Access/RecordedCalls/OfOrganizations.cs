using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfOrganizations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Organizations.Descriptor, "RegisterOrganization", Who.Anybody(), _ => Task.FromResult(
            (Scene.Stranger(), (Google.Protobuf.IMessage)new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "775685399" }))),
        new(V1.Organizations.Descriptor, "GetOrganization", Who.AnyMember(), async scene =>
        {
            var founder = await scene.RegisterAsync(Kind.Mutual);
            return (founder, new GetOrganizationRequest { OrganizationId = founder.Organization.ToString() });
        }),
    ];
}
