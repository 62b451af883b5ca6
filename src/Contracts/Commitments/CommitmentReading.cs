using Delegation.Contracts.Delegations;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.Contracts.Commitments;

/// <summary>The terms of a commitment from a request: each field by itself, and what must fit together.</summary>
internal static class CommitmentReading
{
    private const int LongestTitle = 200;
    private const int LongestNote = 2000;
    private const int LongestExclusion = 500;
    private const int MostExclusions = 20;

    private static readonly FieldViolation ObservationBeforeEffect = new(
        "terms.observation_last_day",
        "OBSERVATION_BEFORE_EFFECT",
        new("The observation would end before the version takes effect.", "L'observation prendrait fin avant l'effet de la version."),
        new("Let it end on the effective day or later, or leave it out.", "Faites-la prendre fin à la date d'effet ou après, ou retirez-la."));

    /// <summary>The terms in their plain form; worthless where there are violations.</summary>
    /// <param name="given">As sent, or as an offer and the request make it.</param>
    /// <param name="indicators">The indicators of the trade.</param>
    /// <param name="coverage">What the delegation covers.</param>
    /// <param name="effectiveDay">From when it is to hold; null when that is wrong itself.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static CommitmentTerms Read(
        CommitmentTerms given, IReadOnlyList<Indicator> indicators, Coverage coverage, DateOnly? effectiveDay, List<FieldViolation> violations)
    {
        var terms = given.Clone();
        terms.IndicatorCode = given.IndicatorCode.Trim();
        var indicator = indicators.FirstOrDefault(entry => entry.Code == terms.IndicatorCode);
        if (terms.IndicatorCode.Length == 0)
            violations.Add(TermViolations.Required("terms.indicator_code", "the indicator", "l'indicateur"));
        else if (indicator is null)
            violations.Add(TermViolations.Unknown("terms.indicator_code"));

        terms.Title = TextField.ReadLine("terms.title", given.Title, LongestTitle, violations) ?? "";
        ReadCodes("terms.product_codes", "PRODUCT", given.ProductCodes, coverage.Products, violations);
        ReadCodes("terms.population_codes", "POPULATION", given.PopulationCodes, coverage.Populations, violations);
        TargetReading.Check(terms, indicator, violations);
        ClockReading.Check(terms, violations);
        ReadExclusions(terms, violations);
        if (given.MinimumVolume < 0)
            violations.Add(new FieldViolation(
                "terms.minimum_volume", "MINIMUM_VOLUME_NEGATIVE", new("A volume is not negative.", "Un volume n'est pas négatif."), new("Give 0 for none.", "Indiquez 0 pour aucun.")));

        TermViolations.Check("terms.period", terms.Period, required: true, "the period of the measure", "la période de mesure", violations);
        PenaltyReading.Check("terms.penalty", terms.Penalty, isBonus: false, violations);
        PenaltyReading.Check("terms.bonus", terms.Bonus, isBonus: true, violations);
        if (DayField.ReadOptional("terms.observation_last_day", given.ObservationLastDay, violations) < effectiveDay)
            violations.Add(ObservationBeforeEffect);

        TermViolations.InRange("terms.weight", terms.Weight, 0, 100, violations);
        terms.Weight = Math.Max(terms.Weight, 1);
        terms.Note = TextField.ReadText("terms.note", given.Note, LongestNote, violations) ?? "";
        return terms;
    }

    private static void ReadCodes(string path, string what, RepeatedField<string> codes, IReadOnlyList<string> known, List<FieldViolation> violations)
    {
        for (var place = 0; place < codes.Count; place++)
        {
            if (!known.Contains(codes[place]))
                violations.Add(LineViolations.UnknownCode($"{path}[{place}]", what, codes[place]));
            else if (codes.Take(place).Contains(codes[place]))
                violations.Add(LineViolations.RepeatedCode($"{path}[{place}]", what, codes[place]));
        }
    }

    private static void ReadExclusions(CommitmentTerms terms, List<FieldViolation> violations)
    {
        ListLimits.Check("terms.exclusions", terms.Exclusions.Count, MostExclusions, violations);
        foreach (var (place, exclusion) in terms.Exclusions.Index())
        {
            var path = $"terms.exclusions[{place}]";
            TermViolations.Check($"{path}.cause", exclusion.Cause, required: true, "the cause", "le motif", violations);
            if (exclusion.Cause != ExclusionCause.Other && terms.Exclusions.Take(place).Any(other => other.Cause == exclusion.Cause))
                violations.Add(TermViolations.Repeated($"{path}.cause"));

            if (exclusion.Cause != ExclusionCause.VolumePeak)
                TermViolations.Unused($"{path}.volume_percent", exclusion.VolumePercent != 0, "only a peak of volume has one", "seul un pic de volume en a un", violations);
            else if (exclusion.VolumePercent == 0)
                violations.Add(TermViolations.Required($"{path}.volume_percent", "the percentage of the forecast", "le pourcentage de la prévision"));
            else
                TermViolations.InRange($"{path}.volume_percent", exclusion.VolumePercent, 101, 1000, violations);

            exclusion.Note = (exclusion.Cause == ExclusionCause.Other
                ? TextField.ReadLine($"{path}.note", exclusion.Note, LongestExclusion, violations)
                : TextField.ReadText($"{path}.note", exclusion.Note, LongestExclusion, violations)) ?? "";
        }
    }
}
