using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Google.Protobuf;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Members;

public sealed class Members_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private readonly string _administrator = People.Somebody();
    private readonly string _colleague = People.Somebody();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Everybody_reads_the_members_of_their_organisation_page_by_page()
    {
        var organization = await host.RegisterAsync(_administrator);
        for (var i = 0; i < 4; i++)
            await host.JoinAsync(organization, People.Somebody(), Role.Legal);
        await host.JoinAsync(organization, _colleague, Role.Actuary);
        await host.RegisterAsync(People.Somebody());

        var pages = new List<ListMembersResponse>();
        do
            pages.Add(await host.Members(_colleague).ListMembersAsync(
                new ListMembersRequest { PageSize = 2, PageToken = pages.LastOrDefault()?.NextPageToken ?? "" }, deadline: People.Deadline));
        while (pages[^1].NextPageToken.Length > 0);

        Assert.Equal([2, 2, 2], pages.Select(page => page.Members.Count));
        var members = pages.SelectMany(page => page.Members).ToList();
        Assert.Equal(6, members.Select(member => member.Id).Distinct().Count());
        Assert.Equal(new Person(host.Issuer.Authority, _administrator).Id.ToString(), members[0].PersonId);
        Assert.Equal([Role.Administrator], members[0].Roles);
        Assert.Equal(members[3], await host.MemberAsync(_colleague, Guid.Parse(members[3].Id)));
    }

    [PostgresFact]
    public async Task Wrong_pages_are_refused_naming_both_fields()
    {
        await host.RegisterAsync(_administrator);

        var refusal = await Refusals.ThrownBy(host.Members(_administrator).ListMembersAsync(
            new ListMembersRequest { PageSize = -1, PageToken = "nonsense" }, deadline: People.Deadline));

        Assert.Equal(["PAGE_SIZE_NEGATIVE", "PAGE_TOKEN_MALFORMED"], refusal.Violations().Select(violation => violation.Reason));
    }

    [PostgresFact]
    public async Task One_changes_ones_own_particulars_and_the_journal_does_not_hold_them()
    {
        var organization = await host.RegisterAsync(_administrator);
        var self = await host.OneselfAsync(_administrator);

        var named = await host.Members(_administrator).UpdateMemberAsync(
            new UpdateMemberRequest { MemberId = self.Id, DisplayName = " Claire Martin ", Email = "claire.martin@example.org", Phone = "+33 1 23 45 67 89", Etag = self.Etag },
            deadline: People.Deadline);
        var changed = await host.Members(_administrator).UpdateMemberAsync(
            new UpdateMemberRequest { MemberId = self.Id, Phone = "", Etag = named.Etag }, deadline: People.Deadline);

        Assert.Equal(
            new Member(self) { DisplayName = "Claire Martin", Email = "claire.martin@example.org", Etag = changed.Etag }, changed);
        Assert.Equal(changed, await host.OneselfAsync(_administrator));
        var entries = await host.EntriesOfAsync(organization.Id);
        Assert.Equal([1, 2, 3], entries.Where(entry => entry.ObjectId.ToString() == self.Id).Select(entry => (int)entry.Revision));
        Assert.All(entries, entry => Assert.False(entry.Event.ToByteString().ToStringUtf8().Contains("claire.martin", StringComparison.Ordinal)));
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.ToString().Contains("claire.martin", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Nobody_changes_the_particulars_of_somebody_else()
    {
        var organization = await host.RegisterAsync(_administrator);
        var colleague = await host.MemberAsync(_administrator, await host.JoinAsync(organization, _colleague, Role.Legal));
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(host.Members(_administrator).UpdateMemberAsync(
            new UpdateMemberRequest { MemberId = colleague.Id, DisplayName = "Karim Benali", Etag = colleague.Etag }, deadline: People.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "MEMBER_IS_ANOTHER_PERSON"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task Other_roles_count_from_the_very_next_call_on()
    {
        var organization = await host.RegisterAsync(_administrator, Kind.Delegate);
        var colleague = await host.MemberAsync(_administrator, await host.JoinAsync(organization, _colleague, Role.Legal));
        Assert.Equal("ROLE_REQUIRED", (await Refusals.ThrownBy(SetRolesAsync(_colleague, colleague, Role.Administrator))).Reason());

        var promoted = await SetRolesAsync(_administrator, colleague, Role.Legal, Role.Administrator);
        var demoted = await SetRolesAsync(_colleague, promoted, Role.Legal);

        Assert.Equal([Role.Administrator, Role.Legal], promoted.Roles);
        Assert.Equal("ROLE_REQUIRED", (await Refusals.ThrownBy(SetRolesAsync(_colleague, demoted, Role.Administrator))).Reason());
        var granted = (await host.EntriesOfAsync(organization.Id)).Where(entry => entry.ObjectId.ToString() == colleague.Id && entry.Revision == 2);
        Assert.Equal(
            new MembershipGranted
            {
                Issuer = host.Issuer.Authority, Subject = _colleague, PersonId = colleague.PersonId, Roles = { Role.Administrator, Role.Legal }, Side = Side.Delegate,
            },
            Assert.Single(granted).Event);
    }

    [PostgresFact]
    public async Task A_person_removed_a_second_ago_is_refused()
    {
        var organization = await host.RegisterAsync(_administrator);
        var colleague = await host.MemberAsync(_administrator, await host.JoinAsync(organization, _colleague, Role.Administrator));
        await host.OneselfAsync(_colleague);

        await host.Members(_administrator).RemoveMemberAsync(new RemoveMemberRequest { MemberId = colleague.Id, Etag = colleague.Etag }, deadline: People.Deadline);

        var removed = await Refusals.ThrownBy(host.Members(_colleague).ListMembersAsync(new ListMembersRequest(), deadline: People.Deadline));
        var stranger = await Refusals.ThrownBy(host.Members(People.Somebody()).ListMembersAsync(new ListMembersRequest(), deadline: People.Deadline));
        Assert.Equal((StatusCode.PermissionDenied, "MEMBERSHIP_REQUIRED"), (removed.StatusCode, removed.Reason()));
        Assert.Equal(stranger.WithoutTraceId(), removed.WithoutTraceId());
        var ended = (await host.EntriesOfAsync(organization.Id)).Single(entry => entry.Event is MembershipEnded);
        Assert.Equal((colleague.Id, 2L), (ended.ObjectId.ToString(), ended.Revision));
        Assert.Equal(new MembershipEnded { Issuer = host.Issuer.Authority, Subject = _colleague, PersonId = colleague.PersonId }, ended.Event);
    }

    [PostgresFact]
    public async Task The_last_administrator_can_neither_be_removed_nor_lose_the_role()
    {
        var organization = await host.RegisterAsync(_administrator);
        await host.JoinAsync(organization, _colleague, Role.Legal);
        var last = await host.OneselfAsync(_administrator);
        var before = await host.RowsAsync();

        var removal = await Refusals.ThrownBy(RemoveAsync(_administrator, last));
        var demotion = await Refusals.ThrownBy(SetRolesAsync(_administrator, last, Role.Legal));

        Assert.Equal((StatusCode.FailedPrecondition, "LAST_ADMINISTRATOR"), (removal.StatusCode, removal.Reason()));
        Assert.Equal("LAST_ADMINISTRATOR", demotion.Reason());
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task Of_two_administrators_who_remove_each_other_at_once_one_stays()
    {
        for (var round = 0; round < 10; round++)
        {
            var (first, second) = (People.Somebody(), People.Somebody());
            var organization = await host.RegisterAsync(first);
            var other = await host.MemberAsync(first, await host.JoinAsync(organization, second, Role.Administrator));
            var founder = await host.OneselfAsync(first);

            var reasons = await Task.WhenAll(
                OutcomeAsync(RemoveAsync(first, other)),
                round % 2 == 0 ? OutcomeAsync(RemoveAsync(second, founder)) : OutcomeAsync(SetRolesAsync(second, founder, Role.Legal)));

            Assert.Equal(1, reasons.Count(reason => reason is null));
            Assert.Contains(reasons.Single(reason => reason is not null), new[] { "LAST_ADMINISTRATOR", "MEMBERSHIP_REQUIRED", "ROLE_REQUIRED" });
        }
    }

    [PostgresFact]
    public async Task A_foreign_member_and_an_unknown_one_are_not_found_alike()
    {
        await host.RegisterAsync(_administrator);
        var stranger = People.Somebody();
        await host.RegisterAsync(stranger);
        var foreign = await host.OneselfAsync(stranger);
        var unknown = new Member(foreign) { Id = Guid.CreateVersion7().ToString() };
        var before = await host.RowsAsync();

        Assert.Equal(await AnswersAsync(unknown), await AnswersAsync(foreign));
        Assert.Equal(before, await host.RowsAsync());

        async Task<IReadOnlyList<Google.Rpc.Status>> AnswersAsync(Member member) =>
        [
            (await Refusals.ThrownBy(host.Members(_administrator).GetMemberAsync(new GetMemberRequest { MemberId = member.Id }, deadline: People.Deadline))).WithoutTraceId(),
            (await Refusals.ThrownBy(host.Members(_administrator).UpdateMemberAsync(new UpdateMemberRequest { MemberId = member.Id, Etag = member.Etag }, deadline: People.Deadline))).WithoutTraceId(),
            (await Refusals.ThrownBy(SetRolesAsync(_administrator, member, Role.Legal))).WithoutTraceId(),
            (await Refusals.ThrownBy(RemoveAsync(_administrator, member))).WithoutTraceId(),
        ];
    }

    [PostgresFact]
    public async Task A_stale_etag_changes_nothing()
    {
        var organization = await host.RegisterAsync(_administrator);
        var read = await host.MemberAsync(_administrator, await host.JoinAsync(organization, _colleague, Role.Legal));
        await SetRolesAsync(_administrator, read, Role.Actuary);
        var before = await host.RowsAsync();

        var refusals = new[]
        {
            await Refusals.ThrownBy(SetRolesAsync(_administrator, read, Role.Signatory)),
            await Refusals.ThrownBy(RemoveAsync(_administrator, read)),
            await Refusals.ThrownBy(host.Members(_colleague).UpdateMemberAsync(
                new UpdateMemberRequest { MemberId = read.Id, Phone = "123", Etag = read.Etag }, deadline: People.Deadline)),
        };

        Assert.All(refusals, refusal => Assert.Equal((StatusCode.Aborted, "ETAG_STALE"), (refusal.StatusCode, refusal.Reason())));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_retry_of_each_command_gets_the_first_answer_and_changes_nothing()
    {
        var organization = await host.RegisterAsync(_administrator);
        var colleague = await host.MemberAsync(_administrator, await host.JoinAsync(organization, _colleague, Role.Legal));
        var self = await host.OneselfAsync(_administrator);
        var update = new UpdateMemberRequest { MemberId = self.Id, Phone = "123", Etag = self.Etag, RequestId = Guid.NewGuid().ToString() };
        var roles = new SetMemberRolesRequest { MemberId = colleague.Id, Roles = { Role.Actuary }, Etag = colleague.Etag, RequestId = Guid.NewGuid().ToString() };

        var updated = await host.Members(_administrator).UpdateMemberAsync(update, deadline: People.Deadline);
        var changed = await host.Members(_administrator).SetMemberRolesAsync(roles, deadline: People.Deadline);
        var removal = new RemoveMemberRequest { MemberId = colleague.Id, Etag = changed.Etag, RequestId = Guid.NewGuid().ToString() };
        await host.Members(_administrator).RemoveMemberAsync(removal, deadline: People.Deadline);
        var before = await host.RowsAsync();

        Assert.Equal(updated, await host.Members(_administrator).UpdateMemberAsync(update, deadline: People.Deadline));
        Assert.Equal(changed, await host.Members(_administrator).SetMemberRolesAsync(roles, deadline: People.Deadline));
        await host.Members(_administrator).RemoveMemberAsync(removal, deadline: People.Deadline);
        Assert.Equal(before, await host.RowsAsync());
    }

    private static async Task<string?> OutcomeAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return null;
        }
        catch (RpcException refusal)
        {
            return refusal.Reason();
        }
    }

    private AsyncUnaryCall<Member> SetRolesAsync(string subject, Member member, params Role[] roles) => host.Members(subject).SetMemberRolesAsync(
        new SetMemberRolesRequest { MemberId = member.Id, Roles = { roles }, Etag = member.Etag }, deadline: People.Deadline);

    private AsyncUnaryCall<Google.Protobuf.WellKnownTypes.Empty> RemoveAsync(string subject, Member member) => host.Members(subject).RemoveMemberAsync(
        new RemoveMemberRequest { MemberId = member.Id, Etag = member.Etag }, deadline: People.Deadline);
}
