using Delegation.Delivery.V1;
using Verdict = Delegation.Delivery.V1.CampaignCase.Types.Verdict;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A case of a campaign as it is now, with the columns of its latest run there; those are null when there is none.</summary>
internal sealed record CampaignCaseRow(
    Guid CampaignId,
    Guid Id,
    string Title,
    string Guarantee,
    string Formula,
    long SpentCents,
    long AmoCents,
    long ExpectedCents,
    long Revision,
    Guid? RunId,
    long? RunRevision,
    string? Result,
    long? RunExpectedCents,
    long? ActualCents,
    string? Observation,
    string? TesterSide,
    Guid? TesterId,
    DateTime? RunTime)
{
    /// <summary>A run of an earlier revision says nothing of the case as it is.</summary>
    public Verdict Verdict => Result is null || RunRevision != Revision ? Verdict.ToRun : StoredNames.Read<Verdict>(Result);

    public RunRow? LatestRun => RunId is { } id
        ? new RunRow(CampaignId, id, Id, RunRevision!.Value, Result!, RunExpectedCents!.Value, ActualCents, Observation!, TesterSide!, TesterId!.Value, RunTime!.Value)
        : null;

    public CampaignCase ToMessage() => new()
    {
        CaseId = Id.ToString(),
        Title = Title,
        Guarantee = Guarantee,
        Formula = Formula,
        Spent = EuroField.Write(SpentCents),
        Compulsory = EuroField.Write(AmoCents),
        Expected = EuroField.Write(ExpectedCents),
        Revision = Revision,
        Verdict = Verdict,
        LatestRun = LatestRun?.ToMessage(),
    };
}
