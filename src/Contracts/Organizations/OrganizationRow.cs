using Delegation.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Organizations;

/// <summary>An organisation as the database keeps it.</summary>
internal sealed record OrganizationRow(Guid Id, string Kind, string LegalName, string Siren, DateTime CreateTime)
{
    public Organization ToMessage() => new()
    {
        Id = Id.ToString(),
        Kind = OrganizationKinds.FromCode(Kind),
        LegalName = LegalName,
        Siren = Siren,
        CreateTime = Timestamp.FromDateTime(CreateTime),
    };
}
