using Aspire.Hosting.Local;

namespace Delegation.StandIns.Tests.Model;

/// <summary>An application is described wrongly: it says so at once instead of hanging or failing oddly later.</summary>
public sealed class MistakesTests
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public void Resources_that_wait_for_each_other_are_named_in_their_circle()
    {
        var a = _builder.AddSleeper("a");
        var b = _builder.AddSleeper("b").WaitFor(a);
        var c = _builder.AddSleeper("c").WaitForCompletion(b);
        a.WaitForStart(c);
        _builder.AddSleeper("outside").WaitFor(a);

        var refused = Assert.Throws<DistributedApplicationException>(_builder.Build);

        Assert.Contains("a -> c -> b -> a", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("outside", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var a = _builder.AddSleeper("a");

        Assert.Throws<DistributedApplicationException>(() => a.WaitFor(a));
    }

    [Fact]
    public void A_resource_cannot_wait_for_its_parent()
    {
        var parent = _builder.AddSleeper("parent");
        var child = _builder.AddResource(new WaitingChild("child", parent.Resource));

        Assert.Throws<DistributedApplicationException>(() => child.WaitFor(parent));
    }

    [Fact]
    public void A_parent_cannot_wait_for_its_child()
    {
        var parent = _builder.AddSleeper("parent");
        var child = _builder.AddResource(new WaitingChild("child", parent.Resource));

        // Waiting for a child is waiting for its parent, which is the resource itself.
        Assert.Throws<DistributedApplicationException>(() => parent.WaitFor(child));
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("contracts")]
    public void Names_are_unique_without_regard_to_case(string name)
    {
        _builder.AddSleeper("contracts");

        Assert.Throws<DistributedApplicationException>(() => _builder.AddSleeper(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("a_b")]
    [InlineData("é")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234x")]
    public void Names_have_the_shape_that_Aspire_demands(string name) => Assert.Throws<ArgumentException>(() => _builder.AddSleeper(name));

    [Fact]
    public void Replicas_cannot_share_a_fixed_target_port()
    {
        _builder.AddService("service").WithReplicas(2).WithEndpoint("http", endpoint => endpoint.TargetPort = 5000);

        Assert.Throws<DistributedApplicationException>(_builder.Build);
    }

    [Fact]
    public void Replicas_need_a_proxy()
    {
        _builder.AddService("service").WithReplicas(2).WithEndpoint("http", endpoint => endpoint.IsProxied = false);

        Assert.Throws<DistributedApplicationException>(_builder.Build);
    }

    [Fact]
    public void A_proxied_endpoint_cannot_have_one_port_for_both_sides()
    {
        _builder.AddSleeper("a").WithHttpEndpoint(port: 5000, targetPort: 5000);

        Assert.Throws<DistributedApplicationException>(_builder.Build);
    }

    [Fact]
    public async Task A_health_check_that_is_not_registered_is_named()
    {
        _builder.AddSleeper("a").WithHealthCheck("a_chekc");
        await using var app = _builder.Build();

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limits.Token));

        Assert.Contains("a_chekc", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dependency_that_is_not_part_of_the_application_is_named()
    {
        _builder.AddSleeper("a").WaitFor(_builder.CreateResourceBuilder(new ExecutableResource("elsewhere", "true", "/")));
        await using var app = _builder.Build();

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limits.Token));

        Assert.Contains("'elsewhere'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_health_check_needs_an_HTTP_endpoint() =>
        Assert.Throws<DistributedApplicationException>(() => _builder.AddSleeper("a").WithHttpHealthCheck("/health"));

    [Fact]
    public void A_missing_endpoint_is_named_with_those_that_exist()
    {
        var service = _builder.AddService("service");

        var refused = Assert.Throws<InvalidOperationException>(() => service.GetEndpoint("grpc").Url);

        Assert.Contains("`grpc`", refused.Message, StringComparison.Ordinal);
        Assert.Contains("`http`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_cannot_run_here_stays_off_and_everything_else_runs()
    {
        var container = _builder.AddResource(new ContainerResource("cache"));
        _builder.AddSleeper("needs-it").WaitFor(container);
        _builder.AddSleeper("other");
        await using var app = await _builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("other", cancellationToken: Limits.Token);
        await app.ResourceNotifications.WaitForResourceAsync("needs-it", KnownResourceStates.FailedToStart, Limits.Token);

        Assert.Equal(KnownResourceStates.FailedToStart, app.StateOf("cache"));
    }

    [Fact]
    public async Task Publishing_is_refused_with_the_way_to_do_it()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--operation", "publish");
        await using var app = builder.Build();

        Assert.True(builder.ExecutionContext.IsPublishMode);
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Limits.Token));
        Assert.Contains("PublicFeed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_chains_of_waits_are_no_circle()
    {
        var previous = _builder.AddSleeper("r0");
        for (var i = 1; i < 200; i++)
        {
            previous = _builder.AddSleeper($"r{i}").WaitFor(previous);
        }

        WaitGraph.RefuseCircles(_builder.Resources);
    }

    private sealed class WaitingChild(string name, ExecutableResource parent) : Resource(name), IResourceWithParent<ExecutableResource>, IResourceWithWaitSupport
    {
        public ExecutableResource Parent => parent;
    }
}
