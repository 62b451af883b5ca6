using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using FsCheck;
using FsCheck.Fluent;
using Extent = Delegation.Contracts.V1.ScopeVersion.Types.Extent;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>The rules of lines, without a database.</summary>
public sealed class Lines_of_a_scope
{
    [Fact]
    public void A_line_without_codes_is_for_all_products_and_populations_which_are_written_out()
    {
        var line = Assert.Single(Read(Lines.Of("RAT", "A/R")));

        Assert.Equal(["BASE", "OPTION"], line.ProductCodes);
        Assert.Equal(["CADRES", "RETRAITES"], line.PopulationCodes);
    }

    [Fact]
    public void A_line_shows_which_indicators_move_with_whoever_does_it() =>
        Assert.Equal(["NOEMISATION_RATE", "LINK_REJECTION_RATE"], Assert.Single(Read(Lines.Of("RAT", "A/R"))).Indicators);

    [Theory]
    [InlineData("A/R", true)]
    [InlineData("RA/C", false)]
    [InlineData("RA/R", true)]
    public void A_line_is_delegated_when_the_delegate_does_it(string roles, bool delegated) =>
        Assert.Equal(delegated, Assert.Single(Read(Lines.Of("PRE", roles))).Delegated);

    [Fact]
    public void What_a_sub_delegate_does_is_delegated_and_what_is_to_be_decided_is_not()
    {
        Assert.True(Assert.Single(Read(Lines.Of("PRE", "A/C").With(ScopeParty.SubDelegate, "Atelier de gestion", "R"))).Delegated);
        Assert.False(Assert.Single(Read(Lines.Of("PRE", "A/R", toBeDecided: true))).Delegated);
    }

    [Theory]
    [InlineData("C/R", "ACCOUNTABLE_MISSING")]
    [InlineData("A/RA", "ACCOUNTABLE_SEVERAL")]
    [InlineData("A/C", "RESPONSIBLE_MISSING")]
    [InlineData("C/I", "ACCOUNTABLE_MISSING", "RESPONSIBLE_MISSING")]
    public void A_settled_line_has_one_accountable_party_and_somebody_who_does_it(string roles, params string[] reasons) =>
        Assert.Equal(reasons, Violations(Lines.Of("RAT", roles)).Select(violation => violation.Reason));

    [Fact]
    public void A_regulated_activity_keeps_the_insurer_accountable_and_another_need_not()
    {
        Assert.Equal(("lines[0].assignments", "INSURER_NOT_ACCOUNTABLE"), Only(Violations(Lines.Of("PRE", "I/RA"))));
        Assert.Empty(Violations(Lines.Of("RAT", "I/RA")));
    }

    [Fact]
    public void A_line_that_is_to_be_decided_may_lack_everything() => Assert.Empty(Violations(Lines.Of("PRE", "/", toBeDecided: true), Lines.Of("RAT", "A/", toBeDecided: true)));

    [Fact]
    public void A_sub_delegate_is_never_accountable() => Assert.Equal(
        ("lines[0].assignments[1].roles", "SUB_DELEGATE_ACCOUNTABLE"),
        Only(Violations(Lines.Of("RAT", "C/").With(ScopeParty.SubDelegate, "Atelier de gestion", "RA"))));

    [Fact]
    public void Whoever_is_no_party_of_the_delegation_has_a_name_and_the_two_parties_have_none()
    {
        Assert.Equal(("lines[0].assignments[2].party_name", "PARTY_NAME_REQUIRED"), Only(Violations(Lines.Of("RAT", "A/R").With(ScopeParty.Broker, "", "I"))));
        Assert.Equal(("lines[0].assignments[1].party_name", "PARTY_NAME_UNWANTED"), Only(Violations(Lines.Of("RAT", "A/").With(ScopeParty.Delegate, "Gestion Santé", "R"))));
    }

    [Fact]
    public void All_mistakes_of_all_lines_are_told_at_once()
    {
        var wrong = new ScopeLine
        {
            ActivityCode = "XYZ",
            ProductCodes = { "BASE", "BASE", "NONE" },
            PopulationCodes = { "NOBODY" },
            Assignments = { new RaciAssignment(), new RaciAssignment { Party = (ScopeParty)99, Roles = { (RaciRole)99, RaciRole.Accountable, RaciRole.Accountable } } },
            Note = new string('n', 501),
        };

        Assert.Equal(
            [
                ("lines[1].activity_code", "ACTIVITY_UNKNOWN"),
                ("lines[1].product_codes[1]", "PRODUCT_REPEATED"),
                ("lines[1].product_codes[2]", "PRODUCT_UNKNOWN"),
                ("lines[1].population_codes[0]", "POPULATION_UNKNOWN"),
                ("lines[1].assignments[0].party", "PARTY_REQUIRED"),
                ("lines[1].assignments[0].roles", "RACI_ROLES_REQUIRED"),
                ("lines[1].assignments[1].party", "PARTY_UNKNOWN"),
                ("lines[1].assignments[1].roles[0]", "RACI_ROLE_UNKNOWN"),
                ("lines[1].assignments[1].roles[2]", "RACI_ROLE_REPEATED"),
                ("lines[1].assignments", "RESPONSIBLE_MISSING"),
                ("lines[1].note", "NOTE_TOO_LONG"),
                ("lines[2].activity_code", "ACTIVITY_REQUIRED"),
                ("lines[3].assignments[2].party", "PARTY_REPEATED"),
            ],
            Violations(Lines.Of("RAT", "A/R"), wrong, Lines.Of(" ", "A/R"), Lines.Of("PRE", "A/R").With(ScopeParty.Delegate, "", "I"))
                .Select(violation => (violation.Field, violation.Reason)));
    }

    [Fact]
    public void An_activity_stands_once_for_a_product_and_population()
    {
        Assert.Empty(Violations(Lines.Of("RAT", "A/R").For("BASE", "CADRES"), Lines.Of("RAT", "RA/I").For("OPTION", "CADRES"), Lines.Of("RAT", "A/R").For("BASE", "RETRAITES")));
        Assert.Equal(
            ("lines[1].activity_code", "LINE_REPEATED"),
            Only(Violations(Lines.Of("RAT", "A/R").For("BASE", "CADRES"), Lines.Of("RAT", "RA/I").For("BASE OPTION", "RETRAITES CADRES"))));
    }

    [Fact]
    public void Five_hundred_lines_are_kept_and_one_more_is_not()
    {
        var many = Enumerable.Repeat(Lines.Of("RAT", "A/R"), 501).ToArray();

        Assert.Equal(("lines", "LINES_TOO_MANY"), Only(Violations(many)));
        Assert.DoesNotContain(Violations(many[..500]), violation => violation.Reason == "LINES_TOO_MANY");
    }

    [Fact]
    public void Every_mistake_is_told_in_both_languages() => Assert.All(
        Violations(new ScopeLine { Assignments = { new RaciAssignment(), new RaciAssignment { Party = ScopeParty.SubDelegate, Roles = { RaciRole.Accountable } } } }, Lines.Of("PRE", "I/RA"), Lines.Of("PRE", "AR/A")),
        violation =>
        {
            Assert.NotEqual(violation.Description.English, violation.Description.French);
            Assert.NotEqual(violation.Remedy!.English, violation.Remedy.French);
        });

    /// <summary>Whatever people write: what is accepted has exactly one accountable party, and it is the insurer where the law says so.</summary>
    [Fact]
    public void Accepted_lines_have_exactly_one_accountable_party_and_at_least_one_responsible() => Prop.ForAll(Any, line =>
    {
        var violations = new List<FieldViolation>();
        var read = LineRules.Read([line], Lines.Trade, Lines.Coverage, violations);
        if (violations.Count > 0 || line.ToBeDecided)
            return true;

        var accountable = read[0].Assignments.Where(assignment => assignment.Roles.Contains(RaciRole.Accountable)).ToArray();
        return accountable.Length == 1
            && accountable[0].Party != ScopeParty.SubDelegate
            && (accountable[0].Party == ScopeParty.Insurer || line.ActivityCode == "RAT")
            && read[0].Assignments.Any(assignment => assignment.Roles.Contains(RaciRole.Responsible));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_scope_is_full_when_all_that_the_trade_delegates_in_full_is_delegated_everywhere()
    {
        Assert.Equal(Extent.Full, ExtentOf(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/R"), Lines.Of("OFF", "RA/C")));
        Assert.Equal(Extent.Full, ExtentOf(Lines.Of("PRE", "A/R").For("BASE"), Lines.Of("PRE", "RA/R").For("OPTION"), Lines.Of("RAT", "A/R")));
        Assert.Equal(Extent.Partial, ExtentOf(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "RA/I")));
        Assert.Equal(Extent.Partial, ExtentOf(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/R", toBeDecided: true)));
        Assert.Equal(Extent.Partial, ExtentOf(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/R").For("BASE")));
        Assert.Equal(Extent.Partial, ExtentOf(Lines.Of("PRE", "A/R")));
    }

    private static Arbitrary<ScopeLine> Any { get; } = (
        from activity in Gen.Elements("PRE", "RAT", "OFF")
        from decided in Gen.Elements(true, true, true, false)
        from parties in Gen.SubListOf(Enum.GetValues<ScopeParty>())
        from roles in Gen.SubListOf(Enum.GetValues<RaciRole>()).ArrayOf(parties.Count)
        select new ScopeLine
        {
            ActivityCode = activity,
            ToBeDecided = !decided,
            Assignments =
            {
                parties.Select((party, place) => new RaciAssignment
                {
                    Party = party,
                    PartyName = party > ScopeParty.Delegate ? "Un intervenant" : "",
                    Roles = { roles[place] },
                }),
            },
        }).ToArbitrary();

    private static Extent ExtentOf(params ScopeLine[] lines) => ScopeExtent.Of(Read(lines), Lines.Trade);

    private static IReadOnlyList<ScopeLine> Read(params ScopeLine[] lines)
    {
        var violations = new List<FieldViolation>();
        var read = LineRules.Read(lines, Lines.Trade, Lines.Coverage, violations);
        Assert.Empty(violations);
        return read;
    }

    private static List<FieldViolation> Violations(params ScopeLine[] lines)
    {
        var violations = new List<FieldViolation>();
        LineRules.Read(lines, Lines.Trade, Lines.Coverage, violations);
        return violations;
    }

    private static (string Field, string Reason) Only(IReadOnlyList<FieldViolation> violations)
    {
        var violation = Assert.Single(violations);
        return (violation.Field, violation.Reason);
    }
}
