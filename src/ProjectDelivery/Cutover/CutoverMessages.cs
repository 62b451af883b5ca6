using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;
using Message = Delegation.Delivery.V1.Cutover;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Cutovers as the contract shows them.</summary>
internal static class CutoverMessages
{
    /// <summary>As things stand at an instant.</summary>
    public static Message ToMessage(this CutoverRow cutover, DateTime now)
    {
        var steps = cutover.ReadSteps();
        var message = cutover.ToEvent(steps);

        // One that was rolled back goes on no more: what did not happen is not forecast.
        if (cutover.In == Message.Types.State.RolledBack)
            return message;

        var forecast = RunbookTimes.Forecast(cutover.StartTime, steps, now);
        foreach (var step in message.Steps)
        {
            step.ForecastStartTime = Timestamp.FromDateTime(forecast[step.Planned.Number].Start);
            step.ForecastEndTime = Timestamp.FromDateTime(forecast[step.Planned.Number].End);
        }

        var end = RunbookTimes.End(cutover.StartTime, forecast);
        message.ForecastEndTime = Timestamp.FromDateTime(end);
        message.DelayMinutes = (int)Math.Clamp(Math.Ceiling((end - message.PlannedEndTime.ToDateTime()).TotalMinutes), int.MinValue, int.MaxValue);
        return message;
    }

    /// <summary>Without what is forecast, which changes by itself.</summary>
    public static Message ToEvent(this CutoverRow cutover) => cutover.ToEvent(cutover.ReadSteps());

    private static Message ToEvent(this CutoverRow cutover, IReadOnlyList<Step> steps)
    {
        var planned = RunbookTimes.Planned(cutover.StartTime, steps);
        return new Message
        {
            Id = cutover.Id.ToString(),
            ProjectId = cutover.ProjectId.ToString(),
            Title = cutover.Title,
            Rehearsal = cutover.Rehearsal,
            State = cutover.In,
            StartTime = Timestamp.FromDateTime(cutover.StartTime),
            Steps = { steps.Select(step => step.ToMessage(planned[step.Number])) },
            PlannedEndTime = Timestamp.FromDateTime(RunbookTimes.End(cutover.StartTime, planned)),
            Rollback = cutover.RollbackTime is not { } time ? null : new CutoverRollback
            {
                ToNumber = cutover.RolledBackTo!.Value,
                Reason = cutover.RollbackReason,
                Side = RoleCodes.SideOf(cutover.RollbackSide!),
                RecordTime = Timestamp.FromDateTime(time),
            },
            CreateTime = Timestamp.FromDateTime(cutover.CreateTime),
            UpdateTime = Timestamp.FromDateTime(cutover.UpdateTime),
            Etag = Etag.Of(cutover.Id, cutover.Revision),
        };
    }

    private static CutoverStep ToMessage(this Step step, StepTimes planned) => new()
    {
        Id = step.Id.ToString(),
        Planned = new PlannedStep
        {
            Number = step.Number,
            Title = step.Title,
            Kind = StoredNames.Read<CutoverStepKind>(step.Kind),
            Owner = step.Owner,
            DurationMinutes = step.Minutes,
            NotBeforeTime = Instant(step.NotBefore),
            After = { step.After },
        },
        PlannedStartTime = Timestamp.FromDateTime(planned.Start),
        PlannedEndTime = Timestamp.FromDateTime(planned.End),
        BeginTime = Instant(step.Began),
        EndTime = Instant(step.Ended),
        Decisions = { step.Decisions.Select(ToMessage) },
    };

    private static StepDecision ToMessage(Decided decided) => new()
    {
        Side = RoleCodes.SideOf(decided.Side),
        Go = decided.Go,
        Reason = decided.Reason,
        PersonId = decided.PersonId.ToString(),
        DecideTime = Timestamp.FromDateTime(decided.Time),
        RunbookRevision = decided.Revision,
    };

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
