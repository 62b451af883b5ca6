using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ServiceDefaults.Tests.Calendar;

public sealed class Working_days
{
    private static readonly Gen<BusinessCalendar> Calendars =
        from days in Gen.Elements(WorkingDays.Ouvres, WorkingDays.Ouvrables)
        from alsaceMoselle in Gen.Elements(true, false)
        select new BusinessCalendar(days, alsaceMoselle);

    private static readonly Gen<DateOnly> Days = Gen.Choose(0, 36_000).Select(new DateOnly(2000, 1, 1).AddDays);

    // The first week of May 2026: a holiday on each of two Fridays, 1 and 8 May.
    [Theory]
    [InlineData(WorkingDays.Ouvres, "2026-04-30", 1, "2026-05-04")]
    [InlineData(WorkingDays.Ouvrables, "2026-04-30", 1, "2026-05-02")]
    [InlineData(WorkingDays.Ouvres, "2026-05-02", 1, "2026-05-04")]
    [InlineData(WorkingDays.Ouvres, "2026-04-30", 5, "2026-05-11")]
    [InlineData(WorkingDays.Ouvres, "2026-05-01", 0, "2026-05-01")]
    public void Days_are_added_over_weekends_and_holidays(WorkingDays days, string day, int count, string expected) =>
        Assert.Equal(DateOnly.Parse(expected), new BusinessCalendar(days).Add(DateOnly.Parse(day), count));

    [Fact]
    public void A_year_has_250_to_256_office_days()
    {
        for (var year = 2000; year <= 2100; year++)
            Assert.InRange(BusinessCalendar.Ouvres.CountAfter(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)), 250, 256);
    }

    [Fact]
    public void Adding_days_and_counting_them_are_each_others_inverse() => Prop.ForAll(
        Calendars.Zip(Days).Zip(Gen.Choose(1, 60)).ToArbitrary(),
        drawn =>
        {
            var ((calendar, day), count) = drawn;
            var reached = calendar.Add(day, count);
            return calendar.IsWorkingDay(reached) && calendar.CountAfter(day, reached) == count;
        }).QuickCheckThrowOnFailure();
}
