using Delegation.Access.V1;
using Delegation.Gateway.Forwarding;

namespace Delegation.Gateway.OpenApi;

/// <summary>Serves the description of the API, and a page to read it and to try calls; neither needs a token.</summary>
internal static class ApiDescription
{
    // Scripts and styles are files of this gateway, and calls go to it alone; what the page shows cannot become markup.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Lazy<string> Written = new(() =>
    {
        var comments = new Comments(typeof(AccessRule).Assembly);
        var document = OpenApiDocument.Of(PublicContract.Services.Select(service => service.Descriptor), comments);
        EventsOperation.AddTo(document, comments);
        return OpenApiDocument.Write(document);
    });

    /// <summary>The OpenAPI document of the platform.</summary>
    public static string Document => Written.Value;

    public static void MapApiDescription(this WebApplication app)
    {
        var document = new Lazy<FixedAnswer>(() => FixedAnswer.Of(Document, "application/json"));
        Map("/openapi/v1.json", () => document.Value);

        foreach (var (path, file) in FixedAnswer.Embedded("page/"))
            Map(path == "page.html" ? "/docs" : $"/docs/{path}", () => file);
        app.MapGet("/", () => TypedResults.Redirect("/docs"));

        void Map(string path, Func<FixedAnswer> answer) => app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            // To be asked for each time, and then mostly not sent: a new version shows at once.
            response.Headers.CacheControl = "no-cache";
            return answer().Result();
        });
    }
}
