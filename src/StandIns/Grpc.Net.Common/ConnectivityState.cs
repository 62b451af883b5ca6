namespace Grpc.Core;

/// <summary>The state of a channel's connection.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected, nobody asks.</summary>
    Idle,

    /// <summary>Connecting.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>Not connected; trying again.</summary>
    TransientFailure,

    /// <summary>Closed.</summary>
    Shutdown,
}
