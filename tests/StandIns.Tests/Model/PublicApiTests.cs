using System.Reflection;
using Aspire.Hosting.Local;

namespace Delegation.StandIns.Tests.Model;

/// <summary>What real Aspire refuses at compile time must not compile here either (reference: Aspire 13.5).</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Resource_builders_are_covariant()
    {
        var parameter = typeof(IResourceBuilder<>).GetGenericArguments().Single();

        Assert.True(parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant));
    }

    [Theory]
    [InlineData(typeof(ProjectResource), true)]
    [InlineData(typeof(ExecutableResource), false)]
    [InlineData(typeof(ContainerResource), false)]
    public void Only_a_project_is_found_by_its_name_alone(Type resource, bool expected) =>
        Assert.Equal(expected, resource.IsAssignableTo(typeof(IResourceWithServiceDiscovery)));

    [Theory]
    [InlineData(typeof(ProjectResource))]
    [InlineData(typeof(ExecutableResource))]
    [InlineData(typeof(ContainerResource))]
    public void Everything_that_runs_has_environment_arguments_endpoints_and_waits(Type resource) => Assert.All(
        [typeof(IResourceWithEnvironment), typeof(IResourceWithArgs), typeof(IResourceWithEndpoints), typeof(IResourceWithWaitSupport), typeof(IComputeResource)],
        capability => Assert.True(resource.IsAssignableTo(capability)));

    [Fact]
    public void A_connection_string_waits_and_has_no_environment()
    {
        Assert.True(typeof(ConnectionStringResource).IsAssignableTo(typeof(IResourceWithWaitSupport)));
        Assert.False(typeof(ConnectionStringResource).IsAssignableTo(typeof(IResourceWithEnvironment)));
    }

    [Fact]
    public void Service_discovery_lives_in_the_namespace_of_the_package() =>
        Assert.Equal("Aspire.Hosting", typeof(IResourceWithServiceDiscovery).Namespace);

    [Theory]
    [InlineData(typeof(ParameterResourceBuilderExtensions), "AddParameter", 4)]
    [InlineData(typeof(ProjectResourceBuilderExtensions), "AddProject", 6)]
    [InlineData(typeof(ExecutableResourceBuilderExtensions), "AddExecutable", 2)]
    [InlineData(typeof(ResourceBuilderExtensions), "WithReference", 6)]
    [InlineData(typeof(ResourceBuilderExtensions), "WithEnvironment", 12)]
    [InlineData(typeof(ResourceBuilderExtensions), "WithArgs", 4)]
    [InlineData(typeof(ResourceBuilderExtensions), "WithEndpoint", 5)]
    [InlineData(typeof(ResourceBuilderExtensions), "WaitFor", 2)]
    public void Overload_sets_are_complete_so_that_calls_resolve_as_with_the_package(Type type, string method, int overloads) =>
        Assert.Equal(overloads, type.GetMethods().Count(m => m.Name == method));

    [Theory]
    [InlineData("WithReplicas", typeof(ProjectResource))]
    [InlineData("WithEndpointsInEnvironment", typeof(ProjectResource))]
    public void Some_calls_are_for_projects_only(string method, Type resource)
    {
        var parameter = typeof(ProjectResourceBuilderExtensions).GetMethod(method)!.GetParameters()[0].ParameterType;

        Assert.Equal(typeof(IResourceBuilder<>).MakeGenericType(resource), parameter);
    }

    [Fact]
    public void The_orchestrator_itself_is_no_part_of_the_public_API() =>
        Assert.DoesNotContain(typeof(DistributedApplication).Assembly.GetExportedTypes(), type => type.Namespace!.StartsWith(typeof(LocalState).Namespace!, StringComparison.Ordinal));
}
