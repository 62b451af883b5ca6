using System.Security.Cryptography;
using Aspire.Hosting.Local.Ports;
using Aspire.Hosting.Local.Processes;

namespace Aspire.Hosting.Local;

/// <summary>One process of a resource, from before it starts until after it has ended.</summary>
/// <param name="name">Name of the resource.</param>
/// <param name="ports">Ports that this process listens on.</param>
internal sealed class Replica(string name, ReplicaPorts ports)
{
    /// <summary>Stands in a variable for the identity of the process, by which telemetry tells apart replicas.</summary>
    public const string InstancePlaceholder = "{{- instance -}}";

    private readonly string _instance = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8);

    /// <summary>Name of the process: the resource's and a suffix.</summary>
    public string Id => $"{name}-{_instance}";

    public ReplicaPorts Ports { get; } = ports;

    public LogTail Log { get; } = new();

    /// <summary>The process, once it has been started.</summary>
    public ChildProcess? Process { get; set; }

    /// <summary>Puts what only this process knows into text that was made for all of them.</summary>
    public string FillIn(string text) => Ports.FillIn(text).Replace(InstancePlaceholder, _instance, StringComparison.Ordinal);
}
