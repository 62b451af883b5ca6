using System.Security.Cryptography;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Delegation.Persistence.Commands;

/// <summary>What tells a retry from another request: https://google.aip.dev/155.</summary>
/// <param name="RequestId">The id that the caller gave the request, the same for each retry.</param>
/// <param name="Fingerprint">SHA-256 of everything else in the request.</param>
internal sealed record RequestKey(Guid RequestId, byte[] Fingerprint)
{
    private const string Field = "request_id";

    private static readonly FieldViolation Malformed = new(
        Field,
        "REQUEST_ID_MALFORMED",
        new("This is not a UUID.", "Ceci n'est pas un UUID."),
        new("Give each new request a random UUID, as in 3f1b0f9e-6a55-4c0e-9d1f-0b7a6a3f2c11, and each retry the same one.",
            "Donnez à chaque nouvelle requête un UUID aléatoire, par exemple 3f1b0f9e-6a55-4c0e-9d1f-0b7a6a3f2c11, et le même à chaque nouvel essai."));

    /// <summary>The key of a request; accepted without one when the caller gave no id, and then each call is a new request.</summary>
    public static Outcome<RequestKey?> Of<TRequest>(TRequest request)
        where TRequest : IMessage<TRequest>
    {
        var field = request.Descriptor.FindFieldByName(Field)
            ?? throw new InvalidOperationException($"{request.Descriptor.FullName} is sent to a command and has no field {Field}.");

        return (string)field.Accessor.GetValue(request) switch
        {
            "" => new Outcome<RequestKey?>.Accepted(null),
            var text when Guid.TryParseExact(text, "D", out var id) => new Outcome<RequestKey?>.Accepted(new RequestKey(id, FingerprintOf(request, field))),
            _ => new Outcome<RequestKey?>.Invalid(Malformed),
        };
    }

    private static byte[] FingerprintOf<TRequest>(TRequest request, FieldDescriptor requestId)
        where TRequest : IMessage<TRequest>
    {
        var rest = request.Clone();
        requestId.Accessor.Clear(rest);

        // Deterministic: the entries of a map come in any order, and a retry may send them in another.
        using var bytes = new MemoryStream(rest.CalculateSize());
        using (var output = new CodedOutputStream(bytes, leaveOpen: true) { Deterministic = true })
            rest.WriteTo(output);

        return SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
