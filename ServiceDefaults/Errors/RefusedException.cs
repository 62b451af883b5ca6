using Grpc.Core;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>
/// A refusal on its way out. A type of its own tells it from the <see cref="RpcException"/> of a call that this service made: what another
/// service answered us is not what we answer our caller.
/// </summary>
internal sealed class RefusedException(Refusal refusal) : RpcException(new Status(refusal.Status, refusal.Message.English))
{
    public Refusal Refusal { get; } = refusal;
}
