using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Choice = Delegation.Contracts.V1.Answer.Types.Choice;

namespace Delegation.Contracts.Regulation;

/// <summary>Reads answers to the questionnaire: the ones by which less applies are documented, and none contradicts another.</summary>
internal static class Answering
{
    private const int TextLength = 1000;
    private const int DecisionLength = 2000;

    private static readonly FieldViolation Required = new(
        "answers", "ANSWERS_REQUIRED", new("There are no answers.", "Les réponses ne sont pas renseignées."),
        new("Send all answers together.", "Envoyez toutes les réponses ensemble."));

    public static RegulatoryAnswers Read(RegulatoryAnswers? answers, ICollection<FieldViolation> violations)
    {
        if (answers is null)
        {
            violations.Add(Required);
            return new RegulatoryAnswers();
        }

        var read = new RegulatoryAnswers
        {
            Outsourcing = Read("outsourcing", answers.Outsourcing, Choice.No, violations),
            KeyFunction = Read("key_function", answers.KeyFunction, Choice.No, violations),
            IntraGroup = Read("intra_group", answers.IntraGroup, Choice.No, violations),
            ExcludedServicesOnly = Read("excluded_services_only", answers.ExcludedServicesOnly, Choice.Yes, violations),
            Criteria = Read(answers.Criteria ?? new CriticalityCriteria(), violations),
            NotCriticalReason = TextField.ReadText("answers.not_critical_reason", answers.NotCriticalReason, DecisionLength, violations) ?? "",
            IctServices = Read("ict_services", answers.IctServices, Choice.No, violations),
            PersonalData = Read("personal_data", answers.PersonalData, Choice.No, violations),
            HealthDataHosting = Read("health_data_hosting", answers.HealthDataHosting, Choice.No, violations),
            CollectiveContracts = Read("collective_contracts", answers.CollectiveContracts, Choice.No, violations),
            Distribution = Read("distribution", answers.Distribution, Choice.No, violations),
            AmlDuties = Read("aml_duties", answers.AmlDuties, Choice.No, violations),
            Complaints = Read("complaints", answers.Complaints, Choice.No, violations),
        };
        foreach (var contradiction in Contradictions.In(read))
            violations.Add(contradiction);

        return read;
    }

    private static Answer? Read(string question, Answer? answer, Choice documented, ICollection<FieldViolation> violations)
    {
        if (answer is null)
            return null;

        var path = $"answers.{question}";
        if (!Enum.IsDefined(answer.Choice))
            violations.Add(Unknown($"{path}.choice", "CHOICE_UNKNOWN"));

        return new Answer
        {
            Choice = answer.Choice,
            Reason = (answer.Choice == documented
                ? TextField.ReadLine($"{path}.reason", answer.Reason, TextLength, violations)
                : TextField.ReadText($"{path}.reason", answer.Reason, TextLength, violations)) ?? "",
        };
    }

    private static CriticalityCriteria Read(CriticalityCriteria criteria, ICollection<FieldViolation> violations) => new()
    {
        Cost = Read("cost", criteria.Cost, violations),
        Impact = Read("impact", criteria.Impact, violations),
        Replacement = Read("replacement", criteria.Replacement, violations),
        Regulatory = Read("regulatory", criteria.Regulatory, violations),
        Losses = Read("losses", criteria.Losses, violations),
    };

    private static CriticalityCriterion? Read(string name, CriticalityCriterion? criterion, ICollection<FieldViolation> violations)
    {
        if (criterion is null)
            return null;

        var path = $"answers.criteria.{name}";
        if (!Enum.IsDefined(criterion.Level))
            violations.Add(Unknown($"{path}.level", "LEVEL_UNKNOWN"));

        return new CriticalityCriterion
        {
            Level = criterion.Level,
            Comment = TextField.ReadText($"{path}.comment", criterion.Comment, TextLength, violations) ?? "",
        };
    }

    private static FieldViolation Unknown(string field, string reason) => new(
        field, reason, new("This is none of the answers.", "Ceci ne fait pas partie des réponses possibles."),
        new("Choose one from the list of the contract.", "Choisissez-en une dans la liste du contrat d'interface."));
}
