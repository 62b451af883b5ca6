using Delegation.ServiceDefaults.Time;

namespace Delegation.ServiceDefaults.Tests.Time;

public sealed class Days_in_Paris
{
    [Theory]
    [InlineData("2026-01-31T22:59:59Z", "2026-01-31")]
    [InlineData("2026-01-31T23:00:00Z", "2026-02-01")]
    [InlineData("2026-07-31T21:59:59Z", "2026-07-31")]
    [InlineData("2026-07-31T22:00:00Z", "2026-08-01")]
    public void A_day_begins_at_midnight_in_Paris(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day), ParisDays.DayAt(DateTimeOffset.Parse(instant)));

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-01", 24)]
    public void The_days_on_which_the_clock_changes_are_shorter_and_longer(string day, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), ParisDays.EndOf(DateOnly.Parse(day)) - ParisDays.StartOf(DateOnly.Parse(day)));

    [Fact]
    public void Every_day_of_ten_years_starts_within_itself_and_ends_with_the_next()
    {
        for (var day = new DateOnly(2024, 1, 1); day.Year < 2034; day = day.AddDays(1))
        {
            Assert.Equal(day, ParisDays.DayAt(ParisDays.StartOf(day)));
            Assert.Equal(day, ParisDays.DayAt(ParisDays.EndOf(day).AddTicks(-1)));
        }
    }
}
