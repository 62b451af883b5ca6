using Delegation.Contracts.V1;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What is asked of Contracts for gates.</summary>
internal sealed class ContractsClients(
    Titles.TitlesClient titles,
    Letters.LettersClient letters,
    Scopes.ScopesClient scopes,
    Annexes.AnnexesClient annexes,
    Contacts.ContactsClient contacts,
    Regulation.RegulationClient regulation)
{
    // All questions for one look at a project share it: a Contracts that hangs must not take the whole time of the caller.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public Titles.TitlesClient Titles => titles;

    public Letters.LettersClient Letters => letters;

    public Scopes.ScopesClient Scopes => scopes;

    public Annexes.AnnexesClient Annexes => annexes;

    public Contacts.ContactsClient Contacts => contacts;

    public Regulation.RegulationClient Regulation => regulation;

    /// <summary>Begins one look at a project of a delegation, in the name of the caller that is being served.</summary>
    public ContractsAnswers About(Guid delegationId, DateOnly today, CancellationToken cancellationToken) => new(
        this, delegationId.ToString(), today, new CallOptions(deadline: TimeProvider.System.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellationToken));
}
