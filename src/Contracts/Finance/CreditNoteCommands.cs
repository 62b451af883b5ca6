using Delegation.Access.V1;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using State = Delegation.Contracts.V1.CreditNote.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>The commands on credit notes: each locks the delegation, loads, decides, and saves with entry and work items.</summary>
internal static class CreditNoteCommands
{
    private const int LongestReason = 2000;
    private const string ObjectType = "credit_note";

    private static readonly Outcome<CreditNoteRow> Exists = new Outcome<CreditNoteRow>.Conflict(
        "CREDIT_NOTE_EXISTS",
        new("A credit note of this commitment is about some of these days already; it is withdrawn first.",
            "Un avoir de cet engagement porte déjà sur certains de ces jours ; il doit d'abord être annulé."));

    public static async Task<Outcome<CreditNote>> IssueAsync(TenantSession session, IssueCreditNoteRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.Read("commitment_id", request.CommitmentId, violations);
        var period = DayRange.Read(request.StartDay, request.EndDay, violations);
        if (violations.Count > 0)
            return new Outcome<CreditNote>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<CreditNote>() ?? await (await session.SplitAsync(delegation, commitmentId!.Value, period!, cancellationToken)).ThenAsync(async parts =>
            {
                var before = await session.FindBeforeAsync(delegation, commitmentId.Value, period!, cancellationToken);
                var decided = CreditNoteIssuing.Issue(request, commitmentId.Value, period!, delegation, parts, before, session.Caller.Side, clock.GetUtcNow());
                if (before.Overlaps && decided is not Outcome<CreditNoteRow>.Invalid)
                    decided = Exists;

                return await decided.ThenAsync(async note =>
                {
                    await session.InsertCreditNoteAsync(note, cancellationToken);
                    return await ToldAsync(session, note, delegation, message => new CreditNoteIssued { CreditNote = message }, clock, cancellationToken);
                });
            }));
    }

    public static Task<Outcome<CreditNote>> AcceptAsync(TenantSession session, AcceptCreditNoteRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, request.DelegationId, request.CreditNoteId, [], (delegation, note) =>
            CreditNoteMoves.Accept(note, session.Caller, request.Etag, clock.GetUtcNow()).ThenAsync(accepted => SaveAsync(
                session,
                accepted,
                delegation,
                message => accepted.IsIn(State.Accepted) ? new CreditNoteAccepted { CreditNote = message } : new CreditNoteConsented { CreditNote = message, Side = session.Caller.Side },
                clock,
                cancellationToken)), cancellationToken);

    public static Task<Outcome<CreditNote>> DisputeAsync(TenantSession session, DisputeCreditNoteRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reason = TextField.ReadLine("reason", request.Reason.ReplaceLineEndings(" "), LongestReason, violations);
        if (request.Amount is null)
            violations.Add(TermViolations.Required("amount", "the amount that you hold to be right", "le montant que vous tenez pour juste"));

        var amount = request.Amount is null ? null : Euros.ReadNotNegative("amount", request.Amount, violations);
        return LockAsync(session, request.DelegationId, request.CreditNoteId, violations, (delegation, note) =>
            CreditNoteMoves.Dispute(note, session.Caller.Side, request.Etag, reason!, amount!.Value).ThenAsync(disputed => SaveAsync(
                session, disputed, delegation, message => new CreditNoteDisputed { CreditNote = message }, clock, cancellationToken)), cancellationToken);
    }

    public static Task<Outcome<CreditNote>> WithdrawAsync(TenantSession session, WithdrawCreditNoteRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, request.DelegationId, request.CreditNoteId, [], (delegation, note) =>
            CreditNoteMoves.Withdraw(note, session.Caller.Side, request.Etag).ThenAsync(withdrawn => SaveAsync(
                session, withdrawn, delegation, message => new CreditNoteWithdrawn { CreditNote = message }, clock, cancellationToken)), cancellationToken);

    private static async Task<Outcome<CreditNote>> LockAsync(
        TenantSession session,
        string delegationId,
        string creditNoteId,
        List<FieldViolation> violations,
        Func<SharedDelegation, CreditNoteRow, Task<Outcome<CreditNote>>> command,
        CancellationToken cancellationToken)
    {
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var id = IdField.Read("credit_note_id", creditNoteId, violations);
        if (violations.Count > 0)
            return new Outcome<CreditNote>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegation!.Value, cancellationToken)).ThenAsync(async shared =>
        {
            var found = await session.FindCreditNoteAsync(shared, id!.Value, cancellationToken);
            return await (found is null ? CreditNoteMoves.NotFound : new Outcome<CreditNoteRow>.Accepted(found)).ThenAsync(async note =>
                shared.Closed<CreditNote>() ?? await command(shared, note));
        });
    }

    private static async Task<Outcome<CreditNote>> SaveAsync(
        TenantSession session, CreditNoteRow note, SharedDelegation delegation, Func<CreditNote, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.SaveCreditNoteAsync(note, cancellationToken);
        return await ToldAsync(session, note, delegation, happened, clock, cancellationToken);
    }

    private static async Task<Outcome<CreditNote>> ToldAsync(
        TenantSession session, CreditNoteRow note, SharedDelegation delegation, Func<CreditNote, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = note.ToMessage();
        await session.AppendAsync(
            new JournalEvent(note.OwnerId, note.DelegationId, note.DelegateId, Visibility.Both, ObjectType, note.Id, note.Revision, happened(message)), clock, cancellationToken);

        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var isAsked = note.IsIn(State.Issued) && note.AwaitedSides.Contains(side);
            await session.SetWorkAsync(Work(note, side, "accept", "Accept", side == Side.Insurer ? "Accepter" : "Reconnaître", delegation), isAsked, clock, cancellationToken);

            var answers = note.DisputedBy is { } disputing && disputing != side.Code();
            await session.SetWorkAsync(Work(note, side, "settle", "Settle the dispute about", "Régler la contestation de", delegation), answers, clock, cancellationToken);
        }

        return new Outcome<CreditNote>.Accepted(message);
    }

    private static OpenWork Work(CreditNoteRow note, Side side, string verb, string english, string french, SharedDelegation delegation) => new(
        new WorkItemKey($"credit_note.{verb}", ObjectType, note.Id, side),
        note.OwnerId,
        note.DelegationId,
        note.DelegateId,
        new($"{english} credit note {note.Number} of {delegation.Title}", $"{french} l'avoir {note.Number} de {delegation.Title}"))
    {
        Roles = [Role.DelegationManager],
    };
}
