using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>Rehearsals of the plan: measured, compared, and kept as they were.</summary>
internal static class Rehearsals
{
    private static readonly FieldViolation EndsBeforeStart = new(
        "end_time", "END_BEFORE_START", new("It ended before it began.", "La fin précède le début."), new("Give an end after the start.", "Indiquez une fin après le début."));

    private static readonly FieldViolation InFuture = new(
        "end_time", "END_TIME_IN_FUTURE", new("It has not ended yet.", "Il n'est pas encore terminé."), new("Record it once it is over.", "Enregistrez-le une fois terminé."));

    private static readonly LocalizedText NoPlan = new(
        "Both sides have not validated a reversibility plan that holds today.", "Les deux parties n'ont pas validé de plan de réversibilité en vigueur aujourd'hui.");

    public static async Task<Outcome<Rehearsal>> RecordAsync(
        TenantSession session, RecordRehearsalRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        CheckTimes(request, now, violations);
        var lots = ReadLots(request.Lots, violations);
        if (violations.Count > 0)
            return new Outcome<Rehearsal>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            var today = ParisDays.DayAt(now);
            if (delegation.Closed<Rehearsal>() is { } closed)
                return closed;
            if (await session.ListHoldingAsync(PlanKinds.Plan, delegation, today, today, cancellationToken) is not [var plan, ..])
                return new Outcome<Rehearsal>.Refused("NO_VALIDATED_PLAN", NoPlan);

            var planned = plan.ReadPlan().Data.Select(line => line.Kind).ToHashSet();
            var unplanned = lots.Select((lot, place) => (lot.Kind, place)).Where(lot => !planned.Contains(lot.Kind)).Select(lot => NotPlanned($"lots[{lot.place}].kind")).ToArray();
            if (unplanned.Length > 0)
                return new Outcome<Rehearsal>.Invalid(unplanned);

            var rehearsal = new Rehearsal
            {
                Id = NewId.At(now).ToString(),
                DelegationId = delegation.Id.ToString(),
                ReversibilityPlanId = plan.Id.ToString(),
                StartTime = request.StartTime,
                EndTime = request.EndTime,
                Lots = { lots },
                Reconciled = lots.Count == planned.Count && lots.All(lot => lot.Discrepancies.Count == 0),
                PersonId = session.Caller.PersonId.ToString(),
                CreateTime = Timestamp.FromDateTime(now.InMicroseconds()),
            };
            await session.InsertRehearsalAsync(delegation, rehearsal, cancellationToken);
            var recorded = new JournalEvent(
                delegation.InsurerId, delegation.Id, delegation.DelegateId, Visibility.Both, "rehearsal", Guid.Parse(rehearsal.Id), 1, new RehearsalRecorded { Rehearsal = rehearsal });
            await session.AppendAsync(recorded, clock, cancellationToken);
            return new Outcome<Rehearsal>.Accepted(rehearsal);
        });
    }

    public static FieldViolation NotPlanned(string field) => new(
        field, "KIND_NOT_PLANNED", new("The plan has no such lot.", "Le plan ne prévoit pas ce lot."), new("Choose a lot of the plan.", "Choisissez un lot du plan."));

    private static void CheckTimes(RecordRehearsalRequest request, DateTimeOffset now, List<FieldViolation> violations)
    {
        if (request.StartTime is null)
            violations.Add(TermViolations.Required("start_time", "when it began", "le début"));
        if (request.EndTime is null)
            violations.Add(TermViolations.Required("end_time", "when it ended", "la fin"));
        else if (request.EndTime < request.StartTime)
            violations.Add(EndsBeforeStart);
        else if (request.EndTime > Timestamp.FromDateTimeOffset(now))
            violations.Add(InFuture);
    }

    private static List<LotComparison> ReadLots(Google.Protobuf.Collections.RepeatedField<LotComparison> lots, List<FieldViolation> violations)
    {
        if (lots.Count == 0)
            violations.Add(TermViolations.Required("lots", "the lots that were rehearsed", "les lots testés"));

        var (read, seen) = (new List<LotComparison>(), new HashSet<ExitDataKind>());
        for (var place = 0; place < lots.Count; place++)
        {
            var (field, lot) = ($"lots[{place}]", lots[place]);
            if (TermViolations.Check($"{field}.kind", lot.Kind, required: true, "what it is", "la nature des données", violations) && !seen.Add(lot.Kind))
                violations.Add(TermViolations.Repeated($"{field}.kind"));
            var handedOver = LotComparing.Read($"{field}.handed_over", lot.HandedOver, violations);
            var received = LotComparing.Read($"{field}.received", lot.Received, violations);
            if (handedOver is not null && received is not null)
                read.Add(new LotComparison { Kind = lot.Kind, HandedOver = handedOver, Received = received, Discrepancies = { LotComparing.Discrepancies(handedOver, received) } });
        }

        return read;
    }
}
