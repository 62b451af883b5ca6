using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Redis;

/// <summary>How Redis, or its free successor Valkey, is found on this machine.</summary>
internal static class RedisProgram
{
    public static ServerProgram Definition { get; } = new(
        "Redis",
        MinimumMajor: 7,
        Executables: ["redis-server", "valkey-server"],
        Packages: [new SystemPackage("redis-server"), new SystemPackage("valkey-server")],
        NewerVersions: "Redis's own packages: "
            + "https://redis.io/docs/latest/operate/oss_and_stack/install/archive/install-redis/install-redis-on-linux/");
}
