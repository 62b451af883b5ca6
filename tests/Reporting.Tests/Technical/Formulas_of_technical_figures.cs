using Delegation.Reporting.Technical;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Technical;

public sealed class Formulas_of_technical_figures
{
    [Fact]
    public void Benefits_by_earned_premiums()
    {
        // 81 %: 34.9 of 43.0 thousand million euros, all of the market in 2023 (DREES).
        Assert.Equal(0.8116m, decimal.Round(Formulas.AccountingLossRatio(3_490_000_000_000, 4_300_000_000_000)!.Value, 4));
        Assert.Equal(1.25m, Formulas.OccurrencePaidRatio(125_00, 100_00));
        Assert.Null(Formulas.AccountingLossRatio(1, 0));
        Assert.Equal(-0.5m, Formulas.AccountingLossRatio(-50_00, 100_00));
    }

    [Fact]
    public void Average_members_are_days_of_cover_by_days()
    {
        // 100 people all June, and 10 more from the 16th on.
        Assert.Equal(105m, Formulas.AverageMembers((100 * 30) + (10 * 15), 30));
        Assert.Null(Formulas.AverageMembers(0, 0));
    }

    [Fact]
    public void Frequency_average_cost_and_pure_premium_of_a_quarter()
    {
        // 91 days, 200 people, 728 acts for 18 200 euros: 14.6 acts a year each (728 / 200 × 365 / 91 = 14.6), 25 euros each.
        Assert.Equal(14.6m, Formulas.Frequency(728, 200 * 91, 365));
        Assert.Equal(25_00m, Formulas.AverageCost(18_200_00, 728));
        Assert.Equal(365_00m, Formulas.PurePremium(18_200_00, 200 * 91, 365));
        Assert.Null(Formulas.AverageCost(10, 0));
    }

    [Fact]
    public void Out_of_pocket_collection_and_balance()
    {
        Assert.Equal(0.12m, Formulas.OutOfPocketRate(12_00, 100_00));
        Assert.Equal(-0.01m, Formulas.OutOfPocketRate(-1_00, 100_00));
        Assert.Equal(0.97m, Formulas.CollectionRate(97_00, 100_00));
        Assert.Equal(-25_00, Formulas.Balance(100_00, 125_00));
    }

    [Fact]
    public void Link_rates_on_counts()
    {
        Assert.Equal(0.9m, Formulas.NoemieRate(900, 60, 40));
        Assert.Equal(0.9375m, Formulas.NoemieRateOfEligible(900, 60));
        Assert.Null(Formulas.NoemieRate(0, 0, 0));
        Assert.Null(Formulas.NoemieRateOfEligible(0, 0));
        Assert.Equal(0.95m, Formulas.Share(19, 20));
        Assert.Equal(4.5m, Formulas.WeightedMean(9m, 2));
    }

    [Fact]
    public void Frequency_by_average_cost_is_benefits_by_members()
    {
        var amounts = Gen.Choose(-1_000_000, 100_000_000);
        var counts = Gen.Choose(1, 1_000_000);

        Prop.ForAll(amounts.ToArbitrary(), counts.ToArbitrary(), counts.ToArbitrary(), (benefits, acts, days) =>
        {
            var product = Formulas.Frequency(acts, days, 365)!.Value * Formulas.AverageCost(benefits, acts)!.Value;
            return Math.Abs(product - Formulas.PurePremium(benefits, days, 365)!.Value) < 0.000_000_1m;
        }).QuickCheckThrowOnFailure();
    }
}
