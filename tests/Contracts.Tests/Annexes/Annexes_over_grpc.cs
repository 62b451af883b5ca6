using Delegation.Access.V1;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;
using State = Delegation.Contracts.V1.Annex.Types.State;

namespace Delegation.Contracts.Tests.Annexes;

public sealed class Annexes_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_letter_in_force_requests_the_four_mandatory_annexes_with_its_due_days()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var letter = await agreement.ConcludeAsync();
        var annexes = host.Annexes(agreement, insurer: false);

        var requested = (await annexes.ListAnnexesAsync(new ListAnnexesRequest { DelegationId = letter.DelegationId }, deadline: People.Deadline)).Annexes;

        Assert.Equal(DueAnnexes.Mandatory.Order(), requested.Select(annex => annex.Kind).Order());
        Assert.Equal(
            letter.DueAnnexes.Select(due => (due.Kind, due.DueDay)).Order(), requested.Select(annex => (annex.Kind, annex.DueDay)).Order());
        Assert.All(requested, annex => Assert.Equal((true, State.Requested, Side.Delegate, letter.Id), (annex.Mandatory, annex.State, annex.Provider, annex.LetterId)));
        Assert.Equal(4, (await host.OpenWorkAsync(agreement.Parties.Insurer.Id)).Count(item => item == ("annex.provide", Side.Delegate)));
    }

    [PostgresFact]
    public async Task A_version_is_handed_over_reviewed_by_departments_and_approved_by_the_other_side()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var (insurer, tpa) = (host.Annexes(agreement, insurer: true), host.Annexes(agreement, insurer: false));
        var annex = await insurer.RequestAnnexAsync(AnnexCalls.Request(agreement.Delegation.Id, Kind.BusinessContinuityPlan), deadline: People.Deadline);
        Assert.Equal([Role.Operations, Role.Compliance], annex.Departments);

        var first = await HandedOverAsync(tpa, annex, "v1");
        await insurer.ReviewAnnexVersionAsync(AnnexCalls.Review(first, Role.Operations), deadline: People.Deadline);
        var asked = await insurer.ReviewAnnexVersionAsync(AnnexCalls.Review(first, Role.Compliance, approved: false, "Le délai de reprise manque."), deadline: People.Deadline);
        Assert.Equal((State.UnderReview, "Le délai de reprise manque."), (asked.State, asked.Reviews[1].Comment));
        var open = await Refusals.ThrownBy(insurer.ApproveAnnexVersionAsync(AnnexCalls.Approve(first), deadline: People.Deadline));
        Assert.Equal(("ANNEX_REVIEWS_OPEN", "CHANGE_REQUESTED", "compliance"), (open.Reason(), open.Conditions()[0].Type, open.Conditions()[0].Subject));
        Assert.Contains(("annex.provide", Side.Delegate), await host.OpenWorkAsync(agreement.Parties.Insurer.Id));

        // Another version: what was said of the first does not count.
        var second = await HandedOverAsync(tpa, annex, "v2");
        Assert.Equal((1, 2), (first.Number, second.Number));
        var received = await ReadAsync(insurer, annex);
        Assert.Equal((State.Received, 0), (received.State, received.Reviews.Count));
        Assert.Equal("ANNEX_VERSION_NOT_UNDER_REVIEW", (await Refusals.ThrownBy(insurer.ReviewAnnexVersionAsync(AnnexCalls.Review(first, Role.Operations), deadline: People.Deadline))).Reason());

        foreach (var department in annex.Departments)
            await insurer.ReviewAnnexVersionAsync(AnnexCalls.Review(second, department), deadline: People.Deadline);
        Assert.Equal("ANNEX_OF_YOUR_SIDE", (await Refusals.ThrownBy(tpa.ApproveAnnexVersionAsync(AnnexCalls.Approve(second), deadline: People.Deadline))).Reason());
        var other = new ApproveAnnexVersionRequest(AnnexCalls.Approve(second)) { Sha256 = first.Sha256 };
        Assert.Equal("ANNEX_VERSION_DIFFERS", (await Refusals.ThrownBy(insurer.ApproveAnnexVersionAsync(other, deadline: People.Deadline))).Reason());

        var approved = await insurer.ApproveAnnexVersionAsync(AnnexCalls.Approve(second), deadline: People.Deadline);
        Assert.Equal((State.Approved, second.Id), (approved.State, approved.ApprovedVersionId));
        Assert.DoesNotContain(await host.OpenWorkAsync(agreement.Parties.Insurer.Id), item => item.Kind.StartsWith("annex.", StringComparison.Ordinal));

        // A newer version under review leaves the approved one what it is.
        await HandedOverAsync(tpa, annex, "v3");
        Assert.Equal(second.Id, (await ReadAsync(tpa, annex)).ApprovedVersionId);
    }

    [PostgresFact]
    public async Task The_other_side_learns_nothing_of_a_draft_before_it_is_handed_over()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var (insurer, tpa) = (host.Annexes(agreement, insurer: true), host.Annexes(agreement, insurer: false));
        var annex = await insurer.RequestAnnexAsync(AnnexCalls.Request(agreement.Delegation.Id), deadline: People.Deadline);

        var draft = await tpa.SendAsync(AnnexCalls.Upload(annex, AnnexCalls.Pdf("secret")));

        Assert.Equal((true, 0), (draft.Draft, draft.Number));
        Assert.Equal(annex, await ReadAsync(insurer, annex));
        var list = new ListAnnexVersionsRequest { DelegationId = annex.DelegationId, AnnexId = annex.Id };
        Assert.Empty((await insurer.ListAnnexVersionsAsync(list, deadline: People.Deadline)).Versions);
        Assert.Equal([draft], (await tpa.ListAnnexVersionsAsync(list, deadline: People.Deadline)).Versions);
        var unknown = new AnnexVersion(draft) { Id = Guid.CreateVersion7().ToString() };
        var (hidden, missing) = (await DownloadRefusedAsync(insurer, draft), await DownloadRefusedAsync(insurer, unknown));
        Assert.Equal("ANNEX_VERSION_NOT_FOUND", hidden.Reason());
        Assert.Equal(missing.WithoutTraceId(), hidden.WithoutTraceId());
        Assert.Equal("ANNEX_VERSION_NOT_FOUND", (await Refusals.ThrownBy(insurer.ReviewAnnexVersionAsync(AnnexCalls.Review(draft, Role.Compliance), deadline: People.Deadline))).Reason());
        Assert.Equal("ANNEX_OF_THE_OTHER_SIDE", (await Refusals.ThrownBy(insurer.HandOverAnnexVersionAsync(AnnexCalls.HandOver(draft), deadline: People.Deadline))).Reason());
        Assert.Equal("delegate", await host.ValueAsync($"SELECT visibility FROM journal WHERE object_id = '{draft.Id}'"));
        Assert.Equal("delegate", await host.ValueAsync($"SELECT DISTINCT c.visibility FROM file_chunk c JOIN annex_version v USING (file_id) WHERE version_id = '{draft.Id}'"));

        await tpa.HandOverAnnexVersionAsync(AnnexCalls.HandOver(draft), deadline: People.Deadline);
        Assert.Equal(AnnexCalls.Pdf("secret"), (await insurer.DownloadAsync(draft)).Bytes);
    }

    [PostgresFact]
    public async Task A_retry_of_an_upload_gets_the_first_answer_and_another_file_under_its_request_id_is_refused()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var tpa = host.Annexes(agreement, insurer: false);
        var annex = await tpa.RequestAnnexAsync(AnnexCalls.Request(agreement.Delegation.Id), deadline: People.Deadline);
        var upload = AnnexCalls.Upload(annex, AnnexCalls.Pdf());
        upload.RequestId = Guid.NewGuid().ToString();

        var first = await tpa.SendAsync(upload);
        var files = await agreement.CountAsync("file");

        Assert.Equal(first, await tpa.SendAsync(upload));
        Assert.Equal(files, await agreement.CountAsync("file"));
        var other = AnnexCalls.Upload(annex, AnnexCalls.Pdf("autre"));
        other.RequestId = upload.RequestId;
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (await Assert.ThrowsAsync<RpcException>(() => tpa.SendAsync(other))).Reason());
    }

    private static async Task<AnnexVersion> HandedOverAsync(V1.Annexes.AnnexesClient tpa, Annex annex, string text) =>
        await tpa.HandOverAnnexVersionAsync(AnnexCalls.HandOver(await tpa.SendAsync(AnnexCalls.Upload(annex, AnnexCalls.Pdf(text)))), deadline: People.Deadline);

    private static async Task<Annex> ReadAsync(V1.Annexes.AnnexesClient annexes, Annex annex) =>
        await annexes.GetAnnexAsync(new GetAnnexRequest { DelegationId = annex.DelegationId, AnnexId = annex.Id }, deadline: People.Deadline);

    private static Task<RpcException> DownloadRefusedAsync(V1.Annexes.AnnexesClient annexes, AnnexVersion version) =>
        Assert.ThrowsAsync<RpcException>(() => annexes.DownloadAsync(version));
}
