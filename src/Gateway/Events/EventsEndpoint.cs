using System.Globalization;
using Delegation.Gateway.Limits;
using Delegation.Gateway.Rest.Calls;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Gateway.Events;

/// <summary><c>GET /v1/events</c>: what happens, as it happens, for the caller's organisation: https://html.spec.whatwg.org/multipage/server-sent-events.html</summary>
internal sealed class EventsEndpoint(EventSources sources, EventHub hub, CallGate gate, Reader reader, IHttpContextAccessor served, IHostApplicationLifetime lifetime)
{
    private static readonly Refusal IdMalformed = new(StatusCode.InvalidArgument, "LAST_EVENT_ID_MALFORMED", new LocalizedText(
        "The header Last-Event-ID is not the id of an event of this stream. Give back the last one that you received, or none.",
        "L'en-tête Last-Event-ID n'est pas l'identifiant d'un événement de ce flux. Renvoyez le dernier reçu, ou aucun."));

    public async Task InvokeAsync(HttpContext context)
    {
        var (person, refusal) = await gate.EnterAsync(context);
        if (person is null)
        {
            EventsRefusal.Answer(context, refusal!);
            return;
        }

        try
        {
            if (!EventPositions.TryParse(context.Request.Headers["last-event-id"].ToString(), sources.Services, out var positions))
                EventsRefusal.Answer(context, IdMalformed);
            else
                await StreamAsync(context, positions);
        }
        catch (RpcException refused) when (!context.Response.HasStarted)
        {
            EventsRefusal.Answer(context, refused);
        }
        catch (RpcException)
        {
            // A service went away while something old was read from it: the reader comes back.
        }
        catch (OperationCanceledException)
        {
            // The reader left, the token expired or the gateway stops.
        }
        finally
        {
            person.Close();
        }
    }

    private async Task StreamAsync(HttpContext context, EventPositions positions)
    {
        // In REST the organisation has that name; empty removes what a caller has put under the name that it has inside.
        context.Request.Headers["organization"] = context.Request.Headers[RestHeaders.Organization];

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        end.CancelAfter(LifeOfToken(context));
        var subscription = new Subscription(await reader.OrganizationAsync(context), context.User);
        try
        {
            var starts = await hub.OpenAsync(subscription, end.Token);
            // Again, since who was a member before and is none now would have been overlooked in between.
            if (await reader.OrganizationAsync(context) != subscription.Organization)
                return;

            // What is read from here on is read in the gateway's name: journals are for services.
            served.HttpContext = null;
            await new EventWriter(context.Response, positions).WriteAsync(hub.Feeds, subscription, starts, end.Token);
        }
        finally
        {
            hub.Close(subscription);
        }
    }

    private static TimeSpan LifeOfToken(HttpContext context)
    {
        var expiry = DateTimeOffset.FromUnixTimeSeconds(long.Parse(context.User.FindFirst("exp")!.Value, CultureInfo.InvariantCulture));
        var life = expiry - TimeProvider.System.GetUtcNow();
        // Timers do not count further, and nobody's token lives as long.
        return life < TimeSpan.Zero ? TimeSpan.Zero : life > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : life;
    }
}
