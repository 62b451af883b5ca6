using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Redis;

/// <summary>Runs a Redis resource as a process of this machine.</summary>
internal sealed class NativeRedis(RedisResource resource)
{
    /// <summary>SIGTERM: https://redis.io/docs/latest/reference/signals/</summary>
    public const int StopSignal = 15;

    public async Task<ProcessSpec> PrepareAsync(NativeServerContext context, CancellationToken cancellationToken)
    {
        if (await ServerFinder.FindUsableAsync(RedisProgram.Definition, cancellationToken) is not [var server, ..])
        {
            throw new DistributedApplicationException($"{RedisProgram.Definition.NameAndVersion} is not installed.");
        }

        var password = resource.PasswordParameter is { } parameter ? await parameter.GetValueAsync(cancellationToken) : null;
        var configuration = Path.Combine(Directory.CreateDirectory(context.DataDirectory).FullName, "redis.conf");
        await RedisConfiguration.WriteAsync(
            configuration, context.Ports[RedisResource.PrimaryEndpointName], context.DataDirectory, password, cancellationToken);

        context.Logger.RedisStarts(server.Version);
        return new ProcessSpec(server.Path, [configuration], context.DataDirectory, new Dictionary<string, string>());
    }
}
