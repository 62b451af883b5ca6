using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Contacts;

/// <summary>The rpcs of <c>delegation.contracts.v1.Contacts</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ContactsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Contacts.ContactsBase
{
    private static readonly LocalizedText NotOpen = new(
        "This delegation is not open: contacts are named from the day on which both sides accepted it until it is closed.",
        "Cette délégation n'est pas ouverte : les interlocuteurs sont désignés une fois qu'elle est acceptée par les deux parties, et tant qu'elle n'est pas close.");

    private DateOnly Today => ParisDays.DayAt(clock.GetUtcNow());

    public override async Task<DelegationContacts> GetContacts(GetContactsRequest request, ServerCallContext context)
    {
        var id = DelegationId.Parse(request.DelegationId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        DelegationQueries.Found(await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus();
        var contacts = await session.FindContactsAsync(id, context.CancellationToken);

        return contacts.ToMessage(id, Today);
    }

    public override Task<DelegationContacts> SetContacts(SetContactsRequest request, ServerCallContext context) =>
        commands.RunAsync<SetContactsRequest, DelegationContacts>(
            request, context, (session, cancellationToken) => SetAsync(session, request, cancellationToken));

    private async Task<Outcome<DelegationContacts>> SetAsync(TenantSession session, SetContactsRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var members = await session.FindNamedAsync(request, cancellationToken);
        var named = Naming.Read(request, members, violations);
        if (id is null)
            return new Outcome<DelegationContacts>.Invalid(violations);

        var delegation = await session.LockDelegationAsync(id.Value, cancellationToken);
        return await delegation.ThenAsync(async open =>
        {
            if (open.State != DelegationRow.Open)
                return new Outcome<DelegationContacts>.Refused("DELEGATION_NOT_OPEN", NotOpen);
            if (violations.Count > 0)
                return new Outcome<DelegationContacts>.Invalid(violations);

            var current = await session.FindContactsAsync(open.Id, cancellationToken);
            return Etag.Mismatch<DelegationContacts>(request.Etag, current.ContactsId, current.Revision)
                ?? await SaveAsync(session, open, current, named, members, cancellationToken);
        });
    }

    private async Task<Outcome<DelegationContacts>> SaveAsync(
        TenantSession session,
        DelegationRow delegation,
        ContactsRow current,
        SideContacts named,
        IReadOnlyList<Reachable> members,
        CancellationToken cancellationToken)
    {
        var changed = current.With(session.Caller.Side, named, NewId.At(clock.GetUtcNow()));
        await session.SaveContactsAsync(delegation, changed, cancellationToken);
        await session.AppendAsync(ContactsJournal.Changed(delegation, session.Caller.Side, named, members, changed), clock, cancellationToken);
        await session.CloseContactsWorkAsync(delegation, clock, cancellationToken);

        return new Outcome<DelegationContacts>.Accepted(changed.ToMessage(delegation.Id, Today));
    }
}
