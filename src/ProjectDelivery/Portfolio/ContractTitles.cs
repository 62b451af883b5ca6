using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>The titles that a contract gives, itself and its survival clause, read from what Contracts tells of the contract.</summary>
internal static class ContractTitles
{
    /// <summary>
    /// Both titles after one of the events that give or change them; none for any other. A contract that has ended did so on the day that was
    /// known before, and an amendment is told of its contract where it changes the days: neither changes anything.
    /// </summary>
    public static IReadOnlyList<KnownTitle> After(JournalEntry told) =>
        (told.EventAs<ContractEnteredIntoForce>()?.Contract ?? told.EventAs<ContractDurationAmended>()?.Contract ?? told.EventAs<ContractSuperseded>()?.Contract
            ?? told.EventAs<ContractTerminationNotified>()?.Contract) is { Kind: Contract.Types.Kind.Contract } contract
            ? Of(contract)
            : [];

    private static KnownTitle[] Of(Contract contract)
    {
        var (id, granted, conclusion) = (Guid.Parse(contract.Id), contract.Conclusion.InForceTime.ToDateTime(), contract.Conclusion);

        // The transition after a notice stays under the contract. A contract without a last day renews itself or has no end.
        var last = conclusion.TransitionEndDay.Length > 0 ? Day(conclusion.TransitionEndDay) : DateOnly.MaxValue;
        var after = last == DateOnly.MaxValue ? last : last.AddDays(1);

        // Kept without a day of effect when there is no run-off: a successor or an amendment may have taken away one that was known before.
        var runOff = conclusion.RunOffEndDay.Length > 0 ? Day(conclusion.RunOffEndDay) : after.AddDays(-1);
        return
        [
            new(id, TitleKind.Contract.Stored(), granted, Day(contract.Terms.EffectiveDay), last),
            new(id, TitleKind.SurvivalClause.Stored(), granted, after, runOff),
        ];
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
