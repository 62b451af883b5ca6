using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.Watch.Actions;
using Delegation.Watch.V1;
using Google.Protobuf;

namespace Delegation.Watch.Bulletins;

/// <summary>Both sides agree when bulletins are due: one proposes, the other consents.</summary>
internal sealed class TermsCommands(TimeProvider clock)
{
    public async Task<Outcome<BulletinTerms>> ProposeAsync(TenantSession session, ProposeBulletinTermsRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (request.Months is < 1 or > 12)
            violations.Add(new(
                "months", "MONTHS_OUT_OF_RANGE", new("This number of months is out of bounds.", "Ce nombre de mois est hors limites."),
                new("Give 1 to 12 months.", "Indiquez de 1 à 12 mois.")));
        var first = DayField.Read("first_due_day", request.FirstDueDay, violations);
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        var terms = await session.FindTermsAsync(delegation.Parties, cancellationToken);
        if ((delegation.NeedsToBeOpen<BulletinTerms>() ?? Etag.Mismatch<BulletinTerms>(request.Etag, terms.Id, terms.Revision)) is { } refused)
            return refused;

        var proposed = terms.Propose(request.Months, first!.Value, session.Caller.Side, Guid.CreateVersion7(clock.GetUtcNow()));
        return await SaveAsync(session, terms, proposed, message => new BulletinTermsProposed { Terms = message }, cancellationToken);
    }

    public async Task<Outcome<BulletinTerms>> AgreeAsync(TenantSession session, AgreeBulletinTermsRequest request, CancellationToken cancellationToken)
    {
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(request.DelegationId, []), cancellationToken)).ValueOrStatus();
        var terms = await session.FindTermsAsync(delegation.Parties, cancellationToken);
        if (Etag.Mismatch<BulletinTerms>(request.Etag, terms.Id, terms.Revision) is { } mismatch)
            return mismatch;
        if (terms.ProposedBy is null)
            return new Outcome<BulletinTerms>.Refused("NOTHING_PROPOSED", new("Nothing is proposed.", "Rien n'est proposé."));
        if (terms.ProposedBy == session.Caller.Side.Code())
            return new Outcome<BulletinTerms>.Refused(
                "OWN_PROPOSAL", new("Your side proposed it; the other side has yet to agree.", "Votre partie l'a proposé ; l'accord de l'autre est attendu."));

        return await SaveAsync(session, terms, terms.Agree(), message => new BulletinTermsAgreed { Terms = message }, cancellationToken);
    }

    private async Task<Outcome<BulletinTerms>> SaveAsync(
        TenantSession session, TermsRow before, TermsRow after, Func<BulletinTerms, IMessage> happened, CancellationToken cancellationToken)
    {
        if (!await session.SaveTermsAsync(after, cancellationToken))
            return new Outcome<BulletinTerms>.Stale();

        var message = after.ToMessage(clock.GetUtcNow());
        await session.AppendAsync(after.Parties.Entry(TermsRow.ObjectType, after.Id, after.Revision, happened(message)), clock, cancellationToken);
        foreach (var over in before.Waiting.Select(work => work.Key).Except(after.Waiting.Select(work => work.Key)))
            await session.CloseWorkItemAsync(over, clock, cancellationToken);
        foreach (var work in after.Waiting)
            await session.OpenWorkItemAsync(work, clock, cancellationToken);

        return new Outcome<BulletinTerms>.Accepted(message);
    }
}
