using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>No real personal data moves, dry runs included, before the terms of GDPR article 28 are signed: in the letter, or as clauses of the contract.</summary>
internal sealed class GdprTermsSigned : ICriterion
{
    // Article 28 point by point: they come first in the list of topics.
    private static readonly MinimumTermTopic[] Article28 = [.. Enum.GetValues<MinimumTermTopic>()
        .Where(topic => topic is >= MinimumTermTopic.ProcessingSubjectAndDuration and <= MinimumTermTopic.ComplianceEvidence)];

    private static readonly LocalizedText Signed = new("The terms of GDPR article 28 are signed.", "Les clauses de l'article 28 du RGPD sont signées.");

    public string Code => "GDPR_TERMS_SIGNED";

    public LocalizedText Title { get; } = new("The GDPR terms are signed", "Les clauses RGPD sont signées");

    public LocalizedText LooksAt { get; } = new(
        "The terms of the letter of engagement in force or, under a contract, the GDPR requirements that its clauses satisfy",
        "Les clauses de la lettre d'engagement en vigueur ou, sous contrat, les exigences RGPD que ses clauses satisfont");

    public KnownBy KnownBy => KnownBy.Contracts;

    public bool Overridable => false;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var regimes = await question.Contracts.RegimesAsync();
        var asked = Answered.WithEtag("regimes", regimes.DelegationId, regimes.Etag);
        if (!regimes.Regimes.Any(flag => flag is { Regime: Regime.GdprProcessing, Applies: true }))
            return Finding.Met(
                new("The delegate processes no personal data for the insurer.", "Le délégataire ne traite aucune donnée personnelle pour l'assureur."), asked);

        var answer = await question.Contracts.TitleAsync();
        if (answer.Title is not { } title)
            return Finding.Unmet(TitleToOperate.Missing(answer), asked, TitleToOperate.TitlesAsKnown(answer));

        return title.Kind == Contracts.V1.Title.Types.Kind.LetterOfEngagement
            ? InLetter(await question.Contracts.LetterAsync(title.ObjectId), asked, TitleToOperate.Answering(answer))
            : InContract(await question.Contracts.CoverageAsync(title.ObjectId), asked, TitleToOperate.Answering(answer));
    }

    private static Finding InLetter(Letter letter, params Answered[] evidence)
    {
        var missing = Article28.Except(letter.Terms.Select(term => term.Topic)).Count();
        return Finding.Of(
            missing == 0,
            missing == 0 ? Signed : new($"The letter lacks {missing} terms of GDPR article 28.", $"Il manque à la lettre {missing} clauses de l'article 28 du RGPD."),
            [.. evidence, Answered.WithEtag("letter", letter.Id, letter.Etag)]);
    }

    // What evidence proves, such as a record of processing, is no term that is signed.
    private static Finding InContract(ContractCoverage coverage, params Answered[] evidence)
    {
        var missing = coverage.Requirements
            .Where(covered => covered.Requirement is { Mandatory: true, SatisfiedBy: SatisfiedBy.Clause or SatisfiedBy.Either }
                && covered.Requirement.Regimes.Contains(Regime.GdprProcessing) && covered.ClauseCodes.Count == 0)
            .Select(covered => covered.Requirement.Id)
            .ToArray();
        return Finding.Of(
            missing.Length == 0,
            missing.Length == 0 ? Signed
                : new($"No clause satisfies {string.Join(", ", missing)}.", $"Aucune clause ne satisfait {string.Join(", ", missing)}."),
            evidence);
    }
}
