using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Commitments;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Message = Delegation.Reporting.V1.CommitmentMeasure;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;

namespace Delegation.Reporting.Operational;

/// <summary>The commands on disputes of measures: each locks the measure, decides, and saves with entry and work items.</summary>
internal sealed class MeasureCommands(TimeProvider clock)
{
    private const int LongestReason = 2000;
    private const long Most = 1_000_000_000_000_00;

    private static readonly FieldViolation ValueRequired = new(
        "value_hundredths", "VALUE_HUNDREDTHS_REQUIRED", new("The value is missing.", "La valeur n'est pas renseignée."),
        new("Give it in hundredths of the target's unit, as 9350 for 93.50 %.", "Indiquez-la en centièmes de l'unité de l'objectif, par exemple 9350 pour 93,50 %."));

    private static readonly FieldViolation ValueOutOfRange = new(
        "value_hundredths", "VALUE_HUNDREDTHS_OUT_OF_RANGE", new("The value is negative or too large.", "La valeur est négative ou trop élevée."),
        new($"Give 0 to {Most}.", $"Indiquez de 0 à {Most}."));

    public Task<Outcome<Message>> DisputeAsync(TenantSession session, DisputeMeasureRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var value = ReadValue(request.HasValueHundredths ? request.ValueHundredths : null, violations);
        var reason = TextField.ReadLine("reason", request.Reason.ReplaceLineEndings(" "), LongestReason, violations);
        return ChangeAsync(
            session, request.DelegationId, request.MeasureId, request.Etag, violations,
            (measure, _) => MeasureMoves.Dispute(measure, session.Caller.Side, value!.Value, reason!),
            measure => new MeasureDisputed { Measure = measure, Side = session.Caller.Side }, cancellationToken);
    }

    public Task<Outcome<Message>> ResolveAsync(TenantSession session, ResolveMeasureRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var value = ReadValue(request.HasValueHundredths ? request.ValueHundredths : null, violations);
        return ChangeAsync(
            session, request.DelegationId, request.MeasureId, request.Etag, violations,
            (measure, terms) => MeasureMoves.Resolve(measure, session.Caller.Side, value!.Value, terms),
            measure => measure.State == State.Resolved ? null : new MeasureResolutionProposed { Measure = measure, Side = session.Caller.Side }, cancellationToken);
    }

    // What happened is null where the measure tells it itself.
    private async Task<Outcome<Message>> ChangeAsync(
        TenantSession session,
        string delegationId,
        string measureId,
        string etag,
        List<FieldViolation> violations,
        Func<Message, CommitmentTerms, Outcome<Message>> decide,
        Func<Message, IMessage?> happened,
        CancellationToken cancellationToken)
    {
        var asked = IdField.Read("delegation_id", delegationId, violations);
        var id = IdField.Read("measure_id", measureId, violations);
        if (violations.Count > 0)
            return new Outcome<Message>.Invalid(violations);

        return await (await session.FindDelegationAsync(asked!.Value, cancellationToken)).ThenAsync(async delegation =>
            await (await session.LockMeasureAsync(delegation, id!.Value, cancellationToken)).ThenAsync(async row =>
            {
                if ((Etag.Mismatch<Message>(etag, row.Id, row.Revision) ?? delegation.Closed<Message>()) is { } refused)
                    return refused;

                var terms = await session.FindTermsAsync(delegation, row.VersionId, cancellationToken);
                return await decide(row.ToMessage(), terms).ThenAsync<Message>(async measure =>
                {
                    var changed = row.With(measure);
                    await session.UpdateMeasureAsync(delegation, changed, cancellationToken);
                    var told = changed.ToMessage();
                    var period = new Period(row.PeriodStartDay, row.PeriodEndDay);
                    await session.TellAsync(delegation, changed, happened(told) ?? MeasureJournal.Happened(told, period), clock, cancellationToken);
                    await session.KeepDisputeAsync(delegation, changed, clock, cancellationToken);
                    await session.KeepPenaltyAsync(delegation, changed, clock, cancellationToken);
                    return new Outcome<Message>.Accepted(told);
                });
            }));
    }

    private static long? ReadValue(long? value, List<FieldViolation> violations)
    {
        if (value is null)
            violations.Add(ValueRequired);
        else if (value is < 0 or > Most)
            violations.Add(ValueOutOfRange);

        return value;
    }
}
