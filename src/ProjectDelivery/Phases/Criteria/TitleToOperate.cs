using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A project goes on under a title to operate only: a letter of engagement, a contract, or its survival clause.</summary>
internal sealed class TitleToOperate : ICriterion
{
    public string Code => "TITLE_TO_OPERATE";

    public LocalizedText Title { get; } = new("A title to operate covers today", "Un titre à opérer couvre la date du jour");

    public LocalizedText LooksAt { get; } = new("The title of the delegation on the day, as Contracts derives it", "Le titre de la délégation au jour dit, tel que le déduit Contracts");

    public KnownBy KnownBy => KnownBy.Contracts;

    public bool Overridable => false;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var answer = await question.Contracts.TitleAsync();
        return answer.Title is { } title ? Finding.Met(Words(title), Answering(answer)) : Finding.Unmet(Missing(answer), TitlesAsKnown(answer));
    }

    /// <summary>The title that answered, at the revision of what was known of titles.</summary>
    public static Answered Answering(TitleAnswer answer) => new("title", Guid.Parse(answer.Title.ObjectId), answer.Revision);

    /// <summary>Where there is none: what was known of titles.</summary>
    public static Answered TitlesAsKnown(TitleAnswer answer) => new("delegation", Guid.Parse(answer.DelegationId), answer.Revision);

    /// <summary>Why there is none.</summary>
    public static LocalizedText Missing(TitleAnswer answer) => answer.Breach switch
    {
        TitleBreach.NotYetEffective => new("What was signed takes effect later.", "Ce qui a été signé prend effet plus tard."),
        TitleBreach.LetterExpired => new("The letter of engagement has expired.", "La lettre d'engagement est expirée."),
        TitleBreach.LetterTerminated => new("The letter of engagement was terminated.", "La lettre d'engagement a été résiliée."),
        TitleBreach.NoTitle => new("Nothing was signed by both sides.", "Rien n'a été signé par les deux parties."),
        _ => new("No title covers the day.", "Aucun titre ne couvre ce jour."),
    };

    /// <summary>What the title is, and how long it lasts as known.</summary>
    public static LocalizedText Words(Title title)
    {
        var (english, french) = title.Kind switch
        {
            Contracts.V1.Title.Types.Kind.Contract => ("Contract", "Contrat"),
            Contracts.V1.Title.Types.Kind.Survival => ("Survival clause", "Clause de survie"),
            _ => ("Letter of engagement", "Lettre d'engagement"),
        };
        return title.LastDay.Length > 0
            ? new($"{english} from {title.EffectiveDay} to {title.LastDay}.", $"{french} du {title.EffectiveDay} au {title.LastDay}.")
            : new($"{english} from {title.EffectiveDay}.", $"{french} à compter du {title.EffectiveDay}.");
    }
}
