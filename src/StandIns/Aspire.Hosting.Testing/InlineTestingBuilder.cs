using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An application that a test describes itself.</summary>
internal sealed class InlineTestingBuilder : IDistributedApplicationTestingBuilder
{
    private readonly DistributedApplicationBuilder _builder;
    private DistributedApplication? _application;

    private InlineTestingBuilder(DistributedApplicationBuilder builder) => _builder = builder;

    public ConfigurationManager Configuration => _builder.Configuration;

    public string AppHostDirectory => _builder.AppHostDirectory;

    public Assembly? AppHostAssembly => _builder.AppHostAssembly;

    public IHostEnvironment Environment => _builder.Environment;

    public IServiceCollection Services => _builder.Services;

    public IDistributedApplicationEventing Eventing => _builder.Eventing;

    public DistributedApplicationExecutionContext ExecutionContext => _builder.ExecutionContext;

    public IResourceCollection Resources => _builder.Resources;

    public static InlineTestingBuilder Create(
        Assembly caller, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var outer = TestSession.Current;
        TestSession.Current = new Session(caller, args, configure);
        try
        {
            return new InlineTestingBuilder(new DistributedApplicationBuilder(new DistributedApplicationOptions()));
        }
        finally
        {
            TestSession.Current = outer;
        }
    }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => _builder.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => _builder.CreateResourceBuilder(resource);

    public DistributedApplication Build() => _application = _builder.Build();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private sealed class Session(Assembly caller, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : TestSession
    {
        public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
            TestingDefaults.Apply(options, settings, caller, args, configure);

        public override void Building(DistributedApplicationBuilder builder)
        {
            // The test itself calls Build when it is ready.
        }

        public override DistributedApplication Built(DistributedApplication application) => application;
    }
}
