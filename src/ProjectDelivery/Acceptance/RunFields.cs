using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Result = Delegation.Delivery.V1.AcceptanceRun.Types.Result;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A run that a tester records, and why it did not pass where it did not: a new anomaly or one that is known.</summary>
internal sealed record RunFields(Guid CaseId, Result Result, long? ActualCents, string Observation, AnomalyFields? Anomaly, Guid? AnomalyId)
{
    private static readonly FieldViolation AnomalyRequired = new(
        "anomaly", "ANOMALY_REQUIRED", new("The run did not pass, and nothing says why.", "Le passage n'a pas réussi, et rien ne dit pourquoi."),
        new("Describe the anomaly, or give the `anomaly_id` of one that is known.", "Décrivez l'anomalie, ou indiquez l'`anomaly_id` d'une anomalie connue."));

    private static readonly FieldViolation AnomalyAmbiguous = new(
        "anomaly", "ANOMALY_AMBIGUOUS", new("A new anomaly and a known one are given.", "Une nouvelle anomalie et une anomalie connue sont indiquées."),
        new("Give one of them.", "Indiquez l'une des deux."));

    private static readonly FieldViolation AnomalyUnwanted = new(
        "anomaly", "ANOMALY_UNWANTED", new("The run passed: it has no anomaly.", "Le passage a réussi : il n'a pas d'anomalie."),
        new("Leave it out, or record the run as failed.", "N'en indiquez pas, ou enregistrez un échec."));

    /// <summary>Null with violations.</summary>
    public static RunFields? Read(RecordRunRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var caseId = IdField.Read("case_id", request.CaseId, violations);
        ChoiceField.Check("result", request.Result, violations);
        var actual = request.Result == Result.Passed
            ? EuroField.Read("actual", request.Actual, violations)
            : EuroField.ReadOptional("actual", request.Actual, violations);
        var observation = TextField.ReadText("observation", request.Observation, 2000, violations);
        var anomaly = request.Anomaly is null ? null : AnomalyFields.Read(request.Anomaly, violations);
        var anomalyId = IdField.ReadOptional("anomaly_id", request.AnomalyId, violations);
        if (WhyNot(request.Result, request.Anomaly is not null, request.AnomalyId.Length > 0) is { } violation)
            violations.Add(violation);

        return violations.Count > before ? null : new RunFields(caseId!.Value, request.Result, actual, observation!, anomaly, anomalyId);
    }

    /// <summary>A run that passed has the expected amount to the cent; null when that holds.</summary>
    public FieldViolation? HasTheExpectedAmount(long expectedCents)
    {
        if (Result != Result.Passed || ActualCents == expectedCents)
            return null;

        var (actual, expected) = (EuroField.InWords(ActualCents!.Value), EuroField.InWords(expectedCents));
        return new(
            "actual", "AMOUNT_DIFFERS",
            new($"The case expects {expected.English}, and the solution computed {actual.English}.", $"Le cas attend {expected.French}, et la solution a calculé {actual.French}."),
            new("Record the run as failed with its anomaly.", "Enregistrez un échec avec son anomalie."));
    }

    public RunRow NewRun(CampaignCaseRow tried, Caller tester, Guid id, DateTime now) => new(
        tried.CampaignId, id, tried.Id, tried.Revision, Result.Stored(), tried.ExpectedCents, ActualCents, Observation, tester.Side.Code(), tester.PersonId, now);

    private static FieldViolation? WhyNot(Result result, bool isNew, bool isKnown) => (result, isNew, isKnown) switch
    {
        (_, true, true) => AnomalyAmbiguous,
        (Result.Passed, true, _) or (Result.Passed, _, true) => AnomalyUnwanted,
        (Result.Failed or Result.Blocked, false, false) => AnomalyRequired,
        _ => null,
    };
}
