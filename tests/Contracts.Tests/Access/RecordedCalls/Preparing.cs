using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit.Access;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>What calls of Contracts need around them. Each time it is made anew, so that nobody else knows it.</summary>
internal static class Preparing
{
    public static V1.Organizations.OrganizationsClient Organizations(this Scene scene, Actor actor) => new(scene.As(actor));

    public static V1.Members.MembersClient Members(this Scene scene, Actor actor) => new(scene.As(actor));

    public static V1.Delegations.DelegationsClient Delegations(this Scene scene, Actor actor) => new(scene.As(actor));

    public static V1.Invitations.InvitationsClient Invitations(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A new organisation, by the person who registered it: its administrator, and its only member.</summary>
    public static async Task<Actor> RegisterAsync(this Scene scene, Kind kind = Kind.Mutual, string siren = People.Siren)
    {
        var founder = Scene.Stranger();
        var organization = await scene.Organizations(founder).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = kind, LegalName = "MGEN", Siren = siren }, deadline: People.Deadline);

        return founder with { Organization = Guid.Parse(organization.Id), Side = kind == Kind.Delegate ? Side.Delegate : Side.Insurer };
    }

    /// <summary>The actor as a member.</summary>
    public static async Task<Member> OneselfAsync(this Scene scene, Actor actor)
    {
        var members = await scene.Members(actor).ListMembersAsync(new ListMembersRequest(), deadline: People.Deadline);
        return members.Members.Single(member => member.PersonId == new Person(scene.Issuer.Authority, actor.Subject).Id.ToString());
    }

    /// <summary>Somebody else of the actor's organisation.</summary>
    public static async Task<Member> ColleagueAsync(this Scene scene, Actor actor, params Role[] roles)
    {
        const string Sql =
            """
            INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
            VALUES (@owner, @id, @person, @Issuer, @Subject, '', '', '', @roles, @now, 1)
            """;

        var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
        var person = new Person(scene.Issuer.Authority, Guid.NewGuid().ToString());
        await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            Sql, new { owner = actor.Organization, id, person = person.Id, person.Issuer, person.Subject, roles = roles.Select(role => role.Code()).ToArray(), now });

        return await scene.Members(actor).GetMemberAsync(new GetMemberRequest { MemberId = id.ToString() }, deadline: People.Deadline);
    }

    /// <summary>A draft of the actor's organisation.</summary>
    public static async Task<V1.Delegation> DraftAsync(this Scene scene, Actor inviter) => await scene.Delegations(inviter).CreateDelegationAsync(
        Draft(), deadline: People.Deadline);

    /// <summary>What to draft.</summary>
    public static CreateDelegationRequest Draft() => new()
    {
        Title = "Santé collective", Counterpart = new Counterpart { LegalName = "Gestion Santé", Siren = "552100554" },
    };

    /// <summary>An invitation of the counterpart of a new draft, with its code.</summary>
    public static async Task<CreateDelegationInvitationResponse> InviteAsync(this Scene scene, Actor inviter) =>
        await scene.Invitations(inviter).CreateDelegationInvitationAsync(
            new CreateDelegationInvitationRequest { DelegationId = (await scene.DraftAsync(inviter)).Id }, deadline: People.Deadline);

    /// <summary>An open delegation, with an administrator of each side.</summary>
    public static async Task<(V1.Delegation Delegation, Actor Insurer, Actor Delegate)> OpenDelegationAsync(this Scene scene)
    {
        var (insurer, tpa) = (await scene.RegisterAsync(), await scene.RegisterAsync(Kind.Delegate));
        var draft = await scene.DraftAsync(insurer);
        await using (var connection = new NpgsqlConnection(scene.Database.AdminConnectionString))
            await connection.ExecuteAsync(
                "SELECT open_delegation(@inviter, @id, @invitee, @at)",
                new { inviter = insurer.Organization, id = Guid.Parse(draft.Id), invitee = tpa.Organization, at = DateTime.UtcNow });

        var open = await scene.Delegations(insurer).GetDelegationAsync(new GetDelegationRequest { DelegationId = draft.Id }, deadline: People.Deadline);
        return (open, insurer, tpa);
    }
}
