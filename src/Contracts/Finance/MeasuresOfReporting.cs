using Delegation.Contracts.V1;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;
using Measured = Delegation.Reporting.V1.CommitmentMeasure;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Contracts.Finance;

/// <summary>Reads the measures that a credit note names as its evidence from Reporting, in the name of the caller that is being served.</summary>
internal sealed class MeasuresOfReporting(Measures.MeasuresClient reporting)
{
    /// <summary>The request with what Reporting recorded in place of what may have been given.</summary>
    /// <exception cref="RpcException">UNAVAILABLE or DEADLINE_EXCEEDED: Reporting does not answer.</exception>
    public async Task<Outcome<IssueCreditNoteRequest>> FillAsync(IssueCreditNoteRequest request, CancellationToken cancellationToken)
    {
        var filled = request.Clone();
        var violations = new List<FieldViolation>();
        foreach (var (place, value) in filled.Measures.Index().Where(entry => entry.Item.MeasureId.Length > 0))
        {
            var field = $"measures[{place}].measure_id";
            if (IdField.Read(field, value.MeasureId, violations) is null || IdField.Read("delegation_id", request.DelegationId, []) is null)
                continue;

            if (await FindAsync(request.DelegationId, value.MeasureId, cancellationToken) is not { } measure || measure.CommitmentId != request.CommitmentId)
                violations.Add(Unknown(field));
            else if (measure.State is not (State.Recorded or State.Resolved) || measure.Verdict == Verdict.NotMeasurable || measure.StartDay.Length == 0)
                violations.Add(NotSettled(field));
            else
                (value.StartDay, value.EndDay, value.MeasuredHundredths, value.Volume, value.Source) =
                    (measure.StartDay, measure.EndDay, measure.MeasuredHundredths, measure.Volume, $"Reporting, mesure n° {measure.Number} du {measure.PeriodStartDay} au {measure.PeriodEndDay}");
        }

        return violations.Count > 0 ? new Outcome<IssueCreditNoteRequest>.Invalid(violations) : new Outcome<IssueCreditNoteRequest>.Accepted(filled);
    }

    private async Task<Measured?> FindAsync(string delegationId, string measureId, CancellationToken cancellationToken)
    {
        try
        {
            return await reporting.GetMeasureAsync(new GetMeasureRequest { DelegationId = delegationId, MeasureId = measureId }, cancellationToken: cancellationToken);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            throw RpcErrors.PassOn(refused);
        }
    }

    private static FieldViolation Unknown(string field) => new(
        field, "MEASURE_ID_UNKNOWN",
        new("Reporting has no such measure of this delegation and commitment.", "Le reporting n'a pas de telle mesure de cette délégation et de cet engagement."),
        new("Give the id of a measure of this commitment.", "Indiquez l'identifiant d'une mesure de cet engagement."));

    private static FieldViolation NotSettled(string field) => new(
        field, "MEASURE_ID_NOT_SETTLED",
        new("This measure is disputed or superseded, or says nothing of days of the period.", "Cette mesure est contestée ou remplacée, ou ne dit rien de jours de la période."),
        new("Settle the dispute, or name the measure that holds.", "Réglez la contestation, ou désignez la mesure qui vaut."));
}
