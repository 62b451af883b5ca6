using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Contracts.YearlyReports;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.Tests.YearlyReports;

/// <summary>Why there is a report, by when, and what may be said of it. Without input and output.</summary>
public sealed class Rules_of_yearly_reports
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Caller Somebody = new(Guid.NewGuid(), Guid.NewGuid(), new HashSet<string>()) { Side = Side.Insurer };

    [Fact]
    public void The_law_asks_mutuals_for_it_and_others_may_agree_on_it()
    {
        Assert.Equal(Basis.MutualCode, ReportBasis.Of(new HashSet<Regime> { Regime.MutualDelegation }, ""));
        Assert.Equal(Basis.Agreed, ReportBasis.Of(new HashSet<Regime> { Regime.ProvidentDelegation }, "Convention de gestion, art. 12"));
        Assert.Equal(Basis.Unspecified, ReportBasis.Of(new HashSet<Regime> { Regime.ProvidentDelegation }, ""));

        Assert.Equal(["AGREEMENT_UNWANTED"], Reasons(Set("Convention", isLaw: true)));
        Assert.Equal(["AGREEMENT_REQUIRED"], Reasons(Set("", isLaw: false)));
        Assert.Equal("agreed", Accepted(Set("Convention", isLaw: false)).Basis);
    }

    [Fact]
    public void It_is_due_on_the_same_day_of_each_year_after_its_own()
    {
        var terms = Accepted(Set());
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 30), new DateOnly(2028, 4, 30)), (terms.NextDay, terms.DueDay(2025), terms.DueDay(2027)));
        Assert.Equal(["FIRST_DUE_DAY_OUT_OF_YEAR"], Reasons(Set(dueDay: "2027-04-30")));
        Assert.Equal(["FIRST_DUE_DAY_OUT_OF_YEAR"], Reasons(Set(firstYear: 2027, dueDay: "2028-02-29")));
        Assert.Equal(["FIRST_DUE_DAY_OUT_OF_YEAR", "FIRST_YEAR_OUT_OF_RANGE"], Reasons(Set(firstYear: 2023)));
    }

    [Fact]
    public void Once_a_report_was_expected_the_first_year_stays_and_the_day_may_change()
    {
        var begun = Accepted(Set()) with { NextYear = 2026 };
        Assert.Equal("YEARLY_REPORTS_BEGUN", Assert.IsType<Outcome<YearlyReportTermsRow>.Refused>(Set(firstYear: 2024, dueDay: "2025-04-30", former: begun)).Reason);
        var changed = Accepted(Set(dueDay: "2026-06-15", former: begun));
        Assert.Equal((2026, begun.Revision + 1), (changed.NextYear, changed.Revision));
    }

    [Fact]
    public void The_board_meets_after_the_submission_and_not_in_the_future()
    {
        var latest = new YearlyReportVersion { Number = 2, SubmitTime = new DateTimeOffset(2026, 5, 20, 8, 0, 0, TimeSpan.Zero).ToTimestamp() };
        Assert.Equal(["DAY_BEFORE_SUBMISSION"], Reasons(Present("2026-05-19", latest)));
        Assert.Equal(["DAY_IN_FUTURE"], Reasons(Present("2026-06-02", latest)));
        Assert.Equal(2, Accepted(Present("2026-05-20", latest)).Presentations.Single().Number);
        Assert.IsType<Outcome<YearlyReport>.Refused>(Present("2026-05-20", latest: null));
    }

    [Fact]
    public void Incidents_are_told_and_a_correction_says_why()
    {
        var request = new SubmitYearlyReportRequest { Statements = new() { Activities = "Prestations.", Incidents = 2, Complaints = -1 } };
        Assert.Equal(["COMPLAINTS_MALFORMED", "INCIDENT_SUMMARY_REQUIRED", "REASON_REQUIRED"], Reasons(ReportMoves.Submit(request, new YearlyReportVersion(), submitted: 1, Somebody, Now)));
        Assert.Equal(["STATEMENTS_REQUIRED"], Reasons(ReportMoves.Submit(new(), new YearlyReportVersion(), submitted: 0, Somebody, Now)));
    }

    private static Outcome<YearlyReportTermsRow> Set(string agreement = "", bool isLaw = true, int firstYear = 2025, string dueDay = "2026-04-30", YearlyReportTermsRow? former = null) => ReportMoves.SetTerms(
        new() { FirstYear = firstYear, FirstDueDay = dueDay, Agreement = agreement }, former,
        new SharedDelegation(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "open", "Santé", new DelegationParty(), new DelegationParty(), new ReferenceData()), isLaw, new DateOnly(2026, 6, 1));

    private static Outcome<YearlyReport> Present(string day, YearlyReportVersion? latest) =>
        ReportMoves.Present(new() { Day = day, Decision = "Le conseil prend acte." }, new YearlyReport { State = State.Submitted }, latest, Somebody, Now);

    private static T Accepted<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Accepted>(outcome).Value;

    private static IEnumerable<string> Reasons<T>(Outcome<T> outcome) =>
        Assert.IsType<Outcome<T>.Invalid>(outcome).Violations.Select(violation => violation.Reason).Order(StringComparer.Ordinal);
}
