using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Tests.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Delegation.TestKit;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Answering = Delegation.Contracts.V1.SideContacts.Types.Answering;

namespace Delegation.Contracts.Tests.Contacts;

public sealed class Contacts_of_both_sides(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_side_names_its_own_and_both_read_all()
    {
        var (parties, open) = await OpenAsync();
        var none = await GetAsync(Of(parties.InsurerSubject), open.Id);
        Assert.Equal((new SideContacts(), new SideContacts()), (none.Insurer, none.Delegate));

        var (anne, paul) = (await MemberAsync(parties.Insurer, "Anne"), await MemberAsync(parties.Insurer, "Paul"));
        var first = await SetAsync(Of(parties.InsurerSubject), Naming(none, anne, paul));
        var zoe = await MemberAsync(parties.Delegate, "Zoé");
        var second = await SetAsync(Of(parties.DelegateSubject), Naming(first, zoe));

        Assert.Equal(second, await GetAsync(Of(parties.InsurerSubject), open.Id));
        Assert.Equal(second, await GetAsync(Of(parties.DelegateSubject), open.Id));
        Assert.Equal(first.Insurer, second.Insurer);
        Assert.Equal(
            new SideContacts
            {
                Main = new Contact { MemberId = anne, Name = "Anne", Email = "Anne@example.org", Phone = "+33 1" },
                Deputy = new Contact { MemberId = paul, Name = "Paul", Email = "Paul@example.org", Phone = "+33 1" },
                Answering = Answering.MainContact,
            },
            second.Insurer);
        Assert.Equal((zoe, null, Answering.MainContact), (second.Delegate.Main.MemberId, second.Delegate.Deputy, second.Delegate.Answering));
    }

    [PostgresFact]
    public async Task An_open_delegation_waits_for_each_side_to_name_its_own()
    {
        var (parties, open) = await OpenAsync();
        var opener = new Caller(Guid.Parse(parties.Insurer.Id), Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Insurer };
        await using (var session = await host.Services.GetRequiredService<TenantSessions>().OpenAsync(opener))
        {
            await session.AppendDelegationOpenedAsync(Guid.Parse(open.Id), TimeProvider.System, CancellationToken.None);
            await session.CommitAsync();
        }

        Assert.Equal([("contacts.name", Side.Insurer), ("contacts.name", Side.Delegate)], await host.OpenWorkAsync(parties.Insurer.Id));

        var current = await GetAsync(Of(parties.InsurerSubject), open.Id);
        await SetAsync(Of(parties.InsurerSubject), Naming(current, await MemberAsync(parties.Insurer, "Anne")));

        Assert.Equal([("contacts.name", Side.Delegate)], await host.OpenWorkAsync(parties.Insurer.Id));
    }

    [PostgresFact]
    public async Task Who_answers_today_follows_the_absences()
    {
        var (parties, _) = await OpenAsync();
        var (anne, paul) = (await MemberAsync(parties.Insurer, "Anne"), await MemberAsync(parties.Insurer, "Paul"));
        var client = Of(parties.InsurerSubject);
        var request = Naming(await GetAsync(client, (await parties.OfInsurer.ListDelegationsAsync(new ListDelegationsRequest())).Delegations[0].Id), anne, paul);
        var today = ParisDays.DayAt(DateTimeOffset.UtcNow);

        request.Main.Absences.Add(new Absence { StartDay = Day(today.AddDays(-1)), EndDay = Day(today.AddDays(2)) });
        var deputy = await SetAsync(client, request);
        Assert.Equal((Answering.Deputy, true, false), (deputy.Insurer.Answering, deputy.Insurer.Main.Away, deputy.Insurer.Deputy.Away));

        request.Deputy.Absences.Add(new Absence { StartDay = Day(today.AddDays(-1)) });
        request.Etag = deputy.Etag;
        var nobody = await SetAsync(client, request);
        Assert.Equal((Answering.Nobody, true, true), (nobody.Insurer.Answering, nobody.Insurer.Main.Away, nobody.Insurer.Deputy.Away));
    }

    [PostgresFact]
    public async Task A_delegation_whose_contact_is_removed_waits_for_that_side_to_name_its_contacts_again()
    {
        var (parties, open) = await OpenAsync();
        var another = await parties.OpenAsync();
        var (anne, paul, luc) = (await MemberAsync(parties.Insurer, "Anne"), await MemberAsync(parties.Insurer, "Paul"), await MemberAsync(parties.Insurer, "Luc"));
        await SetAsync(Of(parties.InsurerSubject), Naming(await GetAsync(Of(parties.InsurerSubject), open.Id), anne, paul));
        await SetAsync(Of(parties.InsurerSubject), Naming(await GetAsync(Of(parties.InsurerSubject), another.Id), luc, anne));
        Assert.Empty(await host.OpenWorkAsync(parties.Insurer.Id));

        await RemoveAsync(parties.InsurerSubject, paul);
        Assert.Equal([("contacts.name", Side.Insurer)], await host.OpenWorkAsync(parties.Insurer.Id));
        await RemoveAsync(parties.InsurerSubject, anne);
        Assert.Equal([("contacts.name", Side.Insurer), ("contacts.name", Side.Insurer)], await host.OpenWorkAsync(parties.Insurer.Id));

        foreach (var delegation in new[] { open, another })
            await SetAsync(Of(parties.InsurerSubject), Naming(await GetAsync(Of(parties.InsurerSubject), delegation.Id), luc));
        Assert.Empty(await host.OpenWorkAsync(parties.Insurer.Id));
        await RemoveAsync(parties.InsurerSubject, await MemberAsync(parties.Insurer, "Marc"));
        Assert.Empty(await host.OpenWorkAsync(parties.Insurer.Id));
    }

    [PostgresFact]
    public async Task The_journal_names_who_they_are_and_when_they_are_away_and_nothing_by_which_to_reach_them()
    {
        var (parties, open) = await OpenAsync();
        var (zoe, leo) = (await MemberAsync(parties.Delegate, "Zoé"), await MemberAsync(parties.Delegate, "Léo"));
        var request = Naming(await GetAsync(Of(parties.DelegateSubject), open.Id), zoe, leo);
        request.Main.Absences.Add(new Absence { StartDay = "2026-08-03", EndDay = "2026-08-21" });
        request.Deputy.Absences.Add(new Absence { StartDay = "2026-12-24" });

        await SetAsync(Of(parties.DelegateSubject), request);

        var entry = Assert.Single(await host.EntriesOfAsync(parties.Insurer.Id), entry => entry.ObjectType == "delegation_contacts");
        Assert.Equal(
            new ContactsChanged
            {
                Side = Side.Delegate, MainMemberId = zoe, MainPersonId = await PersonOfAsync(zoe), MainAbsences = { request.Main.Absences },
                DeputyMemberId = leo, DeputyPersonId = await PersonOfAsync(leo), DeputyAbsences = { request.Deputy.Absences },
            },
            entry.Event);
        Assert.Equal((1, Guid.Parse(parties.Delegate.Id), 7), (entry.Revision, entry.OrganizationId, entry.ObjectId.Version));
    }

    [PostgresFact]
    public async Task Only_reachable_members_of_the_own_organisation_can_be_named_and_nothing_is_written_otherwise()
    {
        var (parties, open) = await OpenAsync();
        var current = await GetAsync(Of(parties.InsurerSubject), open.Id);
        var (foreign, nameless, mute, anne) = (
            await MemberAsync(parties.Delegate, "Zoé"), await MemberAsync(parties.Insurer, ""), await MemberAsync(parties.Insurer, "Luc", reachable: false),
            await MemberAsync(parties.Insurer, "Anne"));

        await RefusedAsync(parties, Naming(current, foreign, Guid.CreateVersion7().ToString()), ("main.member_id", "MEMBER_UNKNOWN"), ("deputy.member_id", "MEMBER_UNKNOWN"));
        await RefusedAsync(parties, Naming(current, nameless, mute), ("main.member_id", "MEMBER_WITHOUT_NAME"), ("deputy.member_id", "MEMBER_WITHOUT_ADDRESS"));
        await RefusedAsync(parties, Naming(current, anne, anne), ("deputy.member_id", "DEPUTY_IS_MAIN_CONTACT"));
        var request = Naming(current, "x");
        request.Main.Absences.Add(new Absence { StartDay = "2026-02-02", EndDay = "2026-02-01" });
        await RefusedAsync(parties, request, ("main.member_id", "MEMBER_ID_MALFORMED"), ("main.absences[0].end_day", "END_BEFORE_START"));
        await RefusedAsync(
            parties, new SetContactsRequest { DelegationId = "x", Etag = current.Etag }, ("delegation_id", "DELEGATION_ID_MALFORMED"), ("main", "MAIN_REQUIRED"));

        Assert.Equal(current, await GetAsync(Of(parties.InsurerSubject), open.Id));
        Assert.DoesNotContain(await host.EntriesOfAsync(parties.Insurer.Id), entry => entry.ObjectType == "delegation_contacts");
    }

    [PostgresFact]
    public async Task Organisations_that_are_no_party_get_the_answer_for_an_unknown_id()
    {
        var (_, open) = await OpenAsync();
        var others = await TwoParties.RegisterAsync(host);
        foreach (var (organization, subject) in new[] { (others.Insurer, others.InsurerSubject), (others.Delegate, others.DelegateSubject) })
        {
            var request = new SetContactsRequest { Main = new NamedContact { MemberId = await MemberAsync(organization, "Anne") }, Etag = "\"x\"" };
            foreach (var call in new Func<string, Task<RpcException>>[]
            {
                id => TwoParties.RefusedAsync(Of(subject).GetContactsAsync(new GetContactsRequest { DelegationId = id }, deadline: TwoParties.Deadline)),
                id => TwoParties.RefusedAsync(Of(subject).SetContactsAsync(new SetContactsRequest(request) { DelegationId = id }, deadline: TwoParties.Deadline)),
            })
            {
                var (foreign, none) = (await call(open.Id), await call(Guid.CreateVersion7().ToString()));
                Assert.Equal((StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
                Assert.Equal(none.WithoutTraceId(), foreign.WithoutTraceId());
            }
        }
    }

    [PostgresFact]
    public async Task Contacts_are_named_with_the_etag_of_what_was_read_once_the_delegation_is_open()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync();
        var client = Of(parties.InsurerSubject);
        var request = Naming(await GetAsync(client, draft.Id), await MemberAsync(parties.Insurer, "Anne"));
        Assert.Equal("DELEGATION_NOT_OPEN", (await TwoParties.RefusedAsync(client.SetContactsAsync(request, deadline: TwoParties.Deadline))).Reason());

        await parties.OpenAsync(draft);
        await SetAsync(client, request);
        Assert.Equal("ETAG_STALE", (await TwoParties.RefusedAsync(client.SetContactsAsync(request, deadline: TwoParties.Deadline))).Reason());
        request.Etag = "";
        Assert.Equal("ETAG_REQUIRED", (await TwoParties.RefusedAsync(client.SetContactsAsync(request, deadline: TwoParties.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Both_sides_that_name_their_first_at_once_do_not_lose_any()
    {
        var (parties, open) = await OpenAsync();
        var none = await GetAsync(Of(parties.InsurerSubject), open.Id);
        var requests = new[]
        {
            (parties.InsurerSubject, Naming(none, await MemberAsync(parties.Insurer, "Anne"))), (parties.DelegateSubject, Naming(none, await MemberAsync(parties.Delegate, "Zoé"))),
        };

        var made = await Task.WhenAll(requests.Select(async request =>
        {
            try
            {
                await SetAsync(Of(request.Item1), request.Item2);
                return "made";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(["ETAG_STALE", "made"], made.Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_happens_once()
    {
        var (parties, open) = await OpenAsync();
        var request = Naming(await GetAsync(Of(parties.InsurerSubject), open.Id), await MemberAsync(parties.Insurer, "Anne"));
        request.RequestId = Guid.NewGuid().ToString();

        Assert.Equal(await SetAsync(Of(parties.InsurerSubject), request), await SetAsync(Of(parties.InsurerSubject), request));
        Assert.Single(await host.EntriesOfAsync(parties.Insurer.Id), entry => entry.ObjectType == "delegation_contacts");
    }

    private async Task<(TwoParties Parties, V1.Delegation Delegation)> OpenAsync()
    {
        var parties = await TwoParties.RegisterAsync(host);
        return (parties, await parties.OpenAsync());
    }

    private async Task RefusedAsync(TwoParties parties, SetContactsRequest request, params (string Field, string Reason)[] violations)
    {
        var refusal = await TwoParties.RefusedAsync(Of(parties.InsurerSubject).SetContactsAsync(request, deadline: TwoParties.Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(violations, refusal.Violations().Select(violation => (violation.Field, violation.Reason)));
    }

    private V1.Contacts.ContactsClient Of(string subject) => new(host.As(subject));

    private static SetContactsRequest Naming(DelegationContacts current, string main, string? deputy = null) => new()
    {
        DelegationId = current.DelegationId,
        Main = new NamedContact { MemberId = main },
        Deputy = deputy is null ? null : new NamedContact { MemberId = deputy },
        Etag = current.Etag,
    };

    private static async Task<DelegationContacts> GetAsync(V1.Contacts.ContactsClient client, string id) =>
        WithoutToday(await client.GetContactsAsync(new GetContactsRequest { DelegationId = id }, deadline: TwoParties.Deadline));

    private static async Task<DelegationContacts> SetAsync(V1.Contacts.ContactsClient client, SetContactsRequest request) =>
        WithoutToday(await client.SetContactsAsync(request, deadline: TwoParties.Deadline));

    // Midnight may pass between two answers.
    private static DelegationContacts WithoutToday(DelegationContacts contacts)
    {
        var today = ParisDays.DayAt(DateTimeOffset.UtcNow);
        Assert.Contains(contacts.Day, new[] { Day(today), Day(today.AddDays(-1)) });
        return new DelegationContacts(contacts) { Day = "" };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task RemoveAsync(string administrator, string memberId)
    {
        var member = await host.MemberAsync(administrator, Guid.Parse(memberId));
        await host.Members(administrator).RemoveMemberAsync(new RemoveMemberRequest { MemberId = memberId, Etag = member.Etag }, deadline: TwoParties.Deadline);
    }

    private async Task<string> PersonOfAsync(string memberId)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return (await connection.ExecuteScalarAsync<Guid>("SELECT person_id FROM member WHERE member_id = @id", new { id = Guid.Parse(memberId) })).ToString();
    }

    /// <summary>Another member of an organisation, as an invitation makes one.</summary>
    private async Task<string> MemberAsync(Organization organization, string name, bool reachable = true)
    {
        var (id, person) = (Guid.CreateVersion7(), Guid.NewGuid());
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
            VALUES (@owner, @id, @person, 'https://elsewhere.test', @subject, @name, @email, @phone, '{operations}', @now, 1)
            """,
            new
            {
                owner = Guid.Parse(organization.Id), id, person, subject = person.ToString(), name,
                email = reachable ? $"{name}@example.org" : "", phone = reachable ? "+33 1" : "", now = DateTime.UtcNow,
            });
        return id.ToString();
    }
}
