using System.Globalization;
using System.Text;
using Delegation.Portfolios;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>The files that tests are made of are the same each time, and as the public figures have them.</summary>
public sealed class Making_portfolios
{
    [Fact]
    public void The_same_seed_makes_the_same_files_and_another_one_others()
    {
        Assert.Equal(Benefits(3), Benefits(3));
        Assert.NotEqual(Benefits(3), Benefits(4));
    }

    // DREES, 2023: 87 % in group contracts, 75 % in individual ones; by the year of care, what is paid later included. A few
    // thousand people are a sample: dear acts are rare.
    [Theory]
    [InlineData(false, 0.87)]
    [InlineData(true, 0.75)]
    public void Benefits_are_the_share_of_premiums_that_the_statistics_give(bool individual, double ratio)
    {
        var portfolio = new Portfolio(new PortfolioPlan { Seed = 5, People = 3000, Contracts = 30 });
        var benefits = Sum(to => portfolio.WriteBenefits(to, (portfolio.Plan.FirstDay, portfolio.Plan.LastDay.AddYears(1))), "benefit", individual);
        var premiums = Sum(to => portfolio.WritePremiums(to), "earned", individual);

        Assert.InRange(benefits / premiums, ratio - 0.06, ratio + 0.06);
    }

    [Fact]
    public void A_portfolio_that_is_too_small_for_a_defect_says_so() =>
        Assert.Throws<InvalidOperationException>(() => new Portfolio(new PortfolioPlan { People = 10, Contracts = 1, Months = 1 }).WritePremiums(Stream.Null, Defect.PeriodGap));

    private static string Benefits(int seed)
    {
        using var to = new MemoryStream();
        new Portfolio(new PortfolioPlan { Seed = seed, People = 100, Contracts = 3, Months = 2 }).WriteBenefits(to);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    private static double Sum(Action<Stream> write, string field, bool individual)
    {
        using var to = new MemoryStream();
        write(to);
        var lines = Encoding.UTF8.GetString(to.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')).ToArray();
        var (amount, kind) = (Array.IndexOf(lines[0], field), Array.IndexOf(lines[0], "individual"));
        return lines.Skip(1).Where(cells => cells[kind] == (individual ? "I" : "C")).Sum(cells => double.Parse(cells[amount], CultureInfo.InvariantCulture));
    }
}
