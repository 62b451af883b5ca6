using Delegation.Contracts.Contacts;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Answering = Delegation.Contracts.V1.SideContacts.Types.Answering;

namespace Delegation.Contracts.Tests.Contacts;

public sealed class Who_answers_on_a_day
{
    private static readonly DateOnly Start = new(2026, 2, 20);

    /// <summary>Days of a fortnight, each counted from its first; an absence without an end stays open.</summary>
    private static readonly Gen<(int First, int? Last)[]> Absences = (
        from first in Gen.Choose(0, 13)
        from length in Gen.Choose(-1, 5)
        select (first, length < 0 ? (int?)null : first + length)).ArrayOf().Select(absences => absences.Take(4).ToArray());

    [Fact]
    public void The_deputy_answers_in_the_absence_of_the_main_contact_and_nobody_when_both_are_away() => Prop.ForAll(
        Absences.Zip(Absences).Zip(Gen.Choose(0, 20)).ToArbitrary(),
        drawn =>
        {
            var ((main, deputy), day) = drawn;
            var answered = WhoAnswers.On(Start.AddDays(day), new SideContacts { Main = Contact(main), Deputy = Contact(deputy) });

            var (mainAway, deputyAway) = (IsAway(main, day), IsAway(deputy, day));
            var expected = !mainAway ? Answering.MainContact : !deputyAway ? Answering.Deputy : Answering.Nobody;
            return answered.Answering == expected && answered.Main.Away == mainAway && answered.Deputy.Away == deputyAway;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void When_both_are_away_both_are_named_as_away()
    {
        var contacts = new SideContacts { Main = Contact([(0, 2)]), Deputy = Contact([(2, null)]) };

        var answered = WhoAnswers.On(Start.AddDays(2), contacts);

        Assert.Equal((Answering.Nobody, true, true), (answered.Answering, answered.Main.Away, answered.Deputy.Away));
        Assert.Equal((contacts.Main.MemberId, contacts.Deputy.MemberId), (answered.Main.MemberId, answered.Deputy.MemberId));
    }

    [Fact]
    public void Without_a_deputy_nobody_answers_for_a_main_contact_who_is_away()
    {
        var contacts = new SideContacts { Main = Contact([(1, 1)]) };

        Assert.Equal(
            [Answering.MainContact, Answering.Nobody, Answering.MainContact],
            Enumerable.Range(0, 3).Select(day => WhoAnswers.On(Start.AddDays(day), contacts).Answering));
    }

    [Fact]
    public void A_side_that_named_nobody_says_so() => Assert.Equal(new SideContacts(), WhoAnswers.On(Start, new SideContacts()));

    private static bool IsAway((int First, int? Last)[] absences, int day) => absences.Any(absence => Enumerable.Range(absence.First, (absence.Last ?? 40) - absence.First + 1).Contains(day));

    private static Contact Contact((int First, int? Last)[] absences) => new()
    {
        MemberId = Guid.NewGuid().ToString(),
        Absences =
        {
            absences.Select(absence => new Absence { StartDay = Day(absence.First), EndDay = absence.Last is { } last ? Day(last) : "" }),
        },
    };

    private static string Day(int day) => Start.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
