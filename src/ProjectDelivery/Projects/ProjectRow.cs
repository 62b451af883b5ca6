using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Phases;
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
    long Revision,
    string? RunStage,
    int OpenOverrides,
    string StopReason)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public bool IsClosed => Phase == ProjectPhase.Closed.Stored();

    /// <summary>How far it is.</summary>
    public ProjectPosition Position => new(
        StoredNames.Read<ProjectPhase>(Phase), RunStage is { } stage ? StoredNames.Read<RunStage>(stage) : Delivery.V1.RunStage.Unspecified);

    /// <summary>The project where a gate that both sides passed leads to.</summary>
    public ProjectRow At(ProjectPosition position, DateTime now) => this with
    {
        Phase = position.Phase.Stored(), RunStage = position.Stage.StoredIfKnown(), UpdateTime = now, Revision = Revision + 1,
    };

    /// <summary>The project where its delegation left it; the stage of the run stays.</summary>
    public ProjectRow Stopped(string reason, DateTime now) => this with
    {
        Phase = ProjectPhase.Closed.Stored(), StopReason = reason, UpdateTime = now, Revision = Revision + 1,
    };

    public Project ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Name = Name,
        Phase = Position.Phase,
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
        RunStage = Position.Stage,
        OpenOverrides = OpenOverrides,
        StopReason = StopReason,
    };
}
