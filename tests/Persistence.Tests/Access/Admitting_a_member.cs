using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Persistence.Tests.Access;

public sealed class Admitting_a_member
{
    private static readonly Guid Mutual = Guid.CreateVersion7();
    private static readonly Guid Tpa = Guid.CreateVersion7();
    private static readonly Guid Me = Guid.CreateVersion7();

    private static readonly Membership AtMutual = new(Mutual, Me, new HashSet<string> { "legal", "signatory" }, Side.Insurer);
    private static readonly Membership AtTpa = new(Tpa, Me, new HashSet<string> { "administrator" }, Side.Delegate);

    [Fact]
    public void One_of_the_roles_suffices()
    {
        var caller = Admission.Admit(new AccessRule { Roles = { Role.Administrator, Role.Signatory }, Side = Side.Either }, [AtMutual], null);

        Assert.Equal((Mutual, Me, Side.Insurer), (caller.OrganizationId, caller.PersonId, caller.Side));
        Assert.Equal(AtMutual.Roles, caller.Roles);
    }

    [Fact]
    public void Every_role_of_the_closed_list_lets_in_who_has_it_and_nobody_else()
    {
        var roles = Enum.GetValues<Role>().Where(role => role is not (Role.Unspecified or Role.Auditor)).ToArray();
        foreach (var asked in roles)
            foreach (var had in roles)
            {
                var member = AtMutual with { Roles = new HashSet<string> { had.Code() } };
                var rule = new AccessRule { Roles = { asked }, Side = Side.Insurer };
                if (asked == had)
                    Admission.Admit(rule, [member], null);
                else
                    Refused("ROLE_REQUIRED", StatusCode.PermissionDenied, rule, [member]);
            }
    }

    /// <summary>Whoever was invited to audit belongs to the organisation by open missions alone; another role beside makes a member of them.</summary>
    [Fact]
    public void Who_is_an_auditor_and_nothing_else_is_refused_like_a_stranger()
    {
        var auditor = AtMutual with { Roles = new HashSet<string> { Role.Auditor.Code() } };
        foreach (var rule in new[] { new AccessRule { AnyRole = true, Side = Side.Either }, new AccessRule { Roles = { Role.Auditor }, Side = Side.Either } })
            Refused("MEMBERSHIP_REQUIRED", StatusCode.PermissionDenied, rule, [auditor]);

        Admission.Admit(new AccessRule { AnyRole = true, Side = Side.Either }, [auditor with { Roles = new HashSet<string> { Role.Auditor.Code(), Role.Legal.Code() } }], null);
        Assert.Equal(AtMutual.OrganizationId, Admission.Admit(new AccessRule { AnyRole = true, Side = Side.Either }, [auditor with { OrganizationId = Guid.NewGuid() }, AtMutual], null).OrganizationId);
    }

    [Fact]
    public void A_member_on_the_other_side_is_refused()
    {
        Refused("SIDE_REQUIRED", StatusCode.PermissionDenied, new AccessRule { AnyRole = true, Side = Side.Delegate }, [AtMutual]);
        Refused("SIDE_REQUIRED", StatusCode.PermissionDenied, new AccessRule { AnyRole = true, Side = Side.Insurer }, [AtTpa]);
    }

    [Fact]
    public void The_roles_in_one_organisation_do_not_count_in_another()
    {
        var administrators = new AccessRule { Roles = { Role.Administrator }, Side = Side.Either };

        Refused("ROLE_REQUIRED", StatusCode.PermissionDenied, administrators, [AtMutual, AtTpa], Mutual.ToString());
        Assert.Equal(Tpa, Admission.Admit(administrators, [AtMutual, AtTpa], Tpa.ToString()).OrganizationId);
    }

    [Fact]
    public void Somebody_of_several_names_one()
    {
        var anybody = new AccessRule { AnyRole = true, Side = Side.Either };

        Refused("ORGANIZATION_REQUIRED", StatusCode.FailedPrecondition, anybody, [AtMutual, AtTpa]);
        Assert.Equal(Mutual, Admission.Admit(anybody, [AtMutual, AtTpa], Mutual.ToString()).OrganizationId);
    }

    [Theory]
    [InlineData("0198c0de-7a3b-7c4d-8e5f-0123456789ab")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_one_does_not_belong_to_is_answered_as_if_one_belonged_nowhere(string named)
    {
        var anybody = new AccessRule { AnyRole = true, Side = Side.Either };

        Refused("MEMBERSHIP_REQUIRED", StatusCode.PermissionDenied, anybody, []);
        Refused("MEMBERSHIP_REQUIRED", StatusCode.PermissionDenied, anybody, [AtMutual], named);
        Refused("MEMBERSHIP_REQUIRED", StatusCode.PermissionDenied, anybody, [AtMutual, AtTpa], named);
    }

    private static void Refused(string reason, StatusCode status, AccessRule rule, IReadOnlyList<Membership> memberships, string? organization = null)
    {
        var refused = Assert.Throws<RefusedException>(() => Admission.Admit(rule, memberships, organization)).Refusal;

        Assert.Equal((status, reason), (refused.Status, refused.Reason));
    }
}
