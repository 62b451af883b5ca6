using Delegation.Access.V1;
using Delegation.Contracts.Members;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Tests.Members;

public sealed class Deciding_on_members
{
    private readonly List<FieldViolation> _violations = [];

    [Theory]
    [InlineData("claire.martin@example.org")]
    [InlineData("c+d@exemple.fr")]
    [InlineData("éloïse@exemple.fr")]
    [InlineData("")]
    public void Usual_addresses_are_accepted(string email)
    {
        Assert.Equal(email, Particulars.ReadEmail("email", $" {email} ", _violations));
        Assert.Empty(_violations);
    }

    [Theory]
    [InlineData("claire.martin")]
    [InlineData("@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("claire martin@example.org")]
    [InlineData("a@example")]
    [InlineData("a@example..org")]
    [InlineData("a@.org")]
    [InlineData("a\u202Eb@example.org")]
    [InlineData("Claire <claire@example.org>")]
    [InlineData("a@example.org,b@example.org")]
    public void What_is_no_address_is_refused(string email)
    {
        Particulars.ReadEmail("email", email, _violations);
        Assert.Equal("EMAIL_MALFORMED", Assert.Single(_violations).Reason);
    }

    [Fact]
    public void An_address_has_254_characters_at_most()
    {
        Particulars.ReadEmail("email", $"{new string('a', 242)}@example.org", _violations);
        Assert.Empty(_violations);
        Particulars.ReadEmail("email", $"{new string('a', 243)}@example.org", _violations);
        Assert.Single(_violations);
    }

    [Theory]
    [InlineData("+33 1 23 45 67 89", true)]
    [InlineData("01.23.45.67.89", true)]
    [InlineData("(0)1-23-45", true)]
    [InlineData("15", false)]
    [InlineData("33+123", false)]
    [InlineData("call me", false)]
    [InlineData("123456789012345678901", false)]
    public void Telephone_numbers_are_read_as_people_write_them(string phone, bool accepted)
    {
        Assert.Equal(phone, Particulars.ReadPhone("phone", phone, _violations));
        Assert.Equal(accepted, _violations.Count == 0);
    }

    [Fact]
    public void Roles_are_kept_once_each_in_the_order_of_the_list() =>
        Assert.Equal(["administrator", "legal", "signatory"], MemberRoles.Read([Role.Signatory, Role.Administrator, Role.Legal, Role.Signatory], _violations));

    [Fact]
    public void No_role_and_unknown_ones_are_refused_each_by_its_place()
    {
        MemberRoles.Read([], _violations);
        MemberRoles.Read([Role.Legal, Role.Unspecified, (Role)99], _violations);

        Assert.Equal(
            [("roles", "ROLES_REQUIRED"), ("roles[1]", "ROLE_UNKNOWN"), ("roles[2]", "ROLE_UNKNOWN")],
            _violations.Select(violation => (violation.Field, violation.Reason)));
    }

    [Theory]
    [InlineData(1, true, false, false)]
    [InlineData(1, true, true, true)]
    [InlineData(2, true, false, true)]
    [InlineData(1, false, false, true)]
    public void The_last_administrator_stays_one(long administrators, bool isOne, bool staysOne, bool accepted)
    {
        var member = MemberRow.Joining(Guid.CreateVersion7(), new Person("issuer", "subject"), [isOne ? "administrator" : "legal"], DateTimeOffset.UnixEpoch);
        var etag = Etag.Of(member.MemberId, 1);

        var changed = MemberChanges.SetRoles(
            member, administrators, new SetMemberRolesRequest { Roles = { staysOne ? Role.Administrator : Role.Actuary }, Etag = etag });
        Assert.Equal(accepted, changed is Outcome<MemberRow>.Accepted { Value.Revision: 2 });

        var removed = MemberChanges.Remove(member, administrators, new RemoveMemberRequest { Etag = etag });
        Assert.Equal(administrators > 1 || !isOne, removed is Outcome<MemberRow>.Accepted { Value.Revision: 2 });
    }

    [Fact]
    public void A_row_prints_neither_name_nor_address() =>
        Assert.DoesNotContain("claire", new MemberRow(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "issuer", "claire", "claire", "claire@example.org", "", "legal", default, 1).ToString(), StringComparison.Ordinal);
}
