using Delegation.ServiceDefaults.Calendar;
using Delegation.TestKit;

namespace Delegation.ServiceDefaults.Tests.Calendar;

public sealed class Public_holidays
{
    private const string Project = "ServiceDefaults.Tests";

    [NodeFact(Project)]
    public async Task From_2000_to_2100_they_are_those_of_an_independent_list()
    {
        var theirs = await new NodePeers(Project).RunAsync("holidays.mjs");

        Assert.True(theirs.Length > 2000);
        Assert.Equal(theirs.Distinct().Order(StringComparer.Ordinal), Ours("FR", false).Concat(Ours("57", true)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2019, "2019-04-21")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")]
    public void Easter_of_years_with_the_earliest_and_the_latest_dates(int year, string day) =>
        Assert.Equal(DateOnly.Parse(day), FrenchHolidays.EasterSunday(year));

    [Fact]
    public void Easter_is_a_Sunday_from_22_March_to_25_April()
    {
        for (var year = 1583; year <= 4099; year++)
        {
            var easter = FrenchHolidays.EasterSunday(year);
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(year, 3, 22), new DateOnly(year, 4, 25));
        }
    }

    [Fact]
    public void Good_Friday_and_the_second_day_of_Christmas_are_holidays_of_Alsace_and_Moselle_alone()
    {
        DateOnly[] days = [new(2026, 4, 3), new(2026, 12, 26)];

        Assert.All(days, day => Assert.True(FrenchHolidays.Contains(day, alsaceMoselle: true)));
        Assert.All(days, day => Assert.False(FrenchHolidays.Contains(day)));
    }

    private static IEnumerable<string> Ours(string region, bool alsaceMoselle) =>
        from year in Enumerable.Range(2000, 101)
        from day in FrenchHolidays.Of(year, alsaceMoselle)
        select FormattableString.Invariant($"{region} {day:yyyy-MM-dd}");
}
