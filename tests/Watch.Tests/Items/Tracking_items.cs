using Delegation.TestKit;
using Delegation.Watch.V1;
using Grpc.Core;
using Kind = Delegation.Watch.V1.ItemDecision.Types.Kind;
using Move = Delegation.Watch.V1.TriageItemRequest.Types.Move;
using Reason = Delegation.Watch.V1.Sighting.Types.Reason;
using State = Delegation.Watch.V1.TrackedItem.Types.State;

namespace Delegation.Watch.Tests.Items;

public sealed class Tracking_items(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_same_seen_at_two_places_is_one_item_that_keeps_both_and_says_why()
    {
        var two = await host.Scene.DelegationAsync();
        var first = await host.Scene.TrackAsync(two.Delegate, Details("Forfait journalier hospitalier : hausse à 23 € au 1er mars 2026", "https://a.example.org/1"));
        var again = await host.Scene.TrackAsync(two.Delegate, Details("Le forfait journalier hospitalier passe à 23 € au 1er mars 2026", "https://b.example.org/2"));
        var third = await host.Scene.TrackAsync(two.Delegate, Details("Autre chose sur la même page", "http://www.a.example.org/1/?utm_source=x"));

        Assert.Equal((first.Id, first.Id), (again.Id, third.Id));
        Assert.Equal([Reason.First, Reason.SimilarTitle, Reason.SameLink], third.Sightings.Select(sighting => sighting.Reason));
        Assert.Single((await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new(), deadline: Preparing.Deadline)).Items);
        Assert.Empty((await host.Scene.Items(two.Insurer).ListTrackedItemsAsync(new(), deadline: Preparing.Deadline)).Items);
    }

    [PostgresFact]
    public async Task Twenty_who_see_the_same_at_once_make_one_item_of_it()
    {
        var two = await host.Scene.DelegationAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Scene.TrackAsync(two.Delegate, Preparing.Decree())));

        var item = Assert.Single((await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new(), deadline: Preparing.Deadline)).Items);
        Assert.Single(item.Sightings);
    }

    [PostgresFact]
    public async Task An_item_that_all_see_is_taken_once_in_the_language_of_whoever_takes_it()
    {
        var two = await host.Scene.DelegationAsync();
        var common = (await new V1.Items.ItemsClient(host.Scene.As(two.Delegate)).ListItemsAsync(new() { FromDay = "2026-12-31" }, deadline: Preparing.Deadline)).Items[0];
        var taken = await host.Scene.Items(two.Delegate).TrackItemAsync(new() { PublicItemId = common.Id }, new Metadata { { "accept-language", "fr" } }, Preparing.Deadline);
        var again = await host.Scene.Items(two.Delegate).TrackItemAsync(new() { PublicItemId = common.Id }, deadline: Preparing.Deadline);

        Assert.Equal((common.Id, common.Source, taken.Id), (taken.PublicItemId, Assert.Single(taken.Sightings).SourceName, again.Id));
        Assert.StartsWith("Prothèses capillaires", taken.Title, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_search_finds_french_words_in_any_form_with_and_without_accents()
    {
        var two = await host.Scene.DelegationAsync();
        await host.Scene.TrackAsync(two.Delegate, Preparing.Decree());
        await host.Scene.TrackAsync(two.Delegate, Preparing.Novelty(Item.Types.Stream.Market, "Une mutuelle lance un bilan de prévention"));

        Assert.Equal((1, 1, 1, 0, 1), (await CountAsync("prothese capillaire"), await CountAsync("couvrir"), await CountAsync("mutuelles"), await CountAsync("mutuelle -bilan"), await CountAsync("2025-1131")));
        var common = new V1.Items.ItemsClient(host.Scene.As(two.Delegate));
        Assert.All((await common.ListItemsAsync(new() { FromDay = "2019-01-01", Query = "prothèses" }, deadline: Preparing.Deadline)).Items, item => Assert.Contains("décret 2025-1131", item.Reference, StringComparison.Ordinal));

        async Task<int> CountAsync(string query) => (await host.Scene.Items(two.Delegate).ListTrackedItemsAsync(new() { Query = query }, deadline: Preparing.Deadline)).Items.Count;
    }

    [PostgresFact]
    public async Task From_new_to_decided_an_item_waits_for_nobody_and_reopened_it_goes_on()
    {
        var (two, item) = await host.Scene.AssessedAsync();
        Assert.Equal((State.Assessed, "2099-11-30"), (item.State, item.NextDay));
        var client = host.Scene.Items(two.Delegate);
        var unfounded = await Refusals.ThrownBy(client.DecideItemAsync(new() { ItemId = item.Id, Kind = Kind.Act, Reason = "À faire.", Etag = item.Etag }, deadline: Preparing.Deadline));
        Assert.Equal("DECISION_UNFOUNDED", unfounded.Reason());

        await new WatchActions.WatchActionsClient(host.Scene.As(two.Delegate)).OpenWatchActionAsync(Preparing.NewAction(two, item), deadline: Preparing.Deadline);
        var decided = await client.DecideItemAsync(new() { ItemId = item.Id, Kind = Kind.Act, Reason = "À faire.", Etag = item.Etag }, deadline: Preparing.Deadline);
        Assert.Equal((State.Decided, Kind.Act), (decided.State, decided.Decision.Kind));
        Assert.Equal("ITEM_CLOSED", (await Refusals.ThrownBy(client.UpdateTrackedItemAsync(
            new() { ItemId = item.Id, Details = Preparing.Decree(), Etag = decided.Etag }, deadline: Preparing.Deadline))).Reason());

        var reopened = await client.TriageItemAsync(new() { ItemId = item.Id, Move = Move.Reopen, Reason = "Le texte est contesté.", Etag = decided.Etag }, deadline: Preparing.Deadline);
        Assert.Equal((State.Kept, null, "Le texte est contesté."), (reopened.State, reopened.Decision, reopened.Triage.Reason));
    }

    [PostgresFact]
    public async Task What_an_item_touches_must_be_there_for_the_caller()
    {
        var (two, item) = await host.Scene.KeptAsync();
        var contract = Guid.CreateVersion7().ToString();
        host.Peers.Contracts[(two.DelegationId, contract)] = new() { Id = contract, Terms = new() { Title = "Contrat de délégation" } };
        var impact = Preparing.Impact(item);
        impact.Affected.Add(Touched(two.DelegationId, contract));
        impact.Affected.Add(Touched(two.DelegationId, Guid.CreateVersion7().ToString()));
        impact.Affected.Add(Touched(Guid.CreateVersion7().ToString(), contract));
        var refusal = await Refusals.ThrownBy(host.Scene.Items(two.Delegate).AssessItemAsync(new() { ItemId = item.Id, Assessment = impact, Etag = item.Etag }, deadline: Preparing.Deadline));
        Assert.Equal([("assessment.affected[1].id", "OBJECT_UNKNOWN"), ("assessment.affected[2].delegation_id", "DELEGATION_UNKNOWN")], refusal.Violations());

        impact.Affected.RemoveAt(2);
        impact.Affected.RemoveAt(1);
        Assert.Equal("Contrat de délégation", (await host.Scene.AssessAsync(two.Delegate, item, impact)).Assessment.Affected.Single().Title);

        static AffectedObject Touched(string delegation, string id) => new() { DelegationId = delegation, Type = AffectedObject.Types.Type.Contract, Id = id };
    }

    [PostgresFact]
    public async Task A_committee_decides_by_confirmed_minutes_alone()
    {
        var (two, item) = await host.Scene.AssessedAsync();
        var (meeting, decision) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        host.Peers.Meetings[meeting] = new()
        {
            Id = meeting, CommitteeId = meeting, State = Delivery.V1.Meeting.Types.State.Held, Minutes = new() { Decisions = { new Delivery.V1.Decision { Id = decision, Title = "Avenant" } } },
        };
        host.Peers.Committees[meeting] = new() { Id = meeting, DelegationId = two.DelegationId };
        var request = new DecideItemRequest { ItemId = item.Id, Kind = Kind.NoChange, Reason = "Le comité l'a décidé.", MeetingId = meeting, DecisionId = decision, Etag = item.Etag };
        Assert.Equal([("decision_id", "DECISION_UNKNOWN")], (await Refusals.ThrownBy(host.Scene.Items(two.Delegate).DecideItemAsync(request, deadline: Preparing.Deadline))).Violations());

        host.Peers.Meetings[meeting].State = Delivery.V1.Meeting.Types.State.Confirmed;
        var decided = (await host.Scene.Items(two.Delegate).DecideItemAsync(request, deadline: Preparing.Deadline)).Decision;
        Assert.Equal((meeting, decision, two.DelegationId), (decided.MeetingId, decided.DecisionId, decided.DelegationId));
    }

    [PostgresFact]
    public async Task An_action_is_done_by_its_side_and_dropped_by_who_opened_it()
    {
        var (two, action) = await host.Scene.ActionAsync();
        var (own, other) = (new WatchActions.WatchActionsClient(host.Scene.As(two.Delegate)), new WatchActions.WatchActionsClient(host.Scene.As(two.Insurer)));
        MoveWatchActionRequest Moved(WatchAction from, WatchAction.Types.State to) => new() { DelegationId = two.DelegationId, ActionId = from.Id, State = to, Note = "Motif.", Etag = from.Etag };

        Assert.Equal("ACTION_MOVE_REFUSED", (await Refusals.ThrownBy(other.MoveWatchActionAsync(Moved(action, WatchAction.Types.State.Done), deadline: Preparing.Deadline))).Reason());
        var done = await own.MoveWatchActionAsync(Moved(action, WatchAction.Types.State.Done), deadline: Preparing.Deadline);
        var open = await other.MoveWatchActionAsync(Moved(done, WatchAction.Types.State.Open), deadline: Preparing.Deadline);
        Assert.Equal("ACTION_MOVE_REFUSED", (await Refusals.ThrownBy(other.MoveWatchActionAsync(Moved(open, WatchAction.Types.State.Dropped), deadline: Preparing.Deadline))).Reason());
        Assert.Equal(WatchAction.Types.State.Dropped, (await own.MoveWatchActionAsync(Moved(open, WatchAction.Types.State.Dropped), deadline: Preparing.Deadline)).State);
    }

    [PostgresFact]
    public async Task An_amendment_is_asked_for_accepted_and_named()
    {
        var (two, asked) = await host.Scene.AmendmentAsync();
        var (own, other) = (new AmendmentRequests.AmendmentRequestsClient(host.Scene.As(two.Delegate)), new AmendmentRequests.AmendmentRequestsClient(host.Scene.As(two.Insurer)));
        AnswerAmendmentRequestRequest Answer(bool accept) => new() { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id, Accept = accept, Etag = asked.Etag };

        Assert.Equal("AMENDMENT_MOVE_REFUSED", (await Refusals.ThrownBy(own.AnswerAmendmentRequestAsync(Answer(true), deadline: Preparing.Deadline))).Reason());
        Assert.Equal([("answer", "ANSWER_REQUIRED")], (await Refusals.ThrownBy(other.AnswerAmendmentRequestAsync(Answer(false), deadline: Preparing.Deadline))).Violations());
        var accepted = await other.AnswerAmendmentRequestAsync(Answer(true), deadline: Preparing.Deadline);
        var unknown = new NameAmendmentRequest { DelegationId = two.DelegationId, AmendmentRequestId = asked.Id, AmendmentId = Guid.CreateVersion7().ToString(), Etag = accepted.Etag };
        Assert.Equal([("amendment_id", "AMENDMENT_UNKNOWN")], (await Refusals.ThrownBy(own.NameAmendmentAsync(unknown, deadline: Preparing.Deadline))).Violations());
        unknown.AmendmentId = two.DelegationId;
        Assert.Equal(AmendmentRequest.Types.State.Named, (await own.NameAmendmentAsync(unknown, deadline: Preparing.Deadline)).State);
    }

    [PostgresFact]
    public async Task New_items_wait_on_the_list_of_their_own_side_alone_until_they_are_sorted_out()
    {
        var (two, item) = await host.Scene.ItemAsync();
        Assert.Equal(("delegation.journal.v1.WorkItemOpened", "delegate"), await LastWorkAsync());
        await host.Scene.KeepAsync(two.Delegate, item);
        Assert.Equal(("delegation.journal.v1.WorkItemClosed", "delegate"), await LastWorkAsync());

        async Task<(string Event, string Visibility)> LastWorkAsync() => await host.Scene.QueryAsync<(string, string)>(
            "SELECT event_type, visibility FROM journal WHERE object_type = 'work_item' AND delegation_id = @delegation ORDER BY revision DESC LIMIT 1", new { delegation = two.Delegation });
    }

    private static ItemDetails Details(string title, string link) => new() { Stream = Item.Types.Stream.Regulatory, Title = title, Link = link, PublicationDay = "2026-02-28" };
}
