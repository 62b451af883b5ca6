using System.Security.Claims;
using System.Threading.Channels;

namespace Delegation.Gateway.Events;

/// <summary>What goes to a stream: an entry of a feed, or, without one, how far all feeds are.</summary>
internal readonly record struct Delivery(int Feed, PublishedEntry? Entry, IReadOnlyList<long?>? Reached);

/// <summary>An open stream of events. What its reader does not fetch in time ends it, and the reader comes back with the last id.</summary>
internal sealed class Subscription(string organization, ClaimsPrincipal bearer)
{
    private const int Patience = 500;

    private readonly Channel<Delivery> _queue = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(Patience) { SingleReader = true });
    private readonly string _issuer = bearer.FindFirst("iss")!.Value;
    private readonly string _subject = bearer.FindFirst("sub")!.Value;

    public string Organization { get; } = organization;

    public ChannelReader<Delivery> Deliveries => _queue.Reader;

    public void Deliver(Delivery delivery)
    {
        if (!_queue.Writer.TryWrite(delivery))
            End();
    }

    public void End() => _queue.Writer.TryComplete();

    public bool IsOf((string Issuer, string Subject) person) => person == (_issuer, _subject);
}
