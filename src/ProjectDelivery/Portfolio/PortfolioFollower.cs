using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>Keeps what a portfolio shows of a delegation from the journal of Contracts, whose matter it is.</summary>
internal sealed class PortfolioFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<PortfolioFollower> logger)
    : JournalFollower("contracts.portfolio", contracts, dataSource, clock, logger)
{
    /// <inheritdoc/>
    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        if ((told.EventAs<DelegationOpened>()?.Delegation ?? told.EventAs<DelegationUpdated>()?.Delegation ?? told.EventAs<ExitDelegationChanged>()?.Delegation) is { } delegation)
            await session.SaveDelegationAsync(told, delegation, cancellationToken);
        else if (LetterTitle.After(told) is { } letter)
            await session.SaveTitleAsync(told, letter, cancellationToken);
        else
            foreach (var title in ContractTitles.After(told))
                await session.SaveTitleAsync(told, title, cancellationToken);
    }
}
