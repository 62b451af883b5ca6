using Delegation.Contracts.Finance;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Commitments;

/// <summary>The terms of a penalty or a bonus: on what it is counted, in which steps, from where, and never without a cap.</summary>
internal static class PenaltyReading
{
    private const long MostPercent = 100_00;

    public static void Check(string path, PenaltyTerms? terms, bool isBonus, List<FieldViolation> violations)
    {
        if (terms is null)
            return;

        if (TermViolations.Check($"{path}.basis", terms.Basis, required: true, "on what it is counted", "l'assiette", violations))
            CheckBasis(path, terms, violations);

        TermViolations.InRange($"{path}.step_hundredths", terms.StepHundredths, 0, MostPercent, violations);
        var isKnown = TermViolations.Check(
            $"{path}.step_count", terms.StepCount, terms.StepHundredths > 0, "whether steps that were begun count", "le décompte des tranches entamées", violations);
        TermViolations.Unused($"{path}.step_count", isKnown && terms.StepHundredths == 0, "there are no steps", "il n'y a pas de tranche", violations);

        var hasOrigin = TermViolations.Check($"{path}.gap_origin", terms.GapOrigin, !isBonus, "from where the gap is counted", "l'origine de l'écart", violations);
        TermViolations.Unused($"{path}.gap_origin", hasOrigin && isBonus, "a bonus counts from its margin", "un bonus se compte à partir de sa marge", violations);
        if (isBonus)
            TermViolations.InRange($"{path}.bonus_margin_hundredths", terms.BonusMarginHundredths, 0, MostPercent, violations);
        else
            TermViolations.Unused(
                $"{path}.bonus_margin_hundredths", terms.BonusMarginHundredths != 0, "a penalty has no margin beyond the target", "une pénalité n'a pas de marge au-delà de l'objectif", violations);

        CheckCaps(path, terms, violations);
    }

    private static void CheckBasis(string path, PenaltyTerms terms, List<FieldViolation> violations)
    {
        var isShare = terms.Basis == PenaltyBasis.PercentOfFees;
        TermViolations.Unused($"{path}.amount", isShare && terms.Amount is not null, "it is a share of the fees", "c'est une part de la rémunération", violations);
        TermViolations.Unused($"{path}.rate_hundredths", !isShare && terms.RateHundredths != 0, "it is a fixed amount", "c'est un montant forfaitaire", violations);
        if (isShare && terms.RateHundredths == 0)
            violations.Add(TermViolations.Required($"{path}.rate_hundredths", "the share of the fees", "la part de la rémunération"));
        else if (isShare)
            TermViolations.InRange($"{path}.rate_hundredths", terms.RateHundredths, 1, MostPercent, violations);
        else if (terms.Amount is null)
            violations.Add(TermViolations.Required($"{path}.amount", "the amount", "le montant"));
        else
            Euros.ReadPositive($"{path}.amount", terms.Amount, violations);
    }

    private static void CheckCaps(string path, PenaltyTerms terms, List<FieldViolation> violations)
    {
        TermViolations.InRange($"{path}.cap_rate_hundredths", terms.CapRateHundredths, 0, MostPercent, violations);
        var cap = terms.Cap is null ? null : Euros.ReadPositive($"{path}.cap", terms.Cap, violations);
        var yearly = terms.YearlyCap is null ? null : Euros.ReadPositive($"{path}.yearly_cap", terms.YearlyCap, violations);
        if (terms.CapRateHundredths == 0 && terms.Cap is null)
            violations.Add(TermViolations.Required($"{path}.cap", "the most that a period costs", "le plafond d'une période"));

        if (yearly < cap)
            violations.Add(new FieldViolation(
                $"{path}.yearly_cap",
                "YEARLY_CAP_BELOW_CAP",
                new("The cap of a year is below that of one period.", "Le plafond annuel est inférieur à celui d'une période."),
                new("Raise it, or lower the cap of a period.", "Relevez-le, ou abaissez le plafond d'une période.")));
    }
}
