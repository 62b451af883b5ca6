using Delegation.Reporting.Technical;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Technical;

public sealed class Chain_ladder
{
    // The triangle of Taylor and Ashe (1983) as Mack used it in ASTIN Bulletin 23 (1993), which gives the reserves below.
    private static readonly long[][] Published =
    [
        [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
        [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
        [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
        [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
        [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
        [396132, 1333217, 2180715, 2985752, 3691712],
        [440832, 1288463, 2419861, 3483130],
        [359480, 1421128, 2864498],
        [376686, 1363294],
        [344014],
    ];

    [Fact]
    public void Of_a_published_triangle_the_published_reserves()
    {
        Assert.Equal([0, 94_634, 469_511, 709_638, 984_889, 1_419_459, 2_177_641, 3_920_301, 4_278_972, 4_625_811], ChainLadder.Outstanding(Published));
        Assert.Equal(3.4906m, decimal.Round(ChainLadder.Factors(Published)[0]!.Value, 4));
    }

    [Fact]
    public void What_is_paid_at_once_leaves_nothing_and_nothing_paid_tells_nothing()
    {
        Assert.Equal([0, 0, 0], ChainLadder.Outstanding([[100, 100, 100], [70, 70], [30]]));
        Assert.Equal([0, 0], ChainLadder.Outstanding([[0, 0], [0]]));
        Assert.Null(ChainLadder.Factors([[0, 0], [0]])[0]);
        Assert.Empty(ChainLadder.Outstanding([]));
    }

    [Fact]
    public void Twice_the_payments_are_twice_the_factors_weight_and_the_same_factors()
    {
        Prop.ForAll(Gen.Choose(1, 100_000).ListOf(6).ToArbitrary(), paid =>
        {
            long[][] triangle = [[paid[0], paid[0] + paid[1], paid[0] + paid[1] + paid[2]], [paid[3], paid[3] + paid[4]], [paid[5]]];
            long[][] doubled = [.. triangle.Select(row => row.Select(one => one * 2).ToArray())];
            return ChainLadder.Factors(triangle).SequenceEqual(ChainLadder.Factors(doubled)) && ChainLadder.Outstanding(triangle).All(left => left >= 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Payments_are_cumulated_by_months_after_care()
    {
        DateOnly[] months = [new(2025, 11, 1), new(2025, 12, 1), new(2026, 1, 1)];

        var triangle = Triangle.Cumulate(months, [new(months[0], months[0], 10), new(months[0], months[2], 5), new(months[1], months[1], 7), new(months[2], months[1], 3)]);

        Assert.Equal([[10, 10, 15], [7, 7], [3]], triangle.Select(row => row.ToArray()));
    }
}
