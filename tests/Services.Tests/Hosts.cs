extern alias contracts;
extern alias delivery;
extern alias migrator;
extern alias reporting;
extern alias watch;

using System.Reflection;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;

namespace Delegation.Services.Tests;

/// <summary>The services, by the names that the platform gives them.</summary>
internal static class Hosts
{
    private static readonly Assembly Migrations = typeof(migrator::Program).Assembly;

    // Nobody listens on the port 1, which is reserved.
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    public static ServiceHost<contracts::Program> Contracts(TestIssuer issuer) => new("contracts", Migrations, issuer);

    /// <summary>It follows all journals; those that a test does not start are away.</summary>
    public static ServiceHost<delivery::Program> Delivery(TestIssuer issuer, Uri contracts, Uri? reporting = null, Uri? watch = null)
    {
        var host = Following<delivery::Program>(new("delivery", Migrations, issuer), contracts);
        host.Settings["services:reporting:grpc:0"] = (reporting ?? Nowhere).ToString();
        host.Settings["services:watch:grpc:0"] = (watch ?? Nowhere).ToString();
        host.KnowsItself();
        return host;
    }

    /// <summary>It follows ProjectDelivery too, which is away.</summary>
    public static ServiceHost<reporting::Program> Reporting(TestIssuer issuer, Uri contracts)
    {
        var host = Following<reporting::Program>(new("reporting", Migrations, issuer), contracts);
        host.Settings["services:delivery:grpc:0"] = Nowhere.ToString();
        return host;
    }

    public static ServiceHost<watch::Program> Watch(TestIssuer issuer, Uri contracts) => Following<watch::Program>(new("watch", Migrations, issuer), contracts);

    private static ServiceHost<TProgram> Following<TProgram>(ServiceHost<TProgram> host, Uri contracts)
        where TProgram : class
    {
        host.Settings["services:contracts:grpc:0"] = contracts.ToString();
        return host;
    }
}
