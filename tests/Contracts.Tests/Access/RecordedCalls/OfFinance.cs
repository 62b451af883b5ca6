using Delegation.Access.V1;
using Delegation.Contracts.Tests.Commitments;
using Delegation.Contracts.Tests.Finance;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfFinance : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(FinancialTerms.Descriptor, "CreateFinancialVersion", Negotiators, async scene =>
        {
            var (fee, _, tpa) = await scene.AgreedFeeAsync();
            var full = Purse.PerAct;
            (full.Minimum, full.Note) = (Purse.Euros(1_000_00), "Hors éditique.");
            return (tpa, new CreateFinancialVersionRequest
            {
                DelegationId = fee.DelegationId, FinancialTermsId = fee.FinancialTermsId, Fee = full, EffectiveDay = "2026-06-01", LastDay = "2026-12-31",
            });
        }),
        new(FinancialTerms.Descriptor, "ListFinancialVersions", Who.AnyMember(), async scene =>
        {
            var (fee, insurer, _) = await scene.AgreedFeeAsync();
            return (insurer, new ListFinancialVersionsRequest { DelegationId = fee.DelegationId });
        }),
        new(FinancialTerms.Descriptor, "ListFinancialTerms", Who.AnyMember(), async scene =>
        {
            var (fee, _, tpa) = await scene.AgreedFeeAsync();
            return (tpa, new ListFinancialTermsRequest { DelegationId = fee.DelegationId });
        }),
        new(FinancialTerms.Descriptor, "ValidateFinancialVersion", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (fee, _, tpa) = await scene.ProposedFeeAsync();
            return (tpa, Purse.Validation(fee));
        }),
        new(FinancialTerms.Descriptor, "WithdrawFinancialVersion", Negotiators, async scene =>
        {
            var (fee, insurer, _) = await scene.ProposedFeeAsync();
            return (insurer, new WithdrawFinancialVersionRequest { DelegationId = fee.DelegationId, FinancialVersionId = fee.Id, Etag = fee.Etag });
        }),
        new(Invoices.Descriptor, "SubmitInvoice", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Purchasing, Role.Operations), async scene =>
        {
            var (fee, _, tpa) = await scene.AgreedFeeAsync();
            return (tpa, Bill(fee));
        }),
        new(Invoices.Descriptor, "GetInvoice", Who.AnyMember(), async scene =>
        {
            var (invoice, insurer, _) = await scene.SubmittedAsync();
            return (insurer, new GetInvoiceRequest { DelegationId = invoice.DelegationId, InvoiceId = invoice.Id });
        }),
        new(Invoices.Descriptor, "ListInvoices", Who.AnyMember(), async scene =>
        {
            var (invoice, _, tpa) = await scene.SubmittedAsync();
            return (tpa, new ListInvoicesRequest { DelegationId = invoice.DelegationId });
        }),
        new(Invoices.Descriptor, "AnswerInvoice", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Purchasing), async scene =>
        {
            var (invoice, insurer, _) = await scene.SubmittedAsync();
            return (insurer, Purse.Answer(invoice, accepted: false, "Volume non justifié", Purse.Euros(4_000_00)));
        }),
        new(Invoices.Descriptor, "WithdrawInvoice", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Purchasing, Role.Operations), async scene =>
        {
            var (invoice, _, tpa) = await scene.SubmittedAsync();
            return (tpa, new WithdrawInvoiceRequest { DelegationId = invoice.DelegationId, InvoiceId = invoice.Id, Etag = invoice.Etag });
        }),
        new(Funds.Descriptor, "CallFunds", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Operations), async scene =>
        {
            var (delegationId, _, tpa) = await scene.AgreedAdvanceAsync();
            return (tpa, Call(delegationId));
        }),
        new(Funds.Descriptor, "AnswerFundsCall", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Purchasing, Role.Actuary), async scene =>
        {
            var (delegationId, insurer, tpa) = await scene.AgreedAdvanceAsync();
            var called = await new Funds.FundsClient(scene.As(tpa)).CallFundsAsync(Call(delegationId), deadline: People.Deadline);
            return (insurer, new AnswerFundsCallRequest { DelegationId = delegationId, FundMovementId = called.Id, Answer = "Montant non justifié", Etag = called.Etag });
        }),
        new(Funds.Descriptor, "ReportFundUse", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Operations, Role.Reporting), async scene =>
        {
            var (delegationId, _, tpa) = await scene.AgreedAdvanceAsync();
            return (tpa, new ReportFundUseRequest { DelegationId = delegationId, EndDay = "2025-03-31", Paid = Purse.Euros(90_000_00), Reimbursed = Purse.Euros(80_000_00) });
        }),
        new(Funds.Descriptor, "ListFundMovements", Who.AnyMember(), async scene =>
        {
            var (delegationId, insurer, _) = await scene.AgreedAdvanceAsync();
            return (insurer, new ListFundMovementsRequest { DelegationId = delegationId });
        }),
        new(Funds.Descriptor, "GetFundPosition", Who.AnyMember(), async scene =>
        {
            var (delegationId, _, tpa) = await scene.AgreedAdvanceAsync();
            return (tpa, new GetFundPositionRequest { DelegationId = delegationId });
        }),
        new(CreditNotes.Descriptor, "IssueCreditNote", Reporters, async scene =>
        {
            var (commitment, _, tpa) = await scene.AgreedCommitmentAsync();
            return (tpa, Note(commitment));
        }),
        new(CreditNotes.Descriptor, "GetCreditNote", Who.AnyMember(), async scene =>
        {
            var (note, insurer, _) = await scene.IssuedAsync();
            return (insurer, new GetCreditNoteRequest { DelegationId = note.DelegationId, CreditNoteId = note.Id });
        }),
        new(CreditNotes.Descriptor, "ListCreditNotes", Who.AnyMember(), async scene =>
        {
            var (note, _, tpa) = await scene.IssuedAsync();
            return (tpa, new ListCreditNotesRequest { DelegationId = note.DelegationId });
        }),
        new(CreditNotes.Descriptor, "AcceptCreditNote", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (note, _, tpa) = await scene.IssuedAsync();
            return (tpa, Purse.Acceptance(note));
        }),
        new(CreditNotes.Descriptor, "DisputeCreditNote", Who.Members(Role.DelegationManager), async scene =>
        {
            var (note, _, tpa) = await scene.IssuedAsync();
            return (tpa, Purse.Objection(note));
        }),
        new(CreditNotes.Descriptor, "WithdrawCreditNote", Reporters, async scene =>
        {
            var (note, insurer, _) = await scene.IssuedAsync();
            return (insurer, new WithdrawCreditNoteRequest { DelegationId = note.DelegationId, CreditNoteId = note.Id, Etag = note.Etag });
        }),
    ];

    internal static SubmitInvoiceRequest Bill(FinancialVersion fee) => new()
    {
        DelegationId = fee.DelegationId,
        Number = "F-2026-001",
        IssueDay = "2026-02-05",
        StartDay = "2026-01-01",
        EndDay = "2026-01-31",
        Lines = { new InvoiceLine { FeeId = fee.FinancialTermsId, Quantity = 4_000, Amount = Purse.Euros(5_000_00) } },
    };

    private static CallFundsRequest Call(string delegationId) => new()
    {
        DelegationId = delegationId, Kind = FundMovement.Types.Kind.Call, Amount = Purse.Euros(100_000_00), DueDay = "2026-01-15", Reason = "Avance initiale",
    };

    internal static IssueCreditNoteRequest Note(CommitmentVersion commitment) => new()
    {
        DelegationId = commitment.DelegationId,
        CommitmentId = commitment.CommitmentId,
        StartDay = "2026-03-01",
        EndDay = "2026-03-31",
        Measures = { Purse.Measure(92_50, "2026-03-01", "2026-03-31") },
    };

    private static AccessRule Negotiators => Who.Members(Role.DelegationManager, Role.Purchasing, Role.Legal);

    private static AccessRule Reporters => Who.Members(Role.DelegationManager, Role.Purchasing, Role.Reporting);
}

/// <summary>What calls about money need around them.</summary>
internal static class PreparingFinance
{
    public static FinancialTerms.FinancialTermsClient Finance(this Scene scene, Actor actor) => new(scene.As(actor));

    public static async Task<(FinancialVersion Fee, Actor Insurer, Actor Delegate)> ProposedFeeAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
        var fee = await scene.Finance(insurer).CreateFinancialVersionAsync(
            new CreateFinancialVersionRequest { DelegationId = delegation.Id, Fee = Purse.PerAct, EffectiveDay = "2026-01-01" }, deadline: People.Deadline);
        return (fee, insurer, tpa);
    }

    public static async Task<(FinancialVersion Fee, Actor Insurer, Actor Delegate)> AgreedFeeAsync(this Scene scene)
    {
        var (fee, insurer, tpa) = await scene.ProposedFeeAsync();
        await scene.Finance(insurer).ValidateFinancialVersionAsync(Purse.Validation(fee), deadline: People.Deadline);
        return (await scene.Finance(tpa).ValidateFinancialVersionAsync(Purse.Validation(fee), deadline: People.Deadline), insurer, tpa);
    }

    public static async Task<(string DelegationId, Actor Insurer, Actor Delegate)> AgreedAdvanceAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
        var proposed = await scene.Finance(insurer).CreateFinancialVersionAsync(
            new CreateFinancialVersionRequest { DelegationId = delegation.Id, Advance = Purse.Advance, EffectiveDay = "2025-01-01" }, deadline: People.Deadline);
        await scene.Finance(insurer).ValidateFinancialVersionAsync(Purse.Validation(proposed), deadline: People.Deadline);
        await scene.Finance(tpa).ValidateFinancialVersionAsync(Purse.Validation(proposed), deadline: People.Deadline);
        return (delegation.Id, insurer, tpa);
    }

    public static async Task<(Invoice Invoice, Actor Insurer, Actor Delegate)> SubmittedAsync(this Scene scene)
    {
        var (fee, insurer, tpa) = await scene.AgreedFeeAsync();
        return (await new Invoices.InvoicesClient(scene.As(tpa)).SubmitInvoiceAsync(OfFinance.Bill(fee), deadline: People.Deadline), insurer, tpa);
    }

    public static async Task<(CommitmentVersion Commitment, Actor Insurer, Actor Delegate)> AgreedCommitmentAsync(this Scene scene)
    {
        var (commitment, insurer, tpa) = await scene.ProposedCommitmentAsync();
        await scene.Commitments(insurer).ValidateCommitmentVersionAsync(Promise.Validation(commitment), deadline: People.Deadline);
        return (await scene.Commitments(tpa).ValidateCommitmentVersionAsync(Promise.Validation(commitment), deadline: People.Deadline), insurer, tpa);
    }

    public static async Task<(CreditNote Note, Actor Insurer, Actor Delegate)> IssuedAsync(this Scene scene)
    {
        var (commitment, insurer, tpa) = await scene.AgreedCommitmentAsync();
        return (await new CreditNotes.CreditNotesClient(scene.As(insurer)).IssueCreditNoteAsync(OfFinance.Note(commitment), deadline: People.Deadline), insurer, tpa);
    }
}
