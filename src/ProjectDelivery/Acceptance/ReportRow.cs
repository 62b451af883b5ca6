using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;
using State = Delegation.Delivery.V1.AcceptanceReport.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A report as the database keeps it; its text is left out of lists.</summary>
internal sealed record ReportRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Kind,
    Guid? CampaignId,
    string State,
    string Text,
    string TextSha256,
    int CaseCount,
    int RunCount,
    int ReserveCount,
    Guid? InsurerPersonId,
    DateTime? InsurerSignTime,
    Guid? DelegatePersonId,
    DateTime? DelegateSignTime,
    DateTime? SealTime,
    DateTime CreateTime,
    long Revision)
{
    public const string ObjectType = "acceptance_report";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    public Kind Is => StoredNames.Read<Kind>(Kind);

    /// <summary>It waits for signatures.</summary>
    public bool IsIssued => In is AcceptanceReport.Types.State.Issued or AcceptanceReport.Types.State.PartlySigned;

    public bool IsSignedBy(Side side) => (side == Side.Insurer ? InsurerSignTime : DelegateSignTime) is not null;

    public AcceptanceReport ToMessage() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Kind = Is,
        CampaignId = CampaignId?.ToString() ?? "",
        State = In,
        Text = Text,
        TextSha256 = TextSha256,
        CaseCount = CaseCount,
        RunCount = RunCount,
        ReserveCount = ReserveCount,
        Signatures = { Signatures().OrderBy(signature => signature.SignTime) },
        SealTime = SealTime is { } time ? Timestamp.FromDateTime(time) : null,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private IEnumerable<ReportSignature> Signatures()
    {
        if (InsurerSignTime is { } insurer)
            yield return new ReportSignature { Side = Side.Insurer, PersonId = InsurerPersonId.ToString(), SignTime = Timestamp.FromDateTime(insurer) };
        if (DelegateSignTime is { } delegated)
            yield return new ReportSignature { Side = Side.Delegate, PersonId = DelegatePersonId.ToString(), SignTime = Timestamp.FromDateTime(delegated) };
    }
}
