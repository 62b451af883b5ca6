namespace Aspire.Npgsql;

/// <summary>How a PostgreSQL data source is set up. Bound from the sections <c>Aspire:Npgsql</c> and <c>Aspire:Npgsql:{connection name}</c>.</summary>
public class NpgsqlSettings
{
    /// <summary>The connection string, in Npgsql's keyword form.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>True to register no health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>True to leave Npgsql's activities out of the traces. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>True to leave Npgsql's meter out of the metrics. Default: false.</summary>
    public bool DisableMetrics { get; set; }
}
