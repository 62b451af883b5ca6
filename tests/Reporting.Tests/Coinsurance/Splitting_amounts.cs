using Delegation.Reporting.Coinsurance;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Coinsurance;

public sealed class Splitting_amounts
{
    [Fact]
    public void Parts_come_to_the_whole_and_each_co_insurer_has_its_share_to_the_cent() =>
        Prop.ForAll(
            (from shares in Gen.Choose(1, 20_000).ListOf().Resize(50) from amount in Gen.Choose(-2_000_000_000, 2_000_000_000) from lead in Gen.Choose(0, 50) select (shares, amount, lead)).ToArbitrary(),
            told =>
            {
                var insurers = told.shares.Take(49).Select((ppm, place) => new InsurerShare($"{place}", "", ppm, Leads: false)).ToList();
                insurers.Insert(Math.Min(told.lead, insurers.Count), new InsurerShare("lead", "", InsurerShare.Whole - insurers.Sum(one => one.SharePpm), Leads: true));

                var parts = InsurerShare.Split(told.amount, insurers);

                return parts.Sum() == told.amount
                    && insurers.Zip(parts).All(pair => pair.First.Leads || Math.Abs(((decimal)told.amount * pair.First.SharePpm / InsurerShare.Whole) - pair.Second) <= 0.5m);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_a_cent_is_rounded_away_from_zero_and_the_lead_holds_the_rest()
    {
        InsurerShare[] insurers = [new("1", "", 500_000, Leads: true), new("2", "", 250_000, Leads: false), new("3", "", 250_000, Leads: false)];

        Assert.Equal([4, 3, 3], InsurerShare.Split(10, insurers));
        Assert.Equal([-4, -3, -3], InsurerShare.Split(-10, insurers));
    }
}
