using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Reporting.ContractReferences;

/// <summary>Keeps this service's copy of the insurers' contract numbers up to date from the journal of Contracts.</summary>
internal sealed class ContractsFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ContractsFollower> logger)
    : JournalFollower("contracts.numbers", contracts, dataSource, clock, logger)
{
    // Numbers whose management ended stay: lines of their time come later.
    private const string Sql =
        $"""
        {Delegations.Know}
        DELETE FROM insurer_contract WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND number <> ALL (@numbers);
        INSERT INTO insurer_contract (owner_id, delegation_id, delegate_id, number)
        SELECT @OwnerId, @DelegationId, @DelegateId, number FROM unnest(@numbers) number
        ON CONFLICT DO NOTHING
        """;

    /// <inheritdoc/>
    protected override async Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        var delegation = told.EventAs<DelegationOpened>()?.Delegation ?? told.EventAs<DelegationUpdated>()?.Delegation;
        if (delegation?.ReferenceData is not { } data)
            return;

        var numbers = data.InsurerContracts.Select(contract => contract.Number).Distinct().ToArray();
        await session.ExecuteAsync(Sql, new { told.OwnerId, told.DelegationId, told.DelegateId, numbers }, cancellationToken);
    }
}
