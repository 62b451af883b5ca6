using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;

namespace Delegation.Platform.Tests.Running;

/// <summary>The demo user of a running platform, who gets tokens as a newcomer does.</summary>
internal static class DemoUser
{
    /// <summary>The setting of the AppHost that holds the secret, and what the tests give it.</summary>
    public const string SecretSetting = "Demo:Secret";
    public const string Secret = "known-to-the-tests-alone";

    /// <summary>The metadata of a call with a token of the issuer at that address, and for that organisation.</summary>
    public static async Task<Metadata> CallAsync(Uri issuer, string? organization = null)
    {
        using var http = new HttpClient { BaseAddress = issuer, Timeout = TimeSpan.FromSeconds(10) };
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_id", "demo"), new("client_secret", Secret)]);
        using var answer = await http.PostAsync(new Uri("/token", UriKind.Relative), form);
        var token = (string?)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["access_token"];

        var metadata = new Metadata { { "authorization", $"Bearer {token}" } };
        if (organization is not null)
        {
            metadata.Add("organization", organization);
        }

        return metadata;
    }
}
