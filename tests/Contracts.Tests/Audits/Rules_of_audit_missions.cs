using Delegation.Access.V1;
using Delegation.Contracts.Audits;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>Who may order what, with which notice, and when a mission is open. Without input and output.</summary>
public sealed class Rules_of_audit_missions
{
    // A Monday, at ten in Paris.
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_audit_by_the_client_rests_on_its_clause_and_has_the_notice_of_the_contract()
    {
        var ground = AuditGround.Of(Standard(), Kind.Client);

        Assert.Equal(("AUD-1", 15), (ground.ClauseCode, ground.NoticeDays));
        Assert.Equal(15, Planned(Request(Kind.Client), ground: ground).NoticeDays);
        Assert.Equal(20, Planned(Request(Kind.Client, notice: 20), ground: ground).NoticeDays);
        Assert.Equal(["NOTICE_DAYS_TOO_SHORT"], Reasons(Request(Kind.Client, notice: 14), ground: ground));
        Assert.Equal(["NOTICE_DAYS_REQUIRED"], Reasons(Request(Kind.Client)));
    }

    [Theory]
    [InlineData(Kind.Acpr, "AUD-2")]
    [InlineData(Kind.StatutoryAuditor, "AUD-3")]
    [InlineData(Kind.Cnil, "AUD-4")]
    public void Every_other_kind_rests_on_a_clause_of_its_own_and_needs_no_notice(Kind kind, string clause)
    {
        var mission = Planned(Request(kind), ground: AuditGround.Of(Standard(), kind));

        Assert.Equal((clause, 0), (mission.ClauseCode, mission.NoticeDays));
        Assert.NotEmpty(mission.LegalBasis);
        Assert.Equal(["NOTICE_DAYS_UNWANTED"], Reasons(Request(kind, notice: 5)));
    }

    [Fact]
    public void An_urgent_audit_by_the_client_needs_a_reason_and_no_notice()
    {
        var urgent = Request(Kind.Client);
        urgent.UrgentReason = "Soupçon de fraude.";
        Assert.Equal(0, Planned(urgent).NoticeDays);

        var other = Request(Kind.Acpr);
        other.UrgentReason = "Soupçon de fraude.";
        Assert.Equal(["URGENT_REASON_UNWANTED"], Reasons(other));
    }

    /// <summary>Fifteen working days after Monday 1 June 2026 is Monday 22 June: the day of telling does not count.</summary>
    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void The_notice_is_of_whole_working_days_before_the_first_day(int day, bool isEnough)
    {
        var mission = Planned(Request(Kind.Client, open: $"2026-06-{day}", close: "2026-07-31"), ground: new AuditGround("AUD-1", "Audit", 15));

        Assert.Equal(isEnough, AuditMoves.Notify(mission, Now) is Outcome<AuditMissionRow>.Accepted);
    }

    [Theory]
    [InlineData(Kind.Client, Side.Delegate)]
    [InlineData(Kind.StatutoryAuditor, Side.Delegate)]
    [InlineData(Kind.Acpr, Side.Insurer)]
    public void The_delegate_records_what_authorities_want_of_itself_and_nothing_else(Kind kind, Side audited)
    {
        var request = Request(kind, notice: kind == Kind.Client ? 5 : 0);
        request.AuditedSide = audited;

        Assert.Equal("AUDIT_NOT_OF_YOUR_SIDE", Assert.IsType<Outcome<AuditMissionRow>.Refused>(Plan(request, Side.Delegate)).Reason);
        Assert.IsType<Outcome<AuditMissionRow>.Accepted>(Plan(request, Side.Insurer));
        Assert.IsType<Outcome<AuditMissionRow>.Accepted>(Plan(Request(Kind.Cnil), Side.Delegate));
    }

    [Theory]
    [InlineData(Kind.Client, "both")]
    [InlineData(Kind.StatutoryAuditor, "both")]
    [InlineData(Kind.Acpr, "insurer")]
    [InlineData(Kind.Cnil, "insurer")]
    public void What_an_authority_reads_the_delegate_does_not_see(Kind kind, string seenBy) =>
        Assert.Equal(seenBy, Planned(Request(kind, notice: kind == Kind.Client ? 5 : 0)).ReadsSeenBy);

    [Fact]
    public void A_mission_is_open_from_the_begin_of_its_first_day_to_the_end_of_its_last_in_Paris()
    {
        var notified = Planned(Request(Kind.Acpr, open: "2026-06-02", close: "2026-06-03")) with { State = "notified" };
        DateTimeOffset opens = new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero), ends = opens.AddDays(2);

        Assert.Same(notified, AuditMoves.AtTime(notified, opens.AddTicks(-1)));
        var open = AuditMoves.AtTime(notified, opens);
        Assert.True(open.IsIn(State.Open));
        Assert.Same(open, AuditMoves.AtTime(open, ends.AddTicks(-1)));
        Assert.True(AuditMoves.AtTime(open, ends).IsIn(State.Closed));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var empty = new PlanAuditMissionRequest { AuditedSide = (Side)9, CloseDay = "2026-05-31", OpenDay = "2026-05-30", PeriodStartDay = "2026-01-02", PeriodEndDay = "2026-01-01", NoticeDays = 91 };

        Assert.Equal(
            ["AUDITED_SIDE_UNKNOWN", "CLOSE_DAY_PASSED", "KIND_REQUIRED", "NOTICE_DAYS_MALFORMED", "PERIOD_END_DAY_BEFORE_START", "SUBJECTS_REQUIRED", "TITLE_REQUIRED"],
            Reasons(empty).Order());
    }

    private static PlanAuditMissionRequest Request(Kind kind, int notice = 0, string open = "2026-06-01", string close = "2026-06-30") => new()
    {
        Kind = kind, Title = "Contrôle", Subjects = { AuditSubject.Contract }, PeriodStartDay = "2025-01-01", PeriodEndDay = "2025-12-31", NoticeDays = notice,
        OpenDay = open, CloseDay = close,
    };

    private static Outcome<AuditMissionRow> Plan(PlanAuditMissionRequest request, Side side, AuditGround? ground = null) => Planning.Plan(
        request, new SharedDelegation(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "open", "", new(), new(), new()), side, ground ?? new AuditGround("", "", null), [],
        Guid.NewGuid(), Now, []);

    private static AuditMissionRow Planned(PlanAuditMissionRequest request, AuditGround? ground = null) =>
        Assert.IsType<Outcome<AuditMissionRow>.Accepted>(Plan(request, Side.Insurer, ground)).Value;

    private static IEnumerable<string> Reasons(PlanAuditMissionRequest request, AuditGround? ground = null) =>
        Assert.IsType<Outcome<AuditMissionRow>.Invalid>(Plan(request, Side.Insurer, ground)).Violations.Select(violation => violation.Reason);

    /// <summary>The standard contract as it is drafted from the library.</summary>
    private static IReadOnlyList<ClauseRow> Standard()
    {
        var version = ClauseLibrary.Own.Latest;
        return [.. version.Standard.Select(clause => new ClauseRow
        {
            Id = Guid.NewGuid(), Place = clause.Place, Sort = "clause", Code = clause.Code, Family = "audit", Title = clause.Title,
            Wording = LibraryClause.Fill(clause.Wording, version.Defaults), Requirements = [.. clause.RequirementIds], Removed = false, Revision = 1,
        })];
    }
}
