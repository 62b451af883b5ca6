using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Delegation.Identity.Clients;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Delegation.Identity.Tests;

/// <summary>The issuer in this process, with one service and one demo user, on a clock of its own.</summary>
internal sealed class IssuerHost : WebApplicationFactory<Program>
{
    public const string Issuer = "http://issuer.test";
    public const string Service = "reporting";
    public const string ServiceSecret = "reporting-secret-0123456789";
    public const string User = "claire";
    public const string UserSecret = "claire's secret: 100 % +&=é";

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Identity:Issuer"] = Issuer,
        [$"Clients:{Service}:Secret"] = ServiceSecret,
        [$"Clients:{User}:SecretHash"] = Convert.ToHexString(Client.Hash(UserSecret)),
        [$"Clients:{User}:Subject"] = "user-claire",
        [$"Clients:{User}:Name"] = "Claire Martin",
    };

    public ManualTime Time { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public async Task<HttpResponseMessage> RequestTokenAsync(string? basic, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (basic is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));

        return await CreateClient().SendAsync(request);
    }

    /// <summary>An access token of the service.</summary>
    public async Task<string> TokenAsync()
    {
        using var response = await RequestTokenAsync($"{Service}:{ServiceSecret}", ("grant_type", "client_credentials"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await JsonAsync(response)).GetProperty("access_token").GetString()!;
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await CreateClient().GetAsync(path);
        return await JsonAsync(response);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddLogging(logging => logging.AddProvider(Logs));
        });
    }
}
