using Dapper;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.Reporting.Tests.Operational.PreparingCommitments;
using Side = Delegation.Access.V1.Side;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;
using Why = Delegation.Reporting.V1.CommitmentMeasure.Types.Why;

namespace Delegation.Reporting.Tests.Operational;

/// <summary>From operations to a recorded measure, and from a breach to the journal that ProjectDelivery follows.</summary>
public sealed class A_month_with_a_breach(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_breach_is_measured_recorded_told_in_the_journal_and_walked_to_its_late_operations()
    {
        var (partners, measure) = await host.Scene.BreachAsync();

        // 17 of 20: what came in on 29 April is open and not late.
        Assert.Equal((Verdict.Breached, 85_00, 20, 17, 1), (measure.Verdict, measure.MeasuredHundredths, measure.Volume, measure.InTime, measure.Number));
        Assert.Equal((10, 20_00, true), (measure.Penalty.Steps, measure.Penalty.RateHundredths, measure.Penalty.Capped));
        foreach (var reader in new[] { partners.Insurer, partners.Delegate })
        {
            var late = await host.Scene.Measures(reader).ListLateOperationsAsync(
                new ListLateOperationsRequest { DelegationId = partners.DelegationId, MeasureId = measure.Id }, deadline: Deadline);
            Assert.Equal([("Q18", "2026-04-10", 300), ("Q19", "2026-04-20", 1400), ("Q20", "", 800)], late.LateOperations.Select(one => (one.Reference, one.StopDay, (int)one.ElapsedHundredths)));
        }

        var breach = CommitmentBreached.Parser.ParseFrom(Assert.Single(await EntriesAsync(partners, CommitmentBreached.Descriptor.FullName)));
        Assert.Equal((measure.Id, "2026-04-01", "2026-04-30"), (breach.Measure.Id, breach.RecordedStartDay, breach.RecordedEndDay));
    }

    [PostgresFact]
    public async Task Recording_again_changes_nothing_until_other_operations_are_known()
    {
        var (partners, measure) = await host.Scene.BreachAsync();

        var again = await host.Scene.RecordAprilAsync(partners);
        Assert.Equal((0, 1, measure.Id), (again.Recorded, again.Unchanged, again.Measures.Single().Id));

        await host.Scene.TellAsync(partners.Parties, [.. Enumerable.Range(0, 40).Select(i => new Told($"M{i}", "quote", "2026-04-14", "2026-04-15", "processed"))]);
        var since = await host.Scene.RecordAprilAsync(partners);

        Assert.Equal((1, 0), (since.Recorded, since.Unchanged));
        Assert.Equal((2, Verdict.Kept, 95_00), (since.Measures[0].Number, since.Measures[0].Verdict, since.Measures[0].MeasuredHundredths));
        var former = await host.Scene.Measures(partners.Insurer).GetMeasureAsync(new GetMeasureRequest { DelegationId = partners.DelegationId, MeasureId = measure.Id }, deadline: Deadline);
        Assert.Equal((State.Superseded, 85_00), (former.State, former.MeasuredHundredths));
    }

    [PostgresFact]
    public async Task Both_sides_get_the_same_figures_and_stocks_add_up()
    {
        var (partners, measure) = await host.Scene.BreachAsync();

        var insurer = await ReportAsync(partners, partners.Insurer);
        var tpa = await ReportAsync(partners, partners.Delegate);

        Assert.Equal(insurer, tpa);
        Assert.Equal(insurer.Total.Opening + insurer.Total.Received - insurer.Total.Closed, insurer.Total.Closing);
        Assert.Equal((1, 20, 19, 2), (insurer.Total.Opening, insurer.Total.Received, insurer.Total.Closed, insurer.Total.Closing));
        Assert.Equal(measure, insurer.Measures.Single());
        Assert.Equal((0, 1), (insurer.KeptWeight, insurer.MeasuredWeight));
        Assert.Equal((1, 1, 0), (insurer.StockAges.Single().Below5, insurer.StockAges.Single().From5To10, insurer.StockAges.Single().Above10));
    }

    [PostgresFact]
    public async Task What_a_report_reads_does_not_grow_with_the_commitments()
    {
        var partners = await host.Scene.PartnersAsync();
        var counts = new List<int>();
        for (var commitments = 1; commitments <= 3; commitments++)
        {
            await host.Scene.CommitAsync(partners, Quotes());
            using var statements = new StatementRecorder();
            Assert.Equal(commitments, (await ReportAsync(partners, partners.Insurer)).Measures.Count);
            counts.Add(statements.Of(host.Database.Name).Count(sql => sql.Contains("owner_id = @OwnerId", StringComparison.Ordinal)));
        }

        // The counts of the table of operations, the stock, the figures; commitments and what does not count; measures; items and their marks.
        Assert.Equal([8, 8, 8], counts);
    }

    [PostgresFact]
    public async Task A_dispute_freezes_the_measure_with_both_values_until_both_agree()
    {
        var (partners, measure) = await host.Scene.BreachAsync();

        var disputed = await host.Scene.Measures(partners.Delegate).DisputeMeasureAsync(Dispute(partners, measure, 95_00, "Q19 attendait l'assuré."), deadline: Deadline);
        disputed = await host.Scene.Measures(partners.Insurer).DisputeMeasureAsync(Dispute(partners, disputed, 85_00, "Rien ne le montre."), deadline: Deadline);
        Assert.Equal(
            (State.Disputed, 85_00, 95_00, 85_00, "Q19 attendait l'assuré.", "Rien ne le montre."),
            (disputed.State, disputed.MeasuredHundredths, disputed.Dispute.DelegateHundredths, disputed.Dispute.InsurerHundredths, disputed.Dispute.DelegateReason, disputed.Dispute.InsurerReason));

        await host.Scene.TellAsync(partners.Parties, new Told("M1", "quote", "2026-04-14", "2026-04-15", "processed"));
        Assert.Equal((0, 1), ((await host.Scene.RecordAprilAsync(partners)).Recorded, (await host.Scene.RecordAprilAsync(partners)).Unchanged));

        var proposed = await host.Scene.Measures(partners.Insurer).ResolveMeasureAsync(Resolve(partners, disputed, 95_00), deadline: Deadline);
        Assert.Equal((State.Disputed, Verdict.Breached), (proposed.State, proposed.Verdict));
        var twice = await Refusals.ThrownBy(host.Scene.Measures(partners.Insurer).ResolveMeasureAsync(Resolve(partners, proposed, 95_00), deadline: Deadline));
        Assert.Equal("RESOLUTION_ALREADY_PROPOSED", twice.Reason());
        var resolved = await host.Scene.Measures(partners.Delegate).ResolveMeasureAsync(Resolve(partners, proposed, 95_00), deadline: Deadline);

        Assert.Equal((State.Resolved, Verdict.Kept, 95_00, 85_00), (resolved.State, resolved.Verdict, resolved.MeasuredHundredths, resolved.Dispute.MeasuredHundredths));
        Assert.Null(resolved.Penalty);
    }

    [PostgresFact]
    public async Task Pauses_and_exclusions_count_where_the_commitment_names_them()
    {
        var partners = await host.Scene.PartnersAsync();
        await host.Scene.CommitAsync(partners, Quotes());
        await host.Scene.TellQuotesAsync(partners);
        var marks = new V1.OperationMarks.OperationMarksClient(host.Scene.As(partners.Delegate));
        var request = new TellOperationMarksRequest
        {
            DelegationId = partners.DelegationId,
            Marks =
            {
                new OperationMark { Reference = "Q18", Pause = PauseCause.AwaitingInsured, Time = At("2026-04-08T08:00:00Z"), EndTime = At("2026-04-09T08:00:00Z") },
                new OperationMark { Reference = "Q19", Exclusion = ExclusionCause.Insurer, Time = At("2026-04-01T08:00:00Z") },
                new OperationMark { Reference = "Q20", Pause = PauseCause.Control, Time = At("2026-04-21T08:00:00Z") },
            },
        };
        Assert.Equal((3, 0), ((await marks.TellOperationMarksAsync(request, deadline: Deadline)).Added, (await marks.TellOperationMarksAsync(request, deadline: Deadline)).Added));

        var measure = (await host.Scene.RecordAprilAsync(partners)).Measures.Single();

        // A control does not stop the clock of this commitment.
        Assert.Equal((19, 18, 1), (measure.Volume, measure.InTime, measure.Excluded));
    }

    [PostgresFact]
    public async Task What_cannot_be_told_says_why()
    {
        var partners = await host.Scene.PartnersAsync();
        var (few, unknown, some) = (Quotes(), Quotes(), Quotes());
        few.MinimumVolume = 50;
        unknown.IndicatorCode = "AML_ALERT_TIME";
        some.ProductCodes.Add("P1");
        foreach (var terms in new[] { few, unknown, some })
            await host.Scene.CommitAsync(partners, terms);

        var uncovered = await host.Scene.RecordAprilAsync(partners);
        await host.Scene.TellQuotesAsync(partners);
        var covered = await host.Scene.RecordAprilAsync(partners);

        Assert.Equal([Why.NoData, Why.PeriodNotCovered, Why.ProductNotTold], uncovered.Measures.Select(measure => measure.Why).Order(WhyByName));
        Assert.Equal([Why.BelowMinimumVolume, Why.NoData, Why.ProductNotTold], covered.Measures.Select(measure => measure.Why).Order(WhyByName));
        Assert.Empty(await EntriesAsync(partners, CommitmentBreached.Descriptor.FullName));
    }

    [PostgresFact]
    public async Task When_a_month_is_over_its_measures_wait_for_the_delegate_until_they_are_recorded()
    {
        var partners = await host.Scene.PartnersAsync();
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            "INSERT INTO due (kind, owner_id, object_id, due_time) VALUES ('measures.month', @Insurer, @Delegation, now() - interval '1 hour')",
            new { partners.Parties.Insurer, partners.Parties.Delegation });

        await Eventually.Async(async () => (await EntriesAsync(partners, WorkItemOpened.Descriptor.FullName)).Any());
        var item = WorkItemOpened.Parser.ParseFrom((await EntriesAsync(partners, WorkItemOpened.Descriptor.FullName)).Single()).WorkItem;
        Assert.Equal(("measures.record", Side.Delegate, partners.DelegationId), (item.Kind, item.Side, item.Object.Id));

        var today = Delegation.ServiceDefaults.Time.ParisDays.DayAt(DateTimeOffset.UtcNow);
        var end = new DateOnly(today.Year, today.Month, 1).AddDays(-1);
        await host.Scene.Measures(partners.Delegate).RecordMeasuresAsync(
            new RecordMeasuresRequest { DelegationId = partners.DelegationId, PeriodStartDay = $"{end:yyyy-MM}-01", PeriodEndDay = $"{end:yyyy-MM-dd}" }, deadline: Deadline);
        Assert.Single(await EntriesAsync(partners, WorkItemClosed.Descriptor.FullName));
    }

    [PostgresFact]
    public async Task A_penalty_waits_for_the_insurer_to_propose_the_credit_note()
    {
        var (partners, measure) = await host.Scene.BreachAsync();

        var item = WorkItemOpened.Parser.ParseFrom(Assert.Single(await EntriesAsync(partners, WorkItemOpened.Descriptor.FullName))).WorkItem;
        Assert.Equal(("penalty.propose", Side.Insurer, measure.Id), (item.Kind, item.Side, item.Object.Id));

        await host.Scene.Measures(partners.Delegate).DisputeMeasureAsync(Dispute(partners, measure, 95_00, "Q19 attendait l'assuré."), deadline: Deadline);
        Assert.Single(await EntriesAsync(partners, WorkItemClosed.Descriptor.FullName));
    }

    [PostgresFact]
    public async Task A_period_that_is_not_over_is_not_recorded()
    {
        var partners = await host.Scene.PartnersAsync();

        var refusal = await Refusals.ThrownBy(host.Scene.Measures(partners.Delegate).RecordMeasuresAsync(
            new RecordMeasuresRequest { DelegationId = partners.DelegationId, PeriodStartDay = "2099-04-01", PeriodEndDay = "2099-04-30" }, deadline: Deadline));

        Assert.Equal("PERIOD_NOT_OVER", refusal.Reason());
    }

    private static readonly Comparer<Why> WhyByName = Comparer<Why>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private static Timestamp At(string instant) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant, null));

    private static DisputeMeasureRequest Dispute(Partners partners, V1.CommitmentMeasure measure, long value, string reason) =>
        new() { DelegationId = partners.DelegationId, MeasureId = measure.Id, ValueHundredths = value, Reason = reason, Etag = measure.Etag };

    private static ResolveMeasureRequest Resolve(Partners partners, V1.CommitmentMeasure measure, long value) =>
        new() { DelegationId = partners.DelegationId, MeasureId = measure.Id, ValueHundredths = value, Etag = measure.Etag };

    private async Task<OperationalReport> ReportAsync(Partners partners, TestKit.Access.Actor reader) =>
        await new OperationalReports.OperationalReportsClient(host.Scene.As(reader)).GetOperationalReportAsync(
            new GetOperationalReportRequest { DelegationId = partners.DelegationId, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30" }, deadline: Deadline);

    private async Task<IEnumerable<byte[]>> EntriesAsync(Partners partners, string eventType)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.QueryAsync<byte[]>(
            "SELECT payload FROM journal WHERE delegation_id = @Delegation AND event_type = @eventType ORDER BY entry_id", new { partners.Parties.Delegation, eventType });
    }
}
