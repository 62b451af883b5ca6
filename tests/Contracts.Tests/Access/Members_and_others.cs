using Dapper;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Access;

/// <summary>Whom a service lets in with a good token.</summary>
public sealed class Members_and_others(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private readonly string _subject = Guid.NewGuid().ToString();

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Whoever_registers_an_organisation_is_its_administrator()
    {
        var organization = await RegisterAsync(_subject, Kind.Delegate);

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var (roles, side) = await connection.QuerySingleAsync<(string, string)>(
            "SELECT array_to_string(roles, ','), side FROM membership WHERE issuer = @Authority AND subject = @_subject AND organization_id = @id",
            new { host.Issuer.Authority, _subject, id = Guid.Parse(organization.Id) });
        Assert.Equal(("administrator", "delegate"), (roles, side));
    }

    [PostgresFact]
    public async Task Somebody_who_belongs_nowhere_and_somebody_removed_a_second_ago_get_the_same_answer()
    {
        var organization = await RegisterAsync(_subject, Kind.Mutual);
        Assert.Equal(organization, await GetAsync(_subject, organization.Id));

        await using (var connection = new NpgsqlConnection(host.Database.AdminConnectionString))
            await connection.ExecuteAsync("DELETE FROM membership WHERE subject = @_subject", new { _subject });

        var removed = await RefusedAsync(_subject, organization.Id);
        var stranger = await RefusedAsync("a stranger", organization.Id);
        Assert.Equal((StatusCode.PermissionDenied, "MEMBERSHIP_REQUIRED"), (removed.StatusCode, removed.Reason()));
        Assert.Equal(Bytes(stranger), Bytes(removed));
    }

    [PostgresFact]
    public async Task The_subject_of_another_issuer_is_another_person()
    {
        var organization = await RegisterAsync(_subject, Kind.Mutual);
        await using (var connection = new NpgsqlConnection(host.Database.AdminConnectionString))
            await connection.ExecuteAsync("UPDATE membership SET issuer = 'https://elsewhere.test' WHERE subject = @_subject", new { _subject });

        Assert.Equal("MEMBERSHIP_REQUIRED", (await RefusedAsync(_subject, organization.Id)).Reason());
    }

    [PostgresFact]
    public async Task A_person_of_several_organisations_names_one_and_naming_a_foreign_one_tells_nothing()
    {
        var first = await RegisterAsync(_subject, Kind.Mutual);
        var second = await RegisterAsync(_subject, Kind.Delegate);
        var foreign = await RegisterAsync("a stranger", Kind.Mutual);

        var unnamed = await RefusedAsync(_subject, first.Id);
        Assert.Equal((StatusCode.FailedPrecondition, "ORGANIZATION_REQUIRED"), (unnamed.StatusCode, unnamed.Reason()));
        Assert.Equal(first, await GetAsync(_subject, first.Id, first.Id));
        Assert.Equal(second, await GetAsync(_subject, second.Id, second.Id));

        var answers = new List<ByteString>();
        foreach (var named in new[] { foreign.Id, Guid.CreateVersion7().ToString(), "nonsense" })
            answers.Add(Bytes(await RefusedAsync(_subject, first.Id, named)));

        Assert.Single(answers.Distinct());
    }

    [PostgresFact]
    public async Task A_call_for_services_is_refused_to_people_and_one_for_people_to_services()
    {
        var organization = await RegisterAsync(_subject, Kind.Mutual);
        var service = new V1.Organizations.OrganizationsClient(host.WithToken(host.Issuer.Token("a-service", ContractsHost.SystemClient)));

        var register = await Refusals.ThrownBy(service.RegisterOrganizationAsync(new RegisterOrganizationRequest(), deadline: Deadline));
        var get = await Refusals.ThrownBy(service.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = organization.Id }, deadline: Deadline));

        Assert.Equal(("MEMBERSHIP_REQUIRED", "MEMBERSHIP_REQUIRED"), (register.Reason(), get.Reason()));
    }

    [PostgresFact]
    public async Task Two_persons_may_use_the_same_request_id_and_each_gets_their_own_answer()
    {
        var request = new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "775685399", RequestId = Guid.NewGuid().ToString() };

        var mine = await Client(_subject).RegisterOrganizationAsync(request, deadline: Deadline);
        var theirs = await Client("a stranger with the same request id").RegisterOrganizationAsync(request, deadline: Deadline);

        Assert.NotEqual(mine.Id, theirs.Id);
    }

    private V1.Organizations.OrganizationsClient Client(string subject, string? organization = null) => new(host.As(subject, organization));

    private async Task<Organization> RegisterAsync(string subject, Kind kind) => await Client(subject).RegisterOrganizationAsync(
        new RegisterOrganizationRequest { Kind = kind, LegalName = "MGEN", Siren = "775685399" }, deadline: Deadline);

    private async Task<Organization> GetAsync(string subject, string id, string? organization = null) =>
        await Client(subject, organization).GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, deadline: Deadline);

    private async Task<RpcException> RefusedAsync(string subject, string id, string? organization = null) =>
        await Refusals.ThrownBy(Client(subject, organization).GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, deadline: Deadline));

    // The whole answer, without the trace id.
    private static ByteString Bytes(RpcException refusal) => refusal.WithoutTraceId().ToByteString();
}
