using Delegation.Contracts.V1;
using Delegation.TestKit;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>Choosing who does an activity shows which indicators, reports and commitments move.</summary>
public sealed class What_a_line_moves(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Whoever_does_the_929_line_moves_the_noemisation_rate_in_both_reports()
    {
        var agreement = await Agreement.OpenAsync(host);
        var version = await agreement.ProposeAsync(Lines.Of("RAT", "A/R"), Lines.Of("VEI", "I/RA"), Lines.Of("PRE", "A/", toBeDecided: true));

        var impact = await ImpactAsync(agreement, version);

        Assert.Equal(["NOEMISATION_RATE", "LINK_REJECTION_RATE"], impact.Lines[0].IndicatorCodes);
        Assert.Equal([ReportKind.Operational, ReportKind.Technical], impact.Lines[0].Reports);
        Assert.Equal([ScopeParty.Delegate], impact.Lines[0].Responsible.Select(party => party.Party));
        Assert.Equal([ReportKind.WatchBulletin], impact.Lines[1].Reports);
        Assert.Equal((true, 0), (impact.Lines[2].ToBeDecided, impact.Lines[2].Responsible.Count));
        Assert.Equal([2], impact.UndecidedLines);
        Assert.Equal("Taux de noémisation", impact.Indicators.Single(indicator => indicator.Code == "NOEMISATION_RATE").FrenchName);
    }

    [PostgresFact]
    public async Task Every_indicator_of_an_activity_is_known_and_every_indicator_is_moved_by_one()
    {
        var agreement = await Agreement.OpenAsync(host);
        var activities = (await agreement.Scopes().ListActivitiesAsync(new ListActivitiesRequest(), deadline: Agreement.Deadline)).Activities;
        var indicators = (await Changes(agreement).ListIndicatorsAsync(new ListIndicatorsRequest(), deadline: Agreement.Deadline)).Indicators;

        Assert.Equal(activities.SelectMany(activity => activity.Indicators).Distinct().Order(), indicators.Select(indicator => indicator.Code).Order());
        Assert.All(indicators, indicator => Assert.Equal(
            activities.Where(activity => activity.Indicators.Contains(indicator.Code)).Select(activity => activity.Code), indicator.ActivityCodes));
        Assert.Equal(["RAT", "NOE"], indicators.Single(indicator => indicator.Code == "NOEMISATION_RATE").ActivityCodes);
    }

    private async Task<ScopeImpact> ImpactAsync(Agreement agreement, ScopeVersion version) => await Changes(agreement).GetScopeImpactAsync(
        new GetScopeImpactRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id }, deadline: Agreement.Deadline);

    private V1.ScopeChanges.ScopeChangesClient Changes(Agreement agreement) => new(host.As(agreement.Parties.InsurerSubject));
}
