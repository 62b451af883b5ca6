using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Escalations.PreparingEscalations;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Delivery.V1.Escalation.Types.State;

namespace Delegation.ProjectDelivery.Tests.Escalations;

public sealed class The_life_of_an_escalation(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_waits_for_the_main_contact_then_for_who_acknowledged_it_then_for_who_raised_it()
    {
        var (two, raised) = await host.Scene.EscalationAsync();
        var item = Assert.Single(await UntilAsync(two.Delegate, items => items.Count == 1));
        Assert.Equal(
            ("escalation.acknowledge", raised.Id, raised.DueTime, "Acknowledge: Flux 929 en attente depuis lundi"),
            (item.Kind, item.ObjectId, item.DueTime, item.Title));
        Assert.Equal((State.Raised, Side.Insurer, 4, Escalation.Types.Level.MainContact), (raised.State, raised.Side, raised.AgreedHours, raised.Level));

        var acknowledged = await EscalationsAs(host.Scene, two.Delegate).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline);
        Assert.Equal((State.Acknowledged, host.Scene.PersonOf(two.Delegate).ToString()), (acknowledged.State, acknowledged.AcknowledgePersonId));
        await UntilAsync(two.Delegate, items => items is [{ Kind: "escalation.resolve" }]);

        var resolved = await EscalationsAs(host.Scene, two.Delegate).ResolveEscalationAsync(Resolution(acknowledged), deadline: Deadline);
        await UntilAsync(two.Insurer, items => items is [{ Kind: "escalation.confirm" }]);
        await UntilAsync(two.Delegate, items => items.Count == 0);

        var reopened = await EscalationsAs(host.Scene, two.Insurer).ReopenEscalationAsync(
            new ReopenEscalationRequest { EscalationId = raised.Id, Reason = "Les retours de mardi manquent.", Etag = resolved.Etag }, deadline: Deadline);
        Assert.Equal((State.Acknowledged, 1, "Les retours de mardi manquent."), (reopened.State, reopened.ReopenCount, reopened.ReopenReason));
        await UntilAsync(two.Delegate, items => items is [{ Kind: "escalation.resolve" }]);
        await UntilAsync(two.Insurer, items => items.Count == 0);

        resolved = await EscalationsAs(host.Scene, two.Delegate).ResolveEscalationAsync(Resolution(reopened), deadline: Deadline);
        var closed = await EscalationsAs(host.Scene, two.Insurer).ConfirmResolutionAsync(
            new ConfirmResolutionRequest { EscalationId = raised.Id, Etag = resolved.Etag }, deadline: Deadline);
        Assert.Equal((State.Closed, "Certificat expiré sur la liaison."), (closed.State, closed.Cause));
        await UntilAsync(two.Insurer, items => items.Count == 0);
        Assert.Equal(
            ["EscalationRaised", "EscalationAcknowledged", "EscalationResolved", "EscalationReopened", "EscalationResolved", "EscalationClosed"],
            (await EventsAsync(raised.Id)).Select(name => name[(name.LastIndexOf('.') + 1)..]));
    }

    [PostgresFact]
    public async Task Each_side_does_what_is_its_own_to_do()
    {
        var (two, raised) = await host.Scene.EscalationAsync();
        var own = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Insurer).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline));
        var colleague = await host.Scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Operations, Role.DelegationManager, Role.Signatory);
        var notCalled = await Refusals.ThrownBy(EscalationsAs(host.Scene, colleague).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline));
        var early = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Delegate).ResolveEscalationAsync(Resolution(raised), deadline: Deadline));

        var acknowledged = await EscalationsAs(host.Scene, two.Delegate).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline);
        var twice = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Delegate).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline));
        var byRaiser = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Insurer).ResolveEscalationAsync(Resolution(acknowledged), deadline: Deadline));
        var stale = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Delegate).ResolveEscalationAsync(Resolution(raised), deadline: Deadline));
        var notResolved = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Insurer).ConfirmResolutionAsync(
            new ConfirmResolutionRequest { EscalationId = raised.Id, Etag = acknowledged.Etag }, deadline: Deadline));

        var resolved = await EscalationsAs(host.Scene, colleague).ResolveEscalationAsync(Resolution(acknowledged), deadline: Deadline);
        var byAnswerer = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Delegate).ConfirmResolutionAsync(
            new ConfirmResolutionRequest { EscalationId = raised.Id, Etag = resolved.Etag }, deadline: Deadline));

        Assert.Equal(
            ["OWN_ESCALATION", "NOT_CALLED_UPON", "NOT_ACKNOWLEDGED", "ALREADY_ACKNOWLEDGED", "OWN_ESCALATION", "ETAG_STALE", "NOT_RESOLVED", "NOT_OWN_ESCALATION"],
            new[] { own, notCalled, early, twice, byRaiser, stale, notResolved, byAnswerer }.Select(refusal => refusal.Reason()));
    }

    [PostgresFact]
    public async Task The_delegate_raises_against_the_insurer_too_and_nobody_named_means_the_managers_at_once()
    {
        var two = await host.Scene.DelegationAsync(Role.DelegationManager);

        var raised = await EscalationsAs(host.Scene, two.Delegate).RaiseEscalationAsync(NewEscalation(two.DelegationId), deadline: Deadline);

        Assert.Equal((Side.Delegate, Escalation.Types.Level.DelegationManagers), (raised.Side, raised.Level));
        await UntilAsync(two.Insurer, items => items is [{ Kind: "escalation.acknowledge_as_manager" }]);
        await EscalationsAs(host.Scene, two.Insurer).AcknowledgeEscalationAsync(Which(raised), deadline: Deadline);
    }

    [PostgresFact]
    public async Task All_that_is_wrong_with_one_is_named_at_once_in_both_languages_and_nothing_is_written()
    {
        var two = await host.Scene.DelegationAsync();
        var request = new RaiseEscalationRequest
        {
            DelegationId = two.DelegationId,
            NoticeTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(1)),
            Subject = new EscalationSubject { ActivityCode = "rat", CommitmentCode = "NOEMISATION_RATE", ActionId = "demain" },
        };

        var english = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(request, deadline: Deadline));
        var french = await Refusals.ThrownBy(EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(
            request, new Metadata { { "accept-language", "fr" } }, Deadline));

        Assert.Equal(
            [
                ("title", "TITLE_REQUIRED"), ("severity", "SEVERITY_REQUIRED"), ("notice_time", "NOTICE_TIME_OUT_OF_RANGE"),
                ("subject.activity_code", "ACTIVITY_CODE_MALFORMED"), ("subject.action_id", "ACTION_ID_MALFORMED"), ("subject", "SUBJECT_AMBIGUOUS"),
            ],
            english.Violations());
        Assert.Equal(english.Violations(), french.Violations());
        Assert.NotEqual(english.Text(), french.Text());
        Assert.Empty((await EscalationsAs(host.Scene, two.Insurer).ListEscalationsAsync(
            new ListEscalationsRequest { DelegationId = two.DelegationId }, deadline: Deadline)).Escalations);
    }

    [PostgresFact]
    public async Task Lists_come_page_by_page_the_latest_first_in_two_statements()
    {
        var two = await host.Scene.DelegationAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(NewEscalation(two.DelegationId), deadline: Deadline)).Id);

        var listed = new List<string>();
        var request = new ListEscalationsRequest { DelegationId = two.DelegationId, PageSize = 2 };
        do
        {
            using var statements = new StatementRecorder();
            var page = await EscalationsAs(host.Scene, two.Delegate).ListEscalationsAsync(request, deadline: Deadline);
            Assert.Equal(1, statements.Of(host.Database.Name).Count(sql => sql.Contains("FROM escalation", StringComparison.Ordinal) && sql.Contains("LIMIT", StringComparison.Ordinal)));
            listed.AddRange(page.Escalations.Select(escalation => escalation.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(ids.AsEnumerable().Reverse(), listed);
        var closed = await EscalationsAs(host.Scene, two.Delegate).ListEscalationsAsync(
            new ListEscalationsRequest { DelegationId = two.DelegationId, State = State.Closed }, deadline: Deadline);
        Assert.Empty(closed.Escalations);
    }

    private static AcknowledgeEscalationRequest Which(Escalation escalation) => new() { EscalationId = escalation.Id };

    private async Task<IEnumerable<string>> EventsAsync(string id)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await connection.QueryAsync<string>(
            "SELECT event_type FROM journal WHERE object_type = 'escalation' AND object_id = @id AND visibility = 'both' ORDER BY revision", new { id = Guid.Parse(id) });
    }

    private async Task<IReadOnlyList<WorkItem>> UntilAsync(Actor actor, Func<IReadOnlyList<WorkItem>, bool> holds)
    {
        IReadOnlyList<WorkItem> items = [];
        await Eventually.Async(async () => holds(items = (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(
            new ListWorkItemsRequest(), deadline: Deadline)).WorkItems));
        return items;
    }
}
