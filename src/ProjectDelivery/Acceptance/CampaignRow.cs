using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A campaign of acceptance as the database keeps it, with the name of its project.</summary>
internal sealed record CampaignRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    string ProjectName,
    Guid Id,
    string Name,
    string Kind,
    string TestingSide,
    DateOnly FirstDay,
    DateOnly LastDay,
    Guid? SealedReportId,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "campaign";

    /// <summary>More would make a report that nobody reads.</summary>
    public const int MostCases = 1000;

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public Side Tests => RoleCodes.SideOf(TestingSide);

    /// <summary>Both sides signed what came of it.</summary>
    public bool IsSealed => SealedReportId is not null;

    public Campaign ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Name = Name,
        Kind = StoredNames.Read<Campaign.Types.Kind>(Kind),
        TestingSide = Tests,
        FirstDay = DayField.Write(FirstDay),
        LastDay = DayField.Write(LastDay),
        SealedReportId = SealedReportId?.ToString() ?? "",
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
