using System.Net;
using Delegation.Watch.Sources;

namespace Delegation.Watch.Tests.Sources;

/// <summary>Where the platform connects to when people tell it what to read, and where not.</summary>
public sealed class Addresses_that_are_read
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("100::1")]
    public void What_is_not_public_is_refused(string address) => Assert.False(new PublicAddresses().Allows(new IPEndPoint(IPAddress.Parse(address), 443)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.1.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void What_is_public_is_read_at_the_ports_of_the_web_alone(string address)
    {
        Assert.True(new PublicAddresses().Allows(new IPEndPoint(IPAddress.Parse(address), 443)));
        Assert.True(new PublicAddresses().Allows(new IPEndPoint(IPAddress.Parse(address), 80)));
        Assert.False(new PublicAddresses().Allows(new IPEndPoint(IPAddress.Parse(address), 6379)));
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://intranet/")]
    [InlineData("http://user:secret@www.example.org/")]
    [InlineData("ftp://www.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://www.example.org/")]
    public void An_address_that_says_itself_that_it_is_none_is_refused_at_once(string url) => Assert.False(SourceFields.IsPublic(url));

    [Fact]
    public void A_public_name_passes_until_its_addresses_are_known() => Assert.True(SourceFields.IsPublic("https://www.cnil.fr/fr/rss.xml"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("2130706433")]
    public async Task Whatever_leads_to_this_machine_is_refused_when_the_connection_is_made(string host)
    {
        await using var site = await MadeUpSite.StartAsync();
        site.Says("/feed", MadeUpSite.Rss("Secret"));
        using var download = new FeedDownload(new FeedConnections(new PublicAddresses()), TimeProvider.System);
        var address = new Uri($"http://{host}:{new Uri(site.Url("/feed")).Port}/feed");

        var refused = await Assert.ThrowsAsync<FeedFailureException>(() => download.GetAsync(address, "", "", CancellationToken.None));
        Assert.Equal(FeedFailureException.AddressRefused, refused.Reason);
        Assert.Empty(site.Asked);
    }
}
