extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.Reporting.Tests;

/// <summary>The service as it runs, in this process; Contracts is away.</summary>
public sealed class ReportingHost : ServiceHost<Program>
{
    public ReportingHost()
        : base("reporting", typeof(migrator::Program).Assembly) => Settings["services:contracts:grpc:0"] = "http://127.0.0.1:1";
}
