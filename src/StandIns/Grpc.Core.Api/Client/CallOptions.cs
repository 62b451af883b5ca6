namespace Grpc.Core;

/// <summary>What a client may say about one call.</summary>
/// <param name="headers">Headers to send.</param>
/// <param name="deadline">The instant (UTC) after which the call is given up; null for none.</param>
/// <param name="cancellationToken">Cancels the call.</param>
/// <param name="writeOptions">How to write the request messages.</param>
/// <param name="propagationToken">The server call that this call is made for.</param>
/// <param name="credentials">Credentials of this call alone.</param>
public readonly struct CallOptions(
    Metadata? headers = null,
    DateTime? deadline = null,
    CancellationToken cancellationToken = default,
    WriteOptions? writeOptions = null,
    ContextPropagationToken? propagationToken = null,
    CallCredentials? credentials = null)
{
    /// <summary>Headers to send.</summary>
    public Metadata? Headers { get; private init; } = headers;

    /// <summary>The instant (UTC) after which the call is given up; null for none.</summary>
    public DateTime? Deadline { get; private init; } = deadline;

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private init; } = cancellationToken;

    /// <summary>How to write the request messages.</summary>
    public WriteOptions? WriteOptions { get; private init; } = writeOptions;

    /// <summary>The server call that this call is made for.</summary>
    public ContextPropagationToken? PropagationToken { get; } = propagationToken;

    /// <summary>Credentials of this call alone.</summary>
    public CallCredentials? Credentials { get; private init; } = credentials;

    /// <summary>Whether the call waits for a connection instead of failing while there is none.</summary>
    public bool IsWaitForReady { get; private init; } = false;

    /// <summary>The same options with other headers.</summary>
    /// <param name="headers">Headers to send.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same options with another deadline.</summary>
    /// <param name="deadline">The instant (UTC) after which the call is given up.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with another cancellation token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>The same options with other write options.</summary>
    /// <param name="writeOptions">How to write the request messages.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same options with other credentials.</summary>
    /// <param name="credentials">Credentials of this call alone.</param>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>The same options, waiting or not for a connection.</summary>
    /// <param name="waitForReady">Whether the call waits instead of failing while there is no connection.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
