using Delegation.Gateway.Tests.Hosts;
using Delegation.ServiceDefaults.Errors;
using Delegation.TestKit.Tokens;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Rest.Calls;

public sealed class ProblemTests() : RestScenario(("Rest:Timeout", "00:00:01"))
{
    private static readonly LocalizedText Text = new("It is so.", "C'est ainsi.");

    [Theory]
    [InlineData(StatusCode.Cancelled, "R", 499)]
    [InlineData(StatusCode.Unknown, "R", 500)]
    [InlineData(StatusCode.InvalidArgument, "R", 400)]
    [InlineData(StatusCode.DeadlineExceeded, "R", 504)]
    [InlineData(StatusCode.NotFound, "R", 404)]
    [InlineData(StatusCode.AlreadyExists, "R", 409)]
    [InlineData(StatusCode.PermissionDenied, "R", 403)]
    [InlineData(StatusCode.Unauthenticated, "R", 401)]
    [InlineData(StatusCode.ResourceExhausted, "R", 429)]
    [InlineData(StatusCode.FailedPrecondition, "R", 400)]
    [InlineData(StatusCode.Aborted, "R", 409)]
    [InlineData(StatusCode.OutOfRange, "R", 400)]
    [InlineData(StatusCode.Unimplemented, "R", 501)]
    [InlineData(StatusCode.Internal, "R", 500)]
    [InlineData(StatusCode.Unavailable, "R", 503)]
    [InlineData(StatusCode.DataLoss, "R", 500)]
    [InlineData(StatusCode.Aborted, "ETAG_STALE", 412)]
    [InlineData(StatusCode.FailedPrecondition, "ETAG_REQUIRED", 428)]
    [InlineData(StatusCode.FailedPrecondition, "ETAG_STALE", 400)]
    public async Task Each_status_has_its_http_status_and_keeps_its_reason(StatusCode status, string reason, int http)
    {
        Probe.OnWiden = (_, _) => throw RpcErrors.Of(new Refusal(status, reason, Text));

        var answer = await Rest.GetAsync("/v1/wide");

        Assert.Equal((http, reason, http), (answer.Status, answer.Reason, answer.Json.GetProperty("status").GetInt32()));
        Assert.Equal(("application/problem+json", "no-store"), (answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Equal((http == 401, http == 503), (answer.Header("WWW-Authenticate") is not null, answer.Header("Retry-After") is not null));
    }

    [Fact]
    public async Task A_problem_says_everything_that_the_service_said()
    {
        Probe.OnWiden = (_, _) => throw RpcErrors.InvalidArgument(
            "INVALID_FIELDS", Text,
            new FieldViolation("many[2].display_name", "NAME_TOO_LONG", new("It is too long.", "C'est trop long."), new("Shorten it.", "Raccourcissez-le.")),
            new FieldViolation("text", "TEXT_REQUIRED", Text));

        var answer = await Rest.SendAsync("PUT", "/v1/wide/x", "{}", headers: ("Accept-Language", "fr"));

        Assert.Equal(["many[2].display_name /many/2/displayName NAME_TOO_LONG", "text - TEXT_REQUIRED"], answer.Errors);
        Assert.Equal("C'est ainsi.", answer.Json.GetProperty("title").GetString());
        Assert.Equal("C'est trop long. Raccourcissez-le. C'est ainsi.", answer.Json.GetProperty("detail").GetString());
        Assert.Equal("urn:delegation:problem:INVALID_FIELDS", answer.Json.GetProperty("type").GetString());
        Assert.Equal((32, "fr"), (answer.Json.GetProperty("traceId").GetString()?.Length, answer.Header("Content-Language")));
    }

    [Fact]
    public async Task Conditions_that_are_not_met_are_listed()
    {
        Probe.OnWiden = (_, _) => throw RpcErrors.FailedPrecondition("NOT_READY", Text, new UnmetCondition("SIGNATURE_MISSING", "letter 7", new("Sign it.", "Signez-la.")));

        Assert.Equal("letter 7 - SIGNATURE_MISSING", Assert.Single((await Rest.GetAsync("/v1/wide")).Errors));
    }

    [Fact]
    public async Task A_failure_keeps_its_text_to_itself()
    {
        Probe.OnWiden = (_, _) => throw new InvalidOperationException("secret");

        var answer = await Rest.GetAsync("/v1/wide");

        Assert.Equal((500, "INTERNAL"), (answer.Status, answer.Reason));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_takes_too_long_is_cut_off()
    {
        var stopped = new TaskCompletionSource();
        Probe.OnWiden = async (request, context) =>
        {
            context.CancellationToken.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
            return request;
        };

        var answer = await Rest.GetAsync("/v1/wide").Within(10);

        Assert.Equal((504, "DEADLINE_EXCEEDED"), (answer.Status, answer.Reason));
        await stopped.Task.Within(10);
    }

    [Fact]
    public async Task A_service_that_is_down_is_worth_another_try()
    {
        await Service.DisposeAsync();

        var answer = await Rest.GetAsync("/v1/wide");

        Assert.Equal((503, "SERVICE_UNAVAILABLE", "2"), (answer.Status, answer.Reason, answer.Header("Retry-After")));
    }

    [Fact]
    public async Task A_token_is_asked_for_before_the_request_is_read()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([Service.Address], authority: issuer.Authority);
        using var rest = new RestClient(gateway);

        var missing = await rest.SendAsync("POST", "/v1/wide", "no json");
        var bad = await rest.SendAsync("POST", "/v1/wide", "no json", headers: ("Authorization", "Bearer nonsense"));
        var good = await rest.SendAsync("POST", "/v1/wide", "{}", headers: ("Authorization", $"Bearer {issuer.Token("somebody")}"));

        Assert.Equal((401, "TOKEN_MISSING", "Bearer"), (missing.Status, missing.Reason, missing.Header("WWW-Authenticate")));
        Assert.Equal((401, "TOKEN_INVALID", "Bearer error=\"invalid_token\""), (bad.Status, bad.Reason, bad.Header("WWW-Authenticate")));
        Assert.Equal(200, good.Status);
    }
}
