namespace Aspire.Hosting.Local;

/// <summary>What differs between the processes of one resource.</summary>
internal static class Replica
{
    /// <summary>Stands in a variable for the identity of the process, which telemetry tells apart replicas by.</summary>
    public const string InstanceIdPlaceholder = "{{- instance-id -}}";
}
