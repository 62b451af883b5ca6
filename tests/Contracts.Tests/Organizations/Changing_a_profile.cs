using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Changing_a_profile(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private readonly string _administrator = People.Somebody();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task What_is_given_changes_and_what_is_left_out_stays()
    {
        var organization = await host.RegisterAsync(_administrator, Kind.Delegate);

        var first = await UpdateAsync(new UpdateOrganizationRequest
        {
            OrganizationId = organization.Id,
            Lei = "r0mu wsfp u8mp ro8k 5p83",
            AcprNumber = "402 0737",
            OriasNumber = "07 000 001",
            ForeignIdentifiers = new() { Items = { new ForeignIdentifier { Country = "BE", Register = "BCE", Value = "0403.170.701" } } },
            Departments = new() { Items = { new Department { Code = "legal", Name = "Direction juridique" }, new Department { Code = "achats", Name = "Achats" } } },
            Etag = organization.Etag,
        });
        var second = await UpdateAsync(new UpdateOrganizationRequest
        {
            OrganizationId = organization.Id, LegalName = "Gestion", Lei = "", Departments = new(), Etag = first.Etag,
        });

        Assert.Equal(
            new Organization(organization)
            {
                Lei = "R0MUWSFPU8MPRO8K5P83",
                AcprNumber = "4020737",
                OriasNumber = "07000001",
                ForeignIdentifiers = { new ForeignIdentifier { Country = "BE", Register = "BCE", Value = "0403.170.701" } },
                Departments = { new Department { Code = "legal", Name = "Direction juridique" }, new Department { Code = "achats", Name = "Achats" } },
                Etag = first.Etag,
            },
            first);
        var expected = new Organization(first) { LegalName = "Gestion", Lei = "", Etag = second.Etag };
        expected.Departments.Clear();
        Assert.Equal(expected, second);
        Assert.Equal(second, await host.Organizations(_administrator).GetOrganizationAsync(
            new GetOrganizationRequest { OrganizationId = organization.Id }, deadline: People.Deadline));
        Assert.Equal(Side.Delegate, second.Side);
        Assert.Equal(
            [(1, organization), (2, first), (3, second)],
            (await host.EntriesOfAsync(organization.Id)).Where(entry => entry.ObjectType == "organization").Select(entry => ((int)entry.Revision, Told(entry))));
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once_in_both_languages_and_nothing_is_written()
    {
        var organization = await host.RegisterAsync(_administrator);
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(host.Organizations(_administrator).UpdateOrganizationAsync(
            new UpdateOrganizationRequest
            {
                OrganizationId = organization.Id,
                LegalName = " ",
                Lei = "R0MUWSFPU8MPRO8K5P84",
                AcprNumber = "4020-737",
                OriasNumber = "1234567",
                ForeignIdentifiers = new()
                {
                    Items =
                    {
                        new ForeignIdentifier { Country = "be", Register = "BCE" },
                        new ForeignIdentifier { Country = "BE", Register = "BCE", Value = "1" },
                        new ForeignIdentifier { Country = "BE", Register = "BCE", Value = "2" },
                    },
                },
                Departments = new() { Items = { new Department { Code = "Legal", Name = "" }, new Department { Code = "it", Name = "IT" }, new Department { Code = "it", Name = "SI" } } },
                Etag = organization.Etag,
            },
            new Metadata { { "accept-language", "fr" } },
            People.Deadline));

        Assert.Equal(
            [
                ("legal_name", "LEGAL_NAME_REQUIRED"), ("lei", "LEI_WRONG_CHECK_DIGITS"), ("acpr_number", "ACPR_NUMBER_MALFORMED"),
                ("orias_number", "ORIAS_NUMBER_MALFORMED"), ("foreign_identifiers.items[0].country", "COUNTRY_MALFORMED"),
                ("foreign_identifiers.items[0].value", "VALUE_REQUIRED"), ("foreign_identifiers.items[2]", "FOREIGN_IDENTIFIER_DUPLICATE"),
                ("departments.items[0].code", "CODE_MALFORMED"), ("departments.items[0].name", "NAME_REQUIRED"),
                ("departments.items[2].code", "DEPARTMENT_DUPLICATE"),
            ],
            refusal.Violations().Select(violation => (violation.Field, violation.Reason)));
        Assert.All(refusal.FieldViolations(), violation => Assert.NotEqual(violation.Description, violation.LocalizedMessage.Message));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_stale_etag_and_a_missing_one_and_a_foreign_organisation_change_nothing()
    {
        var organization = await host.RegisterAsync(_administrator);
        var foreign = await host.RegisterAsync(People.Somebody());
        var request = new UpdateOrganizationRequest { OrganizationId = organization.Id, LegalName = "MGEN Vie", Etag = organization.Etag };
        await UpdateAsync(request);
        var before = await host.RowsAsync();

        var refusals = new List<(StatusCode, string)>();
        foreach (var refused in new[]
        {
            request,
            new UpdateOrganizationRequest(request) { Etag = "" },
            new UpdateOrganizationRequest(request) { OrganizationId = foreign.Id, Etag = foreign.Etag },
            new UpdateOrganizationRequest(request) { OrganizationId = Guid.CreateVersion7().ToString() },
        })
        {
            var refusal = await Refusals.ThrownBy(host.Organizations(_administrator).UpdateOrganizationAsync(refused, deadline: People.Deadline));
            refusals.Add((refusal.StatusCode, refusal.Reason()));
        }

        Assert.Equal(
            [
                (StatusCode.Aborted, "ETAG_STALE"), (StatusCode.FailedPrecondition, "ETAG_REQUIRED"),
                (StatusCode.NotFound, "ORGANIZATION_NOT_FOUND"), (StatusCode.NotFound, "ORGANIZATION_NOT_FOUND"),
            ],
            refusals);
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_changes_nothing()
    {
        var organization = await host.RegisterAsync(_administrator);
        var request = new UpdateOrganizationRequest
        {
            OrganizationId = organization.Id, LegalName = "MGEN Vie", Etag = organization.Etag, RequestId = Guid.NewGuid().ToString(),
        };
        var first = await UpdateAsync(request);
        var before = await host.RowsAsync();

        Assert.Equal(first, await UpdateAsync(request));
        Assert.Equal(before, await host.RowsAsync());
    }

    private static Organization Told(WrittenEntry entry) =>
        entry.Event is OrganizationRegistered registered ? registered.Organization : Assert.IsType<OrganizationUpdated>(entry.Event).Organization;

    private async Task<Organization> UpdateAsync(UpdateOrganizationRequest request) =>
        await host.Organizations(_administrator).UpdateOrganizationAsync(request, deadline: People.Deadline);
}
