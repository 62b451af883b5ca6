using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Contracts.V1.RequirementException.Types.Kind;

namespace Delegation.Contracts.Regulation;

/// <summary>The commands on exceptions: a requirement has one at most, and a binding one has none.</summary>
internal static class ExceptionCommands
{
    private const int MotiveLength = 1000;

    private static readonly FieldViolation UntilPast = new(
        "until_day",
        "UNTIL_DAY_PAST",
        new("The waiver would be over already.", "Le report serait déjà échu."),
        new("Give today or a later day.", "Indiquez aujourd'hui ou un jour ultérieur."));

    public static Task<Outcome<RequirementException>> SetNotApplicableAsync(
        TenantSession session, SetNotApplicableRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        SetAsync(session, (request.DelegationId, request.RequirementId, request.Motive), Kind.NotApplicable, _ => null, clock, cancellationToken);

    public static Task<Outcome<RequirementException>> WaiveAsync(
        TenantSession session, WaiveRequirementRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        SetAsync(session, (request.DelegationId, request.RequirementId, request.Motive), Kind.Waived, violations =>
        {
            var until = DayField.Read("until_day", request.UntilDay, violations);
            if (until < ParisDays.DayAt(clock.GetUtcNow()))
                violations.Add(UntilPast);

            return until;
        }, clock, cancellationToken);

    public static Task<Outcome<RequirementException>> ClearAsync(
        TenantSession session, ClearRequirementExceptionRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("requirement_exception_id", request.RequirementExceptionId, violations);
        return RegulationCommands.LockedAsync<RequirementException>(session, request.DelegationId, violations, async delegation =>
        {
            var row = (await session.ListExceptionsAsync(delegation, cancellationToken)).SingleOrDefault(row => row.Id == id);
            var found = row is null ? RegulationRefusals.ExceptionNotFound : new Outcome<ExceptionRow>.Accepted(row);
            return await found.ThenAsync<RequirementException>(async cleared =>
            {
                await session.DeleteExceptionAsync(delegation, cleared.Id, cancellationToken);
                await session.AppendAsync(RegulationJournal.Cleared(delegation, cleared), clock, cancellationToken);
                return new Outcome<RequirementException>.Accepted(cleared.ToMessage(delegation.Id));
            });
        }, cancellationToken);
    }

    private static Task<Outcome<RequirementException>> SetAsync(
        TenantSession session,
        (string DelegationId, string RequirementId, string Motive) request,
        Kind kind,
        Func<ICollection<FieldViolation>, DateOnly?> readUntil,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var requirement = RequirementField.Read("requirement_id", request.RequirementId, violations);
        var motive = TextField.ReadLine("motive", request.Motive, MotiveLength, violations);
        var until = readUntil(violations);
        return RegulationCommands.LockedAsync<RequirementException>(session, request.DelegationId, violations, async delegation =>
        {
            var now = clock.GetUtcNow();
            var row = new ExceptionRow(
                NewId.At(now), requirement!.Id, kind.Stored(), motive!, until, session.Caller.PersonId, now.InMicroseconds());
            var decided = Decide(requirement, row, await session.ListExceptionsAsync(delegation, cancellationToken));
            return await decided.ThenAsync<RequirementException>(async set =>
            {
                await session.InsertExceptionAsync(delegation, set, cancellationToken);
                await session.AppendAsync(RegulationJournal.Set(delegation, set), clock, cancellationToken);
                return new Outcome<RequirementException>.Accepted(set.ToMessage(delegation.Id));
            });
        }, cancellationToken);
    }

    private static Outcome<ExceptionRow> Decide(Requirement requirement, ExceptionRow row, IReadOnlyList<ExceptionRow> existing) =>
        requirement.Binding ? RegulationRefusals.Binding(requirement.Id)
        : existing.Any(other => other.RequirementId == row.RequirementId) ? RegulationRefusals.ExceptionExists
        : new Outcome<ExceptionRow>.Accepted(row);
}
