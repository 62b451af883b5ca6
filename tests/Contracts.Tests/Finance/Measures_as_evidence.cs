using System.Collections.Concurrent;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Commitments;
using Delegation.Contracts.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Measured = Delegation.Reporting.V1.CommitmentMeasure;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>A credit note whose evidence is a measure that Reporting recorded.</summary>
public sealed class Measures_as_evidence : IAsyncLifetime
{
    private readonly ContractsHost _host = new();
    private readonly ConcurrentDictionary<string, Measured> _recorded = [];
    private GrpcPeer? _reporting;

    public async Task InitializeAsync()
    {
        _reporting = await GrpcPeer.StartAsync(
            services => services.AddSingleton(_recorded),
            server => server.MapGrpcService<MeasuresPeer>());
        _host.Settings["services:reporting:grpc:0"] = _reporting.Address;
        await _host.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _reporting!.DisposeAsync();
        _host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Days_value_and_volume_are_those_that_were_recorded_and_the_note_keeps_where_they_come_from()
    {
        var purse = await Purse.OpenAsync(_host);
        var request = Naming(purse, await purse.Promise.AgreeAsync(Terms.Claims), out var measure);

        var issued = await purse.Notes(insurer: true).IssueCreditNoteAsync(request, deadline: Purse.Deadline);

        var result = Assert.Single(issued.Results).Measure;
        Assert.Equal((Side.Insurer, 3_000_00L), (issued.Beneficiary, issued.Amount.MinorUnits));
        Assert.Equal(
            (measure.Id, "2026-03-01", "2026-03-31", 92_50L, 400L, "Reporting, mesure n° 1 du 2026-03-01 au 2026-03-31"),
            (result.MeasureId, result.StartDay, result.EndDay, result.MeasuredHundredths, result.Volume, result.Source));
    }

    [PostgresFact]
    public async Task Measures_that_are_disputed_of_another_commitment_or_unknown_are_no_evidence()
    {
        var purse = await Purse.OpenAsync(_host);
        var request = Naming(purse, await purse.Promise.AgreeAsync(Terms.Claims), out var measure);

        measure.State = Measured.Types.State.Disputed;
        Assert.Equal([("measures[0].measure_id", "MEASURE_ID_NOT_SETTLED")], await ViolationsAsync(purse, request));
        (measure.State, measure.CommitmentId) = (Measured.Types.State.Recorded, Guid.NewGuid().ToString());
        Assert.Equal([("measures[0].measure_id", "MEASURE_ID_UNKNOWN")], await ViolationsAsync(purse, request));
        _recorded.Clear();
        Assert.Equal([("measures[0].measure_id", "MEASURE_ID_UNKNOWN")], await ViolationsAsync(purse, request));
    }

    private static async Task<IReadOnlyList<(string Field, string Reason)>> ViolationsAsync(Purse purse, IssueCreditNoteRequest request) =>
        (await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(request, deadline: Purse.Deadline))).Violations();

    private IssueCreditNoteRequest Naming(Purse purse, CommitmentVersion commitment, out Measured measure)
    {
        measure = _recorded[purse.DelegationId] = new Measured
        {
            Id = Guid.NewGuid().ToString(), CommitmentId = commitment.CommitmentId, Number = 1, State = Measured.Types.State.Recorded, Verdict = Measured.Types.Verdict.Breached,
            PeriodStartDay = "2026-03-01", PeriodEndDay = "2026-03-31", StartDay = "2026-03-01", EndDay = "2026-03-31", MeasuredHundredths = 92_50, Volume = 400,
        };
        var request = purse.Note(commitment, 10_00);
        request.Measures[0] = new CommitmentMeasureValue { MeasureId = measure.Id, Fees = request.Measures[0].Fees };
        return request;
    }

    private sealed class MeasuresPeer(ConcurrentDictionary<string, Measured> recorded) : Measures.MeasuresBase
    {
        public override Task<Measured> GetMeasure(GetMeasureRequest request, ServerCallContext context) =>
            recorded.TryGetValue(request.DelegationId, out var measure) && measure.Id == request.MeasureId
                ? Task.FromResult(measure)
                : throw new RpcException(new Status(StatusCode.NotFound, "no such measure"));
    }
}
