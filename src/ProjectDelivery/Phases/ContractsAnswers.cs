using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What Contracts answers the caller in one look at a project: each question is asked once, when the first criterion wants to know.</summary>
/// <exception cref="RpcException">From each of them: Contracts does not answer, or not this caller.</exception>
internal sealed class ContractsAnswers(ContractsClients contracts, string delegationId, DateOnly today, CallOptions options)
{
    private Task<TitleAnswer>? _title;
    private Task<ListTitlesResponse>? _titles;
    private Task<DelegationRegimes>? _regimes;
    private Task<IReadOnlyList<Evidence>>? _evidence;

    /// <summary>The title of today.</summary>
    public Task<TitleAnswer> TitleAsync() => _title ??=
        contracts.Titles.GetTitleAsync(new GetTitleRequest { DelegationId = delegationId, Day = DayField.Write(today) }, options).ResponseAsync;

    /// <summary>The titles of today: of the delegation, and of each line of its scope.</summary>
    public Task<ListTitlesResponse> TitlesAsync() => _titles ??=
        contracts.Titles.ListTitlesAsync(new ListTitlesRequest { DelegationId = delegationId, Day = DayField.Write(today) }, options).ResponseAsync;

    /// <summary>The letter of engagement that gives a title.</summary>
    public Task<Letter> LetterAsync(string letterId) =>
        contracts.Letters.GetLetterAsync(new GetLetterRequest { DelegationId = delegationId, LetterId = letterId }, options).ResponseAsync;

    /// <summary>How a contract stands with all requirements today.</summary>
    public Task<ContractCoverage> CoverageAsync(string contractId) => contracts.Regulation.GetCoverageAsync(
        new GetCoverageRequest { DelegationId = delegationId, ContractId = contractId, Day = DayField.Write(today) }, options).ResponseAsync;

    /// <summary>Which regimes apply.</summary>
    public Task<DelegationRegimes> RegimesAsync() => _regimes ??=
        contracts.Regulation.GetRegimesAsync(new GetRegimesRequest { DelegationId = delegationId }, options).ResponseAsync;

    /// <summary>Whom to call.</summary>
    public Task<DelegationContacts> ContactsAsync() =>
        contracts.Contacts.GetContactsAsync(new GetContactsRequest { DelegationId = delegationId }, options).ResponseAsync;

    /// <summary>The end of the delegation, as far as it is; null when nobody triggered it, or both sides called it off.</summary>
    public async Task<Exit?> ExitAsync()
    {
        // The newest first: another one follows only one that was called off.
        var page = await contracts.Exits.ListExitsAsync(new ListExitsRequest { DelegationId = delegationId, PageSize = 1 }, options);
        return page.Exits.FirstOrDefault(exit => exit.State != ExitState.CalledOff);
    }

    /// <summary>All annexes.</summary>
    public Task<IReadOnlyList<Annex>> AnnexesAsync() => AllAsync<Annex>(async token =>
    {
        var page = await contracts.Annexes.ListAnnexesAsync(new ListAnnexesRequest { DelegationId = delegationId, PageSize = 200, PageToken = token }, options);
        return (page.Annexes, page.NextPageToken);
    });

    /// <summary>All evidence that was recorded, withdrawn or not.</summary>
    public Task<IReadOnlyList<Evidence>> EvidenceAsync() => _evidence ??= AllAsync<Evidence>(async token =>
    {
        var page = await contracts.Regulation.ListEvidenceAsync(
            new ListEvidenceRequest { DelegationId = delegationId, PageSize = 200, PageToken = token }, options);
        return (page.Evidence, page.NextPageToken);
    });

    /// <summary>The version of the scope that both sides validated and that no other took the place of; null without one.</summary>
    public async Task<ScopeVersion?> ValidatedScopeAsync()
    {
        // Few at a time: a version has up to 500 lines, and the one looked for is among the newest.
        for (var token = ""; ;)
        {
            var page = await contracts.Scopes.ListScopeVersionsAsync(
                new ListScopeVersionsRequest { DelegationId = delegationId, PageSize = 5, PageToken = token }, options);
            if (page.ScopeVersions.FirstOrDefault(version => version.State == ScopeVersion.Types.State.Validated) is { } validated)
                return validated;
            if ((token = page.NextPageToken).Length == 0)
                return null;
        }
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string, Task<(IReadOnlyList<T> Items, string Next)>> pageAfter)
    {
        var all = new List<T>();
        for (var token = ""; ;)
        {
            var (items, next) = await pageAfter(token);
            all.AddRange(items);
            if ((token = next).Length == 0)
                return all;
        }
    }
}
