namespace Grpc.Net.ClientFactory;

/// <summary>A name taken by a type of client; it stands in the service collection while that is built.</summary>
internal sealed record GrpcClientName(string Name, Type Client);
