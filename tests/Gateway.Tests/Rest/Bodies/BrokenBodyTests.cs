using System.Net.Sockets;
using System.Text;
using Delegation.Gateway.Tests.Hosts;

namespace Delegation.Gateway.Tests.Rest.Bodies;

public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData("POST /v1/wide", "application/json")]
    [InlineData("PUT /v1/files/x", "text/plain")]
    public async Task A_body_that_breaks_the_rules_of_http_is_its_senders_fault(string request, string contentType)
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        var answer = await SendAsync(gateway, $"{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {contentType}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"BODY_INCOMPLETE\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Logs.Entries, entry => entry.EventId.Name is "CallNotAnswered" or "ReplicaLeft");
    }

    private static async Task<string> SendAsync(GatewayHost gateway, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.HttpAddress.Host, gateway.HttpAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
