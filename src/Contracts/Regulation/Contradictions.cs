using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Choice = Delegation.Contracts.V1.Answer.Types.Choice;
using Level = Delegation.Contracts.V1.CriticalityCriterion.Types.Level;

namespace Delegation.Contracts.Regulation;

/// <summary>Answers that cannot be meant together: a decision that less applies is documented by answers that say so.</summary>
internal static class Contradictions
{
    public static IEnumerable<FieldViolation> In(RegulatoryAnswers answers)
    {
        var levels = RegimeRule.Levels(answers.Criteria);
        var keyFunction = answers.KeyFunction?.Choice != Choice.No;
        if (answers.NotCriticalReason.Length > 0)
        {
            if (keyFunction)
                yield return KeyFunctionCritical;
            if (levels.Contains(Level.High))
                yield return CriterionHigh;
            if (levels.Contains(Level.Unspecified))
                yield return CriteriaNotAssessed;
        }

        if (answers.ExcludedServicesOnly?.Choice == Choice.Yes && (keyFunction || levels.Contains(Level.High)))
            yield return ExcludedServices;
        if (answers.PersonalData?.Choice == Choice.No && answers.HealthDataHosting?.Choice != Choice.No)
            yield return PersonalData;
    }

    private static FieldViolation KeyFunctionCritical { get; } = new(
        "answers.not_critical_reason",
        "KEY_FUNCTION_CRITICAL",
        new("A key function is outsourced, or nobody answered that none is: that is always critical.",
            "Une fonction clé est externalisée, ou la question est sans réponse : l'activité est alors toujours critique."),
        new("Answer that no key function is outsourced, or leave the reason empty.", "Répondez qu'aucune fonction clé n'est externalisée ou laissez le motif vide."));

    private static FieldViolation CriterionHigh { get; } = new(
        "answers.not_critical_reason",
        "CRITERION_HIGH",
        new("A criterion is assessed as high, so the activity is critical.", "Un critère est évalué à un niveau élevé : l'activité est critique."),
        new("Assess the criterion anew, or leave the reason empty.", "Réévaluez le critère ou laissez le motif vide."));

    private static FieldViolation CriteriaNotAssessed { get; } = new(
        "answers.not_critical_reason",
        "CRITERIA_NOT_ASSESSED",
        new("Not all five criteria are assessed.", "Les cinq critères ne sont pas tous évalués."),
        new("Assess all of them before deciding that the activity is not critical.", "Évaluez-les tous avant de décider que l'activité n'est pas critique."));

    private static FieldViolation ExcludedServices { get; } = new(
        "answers.excluded_services_only",
        "EXCLUDED_SERVICES_CONTRADICTED",
        new("A key function is outsourced (or nobody answered that none is), or a criterion is high: there are not only services that the law excludes.",
            "Une fonction clé est externalisée (ou la question est sans réponse), ou un critère est élevé : il n'y a pas que des services exclus par la loi."),
        new("Answer no, or correct the other answers.", "Répondez non ou corrigez les autres réponses."));

    private static FieldViolation PersonalData { get; } = new(
        "answers.personal_data",
        "PERSONAL_DATA_CONTRADICTED",
        new("Health data are hosted, or nobody answered that they are not: they are personal data.",
            "Des données de santé sont hébergées, ou la question est sans réponse : ce sont des données personnelles."),
        new("Answer yes, or answer that no health data are hosted.", "Répondez oui, ou indiquez qu'aucune donnée de santé n'est hébergée."));
}
