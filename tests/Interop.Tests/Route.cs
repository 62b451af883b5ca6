namespace Delegation.Interop.Tests;

/// <summary>The way from client to server.</summary>
public enum Route
{
    /// <summary>Straight to the server's port.</summary>
    Direct,

    /// <summary>Through the platform's gateway.</summary>
    Gateway,
}
