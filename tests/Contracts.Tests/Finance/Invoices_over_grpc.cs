using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using State = Delegation.Contracts.V1.Invoice.Types.State;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>Fees that both sides validated, and invoices checked against them.</summary>
public sealed class Invoices_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_fee_holds_once_both_sides_validated_it_and_so_does_the_advance()
    {
        var purse = await Purse.OpenAsync(host);
        var proposed = await purse.ProposeAsync(Purse.PerAct);
        await purse.Terms(insurer: false).ValidateFinancialVersionAsync(Purse.Validation(proposed), deadline: Purse.Deadline);
        Assert.Empty(await OnAsync(purse, "2026-06-01"));
        Assert.Equal([("financial_terms.validate", Side.Insurer)], (await host.OpenWorkAsync(purse.Promise.InsurerId)).Where(item => item.Kind.EndsWith(".validate", StringComparison.Ordinal)));

        var fee = await purse.Terms().ValidateFinancialVersionAsync(Purse.Validation(proposed), deadline: Purse.Deadline);
        var advance = await purse.ValidateAsync(await purse.Terms().CreateFinancialVersionAsync(
            new CreateFinancialVersionRequest { DelegationId = purse.DelegationId, Advance = Purse.Advance, EffectiveDay = "2026-01-01" }, deadline: Purse.Deadline));

        Assert.Equal([fee, advance], await OnAsync(purse, "2026-06-01"));
        Assert.Equal((Purse.PerAct, Purse.Advance), (fee.Fee, advance.Advance));
        var other = await Refusals.ThrownBy(purse.Terms().CreateFinancialVersionAsync(new CreateFinancialVersionRequest
        {
            DelegationId = purse.DelegationId, FinancialTermsId = fee.FinancialTermsId, Advance = Purse.Advance, EffectiveDay = "2026-02-01",
        }, deadline: Purse.Deadline));
        Assert.Equal([("advance", "FEE_AND_ADVANCE")], other.Violations());
        Assert.Equal([advance.Id, fee.Id], (await purse.Terms().ListFinancialVersionsAsync(
            new ListFinancialVersionsRequest { DelegationId = purse.DelegationId }, deadline: Purse.Deadline)).FinancialVersions.Select(version => version.Id));
    }

    [PostgresFact]
    public async Task An_invoice_that_is_as_expected_is_accepted_without_a_word()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct);

        var invoice = await purse.SubmitAsync(purse.Bill(fee, 4_000, 5_000_00));
        Assert.Equal((State.Submitted, "2026-02-25", 5_000_00L, 5_000_00L), (invoice.State, invoice.DueDay, invoice.Total.MinorUnits, invoice.ExpectedTotal.MinorUnits));
        Assert.Empty(Assert.Single(invoice.Lines).Findings);
        Assert.Equal([("invoice.check", Side.Insurer)], await WaitingAsync(purse));

        var accepted = await purse.Invoices(insurer: true).AnswerInvoiceAsync(Purse.Answer(invoice, accepted: true), deadline: Purse.Deadline);
        Assert.Equal(State.Accepted, accepted.State);
        Assert.Empty(await WaitingAsync(purse));
        Assert.Equal(accepted, await ReadAsync(purse, invoice));
        Assert.Equal(
            ["InvoiceSubmitted", "InvoiceAccepted"], (await host.EntriesOfAsync(purse.Promise.InsurerId)).Where(entry => entry.ObjectType == "invoice").Select(entry => entry.Event.Descriptor.Name));
        Assert.Equal("INVOICE_NOT_OPEN", (await Refusals.ThrownBy(purse.Invoices(insurer: false).WithdrawInvoiceAsync(
            new WithdrawInvoiceRequest { DelegationId = purse.DelegationId, InvoiceId = invoice.Id, Etag = accepted.Etag }, deadline: Purse.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_difference_is_shown_and_accepted_only_with_a_reason_or_disputed_with_both_amounts_kept()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct);
        var invoice = await purse.SubmitAsync(purse.Bill(fee, 4_000, 5_100_00));

        var line = Assert.Single(invoice.Lines);
        Assert.Equal([InvoiceFinding.AmountDiffers], line.Findings);
        Assert.Equal((5_000_00, 100_00), (line.Expected.MinorUnits, line.Difference.MinorUnits));
        var silent = await Refusals.ThrownBy(purse.Invoices(insurer: true).AnswerInvoiceAsync(Purse.Answer(invoice, accepted: true), deadline: Purse.Deadline));
        Assert.Equal([("comment", "COMMENT_REQUIRED")], silent.Violations());

        var disputed = await purse.Invoices(insurer: true).AnswerInvoiceAsync(Purse.Answer(invoice, accepted: false, "Volume non justifié"), deadline: Purse.Deadline);
        Assert.Equal((State.Disputed, 5_100_00L, 5_000_00L, "Volume non justifié"), (disputed.State, disputed.Total.MinorUnits, disputed.DisputedAmount.MinorUnits, disputed.Comment));
        Assert.Equal([("invoice.correct", Side.Delegate)], await WaitingAsync(purse));
        Assert.Equal("INVOICE_DISPUTED", (await Refusals.ThrownBy(purse.Invoices(insurer: true).AnswerInvoiceAsync(Purse.Answer(disputed, accepted: false, "Encore"), deadline: Purse.Deadline))).Reason());

        var accepted = await purse.Invoices(insurer: true).AnswerInvoiceAsync(Purse.Answer(disputed, accepted: true, "Justificatif reçu"), deadline: Purse.Deadline);
        Assert.Equal((State.Accepted, "Justificatif reçu", null), (accepted.State, accepted.Comment, accepted.DisputedAmount));
    }

    [PostgresFact]
    public async Task Days_that_are_invoiced_twice_or_not_covered_are_found_and_a_withdrawn_invoice_frees_its_days_and_number()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct, "2026-01-11");
        var first = await purse.SubmitAsync(purse.Bill(fee, 3_100, 2_625_00));
        Assert.Equal([InvoiceFinding.PeriodNotCovered], Assert.Single(first.Lines).Findings);

        Assert.Equal("INVOICE_NUMBER_USED", (await Refusals.ThrownBy(purse.Invoices(insurer: false).SubmitInvoiceAsync(purse.Bill(fee, 1, 1), deadline: Purse.Deadline))).Reason());
        var second = await purse.SubmitAsync(purse.Bill(fee, 100, 125_00, "F-2026-002", "2026-01-31", "2026-01-31"));
        Assert.Equal([InvoiceFinding.AlreadyInvoiced], Assert.Single(second.Lines).Findings);

        await purse.Invoices(insurer: false).WithdrawInvoiceAsync(new WithdrawInvoiceRequest { DelegationId = purse.DelegationId, InvoiceId = first.Id, Etag = first.Etag }, deadline: Purse.Deadline);
        var again = await purse.SubmitAsync(purse.Bill(fee, 1_000, 1_250_00, start: "2026-02-01", end: "2026-02-28"));
        Assert.Empty(Assert.Single(again.Lines).Findings);
        Assert.Equal([again.Id, second.Id, first.Id], (await purse.Invoices(insurer: true).ListInvoicesAsync(
            new ListInvoicesRequest { DelegationId = purse.DelegationId }, deadline: Purse.Deadline)).Invoices.Select(invoice => invoice.Id));
    }

    [PostgresFact]
    public async Task A_fee_that_changes_in_the_middle_is_expected_in_parts()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct);
        var dearer = Purse.PerAct;
        dearer.RateMicros = 2_500_000;
        await purse.AgreeAsync(dearer, "2026-01-16", fee.FinancialTermsId);

        var line = Assert.Single((await purse.SubmitAsync(purse.Bill(fee, 3_100, 5_875_00))).Lines);

        Assert.Equal([1_875_00, 4_000_00], line.Parts.Select(part => part.Amount.MinorUnits));
        Assert.Empty(line.Findings);
    }

    [PostgresFact]
    public async Task Only_the_delegate_invoices_and_only_the_insurer_answers()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct);
        var invoice = await purse.SubmitAsync(purse.Bill(fee, 4_000, 5_000_00));

        Assert.Equal("SIDE_REQUIRED", (await Refusals.ThrownBy(purse.Invoices(insurer: true).SubmitInvoiceAsync(purse.Bill(fee, 1, 1, "F-2"), deadline: Purse.Deadline))).Reason());
        Assert.Equal("SIDE_REQUIRED", (await Refusals.ThrownBy(purse.Invoices(insurer: false).AnswerInvoiceAsync(Purse.Answer(invoice, accepted: true), deadline: Purse.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task What_is_wrong_with_an_invoice_is_told_in_french_and_nothing_is_written()
    {
        var purse = await Purse.OpenAsync(host);
        var fee = await purse.AgreeAsync(Purse.PerAct);
        var before = await purse.Promise.Agreement.CountAsync("journal");
        var bill = purse.Bill(fee, 0, -1);
        bill.Lines.Add(new InvoiceLine { FeeId = Guid.CreateVersion7().ToString(), Quantity = 1 });

        var refusal = await Refusals.ThrownBy(purse.Invoices(insurer: false).SubmitInvoiceAsync(bill, new Metadata { { "accept-language", "fr" } }, Purse.Deadline));

        Assert.Equal(
            [("lines[0].quantity", "QUANTITY_OUT_OF_RANGE"), ("lines[0].amount.minor_units", "MINOR_UNITS_NEGATIVE"), ("lines[1].fee_id", "FEE_ID_UNKNOWN"), ("lines[1].amount", "AMOUNT_REQUIRED")],
            refusal.Violations());
        Assert.StartsWith("Le montant n'est pas négatif.", refusal.FieldViolations()[1].LocalizedMessage.Message, StringComparison.Ordinal);
        Assert.Equal(before, await purse.Promise.Agreement.CountAsync("journal"));
    }

    private async Task<IReadOnlyList<(string, Side)>> WaitingAsync(Purse purse) =>
        [.. (await host.OpenWorkAsync(purse.Promise.InsurerId)).Where(item => item.Kind.StartsWith("invoice.", StringComparison.Ordinal))];

    private static async Task<IReadOnlyList<FinancialVersion>> OnAsync(Purse purse, string day) => (await purse.Terms(insurer: false).ListFinancialTermsAsync(
        new ListFinancialTermsRequest { DelegationId = purse.DelegationId, Day = day }, deadline: Purse.Deadline)).FinancialVersions;

    private static async Task<Invoice> ReadAsync(Purse purse, Invoice invoice) => await purse.Invoices(insurer: false).GetInvoiceAsync(
        new GetInvoiceRequest { DelegationId = purse.DelegationId, InvoiceId = invoice.Id }, deadline: Purse.Deadline);
}
