using Delegation.ServiceDefaults.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Delegation.ServiceDefaults.Health;

/// <summary>
/// The standard health protocol, https://github.com/grpc/grpc/blob/master/doc/health-checking.md , over the same reports as
/// <c>/health</c>. The services of a process share its database and so its state.
/// </summary>
internal sealed class GrpcHealthService(
    HealthReports reports, EndpointDataSource endpoints, IHostApplicationLifetime lifetime, TimeProvider time) : Grpc.Health.V1.Health.HealthBase
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = await StatusAsync(request.Service, context.CancellationToken);
        return status == ServingStatus.ServiceUnknown
            ? throw RpcErrors.NotFound("HEALTH_SERVICE_UNKNOWN", new LocalizedText(
                "This server has no service of that name.", "Ce serveur n'a pas de service de ce nom."))
            : new HealthCheckResponse { Status = status };
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(WatchInterval, time);
        var told = ServingStatus.Unknown;
        try
        {
            do
            {
                var status = await StatusAsync(request.Service, watched.Token);
                if (status != told)
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = told = status }, context.CancellationToken);
            }
            while (await timer.WaitForNextTickAsync(watched.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // An open stream would hold up the shutdown; the watcher learns why it ends.
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing }, context.CancellationToken);
        }
    }

    private async Task<ServingStatus> StatusAsync(string service, CancellationToken cancellationToken)
    {
        if (!IsKnown(service))
            return ServingStatus.ServiceUnknown;
        var report = await reports.GetAsync(cancellationToken);
        return report.Status == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving;
    }

    private bool IsKnown(string service) =>
        service.Length == 0 ||
        endpoints.Endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName == service);
}
