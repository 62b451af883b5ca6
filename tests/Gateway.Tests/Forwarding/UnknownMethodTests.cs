using System.Net;
using System.Text.Json;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Google.Rpc;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class UnknownMethodTests : IAsyncLifetime, IDisposable
{
    private readonly RawCall _raw = new();
    private ServiceHost _service = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _service = await ServiceHost.StartAsync();
        _gateway = await GatewayHost.StartAsync([_service.Address]);
    }

    public void Dispose() => _raw.Dispose();

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData("/delegation.nobody.v1.Nothing/Get")]
    [InlineData("/delegation.probe.v1.Probe/Nothing")]
    [InlineData("/delegation.probe.v1.Probe/unary")]
    [InlineData("/delegation.probe.v1.Probe/Unary/More")]
    [InlineData("/delegation.probe.v1.Probe")]
    [InlineData("/")]
    [InlineData("/a/b/c.d")]
    public async Task What_the_contract_does_not_name_is_unimplemented(string path)
    {
        using var answer = await _raw.SendAsync(_gateway.GrpcAddress, path, new Message());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("12", Assert.Single(answer.Headers.GetValues("grpc-status")));
        Assert.Equal("METHOD_UNKNOWN", RpcErrorDetails.Unpack<ErrorInfo>(
            Convert.FromBase64String(Assert.Single(answer.Headers.GetValues("grpc-status-details-bin"))))?.Reason);
    }

    [Fact]
    public async Task The_health_of_a_service_is_not_to_be_had_from_outside_but_the_gateways_is()
    {
        using var answer = await _raw.SendAsync(_gateway.GrpcAddress, "/grpc.health.v1.Health/Check", new Message());
        _ = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("0", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    public async Task What_is_not_grpc_is_told_so(string contentType)
    {
        using var answer = await _raw.SendAsync(_gateway.GrpcAddress, "/delegation.probe.v1.Probe/Unary", contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    [InlineData("Application/GRPC")]
    public async Task Every_way_to_write_grpc_passes(string contentType)
    {
        using var answer = await _raw.SendAsync(
            _gateway.GrpcAddress, "/delegation.probe.v1.Probe/Unary", new Message { Text = "x" }, contentType: contentType);
        _ = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("0", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
    }

    [Fact]
    public async Task The_rest_port_has_no_grpc()
    {
        using var answer = await _raw.SendAsync(
            _gateway.HttpAddress, "/delegation.probe.v1.Probe/Unary", new Message(), version: HttpVersion.Version11);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
    }
}
