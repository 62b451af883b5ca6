using System.Globalization;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Scoping.Grid;
using FsCheck;
using FsCheck.Fluent;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;
using Money = Delegation.Contracts.V1.Money;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>Worked examples, as an actuary writes them down: costs, base, rate of the AMO, and what the grid says.</summary>
public sealed class Expected_reimbursements
{
    [Theory]
    // 200 % of 30 € with the AMO's 21 €: 60 € in all.
    [InlineData(Mode.BaseIncludingAmo, 200, 0, 0, 30, 70, 80, 21.00, 39.00)]
    [InlineData(Mode.BaseIncludingAmo, 200, 0, 0, 30, 70, 50, 21.00, 29.00)]
    // 100 % included: no more than the co-payment.
    [InlineData(Mode.BaseIncludingAmo, 100, 0, 0, 30, 70, 80, 21.00, 9.00)]
    // Less than what the AMO pays already: nothing.
    [InlineData(Mode.BaseIncludingAmo, 50, 0, 0, 30, 70, 80, 21.00, 0.00)]
    // 200 % on top of the AMO.
    [InlineData(Mode.BaseOnTop, 200, 0, 0, 30, 70, 100, 21.00, 60.00)]
    [InlineData(Mode.BaseOnTop, 200, 0, 0, 30, 70, 60, 21.00, 39.00)]
    [InlineData(Mode.CoPayment, 0, 0, 0, 30, 70, 80, 21.00, 9.00)]
    // Costs below the base: the AMO pays its rate of the costs.
    [InlineData(Mode.CoPayment, 0, 0, 0, 30, 70, 20, 14.00, 6.00)]
    [InlineData(Mode.Flat, 0, 40, 0, 0, 0, 55, 0.00, 40.00)]
    [InlineData(Mode.Flat, 0, 40, 0, 0, 0, 25, 0.00, 25.00)]
    [InlineData(Mode.Flat, 0, 100, 0, 30, 70, 80, 21.00, 59.00)]
    [InlineData(Mode.RealCosts, 80, 0, 0, 30, 70, 100, 21.00, 59.00)]
    [InlineData(Mode.NothingLeft, 0, 0, 500, 120, 60, 500, 72.00, 428.00)]
    // The cap comes last.
    [InlineData(Mode.BaseIncludingAmo, 400, 0, 50, 30, 70, 200, 21.00, 50.00)]
    // 16.65 % of 30.05 is 5.003…; 65 % of 0.01 is rounded up to a cent.
    [InlineData(Mode.CoPayment, 0, 0, 0, 30.05, 65, 40, 19.53, 10.52)]
    public void Each_mode_pays_what_its_formula_says(
        Mode mode, int rate, double amount, double cap, double @base, int amoRate, double spent, double amo, double amc)
    {
        var line = Line(mode, rate, amount, cap, @base, amoRate);

        Assert.Equal((Cents(amo), Cents(amc)), (Reimbursement.Amo(line, Cents(spent)), Reimbursement.Amc(line, Cents(spent))));
    }

    [Fact]
    public void Nobody_is_paid_more_than_the_costs_and_more_costs_never_pay_less()
    {
        var lines = from mode in Gen.Elements(Enum.GetValues<Mode>().Where(mode => mode != Mode.Unspecified))
                    from rate in Gen.Choose(5, 100)
                    from cents in Gen.Choose(1, 100_000).Three()
                    from amoRate in Gen.Elements(0, 15, 30, 60, 65, 70, 80, 100)
                    from hasCap in Gen.Elements(true, false)
                    from spent in Gen.Choose(0, 200_000)
                    let line = Line(mode, rate, cents.Item1 / 100d, hasCap || mode == Mode.NothingLeft ? cents.Item2 / 100d : 0, cents.Item3 / 100d, amoRate)
                    select (line, spent);

        Prop.ForAll(lines.ToArbitrary(), drawn =>
        {
            var (amo, amc) = (Reimbursement.Amo(drawn.line, drawn.spent), Reimbursement.Amc(drawn.line, drawn.spent));
            var more = Reimbursement.Amo(drawn.line, drawn.spent + 500) + Reimbursement.Amc(drawn.line, drawn.spent + 500);
            return amo >= 0 && amc >= 0 && amo + amc <= drawn.spent && more >= amo + amc - 1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_cases_of_a_line_try_the_base_the_limit_and_what_is_beyond_it()
    {
        var cases = GridCases.Of(Line(Mode.BaseIncludingAmo, 200, 0, 0, 30, 70)).ToList();
        Assert.Equal([("base", 3000L), ("limit", 6000), ("beyond", 9000)], cases.Select(tried => (tried.Key, tried.Spent)));

        var capped = Line(Mode.BaseIncludingAmo, 400, 0, 50, 30, 70);
        Assert.Equal(71_00, GridCases.Of(capped).Single(tried => tried.Key == "limit").Spent);

        var free = Line(Mode.NothingLeft, 0, 0, 500, 120, 60);
        Assert.Equal([("base", 120_00L), ("limit", 500_00)], GridCases.Of(free).Select(tried => (tried.Key, tried.Spent)));
        Assert.All(GridCases.Of(free), tried => Assert.Equal(tried.Spent, Reimbursement.Amo(free, tried.Spent) + Reimbursement.Amc(free, tried.Spent)));
    }

    [Fact]
    public void Costs_beyond_the_limit_pay_no_more_than_at_the_limit()
    {
        foreach (var mode in new[] { Mode.BaseIncludingAmo, Mode.BaseOnTop, Mode.CoPayment, Mode.Flat })
            foreach (var cap in new[] { 0, 7.5, 500 })
            {
                var line = Line(mode, mode is Mode.CoPayment or Mode.Flat ? 0 : 150, 25, cap, 30, 70);
                var spent = GridCases.Of(line).ToDictionary(tried => tried.Key, tried => tried.Spent);
                Assert.Equal(Reimbursement.Amc(line, spent["limit"]), Reimbursement.Amc(line, spent["beyond"]));
            }
    }

    [Fact]
    public void The_formula_says_in_words_what_is_computed() => Assert.Equal(
        "max(0 ; min(frais réels ; 200 % × 30,00 €) − AMO), au plus 50,00 € ; AMO = 70 % × min(30,00 € ; frais réels)",
        Reimbursement.Formula(Line(Mode.BaseIncludingAmo, 200, 0, 50, 30, 70)));

    private static GuaranteeLine Line(Mode mode, int rate, double amount, double cap, double @base, int amoRate) => new()
    {
        Mode = mode,
        RatePpm = rate * 10_000,
        Amount = mode == Mode.Flat ? Euros(amount) : null,
        Cap = cap > 0 ? Euros(cap) : null,
        Base = Euros(@base),
        AmoRatePpm = amoRate * 10_000,
    };

    private static Money Euros(double euros) => new() { MinorUnits = Cents(euros), Currency = "EUR" };

    private static long Cents(double euros) => (long)(Convert.ToDecimal(euros, CultureInfo.InvariantCulture) * 100);
}
