using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    /// <summary>Declares an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Scheme of its address; the protocol's name when null.</param>
    /// <param name="transport">Protocol spoken over it; derived from the scheme when null.</param>
    /// <param name="name">Unique in the resource; the scheme when null.</param>
    /// <param name="port">Public port; any free one when null.</param>
    /// <param name="targetPort">Port that the process itself listens on; any free one when null.</param>
    /// <param name="isExternal">Whether it is meant for callers outside the application.</param>
    /// <param name="isProxied">False when the process must listen on the public port itself.</param>
    /// <exception cref="ArgumentException">The name has the wrong shape.</exception>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        ModelName.Validate("Endpoint", Name);

        Protocol = protocol;
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    /// <summary>Unique in the resource, without regard to case.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Public port, or null for any free one. Without proxy it is the target port.</summary>
    public int? Port { get => field ?? (IsProxied ? null : TargetPortAsSet); set; }

    /// <summary>Port that the process itself listens on, or null for any free one. Without proxy it is the public port.</summary>
    public int? TargetPort { get => TargetPortAsSet ?? (IsProxied ? null : Port); set => TargetPortAsSet = value; }

    /// <summary>Scheme of the address, such as <c>http</c>.</summary>
    public string UriScheme { get; set; }

    /// <summary>Host that the process binds to.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Protocol spoken over the endpoint: <c>http</c>, <c>http2</c>, <c>tcp</c>.</summary>
    public string Transport { get; set; }

    /// <summary>Whether it is meant for callers outside the application.</summary>
    public bool IsExternal { get; set; }

    /// <summary>False when the process must listen on the public port itself.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether traffic is encrypted.</summary>
    public bool TlsEnabled { get => field || UriScheme is "https"; set; }

    /// <summary>Left out of references to the whole resource; only naming the endpoint brings it in.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Where it really listens, or null before the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => Allocated.IsCompletedSuccessfully ? Allocated.Result : null;
        set => _allocated.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal Task<AllocatedEndpoint> Allocated => _allocated.Task;

    /// <summary>Environment variable that receives the target port.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    private int? TargetPortAsSet { get; set; }

    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
