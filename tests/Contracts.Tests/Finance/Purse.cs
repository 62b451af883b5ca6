using Delegation.Contracts.Tests.Commitments;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>What two parties of a test do about money.</summary>
internal sealed class Purse(ContractsHost host, Promise promise)
{
    public Promise Promise => promise;

    public string DelegationId => promise.DelegationId;

    public static DateTime Deadline => Promise.Deadline;

    public static async Task<Purse> OpenAsync(ContractsHost host) => new(host, await Promise.OpenAsync(host));

    public FinancialTerms.FinancialTermsClient Terms(bool insurer = true) => new(host.As(promise.Subject(insurer)));

    public Invoices.InvoicesClient Invoices(bool insurer) => new(host.As(promise.Subject(insurer)));

    public CreditNotes.CreditNotesClient Notes(bool insurer) => new(host.As(promise.Subject(insurer)));

    public Funds.FundsClient Funds(bool insurer) => new(host.As(promise.Subject(insurer)));

    /// <summary>An advance that both sides agreed on, from a day in the past.</summary>
    public async Task<FinancialVersion> AgreeOnAdvanceAsync() => await ValidateAsync(await Terms().CreateFinancialVersionAsync(
        new CreateFinancialVersionRequest { DelegationId = DelegationId, Advance = Advance, EffectiveDay = "2025-01-01" }, deadline: Deadline));

    public CallFundsRequest Call(long cents, FundMovement.Types.Kind kind = FundMovement.Types.Kind.Call) => new()
    {
        DelegationId = DelegationId, Kind = kind, Amount = Euros(cents), DueDay = "2026-01-15", Reason = "Avance initiale",
    };

    public static AnswerFundsCallRequest Settlement(FundMovement movement, string valueDay = "2025-01-10") => new()
    {
        DelegationId = movement.DelegationId, FundMovementId = movement.Id, Settled = true, ValueDay = valueDay, Etag = movement.Etag,
    };

    public ReportFundUseRequest Month(string endDay, long paid, long reimbursed) => new()
    {
        DelegationId = DelegationId, EndDay = endDay, Paid = Euros(paid), Reimbursed = Euros(reimbursed),
    };

    public static Money Euros(long cents) => new() { MinorUnits = cents, Currency = "EUR" };

    public static FeeTerms PerAct => new()
    {
        Title = "Décomptes liquidés", Basis = FeeBasis.PerAct, RateMicros = 1_250_000, Period = SettlementPeriod.Month, PaymentDays = 20,
    };

    public static AdvanceTerms Advance => new()
    {
        Initial = Euros(100_000_00), CoverageDays = 15, WindowMonths = 3, MarginHundredths = 10_00, Step = Euros(1_000_00), Floor = Euros(50_000_00), Ceiling = Euros(500_000_00),
        ThresholdHundredths = 5_00, Period = SettlementPeriod.Quarter,
    };

    public async Task<FinancialVersion> ProposeAsync(FeeTerms fee, string from = "2026-01-01", string termsId = "") => await Terms().CreateFinancialVersionAsync(
        new CreateFinancialVersionRequest { DelegationId = DelegationId, FinancialTermsId = termsId, Fee = fee, EffectiveDay = from }, deadline: Deadline);

    public static ValidateFinancialVersionRequest Validation(FinancialVersion version) => new()
    {
        DelegationId = version.DelegationId, FinancialVersionId = version.Id, Etag = version.Etag,
    };

    public async Task<FinancialVersion> AgreeAsync(FeeTerms fee, string from = "2026-01-01", string termsId = "") => await ValidateAsync(await ProposeAsync(fee, from, termsId));

    public async Task<FinancialVersion> ValidateAsync(FinancialVersion proposed)
    {
        await Terms().ValidateFinancialVersionAsync(Validation(proposed), deadline: Deadline);
        return await Terms(insurer: false).ValidateFinancialVersionAsync(Validation(proposed), deadline: Deadline);
    }

    public SubmitInvoiceRequest Bill(FinancialVersion fee, long quantity, long cents, string number = "F-2026-001", string start = "2026-01-01", string end = "2026-01-31") => new()
    {
        DelegationId = DelegationId,
        Number = number,
        IssueDay = "2026-02-05",
        StartDay = start,
        EndDay = end,
        Lines = { new InvoiceLine { FeeId = fee.FinancialTermsId, Quantity = quantity, Amount = Euros(cents) } },
    };

    public async Task<Invoice> SubmitAsync(SubmitInvoiceRequest bill) => await Invoices(insurer: false).SubmitInvoiceAsync(bill, deadline: Deadline);

    public static AnswerInvoiceRequest Answer(Invoice invoice, bool accepted, string comment = "", Money? disputed = null) => new()
    {
        DelegationId = invoice.DelegationId, InvoiceId = invoice.Id, Accepted = accepted, Comment = comment, DisputedAmount = disputed, Etag = invoice.Etag,
    };

    public IssueCreditNoteRequest Note(CommitmentVersion commitment, long measured, string start = "2026-03-01", string end = "2026-03-31", long fees = 50_000_00) => new()
    {
        DelegationId = DelegationId,
        CommitmentId = commitment.CommitmentId,
        StartDay = start,
        EndDay = end,
        Measures = { Measure(measured, start, end, fees) },
    };

    public static CommitmentMeasureValue Measure(long measured, string start, string end, long fees = 50_000_00) => new()
    {
        StartDay = start, EndDay = end, MeasuredHundredths = measured, Volume = 1_200, Fees = Euros(fees), Source = "Rapport opérationnel de mars, version 1",
    };

    public static AcceptCreditNoteRequest Acceptance(CreditNote note) => new() { DelegationId = note.DelegationId, CreditNoteId = note.Id, Etag = note.Etag };

    public async Task<CreditNote> AcceptAsync(CreditNote note, bool insurer) => await Notes(insurer).AcceptCreditNoteAsync(Acceptance(note), deadline: Deadline);

    public static DisputeCreditNoteRequest Objection(CreditNote note) => new()
    {
        DelegationId = note.DelegationId, CreditNoteId = note.Id, Reason = "Panne du réseau non déduite", Amount = Euros(500_00), Etag = note.Etag,
    };
}
