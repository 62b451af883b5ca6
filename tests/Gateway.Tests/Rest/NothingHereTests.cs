using System.Net;
using System.Text.Json;
using Delegation.Gateway.Tests.Hosts;

namespace Delegation.Gateway.Tests.Rest;

public sealed class NothingHereTests
{
    [Theory]
    [InlineData("/", "en", "There is nothing at this address.")]
    [InlineData("/v1/nothing.json", "fr-FR, en;q=0.5", "Il n'y a rien à cette adresse.")]
    [InlineData("/v1/nothing", "de", "There is nothing at this address.")]
    public async Task An_address_without_anything_says_so_in_the_language_of_the_reader(string path, string accept, string title)
    {
        await using var service = await ServiceHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var client = new HttpClient { BaseAddress = gateway.HttpAddress };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accept);

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()?.Length);
    }
}
