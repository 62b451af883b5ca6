using Delegation.Access.V1;
using Delegation.Persistence.Access;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Persistence.Tests.Access;

public sealed class Persons_and_roles
{
    [Fact]
    public void The_same_issuer_and_subject_are_the_same_person_and_any_others_are_not() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((one, two, three) =>
        {
            Person[] persons = [new(one.Get, two.Get), new(one.Get, three.Get), new(three.Get, two.Get), new(one.Get, two.Get)];
            return persons.All(person => persons.All(other => person.Id == other.Id == (person == other)));
        }));

    [Fact]
    public void Where_the_issuer_ends_matters() => Assert.NotEqual(new Person("https://a", "b").Id, new Person("https://ab", "").Id);

    /// <summary>Kept in databases: another way of making it would make strangers of everybody.</summary>
    [Fact]
    public void The_id_of_a_person_stays_what_it_is()
    {
        var id = new Person("https://issuer.test", "claire").Id;

        Assert.Equal(8, id.Version);
        Assert.Equal(new Guid("4b3805b6-83f1-8d95-8736-0c67a9610771"), id);
    }

    [Fact]
    public void A_person_shows_no_subject() => Assert.DoesNotContain("claire", new Person("https://issuer.test", "claire").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Every_role_has_a_code_and_comes_back_from_it()
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Unspecified))
        {
            Assert.True(RoleCodes.TryParse(role.Code(), out var back));
            Assert.Equal(role, back);
        }

        Assert.Equal("data_protection_officer", Role.DataProtectionOfficer.Code());
        Assert.False(RoleCodes.TryParse(RoleCodes.System, out _));
        Assert.False(Role.Unspecified.IsKnown());
        Assert.False(((Role)99).IsKnown());
    }
}
