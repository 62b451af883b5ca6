namespace Aspire.Hosting;

/// <summary>How an AppHost is set up.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Command-line arguments of the AppHost.</summary>
    public string[]? Args { get; set; }

    /// <summary>Name of the AppHost assembly; the entry assembly when null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Directory of the AppHost project; what its build recorded when null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether there is no dashboard. Here there never is one.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the output of resources is logged.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether plain HTTP is accepted where it could be TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }
}
