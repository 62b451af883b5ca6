using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint can be reached while the application runs.</summary>
/// <param name="endpoint">The endpoint as declared.</param>
/// <param name="address">Host name or address for callers.</param>
/// <param name="port">Public port.</param>
/// <param name="targetPortExpression">Port of the process itself, or a placeholder that differs per replica.</param>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>The endpoint as declared.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    /// <summary>Host name or address for callers.</summary>
    public string Address { get; } = address;

    /// <summary>Public port.</summary>
    public int Port { get; } = port;

    /// <summary>Port of the process itself, or a placeholder that differs per replica.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>Scheme of the address.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port, <c>localhost:8080</c>.</summary>
    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    /// <summary>The whole address, <c>http://localhost:8080</c>.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
