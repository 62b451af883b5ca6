using Delegation.Contracts.V1;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What is asked of Contracts for gates.</summary>
internal sealed class ContractsClients(
    Titles.TitlesClient titles,
    Letters.LettersClient letters,
    Scopes.ScopesClient scopes,
    Annexes.AnnexesClient annexes,
    Contacts.ContactsClient contacts,
    Regulation.RegulationClient regulation,
    Exits.ExitsClient exits)
{
    public Titles.TitlesClient Titles => titles;

    public Letters.LettersClient Letters => letters;

    public Scopes.ScopesClient Scopes => scopes;

    public Annexes.AnnexesClient Annexes => annexes;

    public Contacts.ContactsClient Contacts => contacts;

    public Regulation.RegulationClient Regulation => regulation;

    public Exits.ExitsClient Exits => exits;
}
