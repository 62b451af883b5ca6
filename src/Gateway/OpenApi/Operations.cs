using System.Text.Json.Nodes;
using Delegation.Access.V1;
using Delegation.Gateway.Rest.Routing;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.WebUtilities;

namespace Delegation.Gateway.OpenApi;

/// <summary>Describes one way to call a method over REST.</summary>
internal sealed class Operations(Comments comments, Schemas schemas)
{
    private readonly AccessText _access = new(comments);

    /// <param name="binding">The way.</param>
    /// <param name="number">1 for the first of the method, which has the name of the method.</param>
    public JsonObject Of(RestBinding binding, int number)
    {
        var method = binding.Method;
        var access = method.GetOptions()?.GetExtension(AccessExtensions.Access);
        var operation = new JsonObject
        {
            ["operationId"] = number == 1 ? method.Name : $"{method.Name}_{number}",
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = comments.Summary(method),
            ["description"] = string.Join("\n\n", [comments.Of(method), .. access is null ? [] : (string[])[_access.InWords(access)]]),
            ["parameters"] = new JsonArray([.. Parameters(binding, access)]),
        };
        if (access is not null)
            operation["x-access"] = AccessText.Of(access);
        if (method.GetOptions() is { Deprecated: true })
            operation["deprecated"] = true;
        if (RequestBody(binding) is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Responses(binding, access);
        return operation;
    }

    /// <summary>The path as OpenAPI writes it: a variable is its name, whatever it spans.</summary>
    public static string PathOf(RestBinding binding)
    {
        var (segments, variables) = (binding.Template.Segments.Select(segment => segment.Text).ToList(), binding.Template.Variables);
        foreach (var (variable, field) in variables.Zip(binding.PathFields).Reverse())
        {
            segments.RemoveRange(variable.Start, variable.End - variable.Start);
            segments.Insert(variable.Start, $"{{{field.JsonName}}}");
        }

        return $"/{string.Join('/', segments)}{(binding.Template.Verb is { } verb ? $":{verb}" : "")}";
    }

    private IEnumerable<JsonNode> Parameters(RestBinding binding, AccessRule? access)
    {
        foreach (var field in binding.PathFields)
            yield return Parameter("path", field.JsonName, field.Leaf, required: true);
        foreach (var field in binding.QueryFields().Where(field => field.Leaf != binding.RequestId && field.Leaf != binding.RequestEtag))
            // A field of a message that may be left out may be left out with it.
            yield return Parameter("query", field.JsonName, field.Leaf, field.Fields.All(schemas.IsRequired));
        if (binding.RequestId is { } requestId)
            yield return Parameter("header", "Idempotency-Key", requestId, schemas.IsRequired(requestId));
        if (binding.RequestEtag is { } etag)
            yield return Parameter("header", "If-Match", etag, schemas.IsRequired(etag));
        if (access is { AnyRole: true } or { Roles.Count: > 0 })
            yield return new JsonObject { ["$ref"] = "#/components/parameters/X-Organization" };
        yield return new JsonObject { ["$ref"] = "#/components/parameters/Accept-Language" };
    }

    private JsonObject Parameter(string place, string name, FieldDescriptor field, bool required)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["description"] = comments.Of(field) };
        if (required)
            parameter["required"] = true;
        var schema = schemas.Of(field);
        schema.Remove("description");
        parameter["schema"] = schema;
        return parameter;
    }

    // Null where path and headers say it all, though the rule has a body.
    private JsonObject? RequestBody(RestBinding binding)
    {
        if (binding.TakesBytes)
            return Body(true, Binary());
        if (binding.BodyField is { } field)
            return Body(schemas.IsRequired(field), Content("application/json", schemas.Of(field)));

        var elsewhere = binding.PathFields.Where(path => path.Fields.Count == 1).Select(path => path.Leaf)
            .Concat([binding.RequestId, binding.RequestEtag]).OfType<FieldDescriptor>().ToList();
        var left = binding.BodyIsRequest ? binding.Method.InputType.Fields.InDeclarationOrder().Except(elsewhere).ToList() : [];
        return left.Count == 0 ? null : Body(left.Any(schemas.IsRequired), Content("application/json", schemas.Body(binding.Method.InputType, elsewhere)));

        static JsonObject Body(bool required, JsonObject content) => new() { ["required"] = required, ["content"] = content };
    }

    private JsonObject Responses(RestBinding binding, AccessRule? access)
    {
        var answer = binding.Method.OutputType;
        var success = new JsonObject { ["description"] = comments.Summary(answer) is { Length: > 0 } summary ? summary : "Done" };
        if (binding.ResponseEtag is not null)
            success["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["$ref"] = "#/components/headers/ETag" } };
        success["content"] = binding.GivesBytes ? Binary()
            : binding.GivesEvents ? Events(answer)
            : Content("application/json", binding.ResponseField is { } field ? schemas.Of(field) : schemas.Of(answer));

        var responses = new JsonObject { ["200"] = success };
        foreach (var reasons in Refusals.Of(comments.Of(binding.Method), access))
            responses[$"{reasons.Key}"] = Problem(reasons.Key, [.. reasons.Where(reason => reason.Length > 0)]);
        responses["429"] = new JsonObject { ["$ref"] = "#/components/responses/TooManyCalls" };
        responses["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        return responses;
    }

    /// <summary>The answer to an error with these reasons.</summary>
    public static JsonObject Problem(int status, IReadOnlyCollection<string> reasons) => new()
    {
        ["description"] = reasons.Count > 0 ? string.Join(", ", reasons.Select(reason => $"`{reason}`")) : ReasonPhrases.GetReasonPhrase(status),
        ["x-reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode)reason)]),
        ["content"] = Content("application/problem+json", new() { ["$ref"] = "#/components/schemas/Problem" }),
    };

    // OpenAPI 3.1 has no words for the events of a stream; the data of each is the message as JSON.
    private JsonObject Events(MessageDescriptor message) => Content("text/event-stream", new()
    {
        ["type"] = "string",
        ["description"] = "Server-sent events: the `data` of each is JSON of the schema in `contentSchema`; the last has the name `end`, or `error` and a problem.",
        ["contentMediaType"] = "text/event-stream",
        ["contentSchema"] = schemas.Of(message),
    });

    private static JsonObject Binary() => Content("application/octet-stream", new() { ["type"] = "string", ["format"] = "binary" });

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
