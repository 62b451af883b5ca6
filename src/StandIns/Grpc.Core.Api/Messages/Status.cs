namespace Grpc.Core;

/// <summary>How a call ended.</summary>
/// <param name="statusCode">The kind of ending.</param>
/// <param name="detail">A text for people.</param>
/// <param name="debugException">What happened inside this process; never sent.</param>
public readonly struct Status(StatusCode statusCode, string detail, Exception? debugException)
{
    /// <summary>It succeeded.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>It was cancelled.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>How a call ended.</summary>
    /// <param name="statusCode">The kind of ending.</param>
    /// <param name="detail">A text for people.</param>
    public Status(StatusCode statusCode, string detail) : this(statusCode, detail, null)
    {
    }

    /// <summary>The kind of ending.</summary>
    public StatusCode StatusCode { get; } = statusCode;

    /// <summary>A text for people.</summary>
    public string Detail { get; } = detail;

    /// <summary>What happened inside this process; never sent.</summary>
    public Exception? DebugException { get; } = debugException;

    /// <inheritdoc/>
    public override string ToString()
    {
        var cause = DebugException is null ? "" : $", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\"";
        return $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\"{cause})";
    }
}
