using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using State = Delegation.Contracts.V1.Invitation.Types.State;

namespace Delegation.Contracts.Tests.Invitations;

public sealed class Inviting_a_colleague(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private readonly string _administrator = People.Somebody();
    private readonly string _colleague = People.Somebody();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Whoever_holds_the_code_sees_who_invites_and_joins_with_the_roles_of_the_invitation()
    {
        var organization = await host.RegisterAsync(_administrator);
        var invited = await InviteAsync(new CreateMemberInvitationRequest
        {
            Roles = { Role.Signatory, Role.Legal }, Email = "karim.benali@example.org", DisplayName = "Karim Benali", ValidDays = 7,
        });
        Assert.Equal((State.Pending, "karim.benali@example.org"), (invited.Invitation.State, invited.Invitation.Email));
        Assert.Equal(TimeSpan.FromDays(7), invited.Invitation.ExpireTime.ToDateTime() - invited.Invitation.CreateTime.ToDateTime());

        var preview = await host.Invitations(_colleague).PreviewInvitationAsync(new PreviewInvitationRequest { Code = invited.Code.ToLowerInvariant() }, deadline: People.Deadline);
        var joined = await AcceptAsync(_colleague, invited.Code);

        Assert.Equal(
            new InvitationPreview
            {
                Kind = Invitation.Types.Kind.Member, InviterLegalName = "MGEN", InviterSiren = People.Siren, InviterKind = organization.Kind,
                Roles = { Role.Legal, Role.Signatory }, ExpireTime = invited.Invitation.ExpireTime,
            },
            preview);
        Assert.Equal(organization, joined.Organization);
        Assert.Equal(("Karim Benali", "karim.benali@example.org"), (joined.Member.DisplayName, joined.Member.Email));
        Assert.Equal([Role.Legal, Role.Signatory], joined.Member.Roles);
        Assert.Equal(joined.Member, await host.OneselfAsync(_colleague));
        var listed = Assert.Single((await ListAsync(_administrator)).Invitations);
        Assert.Equal(new Invitation(invited.Invitation) { State = State.Accepted, EndTime = listed.EndTime }, listed);
        Assert.NotNull(listed.EndTime);
    }

    [PostgresFact]
    public async Task The_journal_says_what_happened_without_the_code_and_without_names()
    {
        var organization = await host.RegisterAsync(_administrator);
        var invited = await InviteAsync(new CreateMemberInvitationRequest { Roles = { Role.Legal }, Email = "karim.benali@example.org", DisplayName = "Karim Benali" });
        var joined = await AcceptAsync(_colleague, invited.Code);
        var revoked = await InviteAsync(new CreateMemberInvitationRequest { Roles = { Role.Legal } });
        await RevokeAsync(_administrator, revoked.Invitation.Id);

        var entries = (await host.EntriesOfAsync(organization.Id)).Skip(2).ToList();

        Assert.Equal(
            [
                ("invitation", invited.Invitation.Id, 1L, typeof(InvitationCreated)), ("invitation", invited.Invitation.Id, 2L, typeof(InvitationAccepted)),
                ("member", joined.Member.Id, 1L, typeof(MembershipGranted)), ("invitation", revoked.Invitation.Id, 1L, typeof(InvitationCreated)),
                ("invitation", revoked.Invitation.Id, 2L, typeof(InvitationRevoked)),
            ],
            entries.Select(entry => (entry.ObjectType, entry.ObjectId.ToString(), entry.Revision, entry.Event.GetType())));
        Assert.Equal(joined.Member.PersonId, entries[1].PersonId.ToString());
        Assert.DoesNotContain(entries, entry => entry.Event.ToString()!.Contains("arim", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Neither_codes_nor_addresses_are_in_any_log()
    {
        await host.RegisterAsync(_administrator);
        var invited = await InviteAsync(new CreateMemberInvitationRequest { Roles = { Role.Legal }, Email = "karim.benali@example.org" });
        await host.Invitations(_colleague).PreviewInvitationAsync(new PreviewInvitationRequest { Code = invited.Code }, deadline: People.Deadline);
        await AcceptAsync(_colleague, invited.Code);
        await Refusals.ThrownBy(host.Invitations(People.Somebody()).AcceptMembershipAsync(new AcceptMembershipRequest { Code = invited.Code }, deadline: People.Deadline));

        Assert.NotEmpty(host.Logs.Entries);
        Assert.DoesNotContain(host.Logs.Entries, entry => Tells(entry.ToString()));

        bool Tells(string text) => text.Contains(invited.Code, StringComparison.OrdinalIgnoreCase)
            || text.Contains(invited.Code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
            || text.Contains("@example.org", StringComparison.Ordinal);
    }

    /// <summary>A code that is wrong in any way is answered alike, byte by byte but for the trace id.</summary>
    [PostgresFact]
    public async Task A_wrong_code_a_used_one_an_expired_one_and_a_revoked_one_get_the_same_answer_and_write_nothing()
    {
        await host.RegisterAsync(_administrator);
        var used = await InviteAsync();
        await AcceptAsync(_colleague, used.Code);
        var expired = await InviteAsync();
        await ExecuteAsync("UPDATE invitation SET expire_time = create_time WHERE invitation_id = @id", expired.Invitation.Id);
        var revoked = await InviteAsync();
        await RevokeAsync(_administrator, revoked.Invitation.Id);
        var before = await host.RowsAsync();
        var somebody = People.Somebody();

        var answers = new List<Google.Rpc.Status>();
        foreach (var code in new[] { "0000-0000-0000-0000-0000-0000-0000-0000", "nonsense", used.Code, expired.Code, revoked.Code })
        {
            answers.Add((await Refusals.ThrownBy(host.Invitations(somebody).PreviewInvitationAsync(new PreviewInvitationRequest { Code = code }, deadline: People.Deadline))).WithoutTraceId());
            answers.Add((await Refusals.ThrownBy(host.Invitations(somebody).AcceptMembershipAsync(new AcceptMembershipRequest { Code = code }, deadline: People.Deadline))).WithoutTraceId());
            answers.Add((await Refusals.ThrownBy(host.Invitations(_administrator).AcceptDelegationAsync(new AcceptDelegationRequest { Code = code }, deadline: People.Deadline))).WithoutTraceId());
        }

        Assert.Single(answers.Distinct());
        Assert.Equal("There is no such invitation, or it cannot be accepted any more.", answers[0].Message);
        Assert.Equal(before, await host.RowsAsync());
        Assert.Equal(State.Expired, (await ListAsync(_administrator)).Invitations.Single(invitation => invitation.Id == expired.Invitation.Id).State);
    }

    [PostgresFact]
    public async Task Of_people_who_redeem_a_code_at_once_one_joins()
    {
        await host.RegisterAsync(_administrator);
        for (var round = 0; round < 5; round++)
        {
            var invited = await InviteAsync();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                try
                {
                    await AcceptAsync(People.Somebody(), invited.Code);
                    return "joined";
                }
                catch (RpcException refusal)
                {
                    return refusal.Reason();
                }
            }));

            Assert.Equal(["INVITATION_NOT_FOUND", "INVITATION_NOT_FOUND", "INVITATION_NOT_FOUND", "joined"], outcomes.Order(StringComparer.Ordinal));
        }

        Assert.Equal(6, (await host.Members(_administrator).ListMembersAsync(new ListMembersRequest(), deadline: People.Deadline)).Members.Count);
    }

    [PostgresFact]
    public async Task Somebody_who_belongs_already_is_refused_and_the_code_stays_good()
    {
        await host.RegisterAsync(_administrator);
        var invited = await InviteAsync();
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(host.Invitations(_administrator).AcceptMembershipAsync(
            new AcceptMembershipRequest { Code = invited.Code }, deadline: People.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "ALREADY_MEMBER"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(before, await host.RowsAsync());
        await AcceptAsync(_colleague, invited.Code);
    }

    [PostgresFact]
    public async Task A_person_who_was_removed_can_be_invited_again()
    {
        await host.RegisterAsync(_administrator);
        var first = await AcceptAsync(_colleague, (await InviteAsync()).Code);
        await host.Members(_administrator).RemoveMemberAsync(new RemoveMemberRequest { MemberId = first.Member.Id, Etag = first.Member.Etag }, deadline: People.Deadline);

        var second = await AcceptAsync(_colleague, (await InviteAsync()).Code);

        Assert.Equal((first.Member.PersonId, true), (second.Member.PersonId, first.Member.Id != second.Member.Id));
        Assert.Equal(second.Member, await host.OneselfAsync(_colleague));
    }

    [PostgresFact]
    public async Task A_delegation_manager_neither_sees_nor_revokes_invitations_of_colleagues()
    {
        var organization = await host.RegisterAsync(_administrator);
        await host.JoinAsync(organization, _colleague, Role.DelegationManager);
        var invited = await InviteAsync();

        var refusal = await Refusals.ThrownBy(host.Invitations(_colleague).RevokeInvitationAsync(
            new RevokeInvitationRequest { InvitationId = invited.Invitation.Id }, deadline: People.Deadline));

        Assert.Equal((StatusCode.NotFound, "INVITATION_NOT_FOUND"), (refusal.StatusCode, refusal.Reason()));
        Assert.Empty((await ListAsync(_colleague)).Invitations);
    }

    [PostgresFact]
    public async Task What_is_not_pending_any_more_cannot_be_revoked()
    {
        await host.RegisterAsync(_administrator);
        var invited = await InviteAsync();
        var revoked = await RevokeAsync(_administrator, invited.Invitation.Id);
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(host.Invitations(_administrator).RevokeInvitationAsync(
            new RevokeInvitationRequest { InvitationId = invited.Invitation.Id }, deadline: People.Deadline));

        Assert.Equal(State.Revoked, revoked.State);
        Assert.Equal((StatusCode.FailedPrecondition, "INVITATION_NOT_PENDING"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_retry_of_each_command_gets_the_first_answer_the_code_included_and_changes_nothing()
    {
        await host.RegisterAsync(_administrator);
        var invite = new CreateMemberInvitationRequest { Roles = { Role.Legal }, RequestId = Guid.NewGuid().ToString() };
        var invited = await InviteAsync(invite);
        var accept = new AcceptMembershipRequest { Code = invited.Code, RequestId = Guid.NewGuid().ToString() };
        var joined = await host.Invitations(_colleague).AcceptMembershipAsync(accept, deadline: People.Deadline);
        var revoke = new RevokeInvitationRequest { InvitationId = (await InviteAsync()).Invitation.Id, RequestId = Guid.NewGuid().ToString() };
        var revoked = await host.Invitations(_administrator).RevokeInvitationAsync(revoke, deadline: People.Deadline);
        var before = await host.RowsAsync();

        Assert.Equal(invited, await InviteAsync(invite));
        Assert.Equal(joined, await host.Invitations(_colleague).AcceptMembershipAsync(accept, deadline: People.Deadline));
        Assert.Equal(revoked, await host.Invitations(_administrator).RevokeInvitationAsync(revoke, deadline: People.Deadline));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task Refused_requests_name_their_fields_and_write_nothing()
    {
        await host.RegisterAsync(_administrator);
        var before = await host.RowsAsync();

        var refusals = new[]
        {
            await Refusals.ThrownBy(host.Invitations(_administrator).CreateMemberInvitationAsync(new CreateMemberInvitationRequest { ValidDays = 91 }, deadline: People.Deadline)),
            await Refusals.ThrownBy(host.Invitations(_administrator).RevokeInvitationAsync(new RevokeInvitationRequest(), deadline: People.Deadline)),
            await Refusals.ThrownBy(host.Invitations(_administrator).PreviewInvitationAsync(new PreviewInvitationRequest { Code = " " }, deadline: People.Deadline)),
            await Refusals.ThrownBy(host.Invitations(_administrator).AcceptMembershipAsync(new AcceptMembershipRequest { DisplayName = "a\nb" }, deadline: People.Deadline)),
        };

        Assert.Equal(
            ["ROLES_REQUIRED VALID_DAYS_OUT_OF_RANGE", "INVITATION_ID_MALFORMED", "CODE_REQUIRED", "CODE_REQUIRED DISPLAY_NAME_INVISIBLE_CHARACTER"],
            refusals.Select(refusal => string.Join(' ', refusal.Violations().Select(violation => violation.Reason))));
        Assert.Equal(before, await host.RowsAsync());
    }

    private async Task<CreateMemberInvitationResponse> InviteAsync(CreateMemberInvitationRequest? request = null) =>
        await host.Invitations(_administrator).CreateMemberInvitationAsync(request ?? new CreateMemberInvitationRequest { Roles = { Role.Legal } }, deadline: People.Deadline);

    private async Task<AcceptMembershipResponse> AcceptAsync(string subject, string code) =>
        await host.Invitations(subject).AcceptMembershipAsync(new AcceptMembershipRequest { Code = code }, deadline: People.Deadline);

    private async Task<Invitation> RevokeAsync(string subject, string id) =>
        await host.Invitations(subject).RevokeInvitationAsync(new RevokeInvitationRequest { InvitationId = id }, deadline: People.Deadline);

    private async Task<ListInvitationsResponse> ListAsync(string subject) =>
        await host.Invitations(subject).ListInvitationsAsync(new ListInvitationsRequest(), deadline: People.Deadline);

    private async Task ExecuteAsync(string sql, string id)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(sql, new { id = Guid.Parse(id) });
    }
}
