extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.Reporting.Tests;

/// <summary>The service as it runs, in this process; Contracts and ProjectDelivery are away.</summary>
public class ReportingHost : ServiceHost<Program>
{
    /// <summary>The assembly with the migrations of all services.</summary>
    internal static readonly System.Reflection.Assembly Migrations = typeof(migrator::Program).Assembly;

    public ReportingHost()
        : base("reporting", Migrations) => Settings["services:contracts:grpc:0"] = Settings["services:delivery:grpc:0"] = "http://127.0.0.1:1";
}
