using Delegation.Persistence.Migrations;
using Delegation.Persistence.Provisioning;

namespace Delegation.Persistence.Tests.Provisioning;

public sealed class Names_of_databases_and_roles
{
    [Fact]
    public void Roles_are_named_after_the_service_and_so_is_the_database_unless_told_otherwise()
    {
        var roles = new ServiceRoles("contracts");

        Assert.Equal(("contracts_owner", "contracts", "contracts_system"), (roles.Owner, roles.Request, roles.System));
        Assert.Equal("contracts", new ServiceDatabase("contracts", MigrationSet.Create([]), "secret").Name);
        Assert.Equal("elsewhere", new ServiceDatabase("contracts", MigrationSet.Create([]), "secret", name: "elsewhere").Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Contracts")]
    [InlineData("1contracts")]
    [InlineData("contracts; DROP ROLE postgres")]
    [InlineData("con\"tracts")]
    [InlineData("contracts\n")]
    [InlineData("a_name_of_more_than_forty_characters_is_too_long")]
    public void A_name_that_would_need_quoting_is_refused(string service) => Assert.Throws<ArgumentException>(() => new ServiceRoles(service));
}
