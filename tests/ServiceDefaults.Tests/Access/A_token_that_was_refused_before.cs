using Delegation.TestKit;

namespace Delegation.ServiceDefaults.Tests.Access;

public sealed class A_token_that_was_refused_before : IAsyncLifetime
{
    private CheckingHost _host = null!;

    public async Task InitializeAsync() => _host = await CheckingHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Is_taken_when_what_was_in_its_way_has_gone()
    {
        var good = _host.Issuer.Token("somebody");
        _host.Issuer.Away = true;
        Assert.Equal("ISSUER_UNAVAILABLE", await _host.AskAsync(good));

        _host.Issuer.Away = false;

        // The issuer is asked every ten seconds at most.
        await Eventually.Async(async () => await _host.AskAsync(good) == "somebody", TimeSpan.FromSeconds(30));
    }
}
