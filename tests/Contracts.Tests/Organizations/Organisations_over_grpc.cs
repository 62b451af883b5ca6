using Dapper;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Organisations_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly Metadata InFrench = new() { { "accept-language", "fr-FR,fr;q=0.9,en;q=0.5" } };

    // A person of its own for each test: whoever registers twice belongs to two organisations.
    private readonly string _subject = Guid.NewGuid().ToString();

    private V1.Organizations.OrganizationsClient Client => new(host.As(_subject));

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(Kind.InsuranceCompany)]
    [InlineData(Kind.Mutual)]
    [InlineData(Kind.ProvidentInstitution)]
    [InlineData(Kind.Delegate)]
    public async Task A_registered_organisation_is_read_back_as_it_was_answered(Kind kind)
    {
        var before = DateTime.UtcNow.AddMilliseconds(-1);

        var registered = await RegisterAsync(kind, "  Caisse des dépôts ", "180 020 026");
        var read = await Client.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = registered.Id }, deadline: Deadline);

        Assert.Equal(registered, read);
        Assert.Equal((kind, "Caisse des dépôts", "180020026"), (read.Kind, read.LegalName, read.Siren));
        Assert.InRange(read.CreateTime.ToDateTime(), before, DateTime.UtcNow.AddMilliseconds(1));
    }

    [PostgresFact]
    public async Task Its_id_is_a_uuid_of_version_7()
    {
        var organization = await RegisterAsync(Kind.Mutual, "MGEN", "775685399");

        Assert.Equal(7, Guid.ParseExact(organization.Id, "D").Version);
    }

    [PostgresFact]
    public async Task A_refused_registration_tells_all_mistakes_at_once_and_writes_nothing()
    {
        var before = await CountAsync();

        var refusal = await Refusals.ThrownBy(Client.RegisterOrganizationAsync(
            new RegisterOrganizationRequest { LegalName = "A\nB", Siren = "180020027" }, deadline: Deadline));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal("INVALID_FIELDS", refusal.Reason());
        Assert.Equal(
            [("kind", "KIND_REQUIRED"), ("legal_name", "LEGAL_NAME_INVISIBLE_CHARACTER"), ("siren", "SIREN_WRONG_CHECK_DIGIT")],
            refusal.Violations().Select(violation => (violation.Field, violation.Reason)));
        Assert.Equal(before, await CountAsync());
    }

    [PostgresFact]
    public async Task A_french_caller_reads_what_is_wrong_and_what_to_do_in_french()
    {
        var refusal = await Refusals.ThrownBy(Client.RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "77568539900013" }, InFrench, Deadline));

        var text = Assert.Single(refusal.FieldViolations()).LocalizedMessage;

        Assert.Equal("fr", text.Locale);
        Assert.StartsWith("Un SIREN comporte 9 chiffres ; en voici 14.", text.Message, StringComparison.Ordinal);
        Assert.Contains("SIRET", text.Message, StringComparison.Ordinal);
    }

    /// <summary>Registering claims a SIREN and proves nothing: a second claim must not show that there was a first.</summary>
    [PostgresFact]
    public async Task The_same_siren_may_be_registered_again_and_the_answer_does_not_tell()
    {
        var first = await RegisterAsync(Kind.Mutual, "MGEN", "775685399");
        var second = await RegisterAsync(Kind.Mutual, "MGEN", "775685399");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(new Organization(first) { Id = "", CreateTime = null, Etag = "" }, new Organization(second) { Id = "", CreateTime = null, Etag = "" });
    }

    [PostgresFact]
    public async Task An_unknown_id_and_that_of_another_organisation_are_not_found_alike()
    {
        await RegisterAsync(Kind.Mutual, "MGEN", "775685399");
        var other = await new V1.Organizations.OrganizationsClient(host.As("another person")).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = Kind.Delegate, LegalName = "EDF", Siren = "552081317" }, deadline: Deadline);
        var foreign = await Refusals.ThrownBy(Client.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = other.Id }, deadline: Deadline));

        var refusal = await Refusals.ThrownBy(Client.GetOrganizationAsync(
            new GetOrganizationRequest { OrganizationId = Guid.CreateVersion7().ToString() }, deadline: Deadline));

        Assert.Equal((StatusCode.NotFound, "ORGANIZATION_NOT_FOUND"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal((refusal.Status, refusal.Reason()), (foreign.Status, foreign.Reason()));
    }

    [PostgresTheory]
    [InlineData("")]
    [InlineData("775685399")]
    [InlineData("{0198c0de-7a3b-7c4d-8e5f-0123456789ab}")]
    [InlineData("0198c0de7a3b7c4d8e5f0123456789ab")]
    public async Task A_malformed_id_is_refused_naming_the_field(string id)
    {
        await RegisterAsync(Kind.Mutual, "MGEN", "775685399");
        var refusal = await Refusals.ThrownBy(Client.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = id }, deadline: Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (refusal.StatusCode, refusal.Reason()));
        var violation = Assert.Single(refusal.Violations());
        Assert.Equal(("organization_id", "ORGANIZATION_ID_MALFORMED"), (violation.Field, violation.Reason));
    }

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_registers_nothing()
    {
        var request = new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "775685399", RequestId = Guid.NewGuid().ToString() };
        var first = await Client.RegisterOrganizationAsync(request, deadline: Deadline);
        var before = await CountAsync();

        var again = await Client.RegisterOrganizationAsync(request, deadline: Deadline);

        Assert.Equal(first, again);
        Assert.Equal(before, await CountAsync());
    }

    [PostgresFact]
    public async Task Reading_needs_one_statement_and_registering_one_per_row_one_for_its_entries_and_two_more_to_know_its_retries()
    {
        using var statements = new StatementRecorder();

        var organization = await RegisterAsync(Kind.Mutual, "MGEN", "775685399");
        Assert.Equal(3, Statements().Length);

        await Client.GetOrganizationAsync(new GetOrganizationRequest { OrganizationId = organization.Id }, deadline: Deadline);
        Assert.Equal(4, Statements().Length);

        await Client.RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = Kind.Mutual, LegalName = "MGEN", Siren = "775685399", RequestId = Guid.NewGuid().ToString() }, deadline: Deadline);
        Assert.Equal(9, Statements().Length);

        // Background work has statements of its own, on other tables.
        string[] Statements() =>
            [.. statements.Of(host.Database.Name).Where(sql => sql.StartsWith("CALL act_for", StringComparison.Ordinal)
                || sql.StartsWith("INSERT INTO member", StringComparison.Ordinal) || sql.Contains("append_journal(", StringComparison.Ordinal))];
    }

    private async Task<Organization> RegisterAsync(Kind kind, string legalName, string siren) => await Client.RegisterOrganizationAsync(
        new RegisterOrganizationRequest { Kind = kind, LegalName = legalName, Siren = siren }, deadline: Deadline);

    private async Task<long> CountAsync()
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM organization");
    }
}
