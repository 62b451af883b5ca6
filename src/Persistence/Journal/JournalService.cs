using Delegation.Journal.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Delegation.Persistence.Journal;

/// <summary>The rpcs of <c>delegation.journal.v1.Journal</c>, the same in every service. What each means is in the contract.</summary>
internal sealed class JournalService(JournalReader reader, ChainReader chain, JournalSignal signal, TimeProvider clock, IHostApplicationLifetime lifetime)
    : Delegation.Journal.V1.Journal.JournalBase
{
    private const int BatchSize = 200;

    // Without a signal, that is while the listening connection is being made again, followers are this late at most.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    public override async Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
    {
        var position = await StartAsync(request, context.CancellationToken);
        var lastSent = clock.GetTimestamp();
        if (request.FromEnd)
            await responseStream.WriteAsync(new FollowResponse { Position = position }, context.CancellationToken);

        // A process that stops ends its streams, and the followers go to another replica.
        while (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var news = signal.Next;
            var entries = await reader.AfterAsync(position, BatchSize, context.CancellationToken);
            if (entries.Count > 0 || clock.GetElapsedTime(lastSent) >= SignOfLife)
            {
                position = entries.Count > 0 ? entries[^1].Position : position;
                var response = new FollowResponse { Entries = { entries.Select(entry => entry.ToMessage()) }, Position = position };
                await responseStream.WriteAsync(response, context.CancellationToken);
                lastSent = clock.GetTimestamp();
            }

            if (entries.Count < BatchSize)
                await WaitAsync(news, context.CancellationToken);
        }
    }

    public override async Task ReadChain(ReadChainRequest request, IServerStreamWriter<ReadChainResponse> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var owner = IdField.Read("owner_id", request.OwnerId, violations);
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        Require("start_time", request.StartTime);
        Require("end_time", request.EndTime);
        violations.RefuseIfAny();

        var links = chain.ReadAsync(owner!.Value, delegation!.Value, request.StartTime.ToDateTimeOffset(), request.EndTime.ToDateTimeOffset(), context.CancellationToken);
        await foreach (var batch in links)
            await responseStream.WriteAsync(new ReadChainResponse { Links = { batch } }, context.CancellationToken);

        void Require(string field, Timestamp? time)
        {
            if (time is null)
                violations.Add(new(field, $"{field.ToUpperInvariant()}_REQUIRED", new("The instant is missing.", "L'instant n'est pas renseigné."), new("Give an instant.", "Indiquez un instant.")));
        }
    }

    private async Task WaitAsync(Task news, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await Task.WhenAny(news, Task.Delay(LongestWait, clock, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The position to start after.</summary>
    private async Task<long> StartAsync(FollowRequest request, CancellationToken cancellationToken)
    {
        if (request.FromEnd)
            return await reader.LastAsync(cancellationToken);

        if (request.AfterPosition < 0)
            throw FollowRefusals.Negative();

        if (request.AfterPosition == 0)
            return 0;

        var hash = await reader.HashAtAsync(request.AfterPosition, cancellationToken) ?? throw FollowRefusals.Behind();
        if (!request.AfterHash.IsEmpty && !request.AfterHash.Span.SequenceEqual(hash))
            throw FollowRefusals.Diverged();

        return request.AfterPosition;
    }
}
