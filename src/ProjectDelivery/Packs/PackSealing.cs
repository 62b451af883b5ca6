using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Committees;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Packs;

/// <summary>Seals the pack of a meeting when it begins: what both sides had before them is known ever after.</summary>
internal sealed class PackSealing(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "meeting.pack";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        session.ActFor(item.OwnerId);
        if (await session.LockMeetingAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } meeting
            || meeting.In == Meeting.Types.State.Cancelled || await session.FindPackAsync(meeting, cancellationToken) is not null)
            return;

        var now = clock.GetUtcNow().InMicroseconds();
        if (meeting.StartTime > now)
        {
            await session.ScheduleAsync(WorkKind, meeting.OwnerId, meeting.Id, meeting.StartTime, cancellationToken);
            return;
        }

        var pack = await session.GatherAsync(meeting, meeting.StartTime, cancellationToken);
        pack.SealTime = Timestamp.FromDateTime(meeting.StartTime);
        pack.Sha256 = PackStore.Seal(pack.Documents);
        await session.InsertPackAsync(meeting, pack, cancellationToken);
        await session.AppendAsync(meeting.Parties.Entry("meeting_pack", meeting.Id, 1, new PackSealed { Pack = pack }), clock, cancellationToken);
    }
}

/// <summary>Lets packs be sealed in time.</summary>
internal static class PackSchedule
{
    /// <summary>A meeting was planned or moved: its pack is sealed when it begins.</summary>
    public static Task SchedulePackAsync(this TenantSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        session.ScheduleAsync(PackSealing.WorkKind, meeting.OwnerId, meeting.DelegationId, meeting.Id, meeting.StartTime, cancellationToken);
}
