using Dapper;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Services.Tests.PartyDirectory;

/// <summary>Rows of a delegation refer to the service's own copy of it, which follows what Contracts says.</summary>
public sealed class Delegations_known_elsewhere
{
    private readonly Guid _insurer = Guid.CreateVersion7();
    private readonly Guid _delegate = Guid.CreateVersion7();
    private readonly Guid _delegation = Guid.CreateVersion7();

    [PostgresFact]
    public async Task A_delegation_is_known_from_its_opening_with_its_latest_state_and_a_draft_is_not()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var contracts = await Running.StartAsync(Hosts.Contracts(issuer));
        await using var watch = await Running.StartAsync(Hosts.Watch(issuer, contracts.Host.Address));
        await OpenInContractsAsync(contracts.Host.Database);

        await AppendAsync(contracts.Host.Services, Entry(1, null, new DelegationDrafted { Delegation = As(State.Draft) }));
        await AppendAsync(contracts.Host.Services, Entry(2, _delegation, new DelegationOpened { Delegation = As(State.Open) }));
        await Eventually.Async(async () => await DelegationsAsync(watch.Host.Database) is [{ State: "open", Revision: 2 }]);
        await AppendAsync(contracts.Host.Services, Entry(3, _delegation, new DelegationUpdated { Delegation = As(State.Closed) }));
        await Eventually.Async(async () => await DelegationsAsync(watch.Host.Database) is [{ Revision: 3 }]);

        Assert.Equal([new Known(_insurer, _delegation, _delegate, "closed", 3)], await DelegationsAsync(watch.Host.Database));
        watch.Host.Logs.AssertNoErrors();
    }

    private Contracts.V1.Delegation As(State state) => new() { Id = _delegation.ToString(), State = state };

    private JournalEvent Entry(long revision, Guid? delegation, IMessage told) => new(
        _insurer, delegation, delegation is null ? null : _delegate, Visibility.Both, "delegation", _delegation, revision, told);

    // An entry of a delegation needs one to refer to.
    private async Task OpenInContractsAsync(TestDatabase contracts)
    {
        await using var connection = new NpgsqlConnection(contracts.AdminConnectionString);
        await connection.ExecuteAsync("INSERT INTO delegation VALUES (@_insurer, @_delegation, @_delegate, 'open', 2)", new { _insurer, _delegation, _delegate });
    }

    private async Task AppendAsync(IServiceProvider contracts, JournalEvent entry)
    {
        await using var session = await contracts.GetRequiredService<TenantSessions>().OpenAsync(new Caller(_insurer, Guid.CreateVersion7(), new HashSet<string>()));
        await session.AppendAsync(entry, TimeProvider.System);
        await session.CommitAsync();
    }

    private static async Task<IReadOnlyList<Known>> DelegationsAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        return [.. await connection.QueryAsync<Known>(
            "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state, revision FROM delegation")];
    }

    private sealed record Known(Guid OwnerId, Guid DelegationId, Guid DelegateId, string State, long Revision);
}
