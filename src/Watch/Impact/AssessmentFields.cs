using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.Items;
using Delegation.Watch.V1;
using Stage = Delegation.Watch.V1.Assessment.Types.Stage;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Impact;

/// <summary>What people say of the impact of an item: each stream is rated on axes of its own.</summary>
internal static class AssessmentFields
{
    private const int MostAffected = 50;
    private const int CommentLength = 4000;

    private static readonly (string Field, Stream Of, Func<Assessment, int> Rating)[] Axes =
    [
        ("business", Stream.Regulatory, assessment => assessment.Business),
        ("systems", Stream.Regulatory, assessment => assessment.Systems),
        ("contracts", Stream.Regulatory, assessment => assessment.Contracts),
        ("finance", Stream.Regulatory, assessment => assessment.Finance),
        ("data", Stream.Regulatory, assessment => assessment.Data),
        ("need", Stream.Market, assessment => assessment.Need),
        ("benefit", Stream.Market, assessment => assessment.Benefit),
        ("gain", Stream.Technological, assessment => assessment.Gain),
        ("quality", Stream.Technological, assessment => assessment.Quality),
    ];

    /// <summary>The assessment without what the platform sets; null with violations that hold whatever the item is.</summary>
    public static Assessment? Read(Assessment? given, ICollection<FieldViolation> violations)
    {
        if (given is null)
        {
            violations.Add(new("assessment", "ASSESSMENT_REQUIRED", new("The impact is missing.", "L'impact n'est pas renseigné."), new("Rate it.", "Cotez-le.")));
            return null;
        }

        var before = violations.Count;
        foreach (var (field, _, rating) in Axes)
            if (rating(given) is < 0 or > 4)
                violations.Add(new(
                    $"assessment.{field}", "RATING_OUT_OF_RANGE", new("This is no rating.", "Ceci n'est pas une cotation."),
                    new("Give 1 (low) to 4 (critical), or 0 for none.", "Indiquez de 1 (faible) à 4 (critique), ou 0 pour aucun.")));
        if (given.Stage != Stage.Unspecified && !StoredNames.IsKnown(given.Stage))
            violations.Add(new(
                "assessment.stage", "STAGE_UNKNOWN", new("This stage is not known.", "Cette étape n'est pas connue."),
                new("Choose PROPOSAL, PILOT or ADOPTION, or nothing.", "Choisissez PROPOSAL (proposition), PILOT (pilote) ou ADOPTION (adoption), ou rien.")));
        var day = DayField.ReadOptional("assessment.internal_due_day", given.InternalDueDay, violations);
        var comment = TextField.ReadText("assessment.comment", given.Comment, CommentLength, violations);
        if (given.Affected.Count > MostAffected)
            violations.Add(new(
                "assessment.affected", "TOO_MANY_ENTRIES", new("There are too many.", "Il y en a trop."), new($"Name at most {MostAffected}.", $"Indiquez-en {MostAffected} au plus.")));
        else
            foreach (var (index, affected) in given.Affected.Index())
                Check($"assessment.affected[{index}]", affected, violations);

        if (violations.Count > before)
            return null;

        var read = given.Clone();
        (read.Comment, read.InternalDueDay) = (comment!, DayField.Write(day));
        return read;
    }

    /// <summary>What of an assessment does not fit the item: its stream, its deadline, the stage it had.</summary>
    public static IEnumerable<FieldViolation> Misfits(Assessment assessment, TrackedItemRow item, DateOnly today)
    {
        foreach (var (field, of, rating) in Axes)
            if (of != item.About && rating(assessment) > 0)
                yield return new(
                    $"assessment.{field}", "RATING_OF_OTHER_STREAM", new("Items of this stream are not rated on this.", "Les sujets de ce volet ne se cotent pas ainsi."),
                    new("Leave it at 0.", "Laissez 0."));
        if (Axes.All(axis => axis.Of != item.About || axis.Rating(assessment) == 0))
            yield return new(
                "assessment", "RATING_REQUIRED", new("Nothing is rated.", "Rien n'est coté."),
                new("Rate at least one of the axes of the stream.", "Cotez au moins l'un des axes du volet."));

        if (item.About == Stream.Regulatory && assessment.Stage != Stage.Unspecified)
            yield return new(
                "assessment.stage", "STAGE_OF_OTHER_STREAM", new("A regulatory item has no stage.", "Un sujet réglementaire n'a pas d'étape."), new("Leave it out.", "Laissez-la vide."));
        else if (item.About != Stream.Regulatory && assessment.Stage > (item.Assessed?.Stage ?? Stage.Unspecified) + 1)
            yield return new(
                "assessment.stage", "STAGE_SKIPPED", new("A stage would be passed over.", "Une étape serait sautée."),
                new("First PROPOSAL, then PILOT, then ADOPTION: one at a time.", "D'abord PROPOSAL, puis PILOT, puis ADOPTION : une à la fois."));

        var deadline = item.DeadlineDay ?? item.EffectDay ?? item.ToleranceDay;
        if (item.About == Stream.Regulatory && deadline >= today && assessment.InternalDueDay.Length == 0)
            yield return new(
                "assessment.internal_due_day", "INTERNAL_DUE_DAY_REQUIRED", new("The text has a date, and the organisation none of its own.", "Le texte a une échéance, et l'organisme n'en a pas."),
                new("Give the day by which the organisation will be ready.", "Indiquez le jour auquel l'organisme sera prêt."));
        // What is tolerated may be put right until the tolerance ends.
        else if ((item.ToleranceDay ?? deadline) is { } last && string.CompareOrdinal(assessment.InternalDueDay, DayField.Write(last)) > 0)
            yield return new(
                "assessment.internal_due_day", "INTERNAL_DUE_DAY_AFTER_DEADLINE", new("The organisation would be ready too late.", "L'organisme serait prêt trop tard."),
                new($"Give a day until {DayField.Write(last)}.", $"Indiquez un jour jusqu'au {DayField.Write(last)}."));
    }

    private static void Check(string field, AffectedObject affected, ICollection<FieldViolation> violations)
    {
        IdField.Read($"{field}.delegation_id", affected.DelegationId, violations);
        ChoiceField.Check($"{field}.type", affected.Type, violations);
        IdField.Read($"{field}.id", affected.Id, violations);
        if (affected.Type is AffectedObject.Types.Type.ContractClause or AffectedObject.Types.Type.ProjectAction)
            IdField.Read($"{field}.parent_id", affected.ParentId, violations);
        else
            IdField.ReadOptional($"{field}.parent_id", affected.ParentId, violations);
        OptionalLine.Read($"{field}.line", affected.Line, maximum: 100, violations);
        // Set by the platform: what comes in it is checked and not kept.
        OptionalLine.Read($"{field}.title", affected.Title, maximum: 1000, violations);
    }
}
