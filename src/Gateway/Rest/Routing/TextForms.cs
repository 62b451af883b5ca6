using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>Messages that proto3 JSON writes as one text or number, and which a path or a query can therefore give.</summary>
internal static class TextForms
{
    private static readonly HashSet<string> Messages =
    [
        Timestamp.Descriptor.FullName, Duration.Descriptor.FullName, FieldMask.Descriptor.FullName,
        .. Wrappers,
    ];

    private static IEnumerable<string> Wrappers => from message in WrappersReflection.Descriptor.MessageTypes select message.FullName;

    public static bool Has(MessageDescriptor message) => Messages.Contains(message.FullName);

    /// <summary>True for <c>google.protobuf.StringValue</c> and its like.</summary>
    public static bool IsWrapper(MessageDescriptor message) => message.File == WrappersReflection.Descriptor;
}
