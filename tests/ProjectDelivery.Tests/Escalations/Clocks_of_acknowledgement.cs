using Delegation.ProjectDelivery.Escalations;
using Delegation.ServiceDefaults.Calendar;
using FsCheck;
using FsCheck.Fluent;
using Level = Delegation.Delivery.V1.Escalation.Types.Level;

namespace Delegation.ProjectDelivery.Tests.Escalations;

/// <summary>Who is called upon and when, against a calculation that goes from minute to minute.</summary>
public sealed class Clocks_of_acknowledgement
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    // Two months with Easter, three holidays of May and Whit Monday, absences of up to two weeks and of no known end.
    private static readonly Gen<IReadOnlyList<(DateOnly, DateOnly?)>> Absences =
        from count in Gen.Choose(0, 3)
        from absences in Gen.ArrayOf(
            from first in Gen.Choose(-5, 60)
            from days in Gen.Choose(0, 14)
            from ends in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
            let day = new DateOnly(2026, 4, 1).AddDays(first)
            select (day, ends ? day.AddDays(days) : (DateOnly?)null), count)
        select (IReadOnlyList<(DateOnly, DateOnly?)>)absences;

    private static readonly Gen<SideContact?> Contacts =
        from named in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from absences in Absences
        select named ? new SideContact(Guid.NewGuid(), absences) : null;

    private static readonly Gen<(SideContacts Contacts, DateTimeOffset Raised, int Hours)> Timelines =
        from main in Contacts
        from deputy in Contacts
        from minute in Gen.Choose(0, 50 * 24 * 60)
        from hours in Gen.Choose(1, 20)
        select (new SideContacts(main, deputy), Start.AddMinutes(minute), hours);

    [Fact]
    public void Levels_are_reached_at_the_minute_at_which_counting_each_minute_reaches_them() => Prop.ForAll(
        Timelines.ToArbitrary(),
        drawn => Assert.Equal(
            ByMinutes(drawn.Contacts, drawn.Raised, drawn.Hours * 60), BySteps(drawn.Contacts, drawn.Raised, TimeSpan.FromHours(drawn.Hours))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    // Friday before Easter, 17:00 in Paris: an hour is left, then Monday is a holiday.
    [InlineData("2026-04-03T15:00:00Z", 2, "2026-04-07T08:00:00Z")]
    // The eve of 1 May, a Friday: the second hour is on Monday.
    [InlineData("2026-04-30T15:30:00Z", 1, "2026-05-04T07:30:00Z")]
    // At night: the clock starts when offices open.
    [InlineData("2026-06-02T01:00:00Z", 4, "2026-06-02T11:00:00Z")]
    public void The_deputy_is_called_upon_when_the_agreed_office_hours_are_over(string raised, int hours, string called)
    {
        var contacts = new SideContacts(new SideContact(Guid.NewGuid(), []), new SideContact(Guid.NewGuid(), []));

        var next = CalledUpon.At(DateTimeOffset.Parse(raised), contacts).Next(TimeSpan.FromHours(hours), contacts)!;

        Assert.Equal((Level.Deputy, DateTimeOffset.Parse(called)), (next.Level, next.Since));
    }

    [Fact]
    public void A_deputy_who_already_stands_in_is_not_called_upon_a_second_time()
    {
        var contacts = new SideContacts(new SideContact(Guid.NewGuid(), [(new DateOnly(2026, 6, 1), null)]), new SideContact(Guid.NewGuid(), []));
        var called = CalledUpon.At(DateTimeOffset.Parse("2026-06-02T08:00:00Z"), contacts);

        Assert.Equal(Level.MainContact, called.Level);
        Assert.Equal(Level.DelegationManagers, called.Next(TimeSpan.FromHours(2), contacts)!.Level);
    }

    [Fact]
    public void Nobody_there_calls_the_managers_upon_at_once_and_a_weekend_does_not()
    {
        var gone = new SideContacts(new SideContact(Guid.NewGuid(), [(new DateOnly(2026, 6, 1), null)]), null);
        var weekend = new SideContacts(new SideContact(Guid.NewGuid(), [(new DateOnly(2026, 6, 6), new DateOnly(2026, 6, 7))]), null);

        Assert.Equal(Level.DelegationManagers, CalledUpon.At(DateTimeOffset.Parse("2026-06-02T08:00:00Z"), gone).Level);
        Assert.Equal(Level.MainContact, CalledUpon.At(DateTimeOffset.Parse("2026-06-06T08:00:00Z"), weekend).Level);
    }

    [Fact]
    public void A_level_is_reminded_after_half_of_its_time_and_the_last_one_again_and_again()
    {
        var (agreed, nobody) = (TimeSpan.FromHours(4), SideContacts.Nobody);
        var managers = CalledUpon.At(DateTimeOffset.Parse("2026-06-02T07:00:00Z"), nobody);
        Assert.Equal(DateTimeOffset.Parse("2026-06-02T09:00:00Z"), managers.RemindAt(agreed));
        Assert.Null(managers.Remind(agreed, default).RemindAt(agreed));

        var executives = managers.Next(agreed, nobody)!;
        Assert.Equal((Level.Executives, null), (executives.Level, executives.Next(agreed, nobody)));
        var reminded = executives.Remind(agreed, default);
        Assert.Equal(DateTimeOffset.Parse("2026-06-02T15:00:00Z"), reminded.RemindAt(agreed));
        // Nobody looked for three days: one reminder, and the clock as if there had been one each time.
        Assert.Equal(DateTimeOffset.Parse("2026-06-05T08:00:00Z"), reminded.Remind(agreed, DateTimeOffset.Parse("2026-06-05T11:00:00Z")).Since);
    }

    private static List<(Level, DateTimeOffset)> BySteps(SideContacts contacts, DateTimeOffset raised, TimeSpan agreed)
    {
        var levels = new List<(Level, DateTimeOffset)>();
        for (var called = CalledUpon.At(raised, contacts); called is not null; called = called.Next(agreed, contacts))
            levels.Add((called.Level, called.Since));

        return levels;
    }

    // Says the same rule in another way: what is so at each minute, and no arithmetic on intervals.
    private static List<(Level, DateTimeOffset)> ByMinutes(SideContacts contacts, DateTimeOffset raised, int agreedMinutes)
    {
        var (main, deputy) = There(raised);
        var level = main || deputy ? Level.MainContact : Level.DelegationManagers;
        var levels = new List<(Level, DateTimeOffset)> { (level, raised) };
        var open = 0;
        for (var at = raised; level != Level.Executives; at = at.AddMinutes(1))
        {
            (main, deputy) = There(at);
            if (level < Level.DelegationManagers && !main && !deputy)
                Reach(Level.DelegationManagers, at);

            open += IsOpen(at) ? 1 : 0;
            if (open == agreedMinutes)
            {
                (main, deputy) = There(at.AddMinutes(1));
                Reach(
                    level == Level.MainContact && main && deputy ? Level.Deputy
                    : level == Level.DelegationManagers ? Level.Executives
                    : Level.DelegationManagers,
                    at.AddMinutes(1));
            }
        }

        return levels;

        void Reach(Level next, DateTimeOffset at)
        {
            (level, open) = (next, 0);
            levels.Add((next, at));
        }

        (bool Main, bool Deputy) There(DateTimeOffset at)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Paris).DateTime);
            while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || FrenchHolidays.Contains(day))
                day = day.AddDays(1);
            bool IsThere(SideContact? contact) => contact is not null && contact.Absences.All(absence => day < absence.First || day > (absence.Last ?? DateOnly.MaxValue));
            return (IsThere(contacts.Main), IsThere(contacts.Deputy));
        }
    }

    private static bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Paris).DateTime;
        return local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !FrenchHolidays.Contains(DateOnly.FromDateTime(local)) && local.Hour is >= 9 and < 18;
    }
}
