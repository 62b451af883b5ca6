using System.Text.Json.Nodes;
using Delegation.Journal.V1;

namespace Delegation.Gateway.OpenApi;

/// <summary>Describes <c>GET /v1/events</c>, the one call that is no rpc: the gateway makes it of the journals of all services.</summary>
internal static class EventsOperation
{
    private const string Tag = "Events";

    public static void AddTo(JsonObject document, Comments comments)
    {
        document["paths"]!["/v1/events"] = new JsonObject { ["get"] = Operation() };
        document["tags"]!.AsArray().Add(new JsonObject { ["name"] = Tag, ["description"] = "What happens on the platform, of all services in one stream." });
        document["components"]!["schemas"]!["Event"] = Data(comments);
    }

    private static JsonObject Operation() => new()
    {
        ["operationId"] = "StreamEvents",
        ["tags"] = new JsonArray(Tag),
        ["summary"] = "Streams what happens, as it happens, for the organisation of the caller",
        ["description"] =
            """
            Streams what happens, as it happens, for the organisation of the caller: its own matters, and those of its delegations that it may see.

            The `id` of an event says up to where the reader has everything; given back as `Last-Event-ID`, the stream goes on from there, and nothing is
            missed or sent twice. Without it the stream starts now. `event` is the type of the event. A comment says from time to time that the stream is
            alive; it ends with the token.

            **Who may call**: every member of an insurer or a delegate.
            """.ReplaceLineEndings("\n"),
        ["parameters"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "Last-Event-ID",
                ["in"] = "header",
                ["description"] = "The `id` of the last event received, as it was; browsers give it by themselves when they connect again.",
                ["schema"] = new JsonObject { ["type"] = "string" },
            },
            new JsonObject { ["$ref"] = "#/components/parameters/X-Organization" },
            new JsonObject { ["$ref"] = "#/components/parameters/Accept-Language" }),
        ["x-access"] = new JsonObject { ["anyRole"] = true, ["side"] = "SIDE_EITHER" },
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "Server-sent events",
                ["content"] = new JsonObject
                {
                    ["text/event-stream"] = new JsonObject
                    {
                        ["schema"] = new JsonObject
                        {
                            ["type"] = "string",
                            ["description"] = "Server-sent events: the `data` of each is JSON of the schema in `contentSchema`.",
                            ["contentMediaType"] = "text/event-stream",
                            ["contentSchema"] = new JsonObject { ["$ref"] = "#/components/schemas/Event" },
                        },
                    },
                },
            },
            ["400"] = Operations.Problem(400, ["LAST_EVENT_ID_MALFORMED", "ORGANIZATION_REQUIRED"]),
            ["401"] = Operations.Problem(401, ["TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_MISSING"]),
            ["403"] = Operations.Problem(403, ["MEMBERSHIP_REQUIRED"]),
            ["429"] = new JsonObject { ["$ref"] = "#/components/responses/TooManyCalls" },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" },
        },
    };

    // What the gateway tells of an entry of a journal, in the words of the contract.
    private static JsonObject Data(Comments comments)
    {
        var schemas = new Schemas(comments, []);
        var properties = new JsonObject { ["service"] = Text("The service in whose journal it is, as `contracts`.") };
        foreach (var name in new[] { "entry_id", "object_type", "object_id", "revision", "event_type", "occur_time", "delegation_id", "organization_id", "person_id" })
        {
            var field = Entry.Descriptor.FindFieldByName(name);
            properties[field.JsonName] = schemas.Of(field);
        }

        properties["event"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = true,
            ["description"] = "What happened, the message `eventType` as JSON; left out when it is not for people, or was erased.",
        };
        return new()
        {
            ["type"] = "object",
            ["description"] = "One thing that happened: an accepted command on one object.",
            ["properties"] = properties,
            ["required"] = new JsonArray("service", "entryId", "objectType", "objectId", "revision", "eventType", "occurTime"),
        };
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
