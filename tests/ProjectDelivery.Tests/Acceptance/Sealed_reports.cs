using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Acceptance.PreparingAcceptance;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

public sealed class Sealed_reports(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public void Whatever_commands_follow_neither_a_sealed_report_nor_its_file_changes() => Prop.ForAll(
        Gen.Two(Gen.Choose(0, 11)).Select(pair => (Command: pair.Item1, ByInsurer: pair.Item2 % 2 == 0)).ArrayOf(15).ToArbitrary(),
        commands => StaysAsync(commands).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

    [PostgresFact]
    public async Task A_sealed_report_is_downloaded_as_the_same_file_by_both_sides_and_one_that_waits_is_not()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        await host.Scene.SignAsync(tested.Two.Insurer, report);
        var early = await Assert.ThrowsAsync<RpcException>(() => host.Scene.DownloadAsync(tested.Two.Delegate, report));
        Assert.Equal((StatusCode.FailedPrecondition, "REPORT_NOT_SEALED"), early.Kind());

        await host.Scene.SignAsync(tested.Two.Delegate, report);
        var file = await host.Scene.DownloadAsync(tested.Two.Insurer, report);
        Assert.StartsWith("%PDF-", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.Equal(file, await host.Scene.DownloadAsync(tested.Two.Delegate, report));
    }

    /// <summary>Its name stands in headers, which nobody else sends before it is ready.</summary>
    [PostgresFact]
    public async Task However_long_a_file_takes_it_comes_whole()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        await host.Scene.SealAsync(tested.Two, report);

        var files = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => Task.Run(() => host.Scene.DownloadAsync(tested.Two.Insurer, report))));

        Assert.All(files, file => Assert.Equal(files[0], file));
    }

    private async Task<bool> StaysAsync((int Command, bool ByInsurer)[] commands)
    {
        var (tested, report) = await host.Scene.ReportAsync();
        await host.Scene.FailAsync(tested, AnomalySeverity.Minor);
        await host.Scene.WithdrawAsync(tested.Two.Insurer, report);
        report = await host.Scene.SealAsync(tested.Two, await host.Scene.IssueAsync(tested));
        var file = await host.Scene.DownloadAsync(tested.Two.Insurer, report);

        foreach (var (command, byInsurer) in commands)
            await TryAsync(command, byInsurer ? tested.Two.Insurer : tested.Two.Delegate, tested, report);

        var read = await host.Scene.ReportOfAsync(tested.Two.Delegate, report);
        var fileSince = await host.Scene.DownloadAsync(tested.Two.Delegate, report);
        return read.Equals(report) && fileSince.SequenceEqual(file);
    }

    // Accepted or refused: each is one that could reach what the report says.
    private async Task TryAsync(int command, Actor actor, Tested tested, AcceptanceReport report)
    {
        try
        {
            await DoAsync(command, actor, tested, report);
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.FailedPrecondition or StatusCode.Aborted or StatusCode.InvalidArgument)
        {
        }
    }

    private async Task<IMessage> DoAsync(int command, Actor actor, Tested tested, AcceptanceReport report)
    {
        var (scene, campaigns, anomalies) = (host.Scene, host.Scene.Campaigns(actor), host.Scene.Anomalies(actor));
        var anomaly = (await anomalies.ListAnomaliesAsync(new ListAnomaliesRequest { ProjectId = report.ProjectId }, deadline: Deadline)).Anomalies.First();
        return command switch
        {
            0 => await scene.SignAsync(actor, report),
            1 => await scene.WithdrawAsync(actor, report),
            2 => await scene.Reports(actor).IssueAcceptanceReportAsync(PreparingAcceptance.Acceptance(tested), deadline: Deadline),
            3 => await scene.Reports(actor).IssueAcceptanceReportAsync(new() { ProjectId = report.ProjectId, Kind = Kind.Homologation }, deadline: Deadline),
            4 => await campaigns.RecordRunAsync(Failed(tested, AnomalySeverity.Blocking), deadline: Deadline),
            5 => await campaigns.WriteCaseAsync(NewCase(tested.Campaign), deadline: Deadline),
            6 => await campaigns.CreateCampaignAsync(NewCampaign(report.ProjectId), deadline: Deadline),
            7 => await anomalies.UpdateAnomalyAsync(Renamed(anomaly), deadline: Deadline),
            8 => await anomalies.SettleAnomalyAsync(Settlement(anomaly, "Corrigé en version 2."), deadline: Deadline),
            9 => await anomalies.FixAnomalyAsync(new() { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Fix = "Corrigé.", Etag = anomaly.Etag }, deadline: Deadline),
            10 => await scene.ChangeCaseAsync(actor, tested),
            _ => await scene.RenameProjectAsync(actor, report.ProjectId),
        };
    }

    private static UpdateAnomalyRequest Renamed(Anomaly anomaly)
    {
        var renamed = Whole(anomaly);
        renamed.Title = $"Arrondi {Guid.NewGuid()}";
        return renamed;
    }
}
