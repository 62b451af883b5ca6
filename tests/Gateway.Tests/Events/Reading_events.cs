using System.Collections.Concurrent;
using System.Net;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Visibility = Delegation.Journal.V1.Entry.Types.Visibility;

namespace Delegation.Gateway.Tests.Events;

public sealed class Reading_events : IAsyncLifetime
{
    private const string Insurer = "019a9f2e-7c1b-7d3a-8f55-000000000001";
    private const string Delegate = "019a9f2e-7c1b-7d3a-8f55-000000000002";
    private const string Other = "019a9f2e-7c1b-7d3a-8f55-000000000003";
    private const string ADelegation = "019a9f2e-7c1b-7d3a-8f55-000000000009";

    private EventsPlatform _platform = null!;

    public async Task InitializeAsync()
    {
        _platform = await EventsPlatform.StartAsync();
        (_platform.Contracts.Members["insurer"], _platform.Contracts.Members["delegate"], _platform.Contracts.Members["other"]) = (Insurer, Delegate, Other);
    }

    public Task DisposeAsync() => _platform.DisposeAsync().AsTask();

    [Fact]
    public async Task Brings_what_happens_in_all_services_with_what_happened_in_it()
    {
        using var reader = await OpenAsync("insurer");
        _platform.Contracts.Append(Insurer, new OrganizationUpdated { Organization = new Organization { LegalName = "Mutuelle des essais" } });
        var first = await reader.EventAsync();
        var second = _platform.Watch.Append(Insurer, new OrganizationUpdated());

        Assert.Equal("delegation.contracts.v1.OrganizationUpdated", first.Type);
        Assert.Equal("contracts", first.Data.GetProperty("service").GetString());
        Assert.Equal("Mutuelle des essais", first.Data.GetProperty("event").GetProperty("organization").GetProperty("legalName").GetString());
        Assert.Equal(second, (await reader.EventAsync()).EntryId);
    }

    [Fact]
    public async Task Shows_each_side_what_it_may_see_and_nobody_else_anything()
    {
        using var insurer = await OpenAsync("insurer");
        using var @delegate = await OpenAsync("delegate");
        using var other = await OpenAsync("other");
        var both = Append(Visibility.Both);
        var forInsurer = Append(Visibility.Insurer);
        var forDelegate = Append(Visibility.Delegate);
        var last = new[] { Insurer, Delegate, Other }.Select(organization => _platform.Contracts.Append(organization, new OrganizationUpdated())).ToArray();

        Assert.Equal([both, forInsurer, last[0]], await EventsAsync(insurer, 3));
        Assert.Equal([both, forDelegate, last[1]], await EventsAsync(@delegate, 3));
        Assert.Equal([last[2]], await EventsAsync(other, 1));
    }

    [Fact]
    public async Task Does_not_show_by_which_issuer_and_subject_a_person_is_known()
    {
        using var reader = await OpenAsync("insurer");
        _platform.Contracts.Append(Insurer, new MembershipGranted { Issuer = "https://issuer.example", Subject = "jeanne" });

        var granted = await reader.EventAsync();

        Assert.Equal("delegation.contracts.v1.MembershipGranted", granted.Type);
        Assert.DoesNotContain("jeanne", granted.Data.GetRawText(), StringComparison.Ordinal);
        Assert.False(granted.Data.TryGetProperty("event", out _));
    }

    [Fact]
    public async Task Shows_a_thing_in_the_shape_of_answers_and_what_it_is_about_which_is_no_persons_subject()
    {
        using var reader = await OpenAsync("insurer");
        var subject = new EscalationSubject { ActivityCode = "RAT" };
        _platform.Contracts.Append(Insurer, new EscalationRaised { Escalation = new Escalation { Title = "Flux 929 rejeté", Subject = subject } });

        var escalation = (await reader.EventAsync()).Data.GetProperty("event").GetProperty("escalation");

        Assert.Equal("Flux 929 rejeté", escalation.GetProperty("title").GetString());
        Assert.Equal("RAT", escalation.GetProperty("subject").GetProperty("activityCode").GetString());
        // In the shape of answers: what is empty is there.
        Assert.Equal("", escalation.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task Goes_on_where_the_last_id_says_also_when_that_was_no_event()
    {
        string lastId;
        using (var reader = await OpenAsync("insurer"))
            lastId = reader.LastId;
        var (missed, alsoMissed) = (_platform.Contracts.Append(Insurer, new OrganizationUpdated()), _platform.Watch.Append(Insurer, new OrganizationUpdated()));
        _platform.Contracts.Append(Other, new OrganizationUpdated());
        await _platform.KillGatewayAsync();
        await _platform.StartGatewayAsync();

        using var again = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token("insurer"), lastId);

        Assert.Equal([missed, alsoMissed], await EventsAsync(again, 2));
        var now = _platform.Contracts.Append(Insurer, new OrganizationUpdated());
        Assert.Equal([now], await EventsAsync(again, 1));
    }

    [Fact]
    public async Task Loses_and_doubles_nothing_while_services_and_gateway_are_killed()
    {
        const int Entries = 300;
        var written = new ConcurrentDictionary<string, List<string>> { ["contracts"] = [], ["watch"] = [] };
        var lastId = (await OpenOnceAsync("insurer")).LastId;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Entries; i++)
            {
                var (name, journal) = i % 3 == 0 ? ("watch", _platform.Watch) : ("contracts", _platform.Contracts);
                if (i % 4 == 0)
                    journal.Append(Other, new OrganizationUpdated());
                written[name].Add(journal.Append(Insurer, new OrganizationUpdated()));
                await Task.Delay(15);
            }
        });
        var killing = Task.Run(async () =>
        {
            for (var round = 0; round < 3; round++)
            {
                await Task.Delay(300);
                await _platform.KillServiceAsync(round == 1 ? "watch" : "contracts");
                await Task.Delay(200);
                await _platform.StartServiceAsync(round == 1 ? "watch" : "contracts");
                await Task.Delay(400);
                await _platform.KillGatewayAsync();
                await _platform.StartGatewayAsync();
            }
        });

        var received = new Dictionary<string, List<string>> { ["contracts"] = [], ["watch"] = [] };
        var connections = 0;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (received.Values.Sum(list => list.Count) < Entries && !limit.IsCancellationRequested)
        {
            try
            {
                using var reader = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token("insurer"), lastId);
                if (reader.Status != HttpStatusCode.OK)
                    continue;
                connections++;
                while (received.Values.Sum(list => list.Count) < Entries && await reader.NextAsync(seconds: 3) is { } next)
                {
                    lastId = next.Id;
                    if (next.Event is { } read)
                        received[read.Data.GetProperty("service").GetString()!].Add(read.EntryId);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TimeoutException)
            {
                await Task.Delay(50);
            }
        }

        await Task.WhenAll(writing, killing).Within(60);
        Assert.True(connections > 1);
        Assert.Equal(written["contracts"], received["contracts"]);
        Assert.Equal(written["watch"], received["watch"]);
    }

    [Fact]
    public async Task Ends_when_the_membership_ends_and_only_for_that_person()
    {
        _platform.Contracts.Members["colleague"] = Insurer;
        using var reader = await OpenAsync("insurer");
        using var colleague = await OpenAsync("colleague");

        _platform.Contracts.Append(Insurer, new MembershipEnded { Issuer = _platform.Issuer.Authority, Subject = "insurer" });
        var after = _platform.Contracts.Append(Insurer, new OrganizationUpdated());

        Assert.Null(await reader.NextAsync());
        Assert.Equal("delegation.contracts.v1.MembershipEnded", (await colleague.EventAsync()).Type);
        Assert.Equal(after, (await colleague.EventAsync()).EntryId);
    }

    [Fact]
    public async Task Ends_when_the_token_expires()
    {
        using var reader = await EventReader.OpenAsync(
            _platform.Events, _platform.Issuer.Token("insurer", expires: DateTime.UtcNow.AddSeconds(2)));
        Assert.NotNull(await reader.NextAsync());

        Assert.Null(await reader.NextAsync(seconds: 6));
    }

    [Fact]
    public async Task Is_refused_to_strangers_and_with_an_id_that_is_none()
    {
        using var stranger = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token("stranger"));
        using var forged = await EventReader.OpenAsync(_platform.Events, "made.up.token");
        using var nonsense = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token("insurer"), "nonsense");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest), (stranger.Status, forged.Status, nonsense.Status));
        Assert.Contains("MEMBERSHIP_REQUIRED", await stranger.ProblemAsync(), StringComparison.Ordinal);
        Assert.Contains("LAST_EVENT_ID_MALFORMED", await nonsense.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_there_while_a_service_has_never_been()
    {
        await _platform.KillGatewayAsync();
        await _platform.KillServiceAsync("watch");
        await _platform.StartGatewayAsync();
        using var early = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token("insurer"));
        await _platform.StartServiceAsync("watch");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.Status);
        using var _ = await OpenAsync("insurer");
    }

    private string Append(Visibility visibility) => _platform.Contracts.Append(Insurer, new OrganizationUpdated(), ADelegation, Delegate, visibility);

    private static async Task<string[]> EventsAsync(EventReader reader, int count)
    {
        var events = new string[count];
        for (var i = 0; i < count; i++)
            events[i] = (await reader.EventAsync()).EntryId;
        return events;
    }

    /// <summary>Opens a stream and waits until it has begun.</summary>
    private async Task<EventReader> OpenAsync(string subject)
    {
        var reader = await EventReader.OpenAsync(_platform.Events, _platform.Issuer.Token(subject));
        Assert.Equal(HttpStatusCode.OK, reader.Status);
        Assert.NotNull(await reader.NextAsync());
        return reader;
    }

    private async Task<EventReader> OpenOnceAsync(string subject)
    {
        using var reader = await OpenAsync(subject);
        return reader;
    }
}
