using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core;

namespace Delegation.Platform.Tests.Running;

/// <summary>The demo users of a running platform, who get tokens as newcomers do.</summary>
internal static class DemoUser
{
    /// <summary>The setting of the AppHost that holds the secret, and what the tests give it.</summary>
    public const string SecretSetting = "Demo:Secret";
    public const string Secret = "known-to-the-tests-alone";

    /// <summary>A token of the issuer at that address, for one of the demo users.</summary>
    public static async Task<string> TokenAsync(Uri issuer, string user)
    {
        using var http = new HttpClient { BaseAddress = issuer, Timeout = TimeSpan.FromSeconds(10) };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", user), new("client_secret", Secret)]);
        using var answer = await http.PostAsync(new Uri("/token", UriKind.Relative), form);

        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
    }

    /// <summary>The metadata of a call with a token of the issuer at that address, and for that organisation.</summary>
    public static async Task<Metadata> CallAsync(Uri issuer, string? organization = null)
    {
        var metadata = new Metadata { { "authorization", $"Bearer {await TokenAsync(issuer, "demo")}" } };
        if (organization is not null)
        {
            metadata.Add("organization", organization);
        }

        return metadata;
    }
}
