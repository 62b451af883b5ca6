using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>One main contact on each side, before people begin to work together.</summary>
internal sealed class MainContactsNamed : ICriterion
{
    public string Code => "MAIN_CONTACTS_NAMED";

    public LocalizedText Title { get; } = new("Both sides have named their main contact", "Chaque partie a désigné son interlocuteur principal");

    public LocalizedText LooksAt { get; } = new("The contacts of the delegation", "Les interlocuteurs de la délégation");

    public KnownBy KnownBy => KnownBy.Contracts;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var contacts = await question.Contracts.ContactsAsync();
        var evidence = Answered.WithEtag("contacts", contacts.DelegationId, contacts.Etag);
        return (contacts.Insurer?.Main, contacts.Delegate?.Main) switch
        {
            ({ } insurer, { } other) => Finding.Met(new($"{insurer.Name} and {other.Name}.", $"{insurer.Name} et {other.Name}."), evidence),
            (null, null) => Finding.Unmet(new("Neither side has named one.", "Aucune des parties n'en a désigné."), evidence),
            (null, _) => Finding.Unmet(new("The insurer has named none.", "L'assureur n'en a pas désigné."), evidence),
            _ => Finding.Unmet(new("The delegate has named none.", "Le délégataire n'en a pas désigné."), evidence),
        };
    }
}
