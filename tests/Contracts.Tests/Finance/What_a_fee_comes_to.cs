using Delegation.Contracts.Commitments;
using Delegation.Contracts.Finance;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>What is expected of an invoice line by the fee of its days: worked examples, and what holds whatever the figures.</summary>
public sealed class What_a_fee_comes_to
{
    private static readonly DayRange January = Days("2026-01-01", "2026-01-31");

    [Theory]
    [InlineData(FeeBasis.PerBeneficiary, 450_000, 12_345, 5_555_25)]
    [InlineData(FeeBasis.PerAct, 1_234_500, 1_001, 1_235_73)]
    [InlineData(FeeBasis.PercentOfPremiums, 35_000, 1_000_000_03, 35_000_00)]
    [InlineData(FeeBasis.PercentOfBenefits, 12_345, 99_99, 1_23)]
    [InlineData(FeeBasis.Fixed, 2_500_000_000, 0, 2_500_00)]
    public void A_whole_month_is_its_quantity_at_its_rate(FeeBasis basis, long micros, long quantity, long cents) =>
        Assert.Equal(cents, Of(January, quantity, Version(Fee(basis, micros))).Cents);

    [Fact]
    public void A_quarter_of_a_monthly_fee_is_three_months_of_it_and_of_acts_it_is_their_number()
    {
        var quarter = Days("2026-01-01", "2026-03-31");

        Assert.Equal(7_500_00, Of(quarter, 0, Version(Fee(FeeBasis.Fixed, 2_500_000_000))).Cents);
        Assert.Equal(1_350_00, Of(quarter, 1_000, Version(Fee(FeeBasis.PerBeneficiary, 450_000))).Cents);
        Assert.Equal(450_00, Of(quarter, 1_000, Version(Fee(FeeBasis.PerAct, 450_000))).Cents);
    }

    [Fact]
    public void The_least_of_a_period_holds_where_the_rate_comes_to_less()
    {
        var fee = Fee(FeeBasis.PerAct, 1_000_000);
        fee.Minimum = new V1.Money { MinorUnits = 310_00, Currency = "EUR" };

        var little = Of(January, 300, Version(fee));
        Assert.Equal((310_00, true), (little.Cents, Assert.Single(little.Parts).MinimumApplied));
        Assert.Equal((311_00, false), (Of(January, 311, Version(fee)).Cents, Of(January, 311, Version(fee)).Parts[0].MinimumApplied));
        Assert.Equal(100_00, Of(Days("2026-01-01", "2026-01-10"), 50, Version(fee)).Cents);
    }

    /// <summary>1 000 € a month until the 15th, 1 100 € from the 16th on: 15/31 of the one and 16/31 of the other.</summary>
    [Fact]
    public void An_amendment_in_the_middle_counts_each_version_for_its_days()
    {
        var expected = Of(
            January, 0, Version(Fee(FeeBasis.Fixed, 1_000_000_000), supersededOn: "2026-01-16"), Version(Fee(FeeBasis.Fixed, 1_100_000_000), "2026-01-16"));

        Assert.Equal([("2026-01-01", "2026-01-15", 483_87), ("2026-01-16", "2026-01-31", 567_74)], expected.Parts.Select(part => (part.StartDay, part.EndDay, part.Amount.MinorUnits)));
        Assert.Equal((1_051_61, true), (expected.Cents, expected.IsCovered));
    }

    [Fact]
    public void Days_on_which_no_fee_holds_are_not_expected()
    {
        var expected = Of(January, 3_100, Version(Fee(FeeBasis.PerAct, 1_000_000), "2026-01-11"));

        Assert.Equal((2_100_00, false), (expected.Cents, expected.IsCovered));
        Assert.Equal((0, 0), (Of(January, 3_100).Cents, Of(January, 3_100).Parts.Count));
    }

    /// <summary>However a period is cut by amendments: the parts are the whole, and amendments that change nothing change no cent.</summary>
    [Fact]
    public void The_parts_of_a_split_period_make_up_the_whole_to_the_cent() => Prop.ForAll(Cuts, at =>
    {
        var days = at.Cuts.Distinct().Order().Select(cut => January.Start.AddDays(cut)).ToArray();
        var versions = days.Prepend(January.Start).Select((day, place) => Version(
            Fee(at.Basis, at.Micros), $"{day:yyyy-MM-dd}", place < days.Length ? $"{days[place]:yyyy-MM-dd}" : null)).ToArray();
        var quantity = at.Basis == FeeBasis.Fixed ? 0 : at.Quantity;
        var split = Of(January, quantity, versions);

        return split.Parts.Sum(part => part.Amount.MinorUnits) == split.Cents
            && split.Parts.All(part => part.Amount.MinorUnits >= 0)
            && split.IsCovered
            && split.Cents == Of(January, quantity, Version(Fee(at.Basis, at.Micros))).Cents;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(1, 3, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(249, 100, 2)]
    [InlineData(250, 100, 3)]
    public void A_fraction_of_a_cent_is_rounded_to_the_nearest_and_a_half_up(long numerator, long denominator, long cents) =>
        Assert.Equal(cents, Delegation.Contracts.Finance.Euros.Round(numerator, denominator));

    private static Arbitrary<(int[] Cuts, FeeBasis Basis, long Micros, long Quantity)> Cuts { get; } = (
        from cuts in Gen.Choose(1, 30).ArrayOf()
        from basis in Gen.Elements(FeeBasis.PerBeneficiary, FeeBasis.PerInsured, FeeBasis.PerAct, FeeBasis.PercentOfBenefits, FeeBasis.PercentOfPremiums, FeeBasis.Fixed)
        from micros in Gen.Choose(1, 1_000_000)
        from quantity in Gen.Choose(1, 1_000_000)
        select (cuts, basis, (long)micros, (long)quantity)).ToArbitrary();

    private static FeeExpected Of(DayRange period, long quantity, params JointVersionRow[] versions) => FeeRule.Of(versions, period, quantity);

    private static FeeTerms Fee(FeeBasis basis, long micros) => new() { Title = "Gestion", Basis = basis, RateMicros = micros, Period = SettlementPeriod.Month };

    private static DayRange Days(string start, string end) => new(DateOnly.Parse(start, null), DateOnly.Parse(end, null));

    private static JointVersionRow Version(FeeTerms fee, string from = "2025-01-01", string? supersededOn = null) => new()
    {
        OwnerId = default,
        DelegationId = default,
        DelegateId = default,
        Id = Guid.NewGuid(),
        Kind = "financial_terms",
        SubjectId = default,
        Number = 1,
        State = supersededOn is null ? "validated" : "superseded",
        EffectiveDay = DateOnly.Parse(from, null),
        SupersededOnDay = supersededOn is null ? null : DateOnly.Parse(supersededOn, null),
        Terms = JsonFormatter.Default.Format(new FinancialVersion { Fee = fee }),
        ProposedBy = "insurer",
        CreateTime = default,
        ContentRevision = 1,
        Revision = 1,
    };
}
