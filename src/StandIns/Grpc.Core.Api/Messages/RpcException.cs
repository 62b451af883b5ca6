namespace Grpc.Core;

/// <summary>A call that did not succeed: thrown by clients, and by services to end a call with a status.</summary>
/// <param name="status">How the call ended.</param>
/// <param name="trailers">The trailers of the call.</param>
/// <param name="message">The exception's message.</param>
public class RpcException(Status status, Metadata trailers, string message) : Exception(message, status.DebugException)
{
    /// <summary>A call that ended with a status.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status) : this(status, Metadata.Empty)
    {
    }

    /// <summary>A call that ended with a status.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>A call that ended with a status and trailers.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The trailers of the call.</param>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString())
    {
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; } = status;

    /// <summary>The kind of ending.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailers of the call.</summary>
    public Metadata Trailers { get; } = trailers ?? throw new ArgumentNullException(nameof(trailers));
}
