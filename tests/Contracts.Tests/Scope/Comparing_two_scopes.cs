using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;
using Kind = Delegation.Contracts.V1.ScopeDifference.Types.Kind;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>How two validated scopes differ, without a database.</summary>
public sealed class Comparing_two_scopes
{
    [Fact]
    public void A_line_that_moves_from_one_party_to_the_other_is_told_party_by_party()
    {
        var difference = Assert.Single(Compare([Of("RAT", "RA/I")], [Of("RAT", "A/R")]));

        Assert.Equal((Kind.Changed, "RAT"), (difference.Kind, difference.ActivityCode));
        Assert.Equal(["NOEMISATION_RATE", "LINK_REJECTION_RATE"], difference.IndicatorCodes);
        Assert.Equal(
            [
                new PartyChange { Party = ScopeParty.Insurer, FormerRoles = { RaciRole.Responsible, RaciRole.Accountable }, Roles = { RaciRole.Accountable } },
                new PartyChange { Party = ScopeParty.Delegate, FormerRoles = { RaciRole.Informed }, Roles = { RaciRole.Responsible } },
            ],
            difference.Parties);
    }

    [Fact]
    public void Lines_that_came_and_went_are_told_with_what_they_were()
    {
        var differences = Compare([Of("PRE", "A/R")], [Of("RAT", "A/R")]);

        Assert.Equal([(Kind.Removed, "PRE"), (Kind.Added, "RAT")], differences.Select(difference => (difference.Kind, difference.ActivityCode)));
        Assert.All(differences[0].Parties, party => Assert.Empty(party.Roles));
        Assert.All(differences[1].Parties, party => Assert.Empty(party.FormerRoles));
    }

    [Fact]
    public void A_line_that_was_to_be_decided_and_is_settled_has_changed()
    {
        var difference = Assert.Single(Compare([Of("RAT", "A/", toBeDecided: true)], [Of("RAT", "A/R")]));

        Assert.Equal((Kind.Changed, true, false), (difference.Kind, difference.FormerlyToBeDecided, difference.ToBeDecided));
        Assert.Equal(ScopeParty.Delegate, Assert.Single(difference.Parties).Party);
    }

    [Fact]
    public void Only_the_population_that_changed_is_told()
    {
        var difference = Assert.Single(Compare(
            [Of("RAT", "RA/I")],
            [Lines.Of("RAT", "RA/I").For("BASE OPTION", "CADRES"), Lines.Of("RAT", "A/R").For("BASE OPTION", "RETRAITES")]));

        Assert.Equal(["BASE", "OPTION"], difference.ProductCodes);
        Assert.Equal(["RETRAITES"], difference.PopulationCodes);
    }

    [Fact]
    public void How_an_agreement_is_cut_into_lines_and_what_is_remarked_does_not_count()
    {
        var cut = new[] { Lines.Of("RAT", "A/R").For("BASE", "CADRES RETRAITES"), Lines.Of("RAT", "A/R").For("OPTION", "RETRAITES"), Lines.Of("RAT", "A/R").For("OPTION", "CADRES") };
        cut[0].Note = "Une remarque.";

        Assert.Empty(Compare([Of("RAT", "A/R")], cut));
    }

    [Fact]
    public void A_sub_delegate_is_told_by_name()
    {
        var difference = Assert.Single(Compare(
            [Of("RAT", "A/R").With(ScopeParty.SubDelegate, "Atelier Nord", "R")], [Of("RAT", "A/R").With(ScopeParty.SubDelegate, "Atelier Sud", "R")]));

        Assert.Equal(["Atelier Nord", "Atelier Sud"], difference.Parties.Select(party => party.PartyName));
    }

    /// <summary>Whatever two scopes are: the former with the differences is the latter, and nothing is told twice.</summary>
    [Fact]
    public void The_former_scope_with_the_differences_is_the_latter() => Prop.ForAll(Two, two =>
    {
        var differences = Compare(two.Former, two.Latter);
        var cells = Cells(two.Former);
        foreach (var difference in differences)
            foreach (var cell in CellsOf(difference))
            {
                var was = cells.GetValueOrDefault(cell);
                if ((difference.Kind == Kind.Added) != (was is null))
                    return false;

                if (difference.Kind == Kind.Removed)
                    cells.Remove(cell);
                else
                    cells[cell] = Applied(was, difference);
            }

        var wanted = Cells(two.Latter);
        return cells.Count == wanted.Count && cells.All(entry => wanted.TryGetValue(entry.Key, out var line) && line.Equals(entry.Value));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_scope_compared_with_itself_has_no_difference_and_the_other_way_round_has_as_many() => Prop.ForAll(Two, two =>
        Compare(two.Former, two.Former).Count == 0
        && Compare(two.Former, two.Latter).SelectMany(CellsOf).Order().SequenceEqual(Compare(two.Latter, two.Former).SelectMany(CellsOf).Order()))
        .QuickCheckThrowOnFailure();

    private static ScopeLine Applied(ScopeLine? was, ScopeDifference difference)
    {
        var roles = was?.Assignments.ToDictionary(assignment => (assignment.Party, assignment.PartyName), assignment => assignment.Roles.ToArray()) ?? [];
        foreach (var party in difference.Parties)
        {
            Assert.Equal(party.FormerRoles, roles.GetValueOrDefault((party.Party, party.PartyName), []));
            roles[(party.Party, party.PartyName)] = [.. party.Roles];
        }

        return new ScopeLine
        {
            ToBeDecided = difference.ToBeDecided,
            Assignments =
            {
                roles.Where(entry => entry.Value.Length > 0).OrderBy(entry => entry.Key)
                    .Select(entry => new RaciAssignment { Party = entry.Key.Party, PartyName = entry.Key.PartyName, Roles = { entry.Value } }),
            },
        };
    }

    private static IEnumerable<(string, string, string)> CellsOf(ScopeDifference difference) =>
        from product in difference.ProductCodes
        from population in difference.PopulationCodes
        select (difference.ActivityCode, product, population);

    private static Dictionary<(string, string, string), ScopeLine> Cells(IEnumerable<ScopeLine> lines) => (
        from line in lines
        from product in line.ProductCodes
        from population in line.PopulationCodes
        select (line, Cell: (line.ActivityCode, product, population))).ToDictionary(entry => entry.Cell, entry => new ScopeLine
        {
            ToBeDecided = entry.line.ToBeDecided,
            Assignments = { entry.line.Assignments.OrderBy(assignment => assignment.Party) },
        });

    private static Arbitrary<(ScopeLine[] Former, ScopeLine[] Latter)> Two { get; } = (
        from former in Scope
        from latter in Scope
        select (former, latter)).ToArbitrary();

    // Up to one line for each cell, so that no cell stands on two lines.
    private static Gen<ScopeLine[]> Scope =>
        from cells in Gen.SubListOf(
            from activity in new[] { "PRE", "RAT" }
            from product in new[] { "BASE", "OPTION" }
            from population in new[] { "CADRES", "RETRAITES" }
            select (activity, product, population))
        from roles in Gen.Elements("A/R", "RA/I", "RA/C", "A/").ArrayOf(cells.Count)
        from decided in Gen.Elements(true, true, false).ArrayOf(cells.Count)
        select cells.Select((cell, place) => Lines.Of(cell.activity, roles[place], !decided[place]).For(cell.product, cell.population)).ToArray();

    private static ScopeLine Of(string activity, string roles, bool toBeDecided = false) => Lines.Of(activity, roles, toBeDecided).For("BASE OPTION", "CADRES RETRAITES");

    private static IReadOnlyList<ScopeDifference> Compare(IReadOnlyList<ScopeLine> former, IReadOnlyList<ScopeLine> latter) => ScopeComparing.Compare(former, latter, Lines.Trade);
}
