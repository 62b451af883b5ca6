using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>What an exit is when it is triggered, and what it becomes while its title and its plan are still to be settled.</summary>
internal static class Triggering
{
    /// <summary>What holds where both sides validated no plan: everything is given back, by care date, and the incoming manager goes on with recoveries.</summary>
    private static ReversibilityTerms Usual => new()
    {
        RunOffOption = RunOffOption.ByCareDate,
        Recoveries = ClaimManager.Incoming,
        DryRuns = 2,
        DestructionMethod = "NIST SP 800-88",
        Data = { System.Enum.GetValues<ExitDataKind>().Where(kind => kind != ExitDataKind.Unspecified).Select(kind => new ExitDataLine { Kind = kind, Format = "CSV UTF-8" }) },
    };

    public static Exit Trigger(Guid id, Guid delegationId, ExitGround ground, string comment, Caller caller, DateTimeOffset now) => new()
    {
        Id = id.ToString(),
        DelegationId = delegationId.ToString(),
        State = ExitState.Open,
        Phase = ExitPhase.Notice,
        Ground = ground,
        Comment = comment,
        Side = caller.Side,
        PersonId = caller.PersonId.ToString(),
        NoticeDay = DayField.Write(ParisDays.DayAt(now)),
        Flows = { FlowRules.Kinds.Select(kind => new ExitFlow { Kind = kind }) },
        CreateTime = Timestamp.FromDateTime(now.InMicroseconds()),
    };

    /// <summary>Joins an exit to the title that ends and to the plan: both may come after it was triggered, and hold until the freeze.</summary>
    /// <param name="exit">Is changed.</param>
    /// <param name="days">Of the title; null when none is in force any more.</param>
    /// <param name="contractId">The contract; null under a letter.</param>
    /// <param name="plan">The version in effect; null when there is none.</param>
    public static void Join(Exit exit, ExitDays? days, Guid? contractId, (Guid Id, ReversibilityTerms Terms)? plan)
    {
        if (exit.State != ExitState.Open || exit.Phase >= ExitPhase.Freeze)
            return;

        if (days is not null)
        {
            (exit.EffectDay, exit.CutoverDay, exit.RunOffEndDay) = (DayField.Write(days.Effect), DayField.Write(days.Cutover), DayField.Write(days.RunOffEnd));
            (exit.ContractId, exit.ContractEnds) = (contractId?.ToString() ?? "", days.IsKnown);
            Redate(exit, days);
        }

        if (exit.Terms is null || (plan is { } found && found.Id.ToString() != exit.ReversibilityPlanId))
        {
            exit.ReversibilityPlanId = plan?.Id.ToString() ?? "";
            exit.Terms = plan?.Terms ?? Usual;
            var former = exit.Lots.ToDictionary(lot => lot.Kind);
            exit.Lots.Clear();
            exit.Lots.Add(exit.Terms.Data.Select(line => new ExitLot(former.GetValueOrDefault(line.Kind) ?? new ExitLot { Kind = line.Kind }) { Format = line.Format }));
            exit.CostBearer = exit.Terms.Costs.FirstOrDefault(rule => rule.Ground == exit.Ground)?.Bearer ?? Side.Unspecified;
        }

        var cutover = DayOf(exit.CutoverDay);
        foreach (var kept in exit.Terms.Retention)
            kept.LastDay = DayField.Write(cutover.AddMonths(kept.Months).AddDays(-1));
    }

    public static DateOnly DayOf(string day) => DayField.Read("day", day, [])!.Value;

    private static void Redate(Exit exit, ExitDays days)
    {
        var former = exit.Tasks.ToDictionary(task => task.Code);
        var dated = ExitTasks.Of(DayOf(exit.NoticeDay), days.Cutover, days.RunOffEnd)
            .Select(task => former.TryGetValue(task.Code, out var known) ? new ExitTask(known) { DueDay = task.DueDay } : task).ToArray();
        exit.Tasks.Clear();
        exit.Tasks.Add(dated);
    }
}
