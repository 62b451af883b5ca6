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

    public static ServiceHost<contracts::Program> Contracts(TestIssuer issuer) => new("contracts", Migrations, issuer);

    public static ServiceHost<delivery::Program> Delivery(TestIssuer issuer, Uri contracts) => Following<delivery::Program>(new("delivery", Migrations, issuer), contracts);

    public static ServiceHost<reporting::Program> Reporting(TestIssuer issuer, Uri contracts) => Following<reporting::Program>(new("reporting", Migrations, issuer), contracts);

    public static ServiceHost<watch::Program> Watch(TestIssuer issuer, Uri contracts) => Following<watch::Program>(new("watch", Migrations, issuer), contracts);

    private static ServiceHost<TProgram> Following<TProgram>(ServiceHost<TProgram> host, Uri contracts)
        where TProgram : class
    {
        host.Settings["services:contracts:grpc:0"] = contracts.ToString();
        return host;
    }
}
