using System.Text.Json;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Gateway.Tests.Rest.Streams;

public sealed class EventStreamTests() : RestScenario(("Rest:Heartbeat", "00:00:00.2"), ("Rest:Timeout", "00:00:00.1"))
{
    [Fact]
    public async Task Each_message_is_an_event_as_soon_as_it_is_there()
    {
        var more = new SemaphoreSlim(0);
        Probe.OnDownload = async (request, answers, context) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await more.WaitAsync(context.CancellationToken);
                await answers.WriteAsync(new Message { Text = $"{request.Text} {i}\n" }, context.CancellationToken);
            }
        };

        using var answer = await Rest.OpenAsync("/v1/messages/x%2Fy:watch");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        for (var i = 0; i < 3; i++)
        {
            more.Release();
            var data = await LineAsync(reader, "data: ");
            Assert.Equal($"x/y {i}\n", JsonDocument.Parse(data).RootElement.GetProperty("text").GetString());
        }

        Assert.Equal("end", await LineAsync(reader, "event: "));
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_lives_and_stays_open()
    {
        var end = new TaskCompletionSource();
        Probe.OnDownload = (_, _, _) => end.Task;

        using var answer = await Rest.OpenAsync("/v1/messages/x:watch").Within(10);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
            await LineAsync(reader, ":");
        end.SetResult();

        Assert.Equal("end", await LineAsync(reader, "event: "));
    }

    [Fact]
    public async Task An_error_before_the_first_event_is_a_problem()
    {
        Probe.OnDownload = (_, _, _) => throw RpcErrors.NotFound("MESSAGE_NOT_FOUND", new("No such message.", "Pas de tel message."));

        var answer = await Rest.GetAsync("/v1/messages/x:watch", ("Accept", "text/event-stream"));

        Assert.Equal((404, "MESSAGE_NOT_FOUND"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task An_error_after_the_first_event_is_the_last_event()
    {
        Probe.OnDownload = async (request, answers, _) =>
        {
            await answers.WriteAsync(request);
            throw RpcErrors.PermissionDenied("ROLE_REQUIRED", new("You may not.", "Ce n'est pas permis."));
        };

        var answer = await Rest.GetAsync("/v1/messages/x:watch", ("Accept-Language", "fr"));

        var events = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(text => text != ":").ToArray();
        Assert.Equal((200, 2), (answer.Status, events.Length));
        Assert.StartsWith("event: error\ndata: ", events[1], StringComparison.Ordinal);
        var problem = JsonDocument.Parse(events[1]["event: error\ndata: ".Length..]).RootElement;
        Assert.Equal((403, "ROLE_REQUIRED", "Ce n'est pas permis."), (
            problem.GetProperty("status").GetInt32(), problem.GetProperty("reason").GetString(), problem.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_service_that_dies_in_the_middle_is_the_last_event()
    {
        var answered = new TaskCompletionSource();
        await using var service = await ServiceHost.StartAsync(raw: async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 0 });
            await context.Response.Body.FlushAsync();
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(10));
            context.Abort();
            return true;
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var rest = new RestClient(gateway);

        using var answer = await rest.OpenAsync("/v1/messages/x:watch");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await LineAsync(reader, "data: ");
        answered.SetResult();

        Assert.Equal("error", await LineAsync(reader, "event: "));
        var reason = JsonDocument.Parse(await LineAsync(reader, "data: ")).RootElement.GetProperty("reason").GetString();
        Assert.Contains(reason, new[] { "SERVICE_UNAVAILABLE", "INTERNAL" });
        Assert.Contains(gateway.Logs.Entries, entry => entry.EventId.Name == "CallNotAnswered");
    }

    [Fact]
    public async Task A_browser_tab_that_closes_ends_the_call()
    {
        var stopped = new TaskCompletionSource();
        Probe.OnDownload = async (request, answers, context) =>
        {
            // Told before the delay ends: a registration that is disposed of by then is never called.
            context.CancellationToken.Register(stopped.SetResult);
            await answers.WriteAsync(request, context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using (var answer = await Rest.OpenAsync("/v1/messages/x:watch"))
        using (var reader = new StreamReader(await answer.Content.ReadAsStreamAsync()))
            await LineAsync(reader, "data: ");

        await stopped.Task.Within(10);
        await Eventually.True(() => Gateway.Logs.Entries.Any(entry => entry.EventId.Name == "CallerLeft"));
    }

    [Theory]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream;q=0", 406)]
    [InlineData("text/*", 200)]
    [InlineData("application/json, */*;q=0.1", 200)]
    public async Task It_is_events_or_nothing(string accept, int status) =>
        Assert.Equal(status, (await Rest.GetAsync("/v1/messages/x:watch", ("Accept", accept))).Status);

    [Fact]
    public async Task A_stream_has_no_head() =>
        Assert.Equal((405, "GET, HEAD, OPTIONS"), await Head());

    private async Task<(int, string?)> Head()
    {
        var head = await Rest.SendAsync("HEAD", "/v1/messages/x:watch", null);
        return (head.Status, head.Header("Allow"));
    }

    private static async Task<string> LineAsync(StreamReader reader, string start)
    {
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) is { } line)
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line[start.Length..];
        throw new EndOfStreamException($"no line starts with '{start}'");
    }
}
