using System.Collections.Concurrent;
using Delegation.ServiceDefaults.Tests.Otlp;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Tests.Telemetry;

internal sealed record ReceivedSpan(string Service, string Source, Span Span, IReadOnlyCollection<KeyValue> Resource)
{
    public string? this[string attribute] => Span.Attributes.Text(attribute);
}

internal sealed record ReceivedLog(string Service, string Category, LogRecord Record);

/// <summary>What a collector was sent.</summary>
internal sealed class Received
{
    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<ReceivedLog> Logs { get; } = new();

    /// <summary>Service and name of each metric.</summary>
    public ConcurrentQueue<(string Service, string Name)> Metrics { get; } = new();

    public void Keep(ExportTraceServiceRequest request)
    {
        foreach (var from in request.ResourceSpans)
            foreach (var scope in from.ScopeSpans)
                foreach (var span in scope.Spans)
                    Spans.Enqueue(new ReceivedSpan(from.Resource.Service(), scope.Scope.Name, span, from.Resource.Attributes));
    }

    public void Keep(ExportMetricsServiceRequest request)
    {
        foreach (var from in request.ResourceMetrics)
            foreach (var metric in from.ScopeMetrics.SelectMany(scope => scope.Metrics))
                Metrics.Enqueue((from.Resource.Service(), metric.Name));
    }

    public void Keep(ExportLogsServiceRequest request)
    {
        foreach (var from in request.ResourceLogs)
            foreach (var scope in from.ScopeLogs)
                foreach (var record in scope.LogRecords)
                    Logs.Enqueue(new ReceivedLog(from.Resource.Service(), scope.Scope.Name, record));
    }
}

internal static class Attributes
{
    public static string Service(this Resource resource) => resource.Attributes.Text("service.name") ?? "";

    public static string? Text(this IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value switch
    {
        null => null,
        { ValueCase: AnyValue.ValueOneofCase.IntValue } value => $"{value.IntValue}",
        { ValueCase: AnyValue.ValueOneofCase.BoolValue } value => $"{value.BoolValue}",
        { ValueCase: AnyValue.ValueOneofCase.DoubleValue } value => $"{value.DoubleValue}",
        var value => value.StringValue,
    };
}

internal sealed class TracesOverGrpc(Received received) : TraceService.TraceServiceBase
{
    public override Task<ExportResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
    {
        received.Keep(request);
        return Task.FromResult(new ExportResponse());
    }
}

internal sealed class MetricsOverGrpc(Received received) : MetricsService.MetricsServiceBase
{
    public override Task<ExportResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
    {
        received.Keep(request);
        return Task.FromResult(new ExportResponse());
    }
}

internal sealed class LogsOverGrpc(Received received) : LogsService.LogsServiceBase
{
    public override Task<ExportResponse> Export(ExportLogsServiceRequest request, ServerCallContext context)
    {
        received.Keep(request);
        return Task.FromResult(new ExportResponse());
    }
}
