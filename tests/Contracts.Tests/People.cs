using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests;

/// <summary>Organisations and people for tests, and what they call.</summary>
internal static class People
{
    public const string Siren = "775685399";

    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    /// <summary>A subject that nobody else is.</summary>
    public static string Somebody() => $"somebody {Guid.NewGuid()}";

    /// <summary>An organisation with somebody as its administrator.</summary>
    public static async Task<Organization> RegisterAsync(this ContractsHost host, string subject, Kind kind = Kind.Mutual, string siren = Siren) =>
        await host.Organizations(subject).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = kind, LegalName = "MGEN", Siren = siren }, deadline: Deadline);

    /// <summary>Somebody belongs to an organisation from now on, without an invitation.</summary>
    public static async Task<Guid> JoinAsync(this ContractsHost host, Organization organization, string subject, params Role[] roles)
    {
        const string Sql =
            """
            INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
            VALUES (@owner, @id, @person, @Issuer, @subject, '', '', '', @roles, @now, 1)
            """;

        var now = DateTime.UtcNow;
        var id = Guid.CreateVersion7(now);
        var person = new Person(host.Issuer.Authority, subject);
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(Sql, new
        {
            owner = Guid.Parse(organization.Id), id, person = person.Id, person.Issuer, subject, roles = roles.Select(role => role.Code()).ToArray(), now,
        });
        return id;
    }

    public static V1.Organizations.OrganizationsClient Organizations(this ContractsHost host, string subject) => new(host.As(subject));

    public static V1.Members.MembersClient Members(this ContractsHost host, string subject) => new(host.As(subject));

    public static V1.Invitations.InvitationsClient Invitations(this ContractsHost host, string subject) => new(host.As(subject));

    public static V1.Delegations.DelegationsClient Delegations(this ContractsHost host, string subject) => new(host.As(subject));

    public static async Task<Member> MemberAsync(this ContractsHost host, string subject, Guid id) =>
        await host.Members(subject).GetMemberAsync(new GetMemberRequest { MemberId = id.ToString() }, deadline: Deadline);

    /// <summary>How the caller is a member.</summary>
    public static async Task<Member> OneselfAsync(this ContractsHost host, string subject)
    {
        var members = await host.Members(subject).ListMembersAsync(new ListMembersRequest(), deadline: Deadline);
        var person = new Person(host.Issuer.Authority, subject).Id.ToString();
        return members.Members.Single(member => member.PersonId == person);
    }
}
