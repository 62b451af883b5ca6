using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Committees;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Packs;

/// <summary>The rpcs of <c>delegation.delivery.v1.Packs</c>. What each means is in the contract.</summary>
internal sealed class PacksService(TenantSessions sessions, TimeProvider clock) : Delivery.V1.Packs.PacksBase
{
    public override async Task<Pack> GetPack(GetPackRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("meeting_id", request.MeetingId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var meeting = (await session.FindMeetingAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        return await session.FindPackAsync(meeting, context.CancellationToken)
            ?? await session.GatherAsync(meeting, clock.GetUtcNow().InMicroseconds(), context.CancellationToken);
    }
}
