using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Delegation.TestKit;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Delegation.Identity.Tests.Foreign;

/// <summary>openid-client discovers our issuer, gets a token by either method, and verifies it with jose.</summary>
public sealed class A_foreign_client_of_ours
{
    private const string Project = "Identity.Tests";
    private const string Secret = "a secret: 100 % +&=";

    private static readonly NodePeers Peers = new(Project);

    [NodeTheory(Project)]
    [InlineData("basic")]
    [InlineData("post")]
    public async Task Gets_a_token_and_verifies_it(string method)
    {
        // The address is the issuer's name, so it has to be known before the start.
        var address = $"http://localhost:{FreePort()}";
        await using var issuer = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseSetting("HTTP_PORT", new Uri(address).Port.ToString(CultureInfo.InvariantCulture))
            .UseSetting("Identity:Issuer", address)
            .UseSetting("Clients:claire:Secret", Secret)
            .UseSetting("Clients:claire:Subject", "user-claire"));
        issuer.UseKestrel();
        issuer.StartServer();

        await using var client = Peers.Start("client.mjs", address, "claire", Secret, method);
        var report = await client.ReportAsync();

        var claims = report.GetProperty("claims");
        Assert.Equal("user-claire", claims.GetProperty("sub").GetString());
        Assert.Equal("claire", claims.GetProperty("client_id").GetString());
        Assert.Equal(("bearer", 900), (report.GetProperty("type").GetString(), report.GetProperty("seconds").GetInt32()));
        Assert.Equal("RS256", report.GetProperty("header").GetProperty("alg").GetString());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
