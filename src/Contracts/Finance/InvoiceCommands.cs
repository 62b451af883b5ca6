using Delegation.Access.V1;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Invoice.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>The commands on invoices: the delegate submits and withdraws, the insurer answers.</summary>
internal static class InvoiceCommands
{
    private const int LongestNumber = 60;
    private const int LongestComment = 2000;
    private const string ObjectType = "invoice";

    private static readonly Outcome<Invoice> NumberUsed = new Outcome<Invoice>.Conflict(
        "INVOICE_NUMBER_USED",
        new("An invoice of this number is there already; withdraw it first, or give this one a number of its own.",
            "Une facture de ce numéro existe déjà ; annulez-la d'abord, ou donnez à celle-ci un numéro propre."));

    private static readonly Outcome<Invoice> NotOpen = new Outcome<Invoice>.Refused(
        "INVOICE_NOT_OPEN", new("This invoice is accepted or withdrawn.", "Cette facture est acceptée ou annulée."));

    private static readonly Outcome<Invoice> AlreadyDisputed = new Outcome<Invoice>.Refused(
        "INVOICE_DISPUTED",
        new("Your side disputes this invoice already: the delegate withdraws it, or you accept it.", "Votre partie conteste déjà cette facture : le délégataire l'annule, ou vous l'acceptez."));

    public static async Task<Outcome<Invoice>> SubmitAsync(TenantSession session, SubmitInvoiceRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var number = TextField.ReadLine("number", request.Number, LongestNumber, violations);
        var issueDay = DayField.Read("issue_day", request.IssueDay, violations);
        var period = DayRange.Read(request.StartDay, request.EndDay, violations);
        if (violations.Count > 0)
            return new Outcome<Invoice>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            if (delegation.Closed<Invoice>() is { } closed)
                return closed;

            var held = await session.ListHoldingAsync(FinancialKinds.Terms, delegation, DateOnly.MinValue, endDay: null, cancellationToken);
            var fees = held.Where(version => version.ReadFinancial().Fee is not null).OrderBy(version => version.Number).ToArray();
            var known = fees.GroupBy(version => version.SubjectId).ToDictionary(group => group.Key, group => group.Last().ReadFinancial().Fee);
            var invoiced = await session.ListInvoicedFeesAsync(delegation, period!.Start, period.End, cancellationToken);
            return await Invoicing.Submit(request, number!, issueDay!.Value, period, delegation, fees, known, invoiced, clock.GetUtcNow()).ThenAsync(async invoice =>
            {
                if (await session.HasInvoiceNumberAsync(delegation, number!, cancellationToken))
                    return NumberUsed;

                await session.InsertInvoiceAsync(invoice, cancellationToken);
                return await ToldAsync(session, invoice, delegation, message => new InvoiceSubmitted { Invoice = message }, clock, cancellationToken);
            });
        });
    }

    public static Task<Outcome<Invoice>> AnswerAsync(TenantSession session, AnswerInvoiceRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, request.DelegationId, request.InvoiceId, request.Etag, (delegation, invoice) =>
        {
            if (!request.Accepted && invoice.IsIn(State.Disputed))
                return Task.FromResult(AlreadyDisputed);

            var violations = new List<FieldViolation>();
            var mustSayWhy = !request.Accepted || invoice.ReadLines().Any(line => line.Findings.Count > 0);
            var comment = mustSayWhy && request.Comment.Trim().Length == 0
                ? TextField.ReadLine("comment", "", LongestComment, violations)
                : TextField.ReadText("comment", request.Comment, LongestComment, violations);
            TermViolations.Unused(
                "disputed_amount", request.Accepted && request.DisputedAmount is not null, "the invoice is accepted", "la facture est acceptée", violations);
            var disputed = request.DisputedAmount is null ? invoice.ExpectedCents : Euros.ReadNotNegative("disputed_amount", request.DisputedAmount, violations);
            if (violations.Count > 0)
                return Task.FromResult<Outcome<Invoice>>(new Outcome<Invoice>.Invalid(violations));

            var answered = invoice with
            {
                State = (request.Accepted ? State.Accepted : State.Disputed).Stored(),
                Comment = comment!,
                DisputedAmountCents = request.Accepted ? null : disputed,
                AnswerTime = clock.GetUtcNow().InMicroseconds(),
                Revision = invoice.Revision + 1,
            };
            return SaveAsync(session, answered, delegation, message => request.Accepted ? new InvoiceAccepted { Invoice = message } : new InvoiceDisputed { Invoice = message }, clock, cancellationToken);
        }, cancellationToken);

    public static Task<Outcome<Invoice>> WithdrawAsync(TenantSession session, WithdrawInvoiceRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockAsync(session, request.DelegationId, request.InvoiceId, request.Etag, (delegation, invoice) => SaveAsync(
            session,
            invoice with { State = State.Withdrawn.Stored(), Revision = invoice.Revision + 1 },
            delegation,
            message => new InvoiceWithdrawn { Invoice = message },
            clock,
            cancellationToken), cancellationToken);

    public static Outcome<InvoiceRow> NotFound { get; } = new Outcome<InvoiceRow>.NotFound(
        "INVOICE_NOT_FOUND", new("The delegation has no invoice with this id.", "La délégation n'a pas de facture portant cet identifiant."));

    private static Task<Outcome<Invoice>> LockAsync(
        TenantSession session, string delegationId, string invoiceId, string etag, Func<SharedDelegation, InvoiceRow, Task<Outcome<Invoice>>> command, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(delegationId, "invoice_id", invoiceId).ThenAsync(async ids =>
            await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            {
                var found = await session.FindInvoiceAsync(delegation, ids.Object, cancellationToken);
                return await (found is null ? NotFound : new Outcome<InvoiceRow>.Accepted(found)).ThenAsync(async invoice =>
                    delegation.Closed<Invoice>()
                    ?? Etag.Mismatch<Invoice>(etag, invoice.Id, invoice.Revision)
                    ?? (invoice.IsIn(State.Submitted) || invoice.IsIn(State.Disputed) ? await command(delegation, invoice) : NotOpen));
            }));

    private static async Task<Outcome<Invoice>> SaveAsync(
        TenantSession session, InvoiceRow invoice, SharedDelegation delegation, Func<Invoice, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.SaveInvoiceAsync(invoice, cancellationToken);
        return await ToldAsync(session, invoice, delegation, happened, clock, cancellationToken);
    }

    private static async Task<Outcome<Invoice>> ToldAsync(
        TenantSession session, InvoiceRow invoice, SharedDelegation delegation, Func<Invoice, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = invoice.ToMessage();
        await session.AppendAsync(
            new JournalEvent(invoice.OwnerId, invoice.DelegationId, invoice.DelegateId, Visibility.Both, ObjectType, invoice.Id, invoice.Revision, happened(message)),
            clock,
            cancellationToken);

        var check = new OpenWork(
            new WorkItemKey("invoice.check", ObjectType, invoice.Id, Side.Insurer), invoice.OwnerId, invoice.DelegationId, invoice.DelegateId,
            new($"Check invoice {invoice.Number} of {delegation.Title}", $"Contrôler la facture {invoice.Number} de {delegation.Title}"))
        {
            Roles = [Role.DelegationManager, Role.Purchasing], DueDay = invoice.DueDay,
        };
        var correct = new OpenWork(
            new WorkItemKey("invoice.correct", ObjectType, invoice.Id, Side.Delegate), invoice.OwnerId, invoice.DelegationId, invoice.DelegateId,
            new($"Put disputed invoice {invoice.Number} of {delegation.Title} right", $"Rectifier la facture contestée {invoice.Number} de {delegation.Title}"))
        {
            Roles = [Role.DelegationManager, Role.Purchasing, Role.Operations],
        };
        await session.SetWorkAsync(check, invoice.IsIn(State.Submitted), clock, cancellationToken);
        await session.SetWorkAsync(correct, invoice.IsIn(State.Disputed), clock, cancellationToken);
        return new Outcome<Invoice>.Accepted(message);
    }
}
