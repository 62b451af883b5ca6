using System.Globalization;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>The settings a server starts with. On the command line, so that kept data always gets the current ones.</summary>
internal static class PostgresSettings
{
    /// <summary>Connections that all processes of an application may hold together; unused ones cost next to nothing.</summary>
    public const int DefaultMaxConnections = 200;

    public static IReadOnlyList<string> Arguments(
        PostgresCluster cluster, string name, int port, int maxConnections = DefaultMaxConnections)
    {
        List<string> settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "listen_addresses=localhost",

            // No socket file: its path is limited to 107 bytes, and its place would have to belong to the server's account.
            "unix_socket_directories=",
            string.Create(CultureInfo.InvariantCulture, $"max_connections={maxConnections}"),
            "shared_buffers=64MB",
            "logging_collector=off",
            "log_destination=stderr",
            "log_timezone=UTC",
            "timezone=UTC",
            $"cluster_name={name}",
        ];

        if (!cluster.Durable)
        {
            // Nobody reads this data after a crash, so no command has to wait for the disk.
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }

        return ["-D", cluster.Directory, .. settings.SelectMany(setting => new[] { "-c", setting })];
    }
}
