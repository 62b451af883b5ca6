namespace Delegation.Reporting.Technical;

/// <summary>What the figures of a line follow from. Null is what no import tells, or does not tell apart so.</summary>
/// <param name="Benefits">Of the line.</param>
/// <param name="Premiums">Of the line.</param>
/// <param name="Members">Of the line.</param>
/// <param name="Days">Days of the months of the line.</param>
/// <param name="DaysOfYear">Days of the year by which a frequency is told.</param>
/// <param name="Accounts">Of the insurer, who alone sees it; only for all lines together.</param>
internal sealed record Amounts(BenefitSums? Benefits, PremiumSums? Premiums, MemberSums? Members, int Days, int DaysOfYear, InsurerAccounts? Accounts = null)
{
    /// <summary>What provisions grew by in the year.</summary>
    public long? ProvisionChange => Accounts?.ClosingProvision - Accounts?.OpeningProvision;
}
