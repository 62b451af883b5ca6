using System.Diagnostics;
using Delegation.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Delegation.Gateway.Rest;

/// <summary>An error answer over REST: https://www.rfc-editor.org/rfc/rfc9457</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is wrong, in one sentence.</param>
internal sealed record Problem(int Status, LocalizedText Title)
{
    public static readonly Problem NotFound = new(StatusCodes.Status404NotFound, new(
        "There is nothing at this address.",
        "Il n'y a rien à cette adresse."));

    public static readonly Problem UnsupportedMediaType = new(StatusCodes.Status415UnsupportedMediaType, new(
        "This address speaks gRPC only.",
        "Cette adresse ne parle que gRPC."));

    public Task WriteAsync(HttpContext context)
    {
        var language = Language.Of(context.Request.Headers.AcceptLanguage);
        var details = new ProblemDetails
        {
            Status = Status,
            Title = Title.In(language),
            Extensions = { ["traceId"] = Activity.Current?.TraceId.ToHexString() },
        };

        context.Response.StatusCode = Status;
        context.Response.Headers.ContentLanguage = language;
        return context.Response.WriteAsJsonAsync(details, options: null, "application/problem+json", context.RequestAborted);
    }
}
