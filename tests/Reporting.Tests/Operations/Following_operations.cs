using Delegation.Access.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Reporting.V1.Operation.Types.State;

namespace Delegation.Reporting.Tests.Operations;

public sealed class Following_operations(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private static readonly DateTime Corrected = new(2026, 5, 10, 8, 0, 0, DateTimeKind.Utc);

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_see_them_one_by_one_those_received_last_first_by_state_kind_and_day()
    {
        var delegation = await host.Scene.DelegationAsync();
        await host.Scene.TellAsync(
            delegation,
            new Told("R1", "quote", "2026-04-02", "2026-04-07", "processed"),
            new Told("R2", "quote", "2026-04-03"),
            new Told("R3", "complaint", "2026-04-04"),
            new Told("R4", "complaint", "2026-04-05") { Withdrawn = true });
        await host.Scene.TellAsync(await host.Scene.DelegationAsync(), new Told("R9", "quote", "2026-04-02"));

        foreach (var reader in await ReadersAsync(delegation))
        {
            Assert.Equal(["R3", "R2", "R1"], await ReferencesAsync(reader, delegation, new()));
            Assert.Equal(["R3", "R2"], await ReferencesAsync(reader, delegation, new() { State = State.Open }));
            Assert.Equal(["R1"], await ReferencesAsync(reader, delegation, new() { State = State.Closed }));
            Assert.Equal(["R4"], await ReferencesAsync(reader, delegation, new() { State = State.Withdrawn }));
            Assert.Equal(["R2", "R1"], await ReferencesAsync(reader, delegation, new() { Kind = Operation.Types.Kind.Quote }));
            Assert.Equal(["R2"], await ReferencesAsync(reader, delegation, new() { ReceivedFromDay = "2026-04-03", ReceivedToDay = "2026-04-03" }));
        }
    }

    [PostgresFact]
    public async Task Pages_hold_each_once_and_need_two_statements()
    {
        var delegation = await host.Scene.DelegationAsync();
        await host.Scene.TellAsync(delegation, [.. Enumerable.Range(1, 7).Select(i => new Told($"R{i}", "quote", $"2026-04-0{(i + 1) / 2}"))]);
        var reader = (await ReadersAsync(delegation))[0];

        var seen = new List<string>();
        var token = "";
        do
        {
            using var statements = new StatementRecorder();
            var page = await Client(reader).ListOperationsAsync(
                new ListOperationsRequest { DelegationId = delegation.Delegation.ToString(), PageSize = 3, PageToken = token }, deadline: Deadline);
            Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains("FROM operation", StringComparison.Ordinal));
            seen.AddRange(page.Operations.Select(operation => operation.Reference));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
    }

    [PostgresFact]
    public async Task What_was_known_at_an_instant_stays_readable_and_each_version_is_listed()
    {
        var delegation = await host.Scene.DelegationAsync();
        await host.Scene.TellAsync(
            delegation,
            new Told("R1", "quote", "2026-04-02") { SupersedeTime = Corrected },
            new Told("R1", "complaint", "2026-04-03", "2026-04-20", "refused") { Version = 2, RecordTime = Corrected });
        var reader = (await ReadersAsync(delegation))[1];

        var before = Timestamp.FromDateTime(Corrected.AddSeconds(-1));
        Assert.Equal(["R1"], await ReferencesAsync(reader, delegation, new() { Kind = Operation.Types.Kind.Quote, AsOf = before }));
        Assert.Empty(await ReferencesAsync(reader, delegation, new() { Kind = Operation.Types.Kind.Quote }));
        Assert.Empty(await ReferencesAsync(reader, delegation, new() { AsOf = Timestamp.FromDateTime(Corrected.AddDays(-30)) }));

        var versions = await Client(reader).ListOperationVersionsAsync(
            new ListOperationVersionsRequest { DelegationId = delegation.Delegation.ToString(), Reference = "R1", PageSize = 1 }, deadline: Deadline);
        Assert.Equal((2, State.Closed, "2026-04-20"), (versions.Versions[0].Version, versions.Versions[0].State, versions.Versions[0].CloseDay));
        var earlier = await Client(reader).ListOperationVersionsAsync(
            new ListOperationVersionsRequest { DelegationId = delegation.Delegation.ToString(), Reference = "R1", PageSize = 1, PageToken = versions.NextPageToken }, deadline: Deadline);
        Assert.Equal((1, State.Open), (earlier.Versions.Single().Version, earlier.Versions.Single().State));
        Assert.Equal("", earlier.NextPageToken);
    }

    [PostgresFact]
    public async Task Flows_stocks_and_times_of_a_period_with_the_import_that_told_last()
    {
        var delegation = await host.Scene.DelegationAsync();
        var importId = await host.Scene.TellAsync(
            delegation,
            new Told("R1", "quote", "2026-03-30", "2026-04-02", "processed") { Automated = true },
            new Told("R2", "quote", "2026-04-01", "2026-04-10", "refused") { Complete = "2026-04-08" },
            new Told("R3", "quote", "2026-04-20"),
            new Told("R4", "call", "2026-03-01", "2026-03-02", "processed"),
            new Told("R5", "call", "2026-04-05") { Withdrawn = true });
        var reader = (await ReadersAsync(delegation))[0];

        using var statements = new StatementRecorder();
        var counts = await CountAsync(reader, delegation, "2026-04-01", "2026-04-30");
        Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains("FROM operation", StringComparison.Ordinal));

        Assert.Equal((1, 2, 2, 1), (counts.Total.Opening, counts.Total.Received, counts.Total.Closed, counts.Total.Closing));
        Assert.Equal((1, 1, 0, 1), (counts.Total.Processed, counts.Total.Refused, counts.Total.Abandoned, counts.Total.Automated));
        // From Monday 30 March to Thursday 2 April, and from the day on which nothing was missing, Wednesday 8 April, to Friday.
        Assert.Equal((2, 3, 2.5), (counts.Total.Times.MedianDays, counts.Total.Times.Percentile95Days, counts.Total.Times.AverageDays));
        Assert.Equal([Operation.Types.Kind.Quote], counts.Kinds.Select(kind => kind.Kind));
        Assert.Equal((importId.ToString(), "2026-04-30"), (counts.LastImportId, counts.CoveredToDay));
    }

    [PostgresFact]
    public async Task A_delegation_of_which_no_import_told_has_counts_of_nothing()
    {
        var delegation = await host.Scene.DelegationAsync();

        var counts = await CountAsync((await ReadersAsync(delegation))[0], delegation, "2026-04-01", "2026-04-30");

        Assert.Equal((new OperationCount(), 0, "", ""), (counts.Total, counts.Kinds.Count, counts.LastImportId, counts.CoveredToDay));
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once()
    {
        var reader = await host.Scene.MemberAsync(Guid.CreateVersion7(), Side.Insurer);

        var list = await Refusals.ThrownBy(Client(reader).ListOperationsAsync(
            new ListOperationsRequest
            {
                DelegationId = "x", State = (State)9, Kind = (Operation.Types.Kind)99, ReceivedFromDay = "2026-04-02", ReceivedToDay = "2026-04-01",
                AsOf = new Timestamp { Nanos = -1 }, PageSize = -1, PageToken = "x",
            },
            deadline: Deadline));
        var count = await Refusals.ThrownBy(Client(reader).GetOperationCountsAsync(
            new GetOperationCountsRequest { DelegationId = "x", PeriodStartDay = "2025-01-01", PeriodEndDay = "2026-01-02" }, deadline: Deadline));

        Assert.Equal(
            ["delegation_id", "state", "kind", "received_to_day", "as_of", "page_size", "page_token"], list.Violations().Select(violation => violation.Field));
        Assert.Equal([("delegation_id", "DELEGATION_ID_MALFORMED"), ("period_end_day", "PERIOD_TOO_LONG")], count.Violations());
    }

    private async Task<Actor[]> ReadersAsync((Guid Insurer, Guid Delegation, Guid Delegate) of) =>
        [await host.Scene.MemberAsync(of.Insurer, Side.Insurer), await host.Scene.MemberAsync(of.Delegate, Side.Delegate)];

    private V1.Operations.OperationsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<IEnumerable<string>> ReferencesAsync(Actor actor, (Guid Insurer, Guid Delegation, Guid Delegate) of, ListOperationsRequest request)
    {
        request.DelegationId = of.Delegation.ToString();
        return (await Client(actor).ListOperationsAsync(request, deadline: Deadline)).Operations.Select(operation => operation.Reference);
    }

    private async Task<OperationCounts> CountAsync(Actor actor, (Guid Insurer, Guid Delegation, Guid Delegate) of, string start, string end) =>
        await Client(actor).GetOperationCountsAsync(
            new GetOperationCountsRequest { DelegationId = of.Delegation.ToString(), PeriodStartDay = start, PeriodEndDay = end }, deadline: Deadline);
}
