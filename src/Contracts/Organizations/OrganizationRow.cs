using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Organizations;

/// <summary>An organisation as the database keeps it: the lists are JSON.</summary>
internal sealed record OrganizationRow(
    Guid Id, string Kind, string LegalName, string Siren, DateTime CreateTime,
    string Lei = "", string AcprNumber = "", string OriasNumber = "", string ForeignIdentifiers = "[]", string Departments = "[]", long Revision = 1)
{
    public Organization ToMessage() => new()
    {
        Id = Id.ToString(),
        Kind = OrganizationKinds.FromCode(Kind),
        LegalName = LegalName,
        Siren = Siren,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Lei = Lei,
        AcprNumber = AcprNumber,
        OriasNumber = OriasNumber,
        ForeignIdentifiers = { ProtoJson.ReadList<ForeignIdentifier>(ForeignIdentifiers) },
        Departments = { ProtoJson.ReadList<Department>(Departments) },
        Side = OrganizationKinds.SideOf(Kind),
        Etag = Etag.Of(Id, Revision),
    };
}
