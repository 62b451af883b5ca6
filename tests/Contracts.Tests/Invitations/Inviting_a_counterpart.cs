using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;
using State = Delegation.Contracts.V1.Invitation.Types.State;

namespace Delegation.Contracts.Tests.Invitations;

public sealed class Inviting_a_counterpart(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private const string DelegateSiren = "552100554";

    private readonly string _insurer = People.Somebody();
    private readonly string _delegate = People.Somebody();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_draft_is_nobodys_but_the_inviters_until_it_is_accepted_and_then_it_is_of_both()
    {
        var insurer = await host.RegisterAsync(_insurer);
        var tpa = await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var (draft, invited) = await InviteAsync(_insurer);
        Assert.Equal("DELEGATION_NOT_FOUND", (await Refusals.ThrownBy(GetAsync(_delegate, draft.Id))).Reason());
        Assert.Empty((await host.Delegations(_delegate).ListDelegationsAsync(new ListDelegationsRequest(), deadline: People.Deadline)).Delegations);
        var preview = await host.Invitations(_delegate).PreviewInvitationAsync(new PreviewInvitationRequest { Code = invited.Code }, deadline: People.Deadline);
        Assert.Equal(
            new InvitationPreview
            {
                Kind = Invitation.Types.Kind.Delegation, InviterLegalName = "MGEN", InviterSiren = People.Siren, InviterKind = Kind.Mutual,
                LegalName = "Gestion Santé", Siren = DelegateSiren, ExpireTime = invited.Invitation.ExpireTime,
            },
            preview);

        var opened = await AcceptAsync(_delegate, invited.Code);

        Assert.Equal(V1.Delegation.Types.State.Open, opened.State);
        Assert.Equal((insurer.Id, tpa.Id), (opened.Insurer.OrganizationId, opened.Delegate.OrganizationId));
        Assert.Equal(opened, await GetAsync(_delegate, draft.Id));
        Assert.Equal(opened, await GetAsync(_insurer, draft.Id));
        Assert.Equal(State.Accepted, Assert.Single((await ListAsync(_insurer)).Invitations).State);
        Assert.Empty((await ListAsync(_delegate)).Invitations);
        Assert.Equal([("contacts.name", Side.Insurer), ("contacts.name", Side.Delegate)], await host.OpenWorkAsync(insurer.Id));
        var entries = (await host.EntriesOfAsync(insurer.Id)).Where(entry => entry.ObjectType != "work_item").TakeLast(2).ToList();
        Assert.Equal(
            [("delegation", draft.Id, tpa.Id), ("invitation", invited.Invitation.Id, tpa.Id)],
            entries.Select(entry => (entry.ObjectType, entry.ObjectId.ToString(), entry.OrganizationId.ToString()!)));
        Assert.Equal(new DelegationOpened { Delegation = opened }, entries[0].Event);
        Assert.Equal(new InvitationAccepted { Kind = Invitation.Types.Kind.Delegation }, entries[1].Event);
    }

    [PostgresFact]
    public async Task A_delegate_invites_an_insurer_alike()
    {
        var tpa = await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var insurer = await host.RegisterAsync(_insurer);
        var (draft, invited) = await InviteAsync(_delegate, People.Siren, "MGEN");

        var opened = await AcceptAsync(_insurer, invited.Code);

        Assert.Equal((draft.Id, insurer.Id, tpa.Id), (opened.Id, opened.Insurer.OrganizationId, opened.Delegate.OrganizationId));
    }

    /// <summary>Whether a SIREN is on the platform shows nowhere that the inviter can look.</summary>
    [PostgresFact]
    public async Task What_an_inviter_sees_is_the_same_whether_or_not_the_invited_siren_is_on_the_platform()
    {
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var (here, away) = (await SeenByAsync(DelegateSiren), await SeenByAsync("572104891"));

        Assert.Equal(away, here);

        async Task<IReadOnlyList<string>> SeenByAsync(string siren)
        {
            var inviter = People.Somebody();
            var organization = await host.RegisterAsync(inviter);
            var (draft, invited) = await InviteAsync(inviter, siren);
            var read = await GetAsync(inviter, draft.Id);
            var listed = await ListAsync(inviter);
            var drafts = await host.Delegations(inviter).ListDelegationsAsync(new ListDelegationsRequest(), deadline: People.Deadline);
            var preview = await host.Invitations(inviter).PreviewInvitationAsync(new PreviewInvitationRequest { Code = invited.Code }, deadline: People.Deadline);
            var accepted = (await Refusals.ThrownBy(host.Invitations(inviter).AcceptDelegationAsync(
                new AcceptDelegationRequest { Code = invited.Code }, deadline: People.Deadline))).WithoutTraceId();
            var revoked = await host.Invitations(inviter).RevokeInvitationAsync(
                new RevokeInvitationRequest { InvitationId = invited.Invitation.Id }, deadline: People.Deadline);
            var entries = await host.EntriesOfAsync(organization.Id);

            return [.. new IMessage[] { draft, invited, read, listed, drafts, preview, accepted, revoked }.Concat(entries.Select(entry => entry.Event))
                .Select(message => Plain(message.ToString()!, organization, draft, invited, siren, inviter))];
        }

        static string Plain(string text, Organization organization, V1.Delegation draft, CreateDelegationInvitationResponse invited, string siren, string inviter)
        {
            foreach (var (own, name) in new[]
            {
                (organization.Id, "organization"), (draft.Id, "delegation"), (invited.Invitation.Id, "invitation"), (invited.Code, "code"), (siren, "siren"), (inviter, "inviter"),
            })
                text = text.Replace(own, name, StringComparison.Ordinal);

            // Times, etags and the person are of each round.
            return System.Text.RegularExpressions.Regex.Replace(text, "\"(createTime|updateTime|expireTime|endTime|etag|personId)\": \"(\\\\.|[^\"\\\\])*\"", "$1");
        }
    }

    [PostgresFact]
    public async Task One_organisation_that_two_insurers_invite_has_two_delegations()
    {
        var tpa = await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var second = People.Somebody();
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(second, Kind.InsuranceCompany, "572104891");
        var codes = new[] { (await InviteAsync(_insurer)).Invited.Code, (await InviteAsync(second)).Invited.Code };

        foreach (var code in codes)
            await AcceptAsync(_delegate, code);

        var delegations = (await host.Delegations(_delegate).ListDelegationsAsync(new ListDelegationsRequest(), deadline: People.Deadline)).Delegations;
        Assert.Equal(2, delegations.Count);
        Assert.All(delegations, delegation => Assert.Equal(tpa.Id, delegation.Delegate.OrganizationId));
        Assert.Equal(2, delegations.Select(delegation => delegation.Insurer.OrganizationId).Distinct().Count());
        Assert.Single((await host.Delegations(second).ListDelegationsAsync(new ListDelegationsRequest(), deadline: People.Deadline)).Delegations);
    }

    [PostgresFact]
    public async Task Another_side_and_another_siren_are_refused_with_the_reason_and_the_code_stays_good()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var (otherSide, otherSiren) = (People.Somebody(), People.Somebody());
        await host.RegisterAsync(otherSide, Kind.Mutual, DelegateSiren);
        await host.RegisterAsync(otherSiren, Kind.Delegate, "572104891");
        var (_, invited) = await InviteAsync(_insurer);
        var before = await host.RowsAsync();

        var reasons = new List<string>();
        foreach (var caller in new[] { _insurer, otherSide, otherSiren })
            reasons.Add((await Refusals.ThrownBy(host.Invitations(caller).AcceptDelegationAsync(
                new AcceptDelegationRequest { Code = invited.Code }, deadline: People.Deadline))).Reason());

        Assert.Equal(["INVITATION_FOR_OTHER_SIDE", "INVITATION_FOR_OTHER_SIDE", "INVITATION_FOR_OTHER_SIREN"], reasons);
        Assert.Equal(before, await host.RowsAsync());
        await AcceptAsync(_delegate, invited.Code);
    }

    /// <summary>The database itself opens a delegation with the invited organisation alone, whatever a service would ask it to.</summary>
    [PostgresFact]
    public async Task The_database_lets_no_other_organisation_redeem_the_code()
    {
        await host.RegisterAsync(_insurer);
        var other = await host.RegisterAsync(_delegate, Kind.Delegate, "572104891");
        var (_, invited) = await InviteAsync(_insurer);
        Assert.True(Contracts.Invitations.InvitationCode.TryParse(invited.Code, out var code));

        await using var connection = new NpgsqlConnection(host.Database.ConnectionStringFor("contracts", "contracts"));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("CALL act_for(@id, @id)", new { id = Guid.Parse(other.Id) });

        Assert.False(await connection.ExecuteScalarAsync<bool>("SELECT redeem_delegation_invitation(@Digest, @now)", new { code.Digest, now = DateTime.UtcNow }));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(
            "SELECT open_delegation(@id, @id, @id, @now)", new { id = Guid.Parse(other.Id), now = DateTime.UtcNow }));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [PostgresFact]
    public async Task A_draft_that_is_withdrawn_or_means_another_organisation_leaves_the_code_worth_nothing()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var (withdrawn, first) = await InviteAsync(_insurer);
        await host.Delegations(_insurer).WithdrawDelegationAsync(
            new WithdrawDelegationRequest { DelegationId = withdrawn.Id, Etag = withdrawn.Etag }, deadline: People.Deadline);
        var (changed, second) = await InviteAsync(_insurer);
        await host.Delegations(_insurer).UpdateDelegationAsync(
            new UpdateDelegationRequest
            {
                DelegationId = changed.Id, Title = changed.Title, Counterpart = new Counterpart { LegalName = "Autre", Siren = "572104891" }, Etag = changed.Etag,
            },
            deadline: People.Deadline);
        var before = await host.RowsAsync();

        foreach (var code in new[] { first.Code, second.Code })
        {
            var refusal = await Refusals.ThrownBy(host.Invitations(_delegate).AcceptDelegationAsync(new AcceptDelegationRequest { Code = code }, deadline: People.Deadline));
            Assert.Equal((StatusCode.NotFound, "INVITATION_NOT_FOUND"), (refusal.StatusCode, refusal.Reason()));
        }

        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task Of_two_codes_for_one_draft_redeemed_at_once_one_opens_it()
    {
        await host.RegisterAsync(_insurer);
        var tpas = new[] { People.Somebody(), People.Somebody() };
        foreach (var tpa in tpas)
            await host.RegisterAsync(tpa, Kind.Delegate, DelegateSiren);

        for (var round = 0; round < 5; round++)
        {
            var (draft, invited) = await InviteAsync(_insurer);
            var again = await host.Invitations(_insurer).CreateDelegationInvitationAsync(
                new CreateDelegationInvitationRequest { DelegationId = draft.Id }, deadline: People.Deadline);

            var outcomes = await Task.WhenAll(OutcomeAsync(tpas[0], invited.Code), OutcomeAsync(tpas[1], round % 2 == 0 ? again.Code : invited.Code));

            Assert.Equal(["INVITATION_NOT_FOUND", "opened"], outcomes.Order(StringComparer.Ordinal));
        }

        async Task<string> OutcomeAsync(string subject, string code)
        {
            try
            {
                await AcceptAsync(subject, code);
                return "opened";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }
    }

    [PostgresFact]
    public async Task An_insurer_is_told_that_a_contract_number_in_the_draft_of_a_delegate_is_held_already()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var data = new ReferenceData { InsurerContracts = { new InsurerContract { Number = "SANTE-1", StartDay = "2026-01-01" } } };
        await host.Delegations(_insurer).CreateDelegationAsync(Draft(DelegateSiren, "Gestion Santé", data), deadline: People.Deadline);
        var (_, invited) = await InviteAsync(_delegate, People.Siren, "MGEN", data);
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(host.Invitations(_insurer).AcceptDelegationAsync(new AcceptDelegationRequest { Code = invited.Code }, deadline: People.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "CONTRACT_NUMBER_HELD"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_foreign_draft_and_an_unknown_one_and_an_open_one_cannot_be_shared()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var stranger = People.Somebody();
        await host.RegisterAsync(stranger);
        var (foreign, _) = await InviteAsync(stranger);
        var (open, invited) = await InviteAsync(_insurer);
        await AcceptAsync(_delegate, invited.Code);
        var before = await host.RowsAsync();

        var answers = new List<Google.Rpc.Status>();
        foreach (var id in new[] { foreign.Id, open.Id, Guid.CreateVersion7().ToString() })
            answers.Add((await Refusals.ThrownBy(host.Invitations(_insurer).CreateDelegationInvitationAsync(
                new CreateDelegationInvitationRequest { DelegationId = id }, deadline: People.Deadline))).WithoutTraceId());

        Assert.Single(answers.Distinct());
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_delegation_manager_invites_sees_and_revokes_counterparts()
    {
        var organization = await host.RegisterAsync(_insurer);
        var manager = People.Somebody();
        await host.JoinAsync(organization, manager, Role.DelegationManager);
        var (_, invited) = await InviteAsync(manager);

        Assert.Equal(invited.Invitation, Assert.Single((await ListAsync(manager)).Invitations));
        var revoked = await host.Invitations(manager).RevokeInvitationAsync(new RevokeInvitationRequest { InvitationId = invited.Invitation.Id }, deadline: People.Deadline);
        Assert.Equal(State.Revoked, revoked.State);
    }

    [PostgresFact]
    public async Task A_retry_of_each_command_gets_the_first_answer_and_changes_nothing()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate, DelegateSiren);
        var draft = await host.Delegations(_insurer).CreateDelegationAsync(Draft(DelegateSiren, "Gestion Santé"), deadline: People.Deadline);
        var invite = new CreateDelegationInvitationRequest { DelegationId = draft.Id, RequestId = Guid.NewGuid().ToString() };
        var invited = await host.Invitations(_insurer).CreateDelegationInvitationAsync(invite, deadline: People.Deadline);
        var accept = new AcceptDelegationRequest { Code = invited.Code, RequestId = Guid.NewGuid().ToString() };
        var opened = await host.Invitations(_delegate).AcceptDelegationAsync(accept, deadline: People.Deadline);
        var before = await host.RowsAsync();

        Assert.Equal(invited, await host.Invitations(_insurer).CreateDelegationInvitationAsync(invite, deadline: People.Deadline));
        Assert.Equal(opened, await host.Invitations(_delegate).AcceptDelegationAsync(accept, deadline: People.Deadline));
        Assert.Equal(before, await host.RowsAsync());
    }

    private static CreateDelegationRequest Draft(string siren, string legalName, ReferenceData? data = null) =>
        new() { Title = "Santé collective", Counterpart = new Counterpart { LegalName = legalName, Siren = siren }, ReferenceData = data };

    private async Task<(V1.Delegation Draft, CreateDelegationInvitationResponse Invited)> InviteAsync(
        string subject, string siren = DelegateSiren, string legalName = "Gestion Santé", ReferenceData? data = null)
    {
        var draft = await host.Delegations(subject).CreateDelegationAsync(Draft(siren, legalName, data), deadline: People.Deadline);
        return (draft, await host.Invitations(subject).CreateDelegationInvitationAsync(
            new CreateDelegationInvitationRequest { DelegationId = draft.Id, Email = "karim.benali@example.org" }, deadline: People.Deadline));
    }

    private AsyncUnaryCall<V1.Delegation> GetAsync(string subject, string id) =>
        host.Delegations(subject).GetDelegationAsync(new GetDelegationRequest { DelegationId = id }, deadline: People.Deadline);

    private async Task<V1.Delegation> AcceptAsync(string subject, string code) =>
        await host.Invitations(subject).AcceptDelegationAsync(new AcceptDelegationRequest { Code = code }, deadline: People.Deadline);

    private async Task<ListInvitationsResponse> ListAsync(string subject) =>
        await host.Invitations(subject).ListInvitationsAsync(new ListInvitationsRequest(), deadline: People.Deadline);
}
