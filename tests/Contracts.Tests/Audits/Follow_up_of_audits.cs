using System.Globalization;
using Delegation.Contracts.Tests.Access.RecordedCalls;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RequestState = Delegation.Contracts.V1.EvidenceRequest.Types.State;
using State = Delegation.Contracts.V1.AuditFinding.Types.State;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>What auditors ask is answered, what they find is put right, and the other side says that it is.</summary>
public sealed class Follow_up_of_audits(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private Scene Scene => host.Scene;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_request_is_answered_with_files_and_accepted_by_who_asked()
    {
        var (asked, insurer, tpa) = await Scene.AskedEvidenceAsync();
        Assert.Contains("audit.answer", await WorkAsync(insurer));

        await RefusedAsync(() => Scene.FollowUp(insurer).AnswerEvidenceAsync(FollowUpCalls.Answer(asked), deadline: People.Deadline).ResponseAsync);
        var attached = await Scene.AttachAsync(asked, tpa);
        Assert.Equal((RequestState.Asked, "acces.txt"), (attached.State, Assert.Single(attached.Files).FileName));
        await RefusedAsync(() => Scene.FollowUp(insurer).AcceptEvidenceAsync(FollowUpCalls.Accept(attached), deadline: People.Deadline).ResponseAsync);
        var answered = await Scene.FollowUp(tpa).AnswerEvidenceAsync(FollowUpCalls.Answer(asked), deadline: People.Deadline);
        Assert.Contains("audit.accept", await WorkAsync(insurer));
        Assert.DoesNotContain("audit.answer", await WorkAsync(insurer));

        Assert.Equal(RequestState.Accepted, (await Scene.FollowUp(insurer).AcceptEvidenceAsync(FollowUpCalls.Accept(answered), deadline: People.Deadline)).State);
        await RefusedAsync(() => Scene.FollowUp(tpa).AnswerEvidenceAsync(FollowUpCalls.Answer(asked), deadline: People.Deadline).ResponseAsync);
    }

    [PostgresFact]
    public async Task A_finding_is_closed_by_the_other_side_and_by_nobody_else()
    {
        var (planned, insurer, tpa) = await Scene.PlannedFindingAsync();
        await RefusedAsync(() => Scene.FollowUp(insurer).SetCorrectivePlanAsync(FollowUpCalls.Plan(planned), deadline: People.Deadline).ResponseAsync);
        await RefusedAsync(() => Scene.FollowUp(insurer).ValidateClosureAsync(FollowUpCalls.Validate(planned), deadline: People.Deadline).ResponseAsync);

        var done = await Scene.FollowUp(tpa).CompletePlanAsync(FollowUpCalls.Complete(planned), deadline: People.Deadline);
        await RefusedAsync(() => Scene.FollowUp(tpa).ValidateClosureAsync(FollowUpCalls.Validate(done), deadline: People.Deadline).ResponseAsync);
        var again = await Scene.FollowUp(insurer).ValidateClosureAsync(FollowUpCalls.Validate(done, closed: false), deadline: People.Deadline);
        Assert.Equal((State.Planned, "Deux comptes restent."), (again.State, again.Verdict));
        done = await Scene.FollowUp(tpa).CompletePlanAsync(FollowUpCalls.Complete(again), deadline: People.Deadline);

        Assert.Equal(State.Closed, (await Scene.FollowUp(insurer).ValidateClosureAsync(FollowUpCalls.Validate(done), deadline: People.Deadline)).State);
        Assert.Equal(["audit.conduct"], await WorkAsync(insurer));
    }

    [PostgresFact]
    public async Task What_is_late_is_said_once_and_stays_marked()
    {
        var (mission, insurer, tpa) = await Scene.OpenMissionAsync();
        var asked = await Scene.FollowUp(insurer).AskEvidenceAsync(FollowUpCalls.Ask(mission, dueIn: 2), deadline: People.Deadline);
        var finding = await Scene.FollowUp(insurer).RecordFindingAsync(FollowUpCalls.Find(mission), deadline: People.Deadline);
        await Scene.FollowUp(tpa).SetCorrectivePlanAsync(FollowUpCalls.Plan(finding, dueIn: 2), deadline: People.Deadline);

        try
        {
            MoveClock(TimeSpan.FromDays(4));
            await Eventually.Async(async () => (await EventsAsync(insurer)).Count == 2);
            Assert.Equal(["CorrectivePlanOverdue", "EvidenceOverdue"], (await EventsAsync(insurer)).Order());
            Assert.True((await Scene.FollowUp(tpa).AnswerEvidenceAsync(FollowUpCalls.Answer(asked), deadline: People.Deadline)).Late);
        }
        finally
        {
            MoveClock(TimeSpan.Zero);
        }
    }

    private async Task<IReadOnlyList<string>> EventsAsync(Actor insurer) =>
        [.. (await host.EntriesOfAsync(insurer.Organization!.Value.ToString())).Where(entry => entry.Event is EvidenceOverdue or CorrectivePlanOverdue).Select(entry => entry.Event.Descriptor.Name)];

    private async Task<IEnumerable<string>> WorkAsync(Actor insurer) =>
        (await host.OpenWorkAsync(insurer.Organization!.Value.ToString())).Select(work => work.Kind).Where(kind => kind.StartsWith("audit.", StringComparison.Ordinal));

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }

    private static async Task RefusedAsync(Func<Task> call) =>
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
