using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Contracts.Tests.Delegations;

public sealed class Lists_of_delegations(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_show_each_delegation_once_in_order_with_the_same_number_of_statements(bool insurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        await FillAsync(parties, drafts: 250, open: 260);

        var all = await WalkAsync(parties.Of(insurer), new ListDelegationsRequest { PageSize = 200 });
        Assert.Equal(510, all.Count);
        Assert.Equal(all.Select(delegation => delegation.Id).Order(StringComparer.Ordinal), all.Select(delegation => delegation.Id));
        Assert.Equal(260, all.Count(delegation => delegation.State == State.Open));

        Assert.Equal(250, (await WalkAsync(parties.Of(insurer), new ListDelegationsRequest { State = State.Draft })).Count);
        Assert.All(await WalkAsync(parties.Of(insurer), new ListDelegationsRequest { State = State.Open }), delegation => Assert.Equal(State.Open, delegation.State));
        Assert.Empty(await WalkAsync(parties.Of(insurer), new ListDelegationsRequest { State = State.Closed }));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_among_many_is_read_by_indexes_and_not_sorted(bool insurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        await FillAsync(parties, drafts: 5000, open: 5000);
        await using var requests = NpgsqlDataSource.Create(host.Database.ConnectionStringFor("contracts", "contracts"));
        var side = insurer ? Side.Insurer : Side.Delegate;
        var organization = Guid.Parse(insurer ? parties.Insurer.Id : parties.Delegate.Id);
        await using var session = await new TenantSessions(requests).OpenAsync(new Caller(organization, Guid.CreateVersion7(), new HashSet<string>()) { Side = side });

        // The one organisation's own row is in a table so small that no index would be worth it.
        await session.ExecuteAsync("SET LOCAL enable_seqscan = off");
        foreach (var state in new[] { null, DelegationRow.Draft, DelegationRow.Open })
        {
            var plan = await session.QueryAsync<string>(
                $"EXPLAIN {DelegationQueries.ListOf(side, state)}", new { organization, state, after = Guid.CreateVersion7(), Limit = 51 });

            Assert.DoesNotContain(plan, line => line.Contains("Sort  ", StringComparison.Ordinal) || line.Contains("Seq Scan", StringComparison.Ordinal));
            Assert.Contains(plan, line => line.Contains("Index Cond:", StringComparison.Ordinal) && line.Contains("delegation_id > ", StringComparison.Ordinal));
        }
    }

    [PostgresFact]
    public async Task What_is_wrong_with_a_page_is_told()
    {
        var parties = await TwoParties.RegisterAsync(host);

        var refusal = await TwoParties.RefusedAsync(parties.OfInsurer.ListDelegationsAsync(
            new ListDelegationsRequest { State = (State)99, PageSize = -1, PageToken = "x" }, deadline: TwoParties.Deadline));

        Assert.Equal(["STATE_UNKNOWN", "PAGE_SIZE_NEGATIVE", "PAGE_TOKEN_MALFORMED"], refusal.Violations().Select(violation => violation.Reason));
    }

    private async Task<IReadOnlyList<V1.Delegation>> WalkAsync(V1.Delegations.DelegationsClient client, ListDelegationsRequest request)
    {
        var all = new List<V1.Delegation>();
        do
        {
            using var statements = new StatementRecorder();
            var page = await client.ListDelegationsAsync(request, deadline: TwoParties.Deadline);

            // The membership of the caller, and the page; the sealer is at work beside.
            Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains("delegation_draft", StringComparison.Ordinal) || sql.Contains("delegation_profile", StringComparison.Ordinal));
            all.AddRange(page.Delegations);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return all;
    }

    /// <summary>Drafts of both sides, and delegations that are open.</summary>
    private async Task FillAsync(TwoParties parties, int drafts, int open)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            INSERT INTO delegation_draft
            SELECT o.id, uuid_at(@at + n * interval '2 seconds'), o.side, 'Draft ' || n, 'Counterpart', '775685399', '{}', NULL, @at, @at, 1
            FROM generate_series(1, @drafts) n, (VALUES (@insurer, 'insurer'), (@tpa, 'delegate')) AS o (id, side);

            WITH made AS (
                INSERT INTO delegation
                SELECT @insurer, uuid_at(@at + n * interval '3 seconds'), @tpa, 'open', 2 FROM generate_series(1, @open) n
                RETURNING owner_id, delegation_id, delegate_id)
            INSERT INTO delegation_profile
            SELECT owner_id, delegation_id, delegate_id, 'Open', 'Insurer', '775685399', 'Delegate', '552100554', '{}', NULL, @at, @at FROM made;

            ANALYZE delegation_draft, delegation, delegation_profile, organization;
            """,
            new { insurer = Guid.Parse(parties.Insurer.Id), tpa = Guid.Parse(parties.Delegate.Id), at = DateTime.UtcNow.AddDays(-1), drafts, open });
    }
}
