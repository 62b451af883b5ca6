using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that runs elsewhere.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>A service at a known address.</summary>
    public ExternalServiceResource(string name, Uri uri)
        : base(name)
    {
        Uri = uri ?? throw new ArgumentNullException(nameof(uri));
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new ArgumentException($"The URI '{uri}' of the external service '{name}' must be absolute, with '/' as its path and nothing after it.", nameof(uri));
        }
    }

    /// <summary>A service whose address is a parameter.</summary>
    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name)
    {
        UrlParameter = urlParameter ?? throw new ArgumentNullException(nameof(urlParameter));
    }

    /// <summary>The address, or null when it is a parameter.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that holds the address, or null when it is known.</summary>
    public ParameterResource? UrlParameter { get; }
}
