using System.Security.Cryptography;

namespace Delegation.Identity.Clients;

/// <summary>
/// The clients of configuration section <c>Clients:&lt;client id&gt;</c>, each with <c>Secret</c> or <c>SecretHash</c> (SHA-256 in
/// hexadecimal), and optionally <c>Subject</c> (default: the client id, RFC 9068 section 2.2) and <c>Name</c>.
/// </summary>
internal sealed class ClientRegistry(IEnumerable<Client> clients)
{
    /// <summary>A generated secret is longer than this; what a person makes up usually is not.</summary>
    private const int ShortestSecret = 16;

    /// <summary>An unknown id is compared with this one, so that it is refused no faster than a wrong secret.</summary>
    private static readonly Client Nobody = new("", "", null, RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    private readonly Dictionary<string, Client> _byId = clients.ToDictionary(client => client.Id, StringComparer.Ordinal);

    public int Count => _byId.Count;

    public static ClientRegistry Read(IConfiguration configuration) =>
        new(configuration.GetSection("Clients").GetChildren().Select(ReadClient));

    /// <summary>True when the id names a client, whatever the secret.</summary>
    public bool Knows(string id) => _byId.ContainsKey(id);

    /// <summary>The client of that id when the secret is its own, else null.</summary>
    public Client? Authenticate(string id, string secret)
    {
        var client = _byId.GetValueOrDefault(id, Nobody);
        return client.HasSecret(secret) && client != Nobody ? client : null;
    }

    private static Client ReadClient(IConfigurationSection section)
    {
        var hash = (section["Secret"], section["SecretHash"]) switch
        {
            ({ Length: >= ShortestSecret } secret, null) => Client.Hash(secret),
            (null, { Length: 2 * SHA256.HashSizeInBytes } hex) when hex.All(char.IsAsciiHexDigit) => Convert.FromHexString(hex),
            _ => throw new InvalidOperationException(
                $"'{section.Path}' needs either Secret ({ShortestSecret} characters or more) or SecretHash (SHA-256, 64 hexadecimal digits)."),
        };

        return new Client(section.Key, section["Subject"] ?? section.Key, section["Name"], hash);
    }
}
