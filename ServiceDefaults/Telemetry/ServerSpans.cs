using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>
/// Names the span of each request and gives it the attributes of
/// https://opentelemetry.io/docs/specs/semconv/http/http-spans/ or, for a gRPC call, of https://opentelemetry.io/docs/specs/semconv/rpc/grpc/ :
/// ASP.NET Core starts the span but leaves it bare. No query string, no header and no address of a caller gets in. Probes leave no span.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(DescribeAsync);
        next(app);
    };

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            await next(context);
            return;
        }
        if (IsProbe(context.Request.Path))
        {
            // What it sets off is silenced where it happens, in HealthReports: under the sampler that Aspire sets in Development, spans are
            // recorded whatever became of the one above them.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        try
        {
            await next(context);
            Describe(span, context, context.Response.StatusCode);
        }
        catch (Exception exception)
        {
            // The server will answer so, further out.
            Describe(span, context, (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError);
            span.SetTag("error.type", exception.GetType().FullName);
            throw;
        }
    }

    private static bool IsProbe(PathString path) =>
        path == "/alive" || path == "/health" || path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal);

    private static void Describe(Activity span, HttpContext context, int httpStatus)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            GrpcSpan.Describe(span, context.Request.Path.Value ?? "");
            if (GrpcStatus(context) is { } status)
            {
                GrpcSpan.SetStatus(span, status, GrpcSpan.IsServerFault(status));
                return;
            }
        }
        else
        {
            var method = context.Request.Method;
            // An unmatched path is anybody's text and would make a name of its own each time.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag("http.request.method", method);
            span.SetTag("http.route", route);
            span.SetTag("url.scheme", context.Request.Scheme);
            span.SetTag("url.path", context.Request.Path.Value);
        }

        span.SetTag("http.response.status_code", httpStatus);
        if (httpStatus >= 500)
            span.SetStatus(ActivityStatusCode.Error);
    }

    // Alike for a call that is answered here and one that is passed on: in the trailers, or in the headers of an answer without a message.
    private static int? GrpcStatus(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (trailers is null || !trailers.TryGetValue("grpc-status", out var text))
            text = context.Response.Headers["grpc-status"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
    }
}
