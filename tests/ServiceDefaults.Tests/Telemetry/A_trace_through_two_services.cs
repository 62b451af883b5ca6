using System.Net;
using Delegation.ServiceDefaults.Tests.Processes;
using Delegation.TestKit;
using Grpc.Health.V1;
using Npgsql;

namespace Delegation.ServiceDefaults.Tests.Telemetry;

public sealed class A_trace_through_two_services
{
    private const string Word = "confidential";
    private const string Token = "s3cret";

    private const int Server = 2;
    private const int Client = 3;

    [PostgresTheory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Is_one_from_the_request_to_the_statement(string protocol)
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var collector = await Collector.StartAsync();
        await using var back = await ServiceProcess.StartAsync(
            [.. collector.SettingsOf("back", protocol), ("ConnectionStrings__database", database.AdminConnectionString)]);
        await using var front = await ServiceProcess.StartAsync(
            [.. collector.SettingsOf("front", protocol), ("services__next__grpc__0", back.GrpcAddress.ToString())]);

        Assert.Equal(Word.ToUpperInvariant(), await front.Http.GetStringAsync($"/ask/{Word}?token={Token}"));
        var received = collector.Received;
        await Eventually.True(() => received.Spans.Any(IsRequest) && received.Spans.Any(span => span is { Service: "back", Span.Kind: Server }));

        // The caller's request, its call, the attempt at it, the other service's answer and its statement, each below the one before.
        var request = Assert.Single(received.Spans, IsRequest);
        var call = Below(received, request, "front", "Grpc.Net.Client", Client);
        var attempt = Below(received, call, "front", "System.Net.Http", Client);
        var answer = Below(received, attempt, "back", "Microsoft.AspNetCore", Server);
        // Beside it, Npgsql shows what opening the first connection took.
        var statement = Assert.Single(received.Spans, span => span.Span.ParentSpanId == answer.Span.SpanId && span["db.query.text"] is not null);
        Assert.True(request.Span.ParentSpanId.IsEmpty);
        Assert.All(received.Spans, span => Assert.Equal(request.Span.TraceId, span.Span.TraceId));

        Assert.Equal(("GET", $"/ask/{Word}", "200"), (request["http.request.method"], request["url.path"], request["http.response.status_code"]));
        Assert.Equal("delegation.probe.v1.Probe/Ask", call.Span.Name);
        Assert.Equal("delegation.probe.v1.Probe/Ask", answer.Span.Name);
        Assert.Equal(("grpc", "delegation.probe.v1.Probe", "Ask", "0"), (answer["rpc.system"], answer["rpc.service"], answer["rpc.method"], answer["rpc.grpc.status_code"]));
        Assert.Equal(("back", "Npgsql", Client, "SELECT upper($1)"), (statement.Service, statement.Source, statement.Span.Kind, statement["db.query.text"]));
        Assert.Equal("back-abcdefgh", answer.Resource.Text("service.instance.id"));

        // The log of the other service belongs to the trace as well.
        await Eventually.True(() => received.Logs.Any(log => log.Record.Attributes.Text("Length") == "12"));
        var log = Assert.Single(received.Logs, log => log.Record.Attributes.Text("Length") == "12");
        Assert.Equal(("back", "Answered with 12 characters.", "Information"), (log.Service, log.Record.Body.StringValue, log.Record.SeverityText));
        Assert.Equal((answer.Span.TraceId, answer.Span.SpanId), (log.Record.TraceId, log.Record.SpanId));

        await Eventually.True(() => new[] { "http.server.request.duration", "dotnet.gc.collections", "kestrel.active_connections" }
            .All(name => received.Metrics.Contains(("back", name))));
        await Eventually.True(() => received.Metrics.Any(metric => metric.Service == "back" && metric.Name.StartsWith("db.client.", StringComparison.Ordinal)));

        var password = new NpgsqlConnectionStringBuilder(database.AdminConnectionString).Password;
        Assert.All(received.Spans.Where(span => span != request), span => Assert.DoesNotContain(Word, span.Span.ToString(), StringComparison.Ordinal));
        Assert.All(received.Spans, span => Assert.DoesNotContain(Token, span.Span.ToString(), StringComparison.Ordinal));
        if (!string.IsNullOrEmpty(password))
            Assert.All(received.Spans, span => Assert.DoesNotContain(password, span.Span.ToString(), StringComparison.Ordinal));
        Assert.All(received.Logs, entry => Assert.DoesNotContain(Token, entry.Record.ToString(), StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Is_not_made_of_probes()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var collector = await Collector.StartAsync();
        await using var service = await ServiceProcess.StartAsync(
            [.. collector.SettingsOf("probed"), ("ConnectionStrings__database", database.AdminConnectionString)]);

        await service.Http.GetStringAsync("/alive");
        await service.Http.GetStringAsync("/health");
        await new Grpc.Health.V1.Health.HealthClient(service.Channel).CheckAsync(new HealthCheckRequest());
        await service.Client.AskAsync(new Probe.V1.Question { Text = "word" });

        // The call that is no probe came after them all: when it has arrived, whatever the probes had left would be here.
        await Eventually.True(() => collector.Received.Spans.Any(span => span.Span.Kind == Server));
        Assert.Equal(
            [("Microsoft.AspNetCore", "delegation.probe.v1.Probe/Ask"), ("Npgsql", null)],
            collector.Received.Spans.OrderBy(span => span.Source, StringComparer.Ordinal)
                .Select(span => (span.Source, span.Source == "Npgsql" ? null : span.Span.Name)));
        Assert.DoesNotContain(collector.Received.Logs, log => log.Record.ToString().Contains("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_a_failure_from_a_refusal_and_keeps_the_text_of_exceptions()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await ServiceProcess.StartAsync(collector.SettingsOf("failing"));

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => service.Client.AskAsync(new Probe.V1.Question { Text = "fail" }).ResponseAsync.Within(10));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => service.Client.AskAsync(new Probe.V1.Question { Text = "refuse" }).ResponseAsync.Within(10));
        await Eventually.True(() => collector.Received.Spans.Count == 2 && collector.Received.Logs.Any(log => log.Record.SeverityText == "Error"));

        var spans = collector.Received.Spans.ToDictionary(span => span["rpc.grpc.status_code"]!);
        Assert.Equal(2, spans["13"].Span.Status.Code);
        Assert.NotEqual(2, spans["5"].Span.Status?.Code);
        Assert.All(spans.Values, span => Assert.DoesNotContain("the text of an exception", span.Span.ToString(), StringComparison.Ordinal));
        // The log is where it belongs, under the same trace.
        var log = Assert.Single(collector.Received.Logs, log => log.Record.SeverityText == "Error");
        Assert.Equal(spans["13"].Span.TraceId, log.Record.TraceId);
        Assert.Equal("the text of an exception", log.Record.Attributes.Text("exception.message"));
    }

    [Fact]
    public async Task Names_the_kind_of_an_exception_that_nobody_caught_and_the_status_that_the_caller_got()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await ServiceProcess.StartAsync(
            [.. collector.SettingsOf("failing"), ("services__next__grpc__0", $"http://127.0.0.1:{ClosedPort.Find()}")]);

        using var answer = await service.Http.GetAsync("/ask/word");
        await Eventually.True(() => collector.Received.Spans.Any(span => span.Span.Kind == Server));

        var span = Assert.Single(collector.Received.Spans, span => span.Span.Kind == Server);
        Assert.Equal(("GET /ask/{word}", "500", "Grpc.Core.RpcException"), (span.Span.Name, span["http.response.status_code"], span["error.type"]));
        Assert.Equal(2, span.Span.Status.Code);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private static bool IsRequest(ReceivedSpan span) => span is { Service: "front", Source: "Microsoft.AspNetCore", Span: { Kind: Server, Name: "GET /ask/{word}" } };

    private static ReceivedSpan Below(Received received, ReceivedSpan parent, string service, string source, int kind) => Assert.Single(
        received.Spans,
        span => span.Span.ParentSpanId == parent.Span.SpanId && span.Service == service && span.Source == source && span.Span.Kind == kind);
}
