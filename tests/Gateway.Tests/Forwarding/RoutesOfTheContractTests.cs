using Delegation.Contracts.V1;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Tests.Protos;
using Microsoft.Extensions.Configuration;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class RoutesOfTheContractTests
{
    [Fact]
    public void Each_method_of_the_contract_has_one_route_to_the_service_of_its_package()
    {
        var routes = ForwardingConfig.Routes(PublicContract.Services);

        var route = Assert.Single(routes, route => route.Match.Path == "/delegation.contracts.v1.Organizations/GetOrganization");
        Assert.Equal("contracts", route.ClusterId);
        Assert.Equal(PublicContract.Services.Sum(service => service.Descriptor.Methods.Count), routes.Count);
        Assert.Equal(routes.Count, routes.Select(candidate => candidate.Match.Path).Distinct().Count());
        Assert.Contains(PublicContract.Services, service => service.Descriptor == Organizations.Descriptor);
    }

    [Fact]
    public void Each_service_process_has_one_cluster_with_all_its_replicas()
    {
        var clusters = ForwardingConfig.Clusters(
            [new ForwardedService(Probe.Descriptor, "probe"), new ForwardedService(Organizations.Descriptor, "probe")],
            Settings(("services:probe:grpc:0", "http://localhost:1"), ("services:probe:grpc:1", "http://localhost:2")));

        var cluster = Assert.Single(clusters);
        Assert.Equal(["http://localhost:1/", "http://localhost:2/"], cluster.Destinations!.Values.Select(destination => destination.Address));
    }

    [Fact]
    public void A_service_without_an_address_stops_the_start()
    {
        var missing = Assert.Throws<InvalidOperationException>(
            () => ForwardingConfig.Clusters([new ForwardedService(Probe.Descriptor, "probe")], Settings()));

        Assert.Contains("services:probe:grpc:0", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("ftp://localhost")]
    [InlineData("")]
    public void An_address_that_is_none_stops_the_start(string address)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => ForwardingConfig.Clusters(
            [new ForwardedService(Probe.Descriptor, "probe")], Settings(("services:probe:grpc:0", address))));

        Assert.Contains("services:probe:grpc:0", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_says_who_serves_it_or_the_gateway_does_not_start()
    {
        Assert.Equal("probe", PublicContract.ResourceOf(Probe.Descriptor));
        Assert.Throws<InvalidOperationException>(() => PublicContract.ResourceOf(Grpc.Health.V1.Health.Descriptor));
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
