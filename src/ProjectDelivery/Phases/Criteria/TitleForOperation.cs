using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>
/// The run needs the contract, or a letter of engagement whose scope covers operation and whose minimum terms are complete: each delegated line
/// of the scope has its title, and none is still to be decided.
/// </summary>
internal sealed class TitleForOperation : ICriterion
{
    private static readonly MinimumTermTopic[] AllTopics = [.. Enum.GetValues<MinimumTermTopic>().Where(topic => topic != MinimumTermTopic.Unspecified)];

    public string Code => "TITLE_FOR_OPERATION";

    public LocalizedText Title { get; } = new(
        "The contract, or a complete letter of engagement, covers all that is operated", "Le contrat, ou une lettre d'engagement complète, couvre tout ce qui est opéré");

    public LocalizedText LooksAt { get; } = new(
        "The title of each line of the scope, and the minimum terms of a letter", "Le titre de chaque ligne du périmètre, et les clauses minimales d'une lettre");

    public KnownBy KnownBy => KnownBy.Contracts;

    public bool Overridable => false;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var titles = await question.Contracts.TitlesAsync();
        if (titles.Delegation.Title is not { } title)
            return Finding.Unmet(TitleToOperate.Missing(titles.Delegation), TitleToOperate.TitlesAsKnown(titles.Delegation));

        var answering = TitleToOperate.Answering(titles.Delegation);
        var uncovered = titles.Lines.Where(line => line.Answer.Title is null).Select(line => line.ActivityCode).Distinct().ToArray();
        if (uncovered.Length > 0)
            return Finding.Unmet(
                new($"Lines of the scope without title: {string.Join(", ", uncovered)}.", $"Lignes du périmètre sans titre : {string.Join(", ", uncovered)}."), answering);

        if (title.Kind != Contracts.V1.Title.Types.Kind.LetterOfEngagement)
            return Finding.Met(TitleToOperate.Words(title), answering);

        var letter = await question.Contracts.LetterAsync(title.ObjectId);
        var missing = AllTopics.Except(letter.Terms.Select(term => term.Topic)).Count();
        return Finding.Of(
            missing == 0,
            missing == 0 ? TitleToOperate.Words(title) : new($"The letter lacks {missing} minimum terms.", $"Il manque {missing} clauses minimales à la lettre."),
            answering,
            Answered.WithEtag("letter", letter.Id, letter.Etag));
    }
}
