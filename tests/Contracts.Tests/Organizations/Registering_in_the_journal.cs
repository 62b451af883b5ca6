using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Organizations;

/// <summary>What others learn of a registration.</summary>
public sealed class Registering_in_the_journal(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private readonly string _subject = Guid.NewGuid().ToString();

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(Kind.Mutual, Side.Insurer)]
    [InlineData(Kind.Delegate, Side.Delegate)]
    public async Task A_registration_writes_the_organisation_and_its_administrator(Kind kind, Side side)
    {
        var founder = new Person(host.Issuer.Authority, _subject);
        var organization = await RegisterAsync(kind);

        var entries = await host.EntriesOfAsync(organization.Id);

        Assert.Equal(
            [("organization", 1, Guid.Parse(organization.Id), founder.Id), ("member", 1, Guid.Parse(organization.Id), founder.Id)],
            entries.Select(entry => (entry.ObjectType, entry.Revision, entry.OrganizationId!.Value, entry.PersonId!.Value)));
        Assert.Equal(Guid.Parse(organization.Id), entries[0].ObjectId);
        Assert.Equal(new OrganizationRegistered { Organization = organization }, entries[0].Event);
        Assert.Equal(
            new MembershipGranted
            {
                Issuer = founder.Issuer, Subject = founder.Subject, PersonId = founder.Id.ToString(), Roles = { Role.Administrator }, Side = side,
            },
            entries[1].Event);
        Assert.Equal(7, entries[1].ObjectId.Version);
    }

    [PostgresFact]
    public async Task It_is_sealed_soon()
    {
        var organization = await RegisterAsync(Kind.Mutual);

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await Eventually.Async(async () => 2 == await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM seal WHERE owner_id = @owner", new { owner = Guid.Parse(organization.Id) }));
    }

    private async Task<Organization> RegisterAsync(Kind kind) => await new V1.Organizations.OrganizationsClient(host.As(_subject)).RegisterOrganizationAsync(
        new RegisterOrganizationRequest { Kind = kind, LegalName = "MGEN", Siren = "775685399" }, deadline: Deadline);
}
