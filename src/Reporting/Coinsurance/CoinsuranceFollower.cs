using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Reporting.Coinsurance;

/// <summary>Keeps this service's copy of the insurers' shares up to date from the journal of Contracts.</summary>
internal sealed class CoinsuranceFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<CoinsuranceFollower> logger)
    : JournalFollower("contracts.shares", contracts, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        var delegation = told.EventAs<DelegationOpened>()?.Delegation ?? told.EventAs<DelegationUpdated>()?.Delegation;
        if (delegation?.Insurer is { } lead)
            await session.SaveSharesAsync(told, SharesOf(lead, delegation.ReferenceData?.CoInsurers ?? []), cancellationToken);
    }

    // What the co-insurers leave is the lead's.
    private static InsurerShare[] SharesOf(DelegationParty lead, IReadOnlyCollection<CoInsurer> coInsurers) =>
    [
        new(lead.Siren, lead.LegalName, InsurerShare.Whole - coInsurers.Sum(one => one.SharePpm), Leads: true),
        .. coInsurers.Select(one => new InsurerShare(one.Siren, one.LegalName, one.SharePpm, Leads: false)),
    ];
}
