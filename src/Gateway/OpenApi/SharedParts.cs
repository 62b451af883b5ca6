using System.Text.Json.Nodes;

namespace Delegation.Gateway.OpenApi;

/// <summary>What the document says once for all operations, and the gateway does for all of them.</summary>
internal static class SharedParts
{
    /// <summary>The name of the security scheme.</summary>
    public const string Bearer = "bearer";

    public static JsonObject Info() => new()
    {
        ["title"] = "Delegation Platform",
        ["version"] = "v1",
        ["summary"] = "Delegated management in French health insurance (délégation de gestion).",
        ["description"] =
            """
            Every operation is an rpc of the same name, called over REST. Bodies are proto3 JSON: names in lowerCamelCase, 64-bit integers as
            strings, enums by name, instants in RFC 3339.

            Days are `YYYY-MM-DD` in Europe/Paris, ids are UUIDs, money is minor units and a currency. A list is read page by page: `pageToken` of
            the next request is `nextPageToken` of the answer, until that is empty.

            An error is a problem document (`application/problem+json`) with a stable `reason`, and texts in French or English by
            `Accept-Language`.
            """.ReplaceLineEndings("\n"),
        ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
    };

    public static JsonObject Components(Schemas schemas)
    {
        var components = schemas.Components();
        components["Problem"] = Problem();
        return new()
        {
            ["securitySchemes"] = new JsonObject
            {
                [Bearer] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["bearerFormat"] = "JWT",
                    ["description"] = "An access token of the OpenID Connect issuer that the platform trusts.",
                },
            },
            ["parameters"] = new JsonObject
            {
                ["Accept-Language"] = Header("Accept-Language", "The language of texts for people: `fr` or `en`; English without it.", new() { ["type"] = "string" }),
                ["X-Organization"] = Header(
                    "X-Organization",
                    "For which organisation the caller acts: its id. Needed by who belongs to several.",
                    new() { ["type"] = "string", ["format"] = "uuid" }),
            },
            ["headers"] = new JsonObject
            {
                ["ETag"] = new JsonObject
                {
                    ["description"] = "The `etag` of the object, as `If-Match` of an update takes it.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                },
            },
            ["responses"] = new JsonObject
            {
                ["TooManyCalls"] = TooManyCalls(),
                ["Problem"] = new JsonObject
                {
                    ["description"] = "Any other error",
                    ["content"] = new JsonObject
                    {
                        ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
                    },
                },
            },
            ["schemas"] = components,
        };
    }

    private static JsonObject TooManyCalls()
    {
        var answer = Operations.Problem(StatusCodes.Status429TooManyRequests, ["RATE_LIMITED", "TOO_MANY_OPEN_CALLS"]);
        answer["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject
            {
                ["description"] = "After how many seconds to come back.",
                ["schema"] = new JsonObject { ["type"] = "integer" },
            },
        };
        return answer;
    }

    private static JsonObject Header(string name, string description, JsonObject schema) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["description"] = description,
        ["schema"] = schema,
    };

    // https://www.rfc-editor.org/rfc/rfc9457
    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "What went wrong (RFC 9457).",
        ["properties"] = new JsonObject
        {
            ["type"] = Text("A URI that names the kind of problem: `urn:delegation:problem:` and the reason."),
            ["title"] = Text("What is wrong, in one sentence."),
            ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
            ["detail"] = Text("What `errors` say, in one text."),
            ["reason"] = Text("What is wrong, for programs: stable, in UPPER_SNAKE_CASE."),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Each thing that is wrong, all at once.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["field"] = Text("The field, header or object, as the contract writes it: `clauses[2].title`."),
                        ["pointer"] = Text("Where it is in the body, a JSON pointer (RFC 6901); left out when it is not there."),
                        ["reason"] = Text("Which rule it breaks: stable, in UPPER_SNAKE_CASE."),
                        ["message"] = Text("What is wrong and how to put it right."),
                    },
                    ["required"] = new JsonArray("field", "reason", "message"),
                },
            },
            ["traceId"] = Text("Names this request in the platform's logs: give it to support."),
        },
        ["required"] = new JsonArray("type", "title", "status", "reason", "errors"),
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
