namespace Grpc.Core;

/// <summary>What the four kinds of call share: how to ask for headers, status and trailers, and how to abandon the call.</summary>
/// <remarks>The callbacks take a state so that a client can share static delegates between calls and allocate none per call.</remarks>
internal readonly struct CallState(
    Func<object, Task<Metadata>> responseHeadersAsync,
    Func<object, Status> getStatus,
    Func<object, Metadata> getTrailers,
    Action<object> dispose,
    object state)
{
    internal CallState(Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
        : this(_ => responseHeadersAsync, _ => getStatus(), _ => getTrailers(), _ => dispose(), string.Empty)
    {
    }

    internal Task<Metadata> ResponseHeadersAsync => responseHeadersAsync(state);

    internal Status GetStatus() => getStatus(state);

    internal Metadata GetTrailers() => getTrailers(state);

    internal void Dispose() => dispose(state);
}
