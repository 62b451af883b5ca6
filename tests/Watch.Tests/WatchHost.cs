extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.Watch.Tests;

/// <summary>The service as it runs, in this process; Contracts is away.</summary>
public sealed class WatchHost : ServiceHost<Program>
{
    public WatchHost()
        : base("watch", typeof(migrator::Program).Assembly) => Settings["services:contracts:grpc:0"] = "http://127.0.0.1:1";
}
