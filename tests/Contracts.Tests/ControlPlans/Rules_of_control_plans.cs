using Delegation.Access.V1;
using Delegation.Contracts.Contacts;
using Delegation.Contracts.ControlPlans;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Frequency = Delegation.Contracts.V1.PlannedControl.Types.Frequency;
using Kind = Delegation.Contracts.V1.PlannedControl.Types.Kind;
using PlanState = Delegation.Contracts.V1.ControlPlan.Types.State;
using Result = Delegation.Contracts.V1.Control.Types.Result;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.Tests.ControlPlans;

/// <summary>When controls are due, what a new version makes of them, and what may be recorded. Without input and output.</summary>
public sealed class Rules_of_control_plans
{
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly Guid Person = Guid.CreateVersion7();
    private static readonly Dictionary<Guid, Reachable> Members = new() { [Owner] = new(Owner, Person, "Claire Martin", "", "") };
    private static readonly DateTimeOffset Now = new(2028, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2028, 6, 1);
    private static readonly Timestamp Planned2028 = new DateTimeOffset(2028, 1, 15, 8, 0, 0, TimeSpan.Zero).ToTimestamp();

    [Fact]
    public void A_regular_control_is_due_on_the_last_day_of_each_period()
    {
        Assert.Equal(["2028-03-31", "2028-06-30", "2028-09-30", "2028-12-31"], Days(Frequency.Quarterly));
        Assert.Equal(["2028-06-30", "2028-12-31"], Days(Frequency.HalfYearly));
        Assert.Equal("2028-02-29", Days(Frequency.Monthly)[1]);
        Assert.Equal(12, Days(Frequency.Monthly).Distinct().Count());
    }

    [Fact]
    public void Days_that_are_past_make_no_control_and_one_that_is_made_once_must_lie_ahead()
    {
        var adopted = Adopting.Of(Plan(Planned("A", Frequency.Quarterly)), [], Members, Today);
        Assert.Equal(["2028-06-30", "2028-09-30", "2028-12-31"], adopted.Planned.Select(control => control.DueDay));
        Assert.All(adopted.Planned, control => Assert.Equal((Person.ToString(), "Claire Martin"), (control.OwnerPersonId, control.OwnerName)));

        var past = Plan(Planned("B", Frequency.Once, "2028-05-31"));
        Assert.Equal("CONTROL_DAY_PASSED", Reason(Adopting.Refused(past, [], Members, Today)));
        Assert.Null(Adopting.Refused(past, [Row("B", "2028-05-31", State.Planned)], Members, Today));
        Assert.Equal("CONTROL_OWNER_GONE", Reason(Adopting.Refused(Plan(Planned("A", Frequency.Monthly)), [], new Dictionary<Guid, Reachable>(), Today)));
        Assert.Equal("CONTROL_YEAR_OVER", Reason(Adopting.Refused(Plan(Planned("A", Frequency.Monthly)), [], Members, new DateOnly(2029, 1, 1))));
    }

    /// <summary>Whatever the version before held: what is meant and lies ahead is there once, what was made stays, and nothing that is open is lost without a reason.</summary>
    [Fact]
    public void A_new_version_loses_and_doubles_nothing()
    {
        var row = from code in Gen.Elements("A", "B", "C")
                  from month in Gen.Choose(1, 12)
                  from state in Gen.Elements(State.Planned, State.Executed, State.Withdrawn)
                  select Row(code, Days(Frequency.Monthly)[month - 1], state);
        var plans = from frequencies in Gen.ListOf(Gen.Elements(Frequency.Monthly, Frequency.Quarterly, Frequency.HalfYearly), 2)
                    select Plan([.. frequencies.Select((frequency, place) => Planned(place == 0 ? "A" : "B", frequency))]);

        Prop.ForAll(Gen.ListOf(row).ToArbitrary(), plans.ToArbitrary(), (rows, plan) =>
        {
            var before = rows.GroupBy(one => (one.Code, one.DueDay)).Select(same => same.First()).ToList();
            var adopted = Adopting.Of(plan, before, Members, Today);
            var changed = adopted.Replanned.Concat(adopted.Withdrawn).ToDictionary(one => one.Id);
            var after = before.Select(one => changed.GetValueOrDefault(one.Id, one).Read()).Concat(adopted.Planned).ToList();
            var meant = plan.Controls.SelectMany(control => ControlDays.Of(control, 2028).Select(day => (control.Code, Day: DayField.Write(day)))).ToHashSet();
            var live = after.Where(control => control.State != State.Withdrawn).Select(control => (control.Planned.Code, control.DueDay)).ToList();

            return live.Count == live.Distinct().Count()
                && meant.Where(one => string.CompareOrdinal(one.Day, "2028-06-01") >= 0).All(live.Contains)
                && after.Where(control => control.State == State.Planned).All(control => meant.Contains((control.Planned.Code, control.DueDay)))
                && before.Where(one => one.State == "executed").All(one => !changed.ContainsKey(one.Id))
                && adopted.Withdrawn.All(one => one.Read().WithdrawReason == plan.Reason && one.Read().Late);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_recorded_fits_together_and_all_that_does_not_is_said_at_once()
    {
        Assert.Empty(Reasons(new() { ExecutionDay = "2028-06-01", SampleSize = 60, Result = Result.Conform }));
        Assert.Equal(
            ["ANOMALIES_MALFORMED", "EXECUTION_DAY_IN_FUTURE", "RESULT_REQUIRED", "SAMPLE_SIZE_REQUIRED"],
            Reasons(new() { ExecutionDay = "2028-06-02", Anomalies = -1 }));
        Assert.Equal(["EXECUTION_DAY_BEFORE_PLAN"], Reasons(new() { ExecutionDay = "2028-01-14", SampleSize = 1, Result = Result.Conform }));
        Assert.Equal(["ANOMALIES_TOO_MANY", "RESULT_CONTRADICTED"], Reasons(new() { ExecutionDay = "2028-05-31", SampleSize = 3, Anomalies = 4, Result = Result.Conform }));
        Assert.Equal(["SUMMARY_REQUIRED"], Reasons(new() { ExecutionDay = "2028-05-31", SampleSize = 3, Anomalies = 1, Result = Result.NotConform }));
    }

    [Fact]
    public void A_control_is_for_its_owner_and_those_who_answer_for_the_plan_and_is_recorded_once()
    {
        var control = Row("A", "2028-06-30", State.Planned).Read();
        Assert.Null(Executing.Refused(control, Caller(Person)));
        Assert.Null(Executing.Refused(control, Caller(Guid.NewGuid(), "compliance")));
        Assert.Equal("CONTROL_OF_SOMEBODY_ELSE", Reason(Executing.Refused(control, Caller(Guid.NewGuid(), "operations", "legal"))));
        foreach (var state in new[] { State.Executed, State.Withdrawn })
            Assert.Equal("CONTROL_NOT_PLANNED", Reason(Executing.Refused(new Control(control) { State = state }, Caller(Person))));
    }

    [Fact]
    public void A_draft_is_refused_with_all_that_is_wrong_in_it()
    {
        var violations = new List<FieldViolation>();
        Drafting.CheckYear(2031, Today, violations);
        Drafting.ReadControls(
            [Planned("A", Frequency.Monthly, "2028-06-30"), Planned("A", Frequency.Once), Planned("B", Frequency.Once, "2027-06-30"), new PlannedControl(Planned("C", Frequency.Monthly)) { Subject = AuditSubject.Mission, OwnerId = Guid.NewGuid().ToString() }],
            2028, Members.Keys.ToHashSet(), violations);
        Assert.Equal(
            ["CODE_REPEATED", "DUE_DAY_OUT_OF_YEAR", "DUE_DAY_REQUIRED", "DUE_DAY_UNWANTED", "OWNER_UNKNOWN", "SUBJECT_UNKNOWN", "YEAR_OUT_OF_RANGE"],
            violations.Select(violation => violation.Reason).Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Days(Frequency frequency) => [.. ControlDays.Of(Planned("A", frequency), 2028).Select(day => DayField.Write(day))];

    private static PlannedControl Planned(string code, Frequency frequency, string dueDay = "") => new()
    {
        Code = code, Title = "Contrôle", Subject = AuditSubject.Figures, Kind = Kind.SampleOfFiles, Frequency = frequency, DueDay = dueDay, OwnerId = Owner.ToString(),
    };

    private static ControlPlan Plan(params PlannedControl[] controls) => new() { Year = 2028, State = PlanState.Draft, Reason = "Moyens recentrés.", Controls = { controls } };

    private static ControlRow Row(string code, string day, State state)
    {
        var control = new Control { Year = 2028, Planned = Planned(code, Frequency.Monthly), OwnerPersonId = Person.ToString(), DueDay = day, State = state, Late = true, CreateTime = Planned2028 };
        return new ControlRow(Owner, Owner, Owner, Guid.CreateVersion7(), JsonFormatter.Default.Format(control), Revision: 1);
    }

    private static Caller Caller(Guid person, params string[] roles) => new(Owner, person, roles.ToHashSet()) { Side = Side.Insurer };

    private static IEnumerable<string> Reasons(ExecuteControlRequest request) => Executing.Execute(Row("A", "2028-06-30", State.Planned).Read(), request, Caller(Person), Now) is Outcome<Control>.Invalid invalid
        ? invalid.Violations.Select(violation => violation.Reason).Order(StringComparer.Ordinal)
        : [];

    private static string Reason<T>(Outcome<T>? outcome) => Assert.IsType<Outcome<T>.Refused>(outcome).Reason;
}
