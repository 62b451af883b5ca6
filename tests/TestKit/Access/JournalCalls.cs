using Delegation.Journal.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.TestKit.Access;

/// <summary>The recorded calls of the journal, which every service serves.</summary>
public static class JournalCalls
{
    /// <summary>For a service that adds them to its own.</summary>
    public static IEnumerable<RecordedCall> All =>
    [
        new(Delegation.Journal.V1.Journal.Descriptor, "Follow", Who.Services(), async scene =>
        {
            // Whoever follows an empty journal waits for a while.
            var organization = Guid.CreateVersion7();
            await using var session = await scene.Services.GetRequiredService<TenantSessions>()
                .OpenAsync(new Caller(organization, Guid.CreateVersion7(), new HashSet<string>()));
            await session.AppendAsync(
                new JournalEvent(organization, null, null, Visibility.Both, "thing", Guid.CreateVersion7(), 1, new Empty()), TimeProvider.System);
            await session.CommitAsync();

            return (scene.System, new FollowRequest());
        }),
        new(Delegation.Journal.V1.Journal.Descriptor, "ReadChain", Who.Services(), scene => Task.FromResult<(Actor, IMessage)>((scene.System, new ReadChainRequest
        {
            OwnerId = Guid.CreateVersion7().ToString(),
            DelegationId = Guid.CreateVersion7().ToString(),
            StartTime = DateTime.UnixEpoch.ToTimestamp(),
            EndTime = DateTime.UtcNow.ToTimestamp(),
        }))),
    ];
}
