using Delegation.Access.V1;
using Delegation.Contracts.Onboarding;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Code = Delegation.Contracts.V1.ChecklistItem.Types.Code;

namespace Delegation.Contracts.Tests.Onboarding;

public sealed class Ready_to_contract
{
    private static readonly Role[] Needed = [Role.Signatory, Role.DelegationManager, Role.DataProtectionOfficer, Role.Compliance];

    [Theory]
    [InlineData(Side.Insurer, Code.AcprNumber)]
    [InlineData(Side.Delegate, Code.OriasNumber)]
    public void Each_side_needs_the_number_of_its_register(Side side, Code code)
    {
        var without = Readiness.Of(Facts(side, acpr: "", orias: ""), null, "en");
        var with = Readiness.Of(Facts(side), null, "en");

        Assert.Equal([code], Missing(without));
        Assert.False(without.ReadyToContract);
        Assert.Empty(Missing(with));
        Assert.True(with.ReadyToContract);
    }

    [Fact]
    public void Each_role_that_nobody_has_is_named_and_blocks() => Assert.All(Needed, role =>
    {
        var checklist = Readiness.Of(Facts(Side.Insurer, members: Needed.Except([role]).Append(Role.Administrator)), null, "en");

        Assert.Equal(role.ToString(), Assert.Single(Missing(checklist)).ToString());
        Assert.False(checklist.ReadyToContract);
    });

    [Fact]
    public void A_second_administrator_is_advice()
    {
        var one = Readiness.Of(Facts(Side.Insurer, administrators: 1), null, "en").Items.Single(item => item.Code == Code.SecondAdministrator);
        var two = Readiness.Of(Facts(Side.Insurer, administrators: 2), null, "en").Items.Single(item => item.Code == Code.SecondAdministrator);

        Assert.Equal((false, false, true), (one.Required, one.Done, two.Done));
    }

    [Fact]
    public void An_empty_draft_misses_everything_of_a_delegation() => Assert.Equal(
        [Code.CounterpartAccepted, Code.Product, Code.Population, Code.ContractNumber, Code.MainContact, Code.DeputyContact, Code.OtherSideContacts],
        Missing(Readiness.Of(Facts(Side.Insurer), new DelegationFacts(new V1.Delegation { State = V1.Delegation.Types.State.Draft }, new(), new()), "en")));

    /// <summary>Whatever is there of a delegation, the list and its end say the same as a count by hand.</summary>
    [Fact]
    public void It_is_ready_exactly_when_nothing_that_is_required_is_missing() => Prop.ForAll(
        Gen.Choose(0, 255).ToArbitrary(),
        bits =>
        {
            bool Has(int bit) => (bits & (1 << bit)) != 0;
            var facts = new DelegationFacts(
                new V1.Delegation
                {
                    State = Has(0) ? V1.Delegation.Types.State.Open : V1.Delegation.Types.State.Draft,
                    ReferenceData = new ReferenceData
                    {
                        Products = { Enumerable.Repeat(new Product(), Has(1) ? 1 : 0) },
                        Populations = { Enumerable.Repeat(new Population(), Has(2) ? 2 : 0) },
                        InsurerContracts = { Enumerable.Repeat(new InsurerContract(), Has(3) ? 1 : 0) },
                    },
                },
                new SideContacts { Main = Has(4) ? new Contact() : null, Deputy = Has(5) ? new Contact() : null },
                new SideContacts { Main = Has(6) ? new Contact() : null, Deputy = Has(7) ? new Contact() : null });

            var checklist = Readiness.Of(Facts(Side.Delegate), facts, "en");
            var missing = Enumerable.Range(0, 6).Count(bit => !Has(bit)) + (Has(6) && Has(7) ? 0 : 1);

            return Missing(checklist).Count == missing && checklist.ReadyToContract == (missing == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_item_is_told_in_both_languages()
    {
        var facts = new DelegationFacts(new V1.Delegation(), new(), new());
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var english = Readiness.Of(Facts(side), facts, "en").Items;
            var french = Readiness.Of(Facts(side), facts, "fr").Items;

            Assert.All(english.Zip(french), pair => Assert.NotEqual(pair.First.WhatToDo, pair.Second.WhatToDo));
            Assert.All(english.Concat(french), item => Assert.True(item.Title.Length > 0 && item.WhatToDo.EndsWith('.')));
        }
    }

    [Fact]
    public void Every_code_of_the_contract_is_asked_of_somebody()
    {
        var facts = new DelegationFacts(new V1.Delegation(), new(), new());
        var asked = new[] { Side.Insurer, Side.Delegate }.SelectMany(side => Readiness.Of(Facts(side), facts, "en").Items).Select(item => item.Code);

        Assert.Equal(Enum.GetValues<Code>().Except([Code.Unspecified]), asked.Distinct().Order());
    }

    private static OrganizationFacts Facts(
        Side side, string acpr = "4020737", string orias = "07000001", IEnumerable<Role>? members = null, long administrators = 1) => new(
        new Organization { Side = side, AcprNumber = acpr, OriasNumber = orias },
        (members ?? Needed.Append(Role.Administrator)).ToDictionary(role => role, role => role == Role.Administrator ? administrators : 1));

    private static IReadOnlyList<Code> Missing(Checklist checklist) => [.. checklist.Items.Where(item => item.Required && !item.Done).Select(item => item.Code)];
}
