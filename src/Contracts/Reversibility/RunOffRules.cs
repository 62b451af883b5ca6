using Delegation.Contracts.V1;

namespace Delegation.Contracts.Reversibility;

/// <summary>What a plan and an exit say about claims.</summary>
/// <param name="Option">Who liquidates claims of before the cutover.</param>
/// <param name="Cutover">The first day on which the incoming manager takes claims.</param>
/// <param name="RunOffEnd">The last day of the run-off; before the cutover where there is none.</param>
/// <param name="CutOffDays">Days from the cutover on in which a dry cutover leaves the outgoing delegate what it has received.</param>
/// <param name="Recoveries">By care date, who goes on with undue payments and recoveries that were opened before the cutover.</param>
internal sealed record RunOffTerms(RunOffOption Option, DateOnly Cutover, DateOnly RunOffEnd, int CutOffDays, ClaimManager Recoveries);

/// <summary>A claim, as far as it decides who is responsible for it.</summary>
/// <param name="CareDay">Day of care.</param>
/// <param name="ReceiptDay">Day on which the request was received.</param>
/// <param name="IsRecovery">Whether it is an undue payment or a recovery that was opened before the cutover.</param>
/// <param name="IsGranted">Whether it is a cover or a quote that was granted before the cutover.</param>
internal sealed record Claim(DateOnly CareDay, DateOnly ReceiptDay, bool IsRecovery = false, bool IsGranted = false);

/// <summary>Who is responsible for a claim on a day, by which rule, and until when; null for ever.</summary>
internal sealed record Responsible(ClaimManager Manager, string Rule, DateOnly? LastDay);

/// <summary>
/// Who is responsible for a claim on a day (gestion du stock): a function of the plan, the claim and the day, and of nothing else. A claim passes at most
/// once, and then from the outgoing delegate to the incoming manager, so that on each day it has exactly one.
/// </summary>
internal static class RunOffRules
{
    public static Responsible On(RunOffTerms terms, Claim claim, DateOnly day)
    {
        var (last, rule, over) = Outgoing(terms, claim);
        if (day <= last)
            return new(ClaimManager.Outgoing, day < terms.Cutover ? "BEFORE_CUTOVER" : rule, last == DateOnly.MaxValue ? null : last);

        return new(ClaimManager.Incoming, last >= terms.Cutover ? over : rule, null);
    }

    /// <summary>The last day of the outgoing delegate, the rule that says so, and the one that ends it after the cutover.</summary>
    private static (DateOnly Last, string Rule, string Over) Outgoing(RunOffTerms terms, Claim claim)
    {
        var (before, byCare) = (terms.Cutover.AddDays(-1), terms.Option == RunOffOption.ByCareDate);
        var runOff = terms.RunOffEnd > before ? terms.RunOffEnd : before;
        if (claim.IsRecovery)
            return (byCare && terms.Recoveries == ClaimManager.Outgoing ? DateOnly.MaxValue : before, "RECOVERY", "RECOVERY");
        if (claim.CareDay >= terms.Cutover)
            return (before, claim.IsGranted ? "GRANTED_BEFORE" : "CARE_FROM_CUTOVER", "");
        if (claim.ReceiptDay < terms.Cutover)
            return byCare ? (runOff, "RECEIVED_BEFORE", "RUN_OFF_OVER") : (before.AddDays(terms.CutOffDays), "RECEIVED_BEFORE", "CUT_OFF_OVER");

        return (byCare ? runOff : before, "RECEIVED_AFTER", "RUN_OFF_OVER");
    }
}
