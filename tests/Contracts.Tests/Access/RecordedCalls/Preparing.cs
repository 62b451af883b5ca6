using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>What calls of Contracts need around them.</summary>
internal static class Preparing
{
    /// <summary>A new organisation, by the person who registered it: its administrator, and its only member.</summary>
    public static async Task<Actor> RegisterAsync(this Scene scene, Kind kind)
    {
        var founder = Scene.Stranger();
        var organization = await new V1.Organizations.OrganizationsClient(scene.As(founder)).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = kind, LegalName = "MGEN", Siren = "775685399" }, deadline: DateTime.UtcNow.AddSeconds(20));

        return founder with { Organization = Guid.Parse(organization.Id), Side = kind == Kind.Delegate ? Side.Delegate : Side.Insurer };
    }
}
