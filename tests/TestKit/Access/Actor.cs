using Delegation.Access.V1;
using Grpc.Core;

namespace Delegation.TestKit.Access;

/// <summary>Somebody who calls.</summary>
/// <param name="Subject">The <c>sub</c> of the token.</param>
/// <param name="Organization">The organisation named in the metadata; null for none.</param>
/// <param name="Side">The side of that organisation.</param>
/// <param name="ClientId">The client that the token was given to; null for one that people use.</param>
public sealed record Actor(string Subject, Guid? Organization = null, Side Side = Side.Unspecified, string? ClientId = null)
{
    /// <summary>The metadata of the actor's calls.</summary>
    public Metadata Metadata(Tokens.TestIssuer issuer)
    {
        var metadata = new Metadata { { "authorization", $"Bearer {issuer.Token(Subject, ClientId)}" } };
        if (Organization is { } organization)
            metadata.Add("organization", organization.ToString());

        return metadata;
    }
}
