using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Deciding_on_a_registration
{
    private static readonly Guid Id = Guid.Parse("0198c0de-7a3b-7c4d-8e5f-0123456789ab");
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.FromHours(1));

    [Fact]
    public void An_accepted_organisation_holds_what_was_said_in_its_plain_form()
    {
        var organization = Accepted(Decide(Kind.Mutual, " MGEN ", "775 685 399"));

        Assert.Equal(new OrganizationRow(Id, "mutual", "MGEN", "775685399", Now.UtcDateTime), organization);
        Assert.Equal(DateTimeKind.Utc, organization.CreateTime.Kind);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_fields()
    {
        var violations = Violations(Decide(Kind.Unspecified, "", "552100555"));

        Assert.Equal(
            [("kind", "KIND_REQUIRED"), ("legal_name", "LEGAL_NAME_REQUIRED"), ("siren", "SIREN_WRONG_CHECK_DIGIT")],
            violations.Select(violation => (violation.Field, violation.Reason)));
    }

    [Fact]
    public void A_kind_that_this_version_does_not_know_is_refused() =>
        Assert.Equal("KIND_UNKNOWN", Assert.Single(Violations(Decide((Kind)99, "MGEN", "775685399"))).Reason);

    [Fact]
    public void Every_kind_of_the_contract_has_a_code_and_comes_back_from_it() =>
        Assert.All(
            Enum.GetValues<Kind>().Except([Kind.Unspecified]),
            kind => Assert.Equal(kind, OrganizationKinds.FromCode(Accepted(Decide(kind, "MGEN", "775685399")).Kind)));

    [Fact]
    public void Time_is_cut_to_what_the_database_keeps() =>
        Assert.Equal(
            Now.UtcDateTime.AddMicroseconds(7),
            Accepted(Decide(Kind.Mutual, "MGEN", "775685399", Now.AddMicroseconds(7).AddTicks(9))).CreateTime);

    [Fact]
    public void Every_mistake_is_told_in_both_languages_with_what_to_do_about_it() =>
        Assert.All(
            Violations(Decide(Kind.Unspecified, "", "")).Concat(Violations(Decide((Kind)99, "A\nB", "1"))).Concat(Violations(Decide(Kind.Mutual, new string('a', 201), "x"))),
            violation =>
            {
                Assert.NotEqual(violation.Description.English, violation.Description.French);
                Assert.NotEqual(violation.Remedy!.English, violation.Remedy.French);
            });

    private static Outcome<OrganizationRow> Decide(Kind kind, string legalName, string siren, DateTimeOffset? now = null) =>
        Registration.Decide(new RegisterOrganizationRequest { Kind = kind, LegalName = legalName, Siren = siren }, Id, now ?? Now);

    private static OrganizationRow Accepted(Outcome<OrganizationRow> outcome) => Assert.IsType<Outcome<OrganizationRow>.Accepted>(outcome).Value;

    private static IReadOnlyList<ServiceDefaults.Errors.FieldViolation> Violations(Outcome<OrganizationRow> outcome) =>
        Assert.IsType<Outcome<OrganizationRow>.Invalid>(outcome).Violations;
}
