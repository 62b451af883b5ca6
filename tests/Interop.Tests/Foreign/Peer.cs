namespace Delegation.Interop.Tests.Foreign;

/// <summary>A foreign gRPC implementation.</summary>
public enum Peer
{
    /// <summary>@grpc/grpc-js on Node.js.</summary>
    GrpcJs,

    /// <summary>grpcio on Python, over gRPC's C core.</summary>
    GrpcIo,
}
