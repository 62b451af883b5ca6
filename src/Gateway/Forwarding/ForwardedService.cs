using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Delegation.Gateway.Forwarding;

/// <summary>A gRPC service that callers reach through the gateway.</summary>
/// <param name="Descriptor">Its methods: these pass, no other.</param>
/// <param name="Resource">Who serves it: the setting <c>services:{Resource}:grpc:{n}</c> has the address of each replica.</param>
internal sealed record ForwardedService(ServiceDescriptor Descriptor, string Resource);
