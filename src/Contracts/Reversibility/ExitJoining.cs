using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Reversibility;

/// <summary>Joins an exit to the title that ends and to the plan in effect, as they are now.</summary>
internal static class ExitJoining
{
    /// <returns>False when neither a contract nor a letter is in force.</returns>
    public static async Task<bool> JoinAsync(TenantSession session, SharedDelegation delegation, Exit exit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (exit.State != ExitState.Open || exit.Phase >= ExitPhase.Freeze)
            return true;

        var today = ParisDays.DayAt(now);
        var contract = (await session.ListContractsInForceAsync(delegation, cancellationToken)) is [.., var last] ? last : null;
        var days = contract is null
            ? await OfLetterAsync(session, delegation, today, now, cancellationToken)
            : ExitDays.Of(contract, exit.Ground, exit.Side, today);
        var plan = (await session.ListHoldingAsync(PlanKinds.Plan, delegation, today, today, cancellationToken)) is [var held, ..] ? held : null;

        if (days is null && exit.EffectDay.Length == 0)
            return false;

        Triggering.Join(exit, days, contract?.Id, plan is null ? null : (plan.Id, plan.ReadPlan()));
        return true;
    }

    private static async Task<ExitDays?> OfLetterAsync(
        TenantSession session, SharedDelegation delegation, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var facts = await session.ReadTitleFactsAsync(delegation, cancellationToken);
        return TitleDerivation.Derive(facts, today, line: null, now.InMicroseconds()).Title is { Kind: Title.Types.Kind.LetterOfEngagement } letter
            ? ExitDays.Of(letter.LastDay)
            : null;
    }
}
