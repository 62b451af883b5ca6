using Delegation.Contracts.Commitments;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Better = Delegation.Contracts.V1.Indicator.Types.Better;
using Nature = Delegation.Contracts.V1.Indicator.Types.Nature;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>The rules on the terms of a commitment, without a database.</summary>
public sealed class Terms_that_fit_together
{
    private static readonly Coverage Covered = new(["BASE"], ["CADRES"]);

    private static readonly Indicator[] Indicators =
    [
        new() { Code = "CLAIM_TIME", Nature = Nature.Time, Better = Better.Lower },
        new() { Code = "NOEMISATION_RATE", Nature = Nature.Ratio, Better = Better.Higher },
        new() { Code = "ERROR_RATE", Nature = Nature.Ratio, Better = Better.Lower },
        new() { Code = "BACKLOG", Nature = Nature.Number, Better = Better.Lower },
    ];

    [Fact]
    public void A_share_in_time_a_percentile_an_average_a_ratio_and_a_number_can_be_agreed_on()
    {
        Assert.Empty(Violations(Terms.Claims));
        Assert.Empty(Violations(Percentile));
        Assert.Empty(Violations(Percentile.With(terms => (terms.Measure, terms.Percentile) = (CommitmentMeasure.Average, 0))));
        Assert.Empty(Violations(Terms.Links));
        Assert.Empty(Violations(Terms.Links.With(terms => (terms.IndicatorCode, terms.Measure, terms.Direction) = ("BACKLOG", CommitmentMeasure.Number, TargetDirection.AtMost))));
    }

    [Fact]
    public void The_direction_of_a_measure_of_time_follows_from_it_and_the_weight_is_one_unless_given()
    {
        Assert.Equal((TargetDirection.AtLeast, 1), (Read(Terms.Claims).Direction, Read(Terms.Claims).Weight));
        Assert.Equal(TargetDirection.AtMost, Read(Percentile).Direction);
    }

    [Theory]
    [InlineData(0, "PERCENTILE_OUT_OF_RANGE")]
    [InlineData(101, "PERCENTILE_OUT_OF_RANGE")]
    [InlineData(1)]
    [InlineData(100)]
    public void A_percentile_is_between_one_and_a_hundred(int percentile, params string[] reasons) =>
        Assert.Equal(reasons, Reasons(Percentile.With(terms => terms.Percentile = percentile)));

    [Fact]
    public void The_measure_is_one_of_the_indicator()
    {
        Assert.Equal(["MEASURE_NOT_OF_INDICATOR"], Reasons(Terms.Links.With(terms => terms.IndicatorCode = "BACKLOG"), "measure"));
        Assert.Equal(["MEASURE_NOT_OF_INDICATOR"], Reasons(Terms.Claims.With(terms => terms.IndicatorCode = "ERROR_RATE")));
    }

    [Fact]
    public void A_direction_that_keeps_the_bad_side_is_refused()
    {
        Assert.Equal(["DIRECTION_AGAINST_INDICATOR"], Reasons(Terms.Links.With(terms => terms.IndicatorCode = "ERROR_RATE")));
        Assert.Equal(["DIRECTION_AGAINST_MEASURE"], Reasons(Terms.Claims.With(terms => terms.Direction = TargetDirection.AtMost)));
        Assert.Equal(["DIRECTION_REQUIRED"], Reasons(Terms.Links.With(terms => terms.Direction = TargetDirection.Unspecified)));
    }

    [Fact]
    public void A_target_must_be_given_even_where_none_at_all_is_one()
    {
        var none = Terms.Links.With(terms => (terms.IndicatorCode, terms.Direction, terms.TargetHundredths) = ("ERROR_RATE", TargetDirection.AtMost, 0));
        Assert.Empty(Violations(none));
        Assert.Equal(["TARGET_HUNDREDTHS_REQUIRED"], Reasons(none.With(terms => terms.ClearTargetHundredths())));
        Assert.Equal(["TARGET_HUNDREDTHS_OUT_OF_RANGE"], Reasons(Terms.Claims.With(terms => terms.TargetHundredths = 100_01)));
        Assert.Contains("TARGET_HUNDREDTHS_OUT_OF_RANGE", Reasons(Terms.Links.With(terms => terms.TargetHundredths = 0)));
    }

    [Theory]
    [InlineData("NOEMISATION_RATE", TargetDirection.AtLeast, 90_00, 90_00, "TOLERANCE_TOO_WIDE")]
    [InlineData("NOEMISATION_RATE", TargetDirection.AtLeast, 90_00, 89_99)]
    [InlineData("ERROR_RATE", TargetDirection.AtMost, 3_00, 97_00, "TOLERANCE_TOO_WIDE")]
    [InlineData("ERROR_RATE", TargetDirection.AtMost, 3_00, 96_99)]
    [InlineData("ERROR_RATE", TargetDirection.AtMost, 3_00, -1, "TOLERANCE_HUNDREDTHS_OUT_OF_RANGE")]
    public void A_tolerance_goes_against_the_target_and_leaves_something_to_miss(string code, TargetDirection direction, long target, long tolerance, params string[] reasons) =>
        Assert.Equal(reasons, Reasons(Terms.Links.With(terms =>
            (terms.IndicatorCode, terms.Direction, terms.TargetHundredths, terms.ToleranceHundredths) = (code, direction, target, tolerance))));

    [Fact]
    public void A_clock_of_days_has_a_calendar_and_a_first_day_and_no_office_hours()
    {
        Assert.Equal(["DAY_ZERO_REQUIRED", "CALENDAR_REQUIRED"], Reasons(Terms.Claims.With(terms => (terms.Clock.DayZero, terms.Clock.Calendar) = (default, default))));
        Assert.Equal(["OPENING_UNWANTED", "CLOSING_UNWANTED"], Reasons(Terms.Claims.With(terms => (terms.Clock.Opening, terms.Clock.Closing) = ("09:00", "18:00"))));
        Assert.Equal(["ALSACE_MOSELLE_UNWANTED"], Reasons(Terms.Claims.With(terms => (terms.Clock.Calendar, terms.Clock.AlsaceMoselle) = (ClockCalendar.AllDays, true))));
    }

    [Fact]
    public void A_clock_of_office_hours_has_hours_and_a_cut_off_between_them()
    {
        var hours = Terms.Claims.With(terms =>
        {
            terms.TimeUnit = TimeUnit.OfficeHours;
            (terms.Clock.DayZero, terms.Clock.Opening, terms.Clock.Closing) = (default, "09:00", "18:00");
        });
        Assert.Empty(Violations(hours));
        Assert.Equal(["DAY_ZERO_UNWANTED"], Reasons(hours.With(terms => terms.Clock.DayZero = DayZeroRule.StartDayIsOne)));
        Assert.Equal(["OPENING_REQUIRED", "CLOSING_REQUIRED"], Reasons(hours.With(terms => (terms.Clock.Opening, terms.Clock.Closing) = ("", ""))));
        Assert.Contains("CLOSING_BEFORE_OPENING", Reasons(hours.With(terms => terms.Clock.Closing = "08:00")));
        Assert.Equal(["CUT_OFF_OUTSIDE_HOURS"], Reasons(hours.With(terms => terms.Clock.CutOff = "18:01")));
        Assert.Equal(["CUT_OFF_MALFORMED"], Reasons(hours.With(terms => terms.Clock.CutOff = "4 pm")));
    }

    [Fact]
    public void A_clock_of_hours_knows_no_days() => Assert.Equal(
        ["DAY_ZERO_UNWANTED", "CALENDAR_UNWANTED", "CUT_OFF_UNWANTED"], Reasons(Terms.Claims.With(terms => terms.TimeUnit = TimeUnit.Hours)));

    [Fact]
    public void A_measure_without_time_has_no_clock_and_one_of_time_has_one()
    {
        Assert.Equal(["CLOCK_UNWANTED"], Reasons(Terms.Links.With(terms => terms.Clock = Terms.Claims.Clock)));
        Assert.Equal(["CLOCK_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Clock = null)));
        Assert.Equal(["STOP_IS_START"], Reasons(Terms.Claims.With(terms => terms.Clock.Stop = terms.Clock.Start)));
        Assert.Equal(["OPEN_ITEMS_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Clock.OpenItems = default)));
    }

    [Fact]
    public void A_penalty_always_has_a_cap_and_one_basis()
    {
        Assert.Equal(["CAP_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Penalty.CapRateHundredths = 0)));
        Assert.Equal(["AMOUNT_UNWANTED"], Reasons(Terms.Claims.With(terms => terms.Penalty.Amount = Euros(100))));
        Assert.Equal(["RATE_HUNDREDTHS_UNWANTED", "AMOUNT_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Penalty.Basis = PenaltyBasis.Amount)));
        Assert.Equal(["STEP_COUNT_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Penalty.StepCount = default)));
        Assert.Equal(["GAP_ORIGIN_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Penalty.GapOrigin = default)));
        Assert.Equal(["YEARLY_CAP_BELOW_CAP"], Reasons(Terms.Claims.With(terms => (terms.Penalty.Cap, terms.Penalty.YearlyCap) = (Euros(2), Euros(1)))));
        Assert.Equal(["CURRENCY_NOT_EURO"], Reasons(Terms.Claims.With(terms => terms.Penalty.Cap = new V1.Money { MinorUnits = 1, Currency = "USD" })));
        Assert.Equal(["MINOR_UNITS_NOT_POSITIVE"], Reasons(Terms.Claims.With(terms => terms.Penalty.Cap = Euros(0))));
        Assert.Equal(["BONUS_MARGIN_HUNDREDTHS_UNWANTED"], Reasons(Terms.Claims.With(terms => terms.Penalty.BonusMarginHundredths = 1)));
    }

    [Fact]
    public void A_bonus_counts_from_its_margin() => Assert.Equal(
        [("terms.bonus.gap_origin", "GAP_ORIGIN_UNWANTED")], Violations(Terms.Claims.With(terms => terms.Bonus = Terms.Penalty)).Select(violation => (violation.Field, violation.Reason)));

    [Fact]
    public void Codes_are_those_of_the_delegation_and_stand_once() => Assert.Equal(
        ["PRODUCT_REPEATED", "POPULATION_UNKNOWN"],
        Reasons(Terms.Claims.With(terms =>
        {
            terms.ProductCodes.Add(["BASE", "BASE"]);
            terms.PopulationCodes.Add("NOBODY");
        })));

    [Fact]
    public void An_exclusion_says_how_much_or_why()
    {
        Assert.Equal(["VOLUME_PERCENT_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Exclusions[0].VolumePercent = 0)));
        Assert.Equal(["VOLUME_PERCENT_OUT_OF_RANGE"], Reasons(Terms.Claims.With(terms => terms.Exclusions[0].VolumePercent = 100)));
        Assert.Equal(["CAUSE_REPEATED"], Reasons(Terms.Claims.With(terms => terms.Exclusions.Add(terms.Exclusions[0].Clone()))));
        Assert.Equal(["NOTE_REQUIRED"], Reasons(Terms.Claims.With(terms => terms.Exclusions.Add(new Exclusion { Cause = ExclusionCause.Other }))));
    }

    [Fact]
    public void An_observation_does_not_end_before_the_version_takes_effect()
    {
        Assert.Equal(["OBSERVATION_BEFORE_EFFECT"], Reasons(Terms.Claims.With(terms => terms.ObservationLastDay = "2025-12-31")));
        Assert.Empty(Violations(Terms.Claims.With(terms => terms.ObservationLastDay = "2026-01-01")));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_in_both_languages_with_what_to_do()
    {
        var violations = Violations(new CommitmentTerms { Measure = CommitmentMeasure.ShareInTime, Clock = new CommitmentClock(), Penalty = new PenaltyTerms(), Weight = 101 });

        Assert.Equal(
            [
                "indicator_code", "title", "time_unit", "time_limit", "target_hundredths", "clock.start", "clock.stop", "clock.open_items", "period",
                "penalty.basis", "penalty.gap_origin", "penalty.cap", "weight",
            ],
            violations.Select(violation => violation.Field["terms.".Length..]));
        Assert.All(violations, violation =>
        {
            Assert.NotEqual(violation.Description.English, violation.Description.French);
            Assert.NotEqual(violation.Remedy!.English, violation.Remedy.French);
        });
    }

    private static CommitmentTerms Percentile { get; } = Terms.Claims.With(terms =>
        (terms.Measure, terms.Percentile, terms.TimeLimit, terms.TargetHundredths, terms.ToleranceHundredths) = (CommitmentMeasure.Percentile, 95, 0, 5_00, 50));

    private static V1.Money Euros(long cents) => new() { MinorUnits = cents, Currency = "EUR" };

    private static CommitmentTerms Read(CommitmentTerms terms)
    {
        var violations = new List<FieldViolation>();
        var read = CommitmentReading.Read(terms, Indicators, Covered, new DateOnly(2026, 1, 1), violations);
        Assert.Empty(violations);
        return read;
    }

    private static List<FieldViolation> Violations(CommitmentTerms terms)
    {
        var violations = new List<FieldViolation>();
        CommitmentReading.Read(terms, Indicators, Covered, new DateOnly(2026, 1, 1), violations);
        return violations;
    }

    private static string[] Reasons(CommitmentTerms terms, string? field = null) =>
        [.. Violations(terms).Where(violation => field is null || violation.Field.EndsWith(field, StringComparison.Ordinal)).Select(violation => violation.Reason)];
}
