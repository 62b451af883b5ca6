using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>The scores that somebody gives: one for each theme that they assess.</summary>
internal static class GivenScores
{
    private static readonly LocalizedText ChooseATheme = new("Choose one of the themes of the contract.", "Choisissez l'un des thèmes du contrat d'interface.");

    /// <summary>The scores with tidied comments; what is wrong is added.</summary>
    public static IReadOnlyList<SatisfactionScore> Read(IReadOnlyList<SatisfactionScore> scores, ICollection<FieldViolation> violations)
    {
        if (scores.Count == 0)
            violations.Add(new(
                "scores", "SCORES_REQUIRED", new("No theme is assessed.", "Aucun thème n'est évalué."), new("Give a score for one theme at least.", "Notez au moins un thème.")));

        var seen = new HashSet<SatisfactionTheme>();
        var read = new List<SatisfactionScore>();
        for (var place = 0; place < scores.Count; place++)
        {
            var (score, at) = (scores[place], $"scores[{place}]");
            if (!StoredNames.IsKnown(score.Theme))
                violations.Add(score.Theme == SatisfactionTheme.Unspecified
                    ? new($"{at}.theme", "THEME_REQUIRED", new("The theme is missing.", "Le thème n'est pas renseigné."), ChooseATheme)
                    : new($"{at}.theme", "THEME_UNKNOWN", new("This theme is not known.", "Ce thème n'est pas connu."), ChooseATheme));
            else if (!seen.Add(score.Theme))
                violations.Add(new(
                    $"{at}.theme", "THEME_TWICE", new("This theme was assessed before.", "Ce thème est déjà évalué."), new("Give one score for each theme.", "Donnez une note par thème.")));
            if (score.Score is < 1 or > 5)
                violations.Add(new(
                    $"{at}.score", "SCORE_OUT_OF_RANGE", new("This is no score.", "Ceci n'est pas une note."),
                    new("Give 1, very dissatisfied, to 5, very satisfied.", "Donnez de 1 (très insatisfait) à 5 (très satisfait).")));
            read.Add(new SatisfactionScore { Theme = score.Theme, Score = score.Score, Comment = TextField.ReadText($"{at}.comment", score.Comment, 2000, violations) ?? "" });
        }

        return read;
    }
}
