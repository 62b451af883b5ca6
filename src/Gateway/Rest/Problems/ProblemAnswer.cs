using System.Buffers;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>Ends a request with a problem.</summary>
internal static class ProblemAnswer
{
    /// <summary>How many seconds a caller should wait for a service that is away: about as long as one takes to start.</summary>
    private const string RetryAfter = "2";

    /// <summary>The whole answer. Nothing was sent before.</summary>
    public static void Answer(this Problem problem, HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>(512);
        problem.WriteJson(body);

        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problem.ContentType;
        response.ContentLength = body.WrittenCount;
        response.Headers.ContentLanguage = problem.Language;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized)
            // https://www.rfc-editor.org/rfc/rfc6750#section-3 : no error code when no token came.
            response.Headers.WWWAuthenticate = problem.Reason == "TOKEN_MISSING" ? "Bearer" : "Bearer error=\"invalid_token\"";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetryAfter;
        response.BodyWriter.Write(body.WrittenSpan);
    }
}
