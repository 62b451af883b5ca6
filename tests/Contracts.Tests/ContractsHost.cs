extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.Contracts.Tests;

/// <summary>The service as it runs, in this process; Reporting is away, and it knows of no other service but itself.</summary>
public sealed class ContractsHost : ServiceHost<Program>
{
    public ContractsHost()
        : base("contracts", typeof(migrator::Program).Assembly)
    {
        KnowsItself();
        Settings["services:reporting:grpc:0"] = "http://127.0.0.1:1";
        Settings["Archive:Services:0"] = "contracts";
    }
}
