using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>A project as the database keeps it.</summary>
internal sealed record ProjectRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    string Name,
    string Phase,
    DateOnly OpeningDay,
    DateOnly? TargetDay,
    string TitleKind,
    Guid TitleObjectId,
    DateOnly TitleFirstDay,
    DateOnly? TitleLastDay,
    string TitleTextSha256,
    DateTime TitleKnownTime,
    long TitleRevision,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public bool IsClosed => Phase == ProjectPhase.Closed.Stored();

    public Project ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Name = Name,
        Phase = StoredNames.Read<Delivery.V1.ProjectPhase>(Phase),
        OpeningDay = DayField.Write(OpeningDay),
        TargetDay = DayField.Write(TargetDay),
        Title = new TitleEvidence
        {
            Kind = StoredNames.Read<Delivery.V1.TitleKind>(TitleKind),
            ObjectId = TitleObjectId.ToString(),
            EffectiveDay = DayField.Write(TitleFirstDay),
            LastDay = DayField.Write(TitleLastDay),
            TextSha256 = TitleTextSha256,
            KnownTime = Timestamp.FromDateTime(TitleKnownTime),
            Revision = TitleRevision,
        },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
