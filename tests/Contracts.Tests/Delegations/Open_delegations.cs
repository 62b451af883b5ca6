using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Contracts.Tests.Delegations;

public sealed class Open_delegations(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_sides_read_the_same_whoever_drafted_it(bool byInsurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync(byInsurer, TwoParties.Contracts(("G-1", "2027-01-01", "")));

        var open = await parties.OpenAsync(draft);

        Assert.Equal(State.Open, open.State);
        Assert.Equal(new DelegationParty { OrganizationId = parties.Insurer.Id, LegalName = parties.Insurer.LegalName, Siren = parties.Insurer.Siren }, open.Insurer);
        Assert.Equal(new DelegationParty { OrganizationId = parties.Delegate.Id, LegalName = parties.Delegate.LegalName, Siren = parties.Delegate.Siren }, open.Delegate);
        Assert.Equal((draft.Id, draft.Title, draft.ReferenceData, draft.CreateTime), (open.Id, open.Title, open.ReferenceData, open.CreateTime));
        Assert.NotEqual(draft.Etag, open.Etag);
        Assert.Equal(open, await GetAsync(parties.OfDelegate, open.Id));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Opening_is_written_to_the_journal_of_both_by_whoever_accepts(bool acceptedByInsurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync(await parties.CreateAsync(!acceptedByInsurer));
        await using var requests = NpgsqlDataSource.Create(host.Database.ConnectionStringFor("contracts", "contracts"));
        var caller = new Caller(Guid.Parse(acceptedByInsurer ? parties.Insurer.Id : parties.Delegate.Id), Guid.CreateVersion7(), new HashSet<string>())
        {
            Side = acceptedByInsurer ? Side.Insurer : Side.Delegate,
        };

        await using (var session = await new TenantSessions(requests).OpenAsync(caller))
        {
            Assert.Equal(open, await session.AppendDelegationOpenedAsync(Guid.Parse(open.Id), TimeProvider.System, default));
            await session.CommitAsync();
        }

        var entry = Assert.Single(await host.EntriesOfAsync(parties.Insurer.Id), entry => entry.Event is DelegationOpened);
        Assert.Equal(new DelegationOpened { Delegation = open }, entry.Event);
        Assert.Equal((Guid.Parse(open.Id), 2, caller.OrganizationId), (entry.ObjectId, entry.Revision, entry.OrganizationId));
        Assert.Equal((Guid.Parse(open.Id), Guid.Parse(parties.Delegate.Id)), await PartiesOfEntryAsync(open.Id, 2));
    }

    [PostgresFact]
    public async Task The_insurer_changes_reference_data_and_both_read_it()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync();
        var change = TwoParties.Whole(open);
        change.ReferenceData = TwoParties.Contracts(("G-7", "2027-01-01", "2027-12-31"));

        var changed = await parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline);

        Assert.Equal(changed, await GetAsync(parties.OfInsurer, open.Id));
        Assert.Equal(changed, await GetAsync(parties.OfDelegate, open.Id));
        Assert.Equal(change.ReferenceData, changed.ReferenceData);
        var entry = (await host.EntriesOfAsync(parties.Insurer.Id))[^1];
        Assert.Equal(new DelegationUpdated { Delegation = changed }, entry.Event);
        Assert.Equal((Guid.Parse(open.Id), Guid.Parse(parties.Delegate.Id)), await PartiesOfEntryAsync(open.Id, entry.Revision));
    }

    [PostgresFact]
    public async Task The_delegate_cannot_change_an_open_delegation()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync(await parties.CreateAsync(byInsurer: false));
        var change = TwoParties.Whole(open);
        change.ReferenceData = TwoParties.Contracts(("G-7", "2027-01-01", ""));

        await RefusedWithoutATraceAsync(() => parties.OfDelegate.UpdateDelegationAsync(change, deadline: TwoParties.Deadline), StatusCode.FailedPrecondition, "INSURER_REQUIRED");

        Assert.Equal(open, await GetAsync(parties.OfDelegate, open.Id));
    }

    [PostgresFact]
    public async Task Organisations_that_are_no_party_get_the_answer_for_an_unknown_id()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var others = await TwoParties.RegisterAsync(host);
        await others.OpenAsync();
        var open = await parties.OpenAsync();
        var unknown = Guid.CreateVersion7().ToString();

        foreach (var stranger in new[] { others.OfInsurer, others.OfDelegate })
        {
            foreach (var call in new Func<string, Task<RpcException>>[]
            {
                id => TwoParties.RefusedAsync(stranger.GetDelegationAsync(new GetDelegationRequest { DelegationId = id }, deadline: TwoParties.Deadline)),
                id => TwoParties.RefusedAsync(stranger.UpdateDelegationAsync(new UpdateDelegationRequest(TwoParties.Whole(open)) { DelegationId = id }, deadline: TwoParties.Deadline)),
                id => TwoParties.RefusedAsync(stranger.WithdrawDelegationAsync(new WithdrawDelegationRequest { DelegationId = id, Etag = open.Etag }, deadline: TwoParties.Deadline)),
            })
            {
                var (foreign, none) = (await call(open.Id), await call(unknown));
                Assert.Equal((StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
                Assert.Equal(none.WithoutTraceId(), foreign.WithoutTraceId());
            }

            var listed = await stranger.ListDelegationsAsync(new ListDelegationsRequest(), deadline: TwoParties.Deadline);
            Assert.DoesNotContain(listed.Delegations, delegation => delegation.Id == open.Id);
            Assert.Single(listed.Delegations);
        }
    }

    [PostgresFact]
    public async Task A_change_needs_the_etag_of_the_latest_revision()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync();
        var change = TwoParties.Whole(open);
        await parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline);

        await RefusedWithoutATraceAsync(() => parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline), StatusCode.Aborted, "ETAG_STALE");
        change.Etag = "";
        await RefusedWithoutATraceAsync(() => parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline), StatusCode.FailedPrecondition, "ETAG_REQUIRED");
    }

    [PostgresFact]
    public async Task Of_changes_that_start_from_the_same_revision_one_is_made()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var change = TwoParties.Whole(await parties.OpenAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async number =>
        {
            try
            {
                await parties.OfInsurer.UpdateDelegationAsync(new UpdateDelegationRequest(change) { Title = $"Change {number}" }, deadline: TwoParties.Deadline);
                return "made";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(["ETAG_STALE", "ETAG_STALE", "ETAG_STALE", "ETAG_STALE", "made"], answers.Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task A_delegation_that_is_open_is_not_withdrawn_and_keeps_its_parties()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync();
        var withdraw = new WithdrawDelegationRequest { DelegationId = open.Id, Etag = open.Etag };
        var change = TwoParties.Whole(open);
        change.Counterpart = new Counterpart { LegalName = "Autre", Siren = "180020026" };

        await RefusedWithoutATraceAsync(() => parties.OfInsurer.WithdrawDelegationAsync(withdraw, deadline: TwoParties.Deadline), StatusCode.FailedPrecondition, "DELEGATION_OPEN");
        var refusal = await RefusedWithoutATraceAsync(
            () => parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline), StatusCode.InvalidArgument, "INVALID_FIELDS");

        Assert.Equal(("counterpart", "COUNTERPART_FIXED"), refusal.Violations().Select(violation => (violation.Field, violation.Reason)).Single());
    }

    [PostgresFact]
    public async Task What_is_wrong_is_told_at_once_and_nothing_is_written()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync();

        var create = await RefusedWithoutATraceAsync(
            () => parties.OfInsurer.CreateDelegationAsync(
                new CreateDelegationRequest { PlannedStartDay = "soon", ReferenceData = TwoParties.Contracts(("!", "2027-01-01", "")), RequestId = Guid.NewGuid().ToString() },
                deadline: TwoParties.Deadline),
            StatusCode.InvalidArgument,
            "INVALID_FIELDS");
        var update = await RefusedWithoutATraceAsync(
            () => parties.OfInsurer.UpdateDelegationAsync(new UpdateDelegationRequest { DelegationId = draft.Id, Counterpart = new Counterpart() }, deadline: TwoParties.Deadline),
            StatusCode.InvalidArgument,
            "INVALID_FIELDS");

        Assert.Equal(
            ["TITLE_REQUIRED", "NUMBER_MALFORMED", "PLANNED_START_DAY_MALFORMED", "COUNTERPART_REQUIRED"], create.Violations().Select(violation => violation.Reason));
        Assert.Equal(
            [("title", "TITLE_REQUIRED"), ("counterpart.legal_name", "LEGAL_NAME_REQUIRED"), ("counterpart.siren", "SIREN_REQUIRED")],
            update.Violations().Select(violation => (violation.Field, violation.Reason)));
    }

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_happens_once()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var create = parties.Draft(byInsurer: true);
        create.RequestId = Guid.NewGuid().ToString();

        var draft = await parties.OfInsurer.CreateDelegationAsync(create, deadline: TwoParties.Deadline);
        Assert.Equal(draft, await parties.OfInsurer.CreateDelegationAsync(create, deadline: TwoParties.Deadline));

        var change = TwoParties.Whole(draft);
        change.RequestId = Guid.NewGuid().ToString();
        var changed = await parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline);
        Assert.Equal(changed, await parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline));

        var withdraw = new WithdrawDelegationRequest { DelegationId = draft.Id, Etag = changed.Etag, RequestId = Guid.NewGuid().ToString() };
        await parties.OfInsurer.WithdrawDelegationAsync(withdraw, deadline: TwoParties.Deadline);
        await parties.OfInsurer.WithdrawDelegationAsync(withdraw, deadline: TwoParties.Deadline);

        Assert.Equal([1L, 2, 3], (await host.EntriesOfAsync(parties.Insurer.Id)).Where(entry => entry.ObjectType == "delegation").Select(entry => entry.Revision));
        change.Title = "Another";
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await TwoParties.RefusedAsync(parties.OfInsurer.UpdateDelegationAsync(change, deadline: TwoParties.Deadline))).Reason());
    }

    private async Task<RpcException> RefusedWithoutATraceAsync<T>(Func<AsyncUnaryCall<T>> call, StatusCode status, string reason)
    {
        var before = await ContentsAsync();
        var refusal = await TwoParties.RefusedAsync(call());

        Assert.Equal((status, reason), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(before, await ContentsAsync());
        return refusal;
    }

    private async Task<string> ContentsAsync()
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return (await connection.ExecuteScalarAsync<string>(
            """
            SELECT concat_ws(' ',
                (SELECT count(*) FROM journal), (SELECT count(*) FROM idempotency),
                (SELECT md5(string_agg(d::text, '' ORDER BY delegation_id)) FROM delegation_draft d),
                (SELECT md5(string_agg(d::text, '' ORDER BY delegation_id)) FROM delegation d),
                (SELECT md5(string_agg(d::text, '' ORDER BY delegation_id)) FROM delegation_profile d),
                (SELECT md5(string_agg(c::text, '' ORDER BY owner_id, delegation_id, number)) FROM insurer_contract c))
            """))!;
    }

    private async Task<(Guid, Guid)> PartiesOfEntryAsync(string delegationId, long revision)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await connection.QuerySingleAsync<(Guid, Guid)>(
            "SELECT delegation_id, delegate_id FROM journal WHERE object_type = 'delegation' AND object_id = @id AND revision = @revision",
            new { id = Guid.Parse(delegationId), revision });
    }

    private static async Task<V1.Delegation> GetAsync(V1.Delegations.DelegationsClient client, string id) =>
        await client.GetDelegationAsync(new GetDelegationRequest { DelegationId = id }, deadline: TwoParties.Deadline);
}
