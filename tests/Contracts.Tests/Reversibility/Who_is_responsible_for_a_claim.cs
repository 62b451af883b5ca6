using System.Globalization;
using Delegation.Contracts.Reversibility;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using static Delegation.Contracts.V1.ClaimManager;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>The run-off rules: at any instant a claim has exactly one responsible manager, the one that the trade's table names.</summary>
public sealed class Who_is_responsible_for_a_claim
{
    private static readonly DateOnly Cutover = new(2027, 1, 1);

    // The cutover is 2027-01-01, the run-off ends 2029-03-31, a dry cutover leaves 60 days: until 2027-03-01.
    [Theory]
    [InlineData(RunOffOption.ByCareDate, "2026-12-10", "2026-12-20", "2026-12-31", Outgoing, "BEFORE_CUTOVER", "2029-03-31")]
    [InlineData(RunOffOption.ByCareDate, "2026-12-10", "2026-12-20", "2027-01-01", Outgoing, "RECEIVED_BEFORE", "2029-03-31")]
    [InlineData(RunOffOption.ByCareDate, "2026-12-10", "2027-02-01", "2029-03-31", Outgoing, "RECEIVED_AFTER", "2029-03-31")]
    [InlineData(RunOffOption.ByCareDate, "2026-12-10", "2027-02-01", "2029-04-01", Incoming, "RUN_OFF_OVER", "")]
    [InlineData(RunOffOption.ByCareDate, "2027-01-01", "2027-01-05", "2027-01-05", Incoming, "CARE_FROM_CUTOVER", "")]
    [InlineData(RunOffOption.DryCutover, "2026-12-10", "2026-12-20", "2027-03-01", Outgoing, "RECEIVED_BEFORE", "2027-03-01")]
    [InlineData(RunOffOption.DryCutover, "2026-12-10", "2026-12-20", "2027-03-02", Incoming, "CUT_OFF_OVER", "")]
    [InlineData(RunOffOption.DryCutover, "2026-12-10", "2027-01-01", "2027-01-01", Incoming, "RECEIVED_AFTER", "")]
    [InlineData(RunOffOption.DryCutover, "2026-12-10", "2027-01-01", "2026-12-31", Outgoing, "BEFORE_CUTOVER", "2026-12-31")]
    [InlineData(RunOffOption.DryCutover, "2027-01-01", "2027-01-05", "2027-01-05", Incoming, "CARE_FROM_CUTOVER", "")]
    public void A_claim_goes_by_its_care_and_receipt(
        RunOffOption option, string care, string receipt, string day, ClaimManager expected, string rule, string last)
    {
        var found = RunOffRules.On(Terms(option), new Claim(Day(care), Day(receipt)), Day(day));

        Assert.Equal(new Responsible(expected, rule, last.Length == 0 ? null : Day(last)), found);
    }

    [Theory]
    [InlineData(RunOffOption.ByCareDate, Outgoing, Outgoing)]
    [InlineData(RunOffOption.ByCareDate, Incoming, Incoming)]
    [InlineData(RunOffOption.DryCutover, Outgoing, Incoming)]
    public void Recoveries_go_by_the_clause_and_a_dry_cutover_hands_them_over(RunOffOption option, ClaimManager clause, ClaimManager expected)
    {
        var recovery = new Claim(Day("2026-06-01"), Day("2026-06-10"), IsRecovery: true);

        Assert.Equal(expected, RunOffRules.On(Terms(option) with { Recoveries = clause }, recovery, Day("2027-06-01")).Manager);
        Assert.Equal(Outgoing, RunOffRules.On(Terms(option) with { Recoveries = clause }, recovery, Day("2026-12-31")).Manager);
    }

    [Theory]
    [InlineData(RunOffOption.ByCareDate)]
    [InlineData(RunOffOption.DryCutover)]
    public void What_was_granted_before_is_honoured_by_the_incoming_manager(RunOffOption option) =>
        Assert.Equal(
            new Responsible(Incoming, "GRANTED_BEFORE", null),
            RunOffRules.On(Terms(option), new Claim(Day("2027-02-01"), Day("2026-11-01"), IsGranted: true), Day("2027-02-01")));

    [Fact]
    public void At_any_instant_exactly_one_manager_is_responsible_and_a_claim_passes_once() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Cases().ToArbitrary(), one =>
        {
            var days = Enumerable.Range(-800, 2400).Select(offset => Cutover.AddDays(offset)).Where((_, place) => place % 7 == one.Phase).ToArray();
            var managers = days.Select(day => RunOffRules.On(one.Terms, one.Claim, day)).ToArray();
            var passes = managers.Zip(managers.Skip(1)).Count(pair => pair.First.Manager != pair.Second.Manager);
            return managers.All(found => found.Manager is Outgoing or Incoming)
                && passes <= 1
                && days.Zip(managers).All(pair => pair.First >= Cutover || pair.Second.Manager == Outgoing)
                && days.Zip(managers).All(pair => pair.Second.Manager == ByTheTable(one.Terms, one.Claim, pair.First))
                && days.Zip(managers).All(pair => pair.Second.LastDay is not { } last
                    || (RunOffRules.On(one.Terms, one.Claim, last).Manager == pair.Second.Manager && RunOffRules.On(one.Terms, one.Claim, last.AddDays(1)).Manager != pair.Second.Manager));
        }));

    // The trade's table, cell by cell, said another way than the rules are coded.
    private static ClaimManager ByTheTable(RunOffTerms terms, Claim claim, DateOnly day)
    {
        if (day < terms.Cutover)
            return Outgoing;
        if (claim.IsRecovery)
            return terms.Option == RunOffOption.DryCutover ? Incoming : terms.Recoveries;
        if (claim.CareDay >= terms.Cutover)
            return Incoming;
        if (terms.Option == RunOffOption.ByCareDate)
            return day <= terms.RunOffEnd ? Outgoing : Incoming;

        return claim.ReceiptDay < terms.Cutover && day.DayNumber < terms.Cutover.DayNumber + terms.CutOffDays ? Outgoing : Incoming;
    }

    private static Gen<(RunOffTerms Terms, Claim Claim, int Phase)> Cases() =>
        from option in Gen.Elements(RunOffOption.ByCareDate, RunOffOption.DryCutover)
        from recoveries in Gen.Elements(Outgoing, Incoming)
        from runOff in Gen.Choose(-1, 900)
        from cutOff in Gen.Choose(0, 365)
        from care in Gen.Choose(-700, 700)
        from delay in Gen.Choose(-200, 800)
        from kind in Gen.Choose(0, 3)
        from phase in Gen.Choose(0, 6)
        select (
            new RunOffTerms(option, Cutover, Cutover.AddDays(runOff), cutOff, recoveries),
            new Claim(Cutover.AddDays(care), Cutover.AddDays(care + delay), IsRecovery: kind == 1, IsGranted: kind == 2), phase);

    private static RunOffTerms Terms(RunOffOption option) => new(option, Cutover, Day("2029-03-31"), 60, Incoming);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
