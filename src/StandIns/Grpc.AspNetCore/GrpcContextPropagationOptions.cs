namespace Grpc.AspNetCore.ClientFactory;

/// <summary>How the calls of a client take over from the server call that they are made in.</summary>
public class GrpcContextPropagationOptions
{
    /// <summary>Whether a call outside of any server call is made as it is, instead of being refused.</summary>
    public bool SuppressContextNotFoundErrors { get; set; }
}
