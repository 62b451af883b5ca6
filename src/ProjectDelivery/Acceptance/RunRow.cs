using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A run of a case as the database keeps it.</summary>
internal sealed record RunRow(
    Guid CampaignId,
    Guid Id,
    Guid CaseId,
    long CaseRevision,
    string Result,
    long ExpectedCents,
    long? ActualCents,
    string Observation,
    string TesterSide,
    Guid TesterId,
    DateTime RunTime)
{
    public AcceptanceRun ToMessage() => new()
    {
        Id = Id.ToString(),
        CampaignId = CampaignId.ToString(),
        CaseId = CaseId.ToString(),
        CaseRevision = CaseRevision,
        Result = StoredNames.Read<AcceptanceRun.Types.Result>(Result),
        Expected = EuroField.Write(ExpectedCents),
        Actual = ActualCents is { } actual ? EuroField.Write(actual) : null,
        Observation = Observation,
        TesterSide = RoleCodes.SideOf(TesterSide),
        TesterId = TesterId.ToString(),
        RunTime = Timestamp.FromDateTime(RunTime),
    };
}
