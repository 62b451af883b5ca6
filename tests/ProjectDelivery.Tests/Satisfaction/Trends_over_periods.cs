using System.Globalization;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Satisfaction;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Satisfaction.PreparingSatisfaction;
using Direction = Delegation.Delivery.V1.MeasureTrend.Types.Direction;
using Measure = Delegation.Delivery.V1.MeasureTrend.Types.Measure;

namespace Delegation.ProjectDelivery.Tests.Satisfaction;

public sealed class Trends_over_periods(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [Fact]
    public void No_other_line_is_nearer_to_the_points() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(-100, 100)).Where(values => values.Length is > 1 and < 20).ToArbitrary(),
        values =>
        {
            var points = values.Select((value, place) => (X: (double)(place * 2), Y: (double)value)).ToArray();
            var slope = Trend.Slope(points)!.Value;
            return new[] { 0.01, -0.01 }.All(change => Distance(points, slope) <= Distance(points, slope + change) + 1e-9);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new[] { 50.0, 52, 55 }, Direction.Rising)]
    [InlineData(new[] { 50.0, 51, 50 }, Direction.Stable)]
    [InlineData(new[] { 50.0, 45, 41 }, Direction.Falling)]
    [InlineData(new[] { 50.0, 10 }, Direction.Unspecified)]
    public void Where_it_goes_is_said_from_three_periods_on(double[] values, Direction direction)
    {
        var trend = Trend.Of(Measure.CustomersNps, values.Select((value, place) => (new SatisfactionPeriod(PeriodKind.Month, new DateOnly(2026, 1 + place, 1)), (double?)value)))!;

        Assert.Equal(direction, trend.Direction);
    }

    [Theory]
    [InlineData("2026-03", "2026-03", "2026-03-31")]
    [InlineData("2026-T2", "2026-Q2", "2026-06-30")]
    [InlineData("2026", "2026", "2026-12-31")]
    public void A_period_is_a_month_a_quarter_or_a_year(string written, string text, string lastDay)
    {
        var period = SatisfactionPeriod.Parse(written)!;

        Assert.Equal((text, lastDay), (period.Text, period.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("26")]
    [InlineData("2026-3")]
    [InlineData("2026-03 ")]
    public void Nothing_else_is_one(string text) => Assert.Null(SatisfactionPeriod.Parse(text));

    [PostgresFact]
    public async Task Retention_is_the_share_of_those_at_the_start_who_stayed()
    {
        var two = await host.Scene.ManagersAsync();
        var recorded = await SatisfactionsAs(host.Scene, two.Delegate).RecordRetentionAsync(Recording(two, LastMonth), deadline: Deadline);
        var correcting = Recording(two, LastMonth, lost: 40);
        var without = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).RecordRetentionAsync(correcting, deadline: Deadline));
        correcting.Etag = recorded.Etag;
        var corrected = await SatisfactionsAs(host.Scene, two.Insurer).RecordRetentionAsync(correcting, deadline: Deadline);
        var none = await SatisfactionsAs(host.Scene, two.Insurer).RecordRetentionAsync(Recording(two, ThisYear, start: 0, lost: 0), deadline: Deadline);
        var tooMany = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).RecordRetentionAsync(Recording(two, ThisYear, start: 3, lost: 4, won: -1), deadline: Deadline));

        Assert.Equal((0.963, 1015, 0.96, "ETAG_REQUIRED"), (recorded.Rate, recorded.CustomersAtEnd, corrected.Rate, without.Reason()));
        Assert.Equal((false, 52), (none.HasRate, none.CustomersAtEnd));
        Assert.Equal([("won", "COUNT_OUT_OF_RANGE"), ("lost", "LOST_EXCEEDS_START")], tooMany.Violations());
    }

    [PostgresFact]
    public async Task Both_sides_customers_and_retention_have_each_their_line_in_one_statement_each()
    {
        await using var moved = await MovedHost.StartAsync("2027-09-15T08:00:00Z");
        var scene = moved.Host.Scene;
        var two = await scene.ManagersAsync();
        foreach (var (period, score, nps, lost) in new[] { ("2027-04", 2, 10, 50), ("2027-05", 3, 20, 40), ("2027-08", 5, 40, 10) })
        {
            await SatisfactionsAs(scene, two.Insurer).GiveSatisfactionAsync(Giving(two, period, score), deadline: Deadline);
            await SatisfactionsAs(scene, two.Delegate).ImportSurveyAsync(
                Importing(two, $"period;theme;question;answers;nps\n{period};overall;;300;{nps}\n{period};digital;;100;{nps - 40}\n"), deadline: Deadline);
            await SatisfactionsAs(scene, two.Delegate).RecordRetentionAsync(Recording(two, period, lost: lost), deadline: Deadline);
        }

        var request = new GetSatisfactionTrendRequest { DelegationId = two.DelegationId, FirstPeriod = "2027-01", LastPeriod = "2027-09", Theme = SatisfactionTheme.Overall };
        SatisfactionTrend trend = new();
        await Eventually.Async(async () =>
        {
            trend = await SatisfactionsAs(scene, two.Delegate).GetSatisfactionTrendAsync(request, deadline: Deadline);
            return trend.Measures.Count == 3 && trend.Measures[0].Points.Count == 3;
        });

        Assert.Equal([Measure.Insurer, Measure.CustomersNps, Measure.MembersRetention], trend.Measures.Select(measure => measure.Measure));
        Assert.Equal([("2027-04", 2), ("2027-05", 3), ("2027-08", 5)], trend.Measures[0].Points.Select(point => (point.Period, (int)point.Value)));
        // Months 0, 1 and 4: the mean is 5/3, and the sum of squares 26/3.
        Assert.Equal(((-5 / 3.0 * 2) + (-2 / 3.0 * 3) + (7 / 3.0 * 5)) / (26 / 3.0), trend.Measures[0].Slope, 9);
        Assert.All(trend.Measures, measure => Assert.Equal(Direction.Rising, measure.Direction));

        request.Theme = SatisfactionTheme.Unspecified;
        using var statements = new StatementRecorder();
        var all = await SatisfactionsAs(scene, two.Delegate).GetSatisfactionTrendAsync(request, deadline: Deadline);
        Assert.Equal([0.0, 10, 30], all.Measures[1].Points.Select(point => point.Value));
        Assert.Equal(3, statements.Of(moved.Host.Database.Name).Count(sql => sql.Contains("first_day BETWEEN", StringComparison.Ordinal)));
        moved.Host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task The_latest_figures_stand_under_the_activities_of_the_next_meeting_in_the_callers_language()
    {
        var two = await host.Scene.DelegationAsync(Role.DelegationManager, Role.ProjectLead);
        var committee = await PreparingCommittees.CommitteesAs(host.Scene, two.Insurer).CreateCommitteeAsync(PreparingCommittees.NewCommittee(two.DelegationId), deadline: Deadline);
        var planning = PreparingCommittees.NewMeeting(committee.Id);
        planning.StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(3));
        var meeting = await PreparingCommittees.Meetings(host.Scene, two.Insurer).PlanMeetingAsync(planning, deadline: Deadline);
        await SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(Giving(two, LastMonth, 4), deadline: Deadline);
        await SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(Giving(two, ThisYear, 1), deadline: Deadline);
        await SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(Importing(two, Survey(LastMonth)), deadline: Deadline);
        await SatisfactionsAs(host.Scene, two.Insurer).RecordRetentionAsync(Recording(two, LastMonth), deadline: Deadline);

        var items = new List<string>();
        await Eventually.Async(async () =>
        {
            var read = await PreparingCommittees.Meetings(host.Scene, two.Delegate).GetMeetingAsync(
                new GetMeetingRequest { MeetingId = meeting.Id }, new Metadata { { "accept-language", "fr" } }, Deadline);
            items = [.. read.Agenda[0].Items.Select(item => $"{item.ObjectType} {item.Title}")];
            return items.Count == 3;
        });

        Assert.Equal(
            [
                $"satisfaction Satisfaction de l'assureur, {LastMonth} : 4,5 / 5", $"survey Satisfaction des clients, {LastMonth} : 7,5 / 10, NPS 31",
                $"retention Fidélisation des adhérents, {LastMonth} : 96,3 %",
            ],
            items);
    }

    private static double Distance((double X, double Y)[] points, double slope)
    {
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2));
    }
}
