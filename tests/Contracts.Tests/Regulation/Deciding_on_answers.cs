using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Choice = Delegation.Contracts.V1.Answer.Types.Choice;
using Level = Delegation.Contracts.V1.CriticalityCriterion.Types.Level;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class Deciding_on_answers
{
    [Fact]
    public void Answers_are_kept_as_given()
    {
        var answers = From_answers_to_regimes.Least();

        Assert.Equal((answers, 0), Read(answers));
        Assert.Equal((new RegulatoryAnswers { Criteria = new() }, 0), Read(new RegulatoryAnswers()));
    }

    [Fact]
    public void The_answer_by_which_less_applies_has_a_reason()
    {
        var answers = new RegulatoryAnswers
        {
            Distribution = new Answer { Choice = Choice.No },
            Complaints = new Answer { Choice = Choice.Yes },
            KeyFunction = new Answer { Choice = Choice.No, Reason = "Aucune" },
            ExcludedServicesOnly = new Answer { Choice = Choice.Yes },
        };

        Assert.Equal([("answers.excluded_services_only.reason", "REASON_REQUIRED"), ("answers.distribution.reason", "REASON_REQUIRED")], Violations(answers));
    }

    [Fact]
    public void That_the_activity_is_not_critical_is_documented_and_contradicts_nothing()
    {
        var answers = new RegulatoryAnswers { NotCriticalReason = "Volume marginal", Criteria = From_answers_to_regimes.Criteria(Level.High, Level.Unspecified) };
        Assert.Equal(
            [("answers.not_critical_reason", "KEY_FUNCTION_CRITICAL"), ("answers.not_critical_reason", "CRITERION_HIGH"), ("answers.not_critical_reason", "CRITERIA_NOT_ASSESSED")],
            Violations(answers));

        answers.NotCriticalReason = "";
        answers.ExcludedServicesOnly = new Answer { Choice = Choice.Yes, Reason = "Conseil" };
        Assert.Equal([("answers.excluded_services_only", "EXCLUDED_SERVICES_CONTRADICTED")], Violations(answers));
    }

    [Fact]
    public void Hosted_health_data_are_personal_data()
    {
        var answers = new RegulatoryAnswers { PersonalData = new Answer { Choice = Choice.No, Reason = "Aucune" } };
        Assert.Equal([("answers.personal_data", "PERSONAL_DATA_CONTRADICTED")], Violations(answers));

        answers.HealthDataHosting = new Answer { Choice = Choice.No, Reason = "Aucune" };
        Assert.Empty(Violations(answers));
    }

    [Fact]
    public void Bad_input_is_named_field_by_field()
    {
        var answers = new RegulatoryAnswers
        {
            AmlDuties = new Answer { Choice = (Choice)9, Reason = new string('x', 1001) },
            Criteria = new() { Losses = new() { Level = (Level)7, Comment = "a\u0000" } },
            NotCriticalReason = new string('x', 2001),
        };

        Assert.Equal(
            [
                ("answers.criteria.losses.level", "LEVEL_UNKNOWN"), ("answers.criteria.losses.comment", "COMMENT_INVISIBLE_CHARACTER"),
                ("answers.not_critical_reason", "NOT_CRITICAL_REASON_TOO_LONG"), ("answers.aml_duties.choice", "CHOICE_UNKNOWN"),
                ("answers.aml_duties.reason", "REASON_TOO_LONG"),
            ],
            Violations(answers));
        Assert.Equal([("answers", "ANSWERS_REQUIRED")], Violations(null));
    }

    private static (RegulatoryAnswers Answers, int Violations) Read(RegulatoryAnswers answers)
    {
        var violations = new List<FieldViolation>();
        return (Answering.Read(answers, violations), violations.Count);
    }

    private static IEnumerable<(string, string)> Violations(RegulatoryAnswers? answers)
    {
        var violations = new List<FieldViolation>();
        Answering.Read(answers, violations);
        return violations.Select(violation => (violation.Field, violation.Reason));
    }
}
