using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ServiceDefaults.Tests.Calendar;

public sealed class Clocks_of_business_hours
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly Gen<BusinessHours> Hours =
        from days in Gen.Elements(WorkingDays.Ouvres, WorkingDays.Ouvrables)
        from opening in Gen.Choose(4 * 60, 12 * 60)
        from length in Gen.Choose(1, 11 * 60)
        select new BusinessHours(new BusinessCalendar(days), Time(opening), Time(opening + length));

    // Three weeks at most, a year with both changes of the clock and all holidays.
    private static readonly Gen<(DateTimeOffset From, int Minutes)> Timelines =
        from start in Gen.Choose(0, 365 * 24 * 60)
        from minutes in Gen.Choose(0, 21 * 24 * 60)
        select (new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(start), minutes);

    [Fact]
    public void Office_time_between_two_instants_is_what_counting_each_minute_gives() => Prop.ForAll(
        Hours.Zip(Timelines).ToArbitrary(),
        drawn =>
        {
            var (hours, (from, minutes)) = drawn;
            return hours.Between(from, from.AddMinutes(minutes)) == TimeSpan.FromMinutes(CountEachMinute(hours, from, minutes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_end_of_a_term_is_the_first_instant_at_which_it_has_passed() => Prop.ForAll(
        Hours.Zip(Timelines).Zip(Gen.Choose(1, 2000)).ToArbitrary(),
        drawn =>
        {
            var ((hours, (from, _)), term) = drawn;
            var end = hours.Add(from, TimeSpan.FromMinutes(term));
            return CountEachMinute(hours, from, (int)(end - from).TotalMinutes) == term
                && CountEachMinute(hours, from, (int)(end - from).TotalMinutes - 1) == term - 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("2026-04-30T15:00:00Z", 2, "2026-05-04T08:00:00Z")]
    [InlineData("2026-03-27T16:00:00Z", 2, "2026-03-30T08:00:00Z")]
    [InlineData("2026-10-23T15:00:00Z", 2, "2026-10-26T09:00:00Z")]
    [InlineData("2026-06-06T10:00:00Z", 0, "2026-06-06T10:00:00Z")]
    [InlineData("2026-06-05T06:00:00Z", 9, "2026-06-05T16:00:00Z")]
    public void Nine_to_six_on_office_days_over_holidays_and_changes_of_the_clock(string from, int hours, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end), BusinessHours.Usual.Add(DateTimeOffset.Parse(from), TimeSpan.FromHours(hours)));

    [Fact]
    public void No_office_time_passes_backwards() =>
        Assert.Equal(TimeSpan.Zero, BusinessHours.Usual.Between(DateTimeOffset.Parse("2026-06-05T12:00:00Z"), DateTimeOffset.Parse("2026-06-04T12:00:00Z")));

    private static int CountEachMinute(BusinessHours hours, DateTimeOffset from, int minutes) =>
        Enumerable.Range(0, minutes).Count(minute =>
        {
            var local = TimeZoneInfo.ConvertTime(from.AddMinutes(minute), Paris).DateTime;
            var time = TimeOnly.FromDateTime(local);
            return hours.Calendar.IsWorkingDay(DateOnly.FromDateTime(local)) && time >= hours.Opening && time < hours.Closing;
        });

    private static TimeOnly Time(int minutes) => TimeOnly.MinValue.AddMinutes(minutes);
}
