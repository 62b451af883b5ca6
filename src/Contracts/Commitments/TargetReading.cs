using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Commitments;

/// <summary>How a commitment is measured, and what is to be reached: measure, time limit, direction, target and tolerance fit together.</summary>
internal static class TargetReading
{
    private const long MostPercent = 100_00;
    private const long MostTime = 9_999_00;
    private const long MostNumber = 1_000_000_000_00;

    /// <summary>Checks the fields, and sets the direction where it follows from the measure.</summary>
    public static void Check(CommitmentTerms terms, Indicator? indicator, List<FieldViolation> violations)
    {
        if (TermViolations.Check("terms.measure", terms.Measure, required: true, "how it is measured", "le mode de mesure", violations)
            && indicator is not null && !Fits(terms.Measure, indicator.Nature))
            violations.Add(NotOfIndicator(indicator));

        if (terms.Measure == CommitmentMeasure.Percentile)
            TermViolations.InRange("terms.percentile", terms.Percentile, 1, 100, violations);
        else
            TermViolations.Unused("terms.percentile", terms.Percentile != 0, "the measure is no percentile", "la mesure n'est pas un centile", violations);

        CheckTime(terms, violations);
        CheckDirection(terms, indicator, violations);
        CheckTarget(terms, violations);
    }

    /// <summary>True for measures on a clock.</summary>
    public static bool IsTimed(CommitmentMeasure measure) =>
        measure is CommitmentMeasure.ShareInTime or CommitmentMeasure.Percentile or CommitmentMeasure.Average;

    private static bool Fits(CommitmentMeasure measure, Indicator.Types.Nature nature) => nature switch
    {
        Indicator.Types.Nature.Time => IsTimed(measure),
        Indicator.Types.Nature.Ratio => measure == CommitmentMeasure.Ratio,
        _ => measure == CommitmentMeasure.Number,
    };

    private static void CheckTime(CommitmentTerms terms, List<FieldViolation> violations)
    {
        var unitIsKnown = TermViolations.Check("terms.time_unit", terms.TimeUnit, IsTimed(terms.Measure), "the unit of time", "l'unité de temps", violations);
        TermViolations.Unused(
            "terms.time_unit", unitIsKnown && !IsTimed(terms.Measure), "the measure is no time", "la mesure n'est pas un délai", violations);

        if (terms.Measure != CommitmentMeasure.ShareInTime)
            TermViolations.Unused(
                "terms.time_limit", terms.TimeLimit != 0, "only a share in time has a limit for each item", "seule une part dans le délai en a un par dossier", violations);
        else if (terms.TimeLimit == 0)
            violations.Add(TermViolations.Required("terms.time_limit", "the time within which an item is in time", "le délai dans lequel un dossier est traité à temps"));
        else
            TermViolations.InRange("terms.time_limit", terms.TimeLimit, 1, 9_999, violations);
    }

    private static void CheckDirection(CommitmentTerms terms, Indicator? indicator, List<FieldViolation> violations)
    {
        var follows = terms.Measure switch
        {
            CommitmentMeasure.ShareInTime => TargetDirection.AtLeast,
            CommitmentMeasure.Percentile or CommitmentMeasure.Average => TargetDirection.AtMost,
            _ => TargetDirection.Unspecified,
        };
        var isFree = terms.Measure is CommitmentMeasure.Ratio or CommitmentMeasure.Number;
        if (!TermViolations.Check("terms.direction", terms.Direction, isFree, "on which side of the target it is kept", "le sens de l'objectif", violations))
            terms.Direction = terms.Direction == TargetDirection.Unspecified ? follows : terms.Direction;
        else if (!isFree && terms.Direction != follows)
            violations.Add(AgainstMeasure);
        else if (isFree && indicator is not null && indicator.Better == Against(terms.Direction))
            violations.Add(AgainstIndicator(indicator));
    }

    private static void CheckTarget(CommitmentTerms terms, List<FieldViolation> violations)
    {
        if (!terms.HasTargetHundredths)
        {
            violations.Add(TermViolations.Required("terms.target_hundredths", "the target", "l'objectif"));
            return;
        }

        var atLeast = terms.Direction == TargetDirection.AtLeast;
        var (lowest, highest) = terms.Measure switch
        {
            CommitmentMeasure.ShareInTime => (1, MostPercent),
            CommitmentMeasure.Ratio => (atLeast ? 1 : 0, atLeast ? MostPercent : 10 * MostPercent),
            CommitmentMeasure.Number => (atLeast ? 1 : 0, MostNumber),
            _ => (1, MostTime),
        };
        TermViolations.InRange("terms.target_hundredths", terms.TargetHundredths, lowest, highest, violations);
        TermViolations.InRange("terms.tolerance_hundredths", terms.ToleranceHundredths, 0, highest, violations);

        // A tolerance up to the end of what can be measured would let everything pass.
        var end = terms.Measure == CommitmentMeasure.Ratio && terms.TargetHundredths < MostPercent ? MostPercent : long.MaxValue;
        if (atLeast ? terms.ToleranceHundredths >= terms.TargetHundredths : terms.ToleranceHundredths >= end - terms.TargetHundredths)
            violations.Add(TooWide);
    }

    private static Indicator.Types.Better Against(TargetDirection direction) =>
        direction == TargetDirection.AtLeast ? Indicator.Types.Better.Lower : Indicator.Types.Better.Higher;

    private static FieldViolation NotOfIndicator(Indicator indicator) => new(
        "terms.measure",
        "MEASURE_NOT_OF_INDICATOR",
        new($"{indicator.Code} is not measured in this way.", $"{indicator.Code} ne se mesure pas ainsi."),
        new("Measure times on a clock, ratios as RATIO, and all else as NUMBER.", "Mesurez les délais sur une horloge, les taux par RATIO, et le reste par NUMBER."));

    private static FieldViolation AgainstIndicator(Indicator indicator) => new(
        "terms.direction",
        "DIRECTION_AGAINST_INDICATOR",
        new($"This would keep {indicator.Code} on its bad side.", $"Ceci maintiendrait {indicator.Code} du mauvais côté."),
        new("Turn the direction round.", "Inversez le sens de l'objectif."));

    private static readonly FieldViolation AgainstMeasure = new(
        "terms.direction",
        "DIRECTION_AGAINST_MEASURE",
        new("A share in time is reached at least, a time at most.", "Une part dans le délai s'atteint au moins, un délai au plus."),
        new("Leave the direction out.", "Retirez le sens de l'objectif."));

    private static readonly FieldViolation TooWide = new(
        "terms.tolerance_hundredths",
        "TOLERANCE_TOO_WIDE",
        new("With this tolerance the commitment could not be missed.", "Avec cette tolérance, l'engagement ne pourrait pas être manqué."),
        new("Give a smaller tolerance, in hundredths of the target's unit.", "Indiquez une tolérance plus faible, en centièmes de l'unité de l'objectif."));
}
