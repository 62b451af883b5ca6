using Delegation.Identity.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Delegation.Identity.Tests.Clients;

public sealed class ConfiguredClientsTests
{
    [Fact]
    public void A_client_is_known_by_its_secret_or_by_the_hash_of_it()
    {
        var clients = Read(
            ("Clients:a:Secret", "0123456789abcdef"),
            ("Clients:b:SecretHash", Convert.ToHexString(Client.Hash("fedcba9876543210")).ToLowerInvariant()));

        Assert.Equal("a", clients.Authenticate("a", "0123456789abcdef")?.Id);
        Assert.Equal("b", clients.Authenticate("b", "fedcba9876543210")?.Id);
        Assert.Null(clients.Authenticate("a", "fedcba9876543210"));
        Assert.Null(clients.Authenticate("c", "0123456789abcdef"));
        Assert.Null(clients.Authenticate("", ""));
    }

    [Theory]
    [InlineData("Secret", "short")]
    [InlineData("SecretHash", "not a hash")]
    [InlineData("Name", "neither secret nor hash")]
    public void A_client_without_a_usable_secret_stops_the_start(string key, string value)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Read(($"Clients:a:{key}", value)));

        Assert.Contains("Clients:a", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_and_a_hash_at_once_stop_the_start() =>
        Assert.Throws<InvalidOperationException>(() => Read(("Clients:a:Secret", "0123456789abcdef"), ("Clients:a:SecretHash", new string('0', 64))));

    [Theory]
    [InlineData("Identity:Issuer", "issuer.test")]
    [InlineData("Identity:Issuer", "http://issuer.test/")]
    [InlineData("Identity:Issuer", "http://issuer.test?tenant=1")]
    [InlineData("Identity:Audience", "")]
    [InlineData("Identity:TokenLifetime", "00:00:00")]
    [InlineData("Identity:KeyLifetime", "00:01:00")]
    public async Task A_setting_that_cannot_work_stops_the_start(string key, string value)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Identity:Issuer=http://issuer.test", $"--{key}={value}"]);
        builder.AddTokenIssuer();
        await using var app = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static ClientRegistry Read(params (string Key, string Value)[] settings) =>
        ClientRegistry.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
