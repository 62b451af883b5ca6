namespace Delegation.ServiceDefaults.Time;

/// <summary>Instants as the databases keep them.</summary>
public static class Instants
{
    /// <summary>PostgreSQL keeps microseconds: what is answered now must be what is read later.</summary>
    public static DateTime InMicroseconds(this DateTimeOffset instant) => instant.UtcDateTime.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
