namespace Delegation.Gateway.Rest;

/// <summary>The limits of REST calls: the settings <c>Rest:*</c>.</summary>
internal sealed class RestSettings
{
    /// <summary>The most bytes of a JSON body. A body of bytes, as a file, has no limit here: its service says what it takes.</summary>
    public int MaxJsonBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a service has to answer a call that is no stream and carries no file.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence of a stream of events; what stands between us and the browser ends quiet connections.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);
}
