using Google.Api;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>One way to call a method over REST, and where each field of its request comes from.</summary>
/// <param name="Method">What is called.</param>
/// <param name="HttpMethod">By which HTTP method.</param>
/// <param name="Template">At which paths.</param>
/// <param name="PathFields">The fields that the variables of the template give, in their order.</param>
/// <param name="BodyIsRequest">The body gives every field that the path does not (<c>body: "*"</c>), so that a query gives none.</param>
/// <param name="BodyField">The field that is the body; null for none, and for <c>*</c>.</param>
/// <param name="ResponseField">The field of the response that is the answer; null for the whole response.</param>
internal sealed record RestBinding(
    MethodDescriptor Method,
    string HttpMethod,
    PathTemplate Template,
    IReadOnlyList<FieldPath> PathFields,
    bool BodyIsRequest,
    FieldDescriptor? BodyField,
    FieldDescriptor? ResponseField)
{
    /// <summary>The path that the method has in gRPC, which is also the id of its route to the service.</summary>
    public string GrpcPath { get; } = $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>The method only reads, so that whoever repeats it needs no key, and does no harm by giving one.</summary>
    public bool IsRead { get; } = HttpMethod == HttpMethods.Get || Method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects;

    public bool HasBody => BodyIsRequest || BodyField is not null;

    public bool HasQuery => !BodyIsRequest;

    /// <summary>The body is bytes of any type, as a file: <c>google.api.HttpBody</c>.</summary>
    public bool TakesBytes { get; } =
        (BodyField is { IsRepeated: false, FieldType: FieldType.Message } field && IsBytes(field.MessageType)) || (BodyIsRequest && IsBytes(Method.InputType));

    /// <summary>The answer is bytes of any type.</summary>
    public bool GivesBytes { get; } = ResponseField is null && IsBytes(Method.OutputType);

    /// <summary>The answer is a stream of server-sent events.</summary>
    public bool GivesEvents => Method.IsServerStreaming && !GivesBytes;

    /// <summary>What the header <c>Idempotency-Key</c> gives; null when the request has no such field.</summary>
    public FieldDescriptor? RequestId { get; } = Text(Method.InputType, "request_id");

    /// <summary>What the header <c>If-Match</c> gives; null when the request has no such field.</summary>
    public FieldDescriptor? RequestEtag { get; } = Text(Method.InputType, "etag");

    /// <summary>What the header <c>ETag</c> of the answer is taken from; null when the response has no such field.</summary>
    public FieldDescriptor? ResponseEtag { get; } = Method.IsServerStreaming ? null : Text(Method.OutputType, "etag");

    /// <summary>The fields that a query may give, for who describes them; those inside a message that contains itself once only.</summary>
    public IEnumerable<FieldPath> QueryFields() => HasQuery ? QueryFields(Method.InputType, [], []) : [];

    private IEnumerable<FieldPath> QueryFields(MessageDescriptor message, FieldDescriptor[] outer, MessageDescriptor[] around)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var path = new FieldPath([.. outer, field]);
            if (field == BodyField || PathFields.Any(given => given.Name == path.Name))
                continue;
            if (field.FieldType != FieldType.Message || TextForms.Has(field.MessageType))
                yield return path;
            else if (!field.IsRepeated && !around.Contains(field.MessageType))
                foreach (var inner in QueryFields(field.MessageType, [.. outer, field], [.. around, message]))
                    yield return inner;
        }
    }

    private static bool IsBytes(MessageDescriptor message) => message.FullName == HttpBody.Descriptor.FullName;

    private static FieldDescriptor? Text(MessageDescriptor message, string name) =>
        message.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } field ? field : null;
}
