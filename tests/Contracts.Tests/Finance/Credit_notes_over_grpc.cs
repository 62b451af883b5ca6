using Delegation.Access.V1;
using Delegation.Contracts.Tests.Commitments;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Verdict = Delegation.Contracts.V1.CommitmentResult.Types.Verdict;
using State = Delegation.Contracts.V1.CreditNote.Types.State;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>From a measure to a credit note that both sides accepted.</summary>
public sealed class Credit_notes_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_missed_commitment_becomes_a_credit_note_that_the_delegate_acknowledges_and_the_insurer_accepts()
    {
        var purse = await Purse.OpenAsync(host);
        var commitment = await purse.Promise.AgreeAsync(Terms.Claims);

        var issued = await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 92_50), deadline: Purse.Deadline);
        var result = Assert.Single(issued.Results);
        Assert.Equal((State.Issued, 1, Side.Insurer, 3_000_00L), (issued.State, issued.Number, issued.Beneficiary, issued.Amount.MinorUnits));
        Assert.Equal((Verdict.Breached, 2_50L, 3L, 5_000_00L, commitment.Id), (result.Verdict, result.GapHundredths, result.Steps, result.Cap.MinorUnits, result.CommitmentVersionId));
        Assert.Equal([("credit_note.accept", Side.Insurer), ("credit_note.accept", Side.Delegate)], await WaitingAsync(purse));

        var acknowledged = await purse.AcceptAsync(issued, insurer: false);
        Assert.Equal((State.Issued, Side.Insurer), (acknowledged.State, Assert.Single(acknowledged.AwaitedSides)));
        Assert.Equal("CREDIT_NOTE_ALREADY_ACCEPTED", (await Refusals.ThrownBy(purse.Notes(insurer: false).AcceptCreditNoteAsync(Purse.Acceptance(acknowledged), deadline: Purse.Deadline))).Reason());

        var accepted = await purse.AcceptAsync(issued, insurer: true);
        Assert.Equal((State.Accepted, 2), (accepted.State, accepted.Consents.Count));
        Assert.Empty(await WaitingAsync(purse));
        Assert.Equal(
            ["CreditNoteIssued", "CreditNoteConsented", "CreditNoteAccepted"],
            (await host.EntriesOfAsync(purse.Promise.InsurerId)).Where(entry => entry.ObjectType == "credit_note").Select(entry => entry.Event.Descriptor.Name));
        Assert.Equal([accepted], (await purse.Notes(insurer: false).ListCreditNotesAsync(new ListCreditNotesRequest { DelegationId = purse.DelegationId }, deadline: Purse.Deadline)).CreditNotes);
    }

    [PostgresFact]
    public async Task Two_sides_that_accept_at_once_settle_it()
    {
        var purse = await Purse.OpenAsync(host);
        var issued = await purse.Notes(insurer: false).IssueCreditNoteAsync(purse.Note(await purse.Promise.AgreeAsync(Terms.Claims), 92_50), deadline: Purse.Deadline);

        var answers = await Task.WhenAll(purse.AcceptAsync(issued, insurer: true), purse.AcceptAsync(issued, insurer: false));

        Assert.Equal([State.Issued, State.Accepted], answers.Select(answer => answer.State).Order());
    }

    [PostgresFact]
    public async Task A_dispute_keeps_both_amounts_and_nothing_is_settled_while_it_lasts()
    {
        var purse = await Purse.OpenAsync(host);
        var issued = await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(await purse.Promise.AgreeAsync(Terms.Claims), 92_50), deadline: Purse.Deadline);
        var accepted = await purse.AcceptAsync(issued, insurer: true);

        var disputed = await purse.Notes(insurer: false).DisputeCreditNoteAsync(Purse.Objection(accepted), deadline: Purse.Deadline);
        Assert.Equal((State.Disputed, Side.Delegate, 3_000_00L, 500_00L, 0), (disputed.State, disputed.DisputedBy, disputed.Amount.MinorUnits, disputed.DisputedAmount.MinorUnits, disputed.Consents.Count));
        Assert.Equal([("credit_note.settle", Side.Insurer)], await WaitingAsync(purse));
        Assert.Equal("CREDIT_NOTE_OF_THE_OTHER_SIDE", (await Refusals.ThrownBy(purse.Notes(insurer: false).WithdrawCreditNoteAsync(
            new WithdrawCreditNoteRequest { DelegationId = purse.DelegationId, CreditNoteId = disputed.Id, Etag = disputed.Etag }, deadline: Purse.Deadline))).Reason());

        var again = await purse.AcceptAsync(disputed, insurer: true);
        Assert.Equal(State.Disputed, again.State);
        var settled = await purse.AcceptAsync(again, insurer: false);
        Assert.Equal((State.Accepted, Side.Unspecified, ""), (settled.State, settled.DisputedBy, settled.DisputeReason));
    }

    [PostgresFact]
    public async Task A_withdrawn_credit_note_frees_its_days_and_what_it_took_of_the_year()
    {
        var purse = await Purse.OpenAsync(host);
        var commitment = await purse.Promise.AgreeAsync(Terms.Claims.With(terms => terms.Penalty.YearlyCap = Purse.Euros(6_000_00)));
        var march = await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00), deadline: Purse.Deadline);
        var april = await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00, "2026-04-01", "2026-04-30"), deadline: Purse.Deadline);

        Assert.Equal((5_000_00, 1_000_00), (march.Amount.MinorUnits, april.Amount.MinorUnits));
        Assert.Equal("CREDIT_NOTE_EXISTS", (await Refusals.ThrownBy(purse.Notes(insurer: false).IssueCreditNoteAsync(purse.Note(commitment, 80_00), deadline: Purse.Deadline))).Reason());
        Assert.Equal("NOTHING_DUE", (await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00, "2026-05-01", "2026-05-31"), deadline: Purse.Deadline))).Reason());

        await purse.Notes(insurer: true).WithdrawCreditNoteAsync(new WithdrawCreditNoteRequest { DelegationId = purse.DelegationId, CreditNoteId = march.Id, Etag = march.Etag }, deadline: Purse.Deadline);
        Assert.Equal(5_000_00, (await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00), deadline: Purse.Deadline)).Amount.MinorUnits);
        Assert.Equal(5_000_00, (await purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00, "2027-01-01", "2027-01-31"), deadline: Purse.Deadline)).Amount.MinorUnits);
    }

    [PostgresFact]
    public async Task Two_that_are_issued_at_once_never_pass_the_cap_of_the_year()
    {
        var purse = await Purse.OpenAsync(host);
        var commitment = await purse.Promise.AgreeAsync(Terms.Claims.With(terms => terms.Penalty.YearlyCap = Purse.Euros(6_000_00)));

        var issued = await Task.WhenAll(
            purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(commitment, 80_00), deadline: Purse.Deadline).ResponseAsync,
            purse.Notes(insurer: false).IssueCreditNoteAsync(purse.Note(commitment, 80_00, "2026-04-01", "2026-04-30"), deadline: Purse.Deadline).ResponseAsync);

        Assert.Equal(6_000_00, issued.Sum(note => note.Amount.MinorUnits));
        Assert.Equal([1, 2], issued.Select(note => note.Number).Order());
    }

    [PostgresFact]
    public async Task A_period_that_is_split_is_computed_in_parts_and_neutralised_days_cost_nothing()
    {
        var purse = await Purse.OpenAsync(host);
        var first = await purse.Promise.AgreeAsync(Terms.Claims);
        await purse.Promise.AgreeAsync(Terms.Claims.With(terms => terms.TargetHundredths = 97_00), "2026-03-16", first.CommitmentId);
        await purse.Promise.NeutraliseAsync("2026-03-30", "2026-03-31");

        var whole = await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(first, 94_50), deadline: Purse.Deadline));
        Assert.Equal([("measures[0]", "MEASURES_NOT_OF_PARTS"), ("measures", "MEASURES_NOT_OF_PARTS")], whole.Violations());
        Assert.Contains("2026-03-16 – 2026-03-29", whole.FieldViolations()[0].LocalizedMessage.Message, StringComparison.Ordinal);

        var request = purse.Note(first, 94_50, "2026-03-01", "2026-03-31");
        request.Measures.Clear();
        request.Measures.Add([Purse.Measure(94_50, "2026-03-01", "2026-03-15", 24_000_00), Purse.Measure(94_50, "2026-03-16", "2026-03-29", 26_000_00)]);
        var note = await purse.Notes(insurer: true).IssueCreditNoteAsync(request, deadline: Purse.Deadline);

        Assert.Equal([Verdict.WithinTolerance, Verdict.Breached], note.Results.Select(result => result.Verdict));
        Assert.Equal([0, 1_560_00], note.Results.Select(result => result.Amount.MinorUnits));
        Assert.Equal(1_560_00, note.Amount.MinorUnits);
    }

    [PostgresFact]
    public async Task Days_of_the_observation_cost_nothing_and_a_kept_commitment_neither()
    {
        var purse = await Purse.OpenAsync(host);
        var observed = await purse.Promise.AgreeAsync(Terms.Claims.With(terms => terms.ObservationLastDay = "2026-03-31"));
        var empty = purse.Note(observed, 50_00);
        empty.Measures.Clear();

        Assert.Equal("NOTHING_DUE", (await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(empty, deadline: Purse.Deadline))).Reason());
        Assert.Equal("NOTHING_DUE", (await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(purse.Note(observed, 96_00, "2026-04-01", "2026-04-30"), deadline: Purse.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Bad_measures_are_told_in_french_and_nothing_is_written()
    {
        var purse = await Purse.OpenAsync(host);
        var commitment = await purse.Promise.AgreeAsync(Terms.Claims);
        var request = purse.Note(commitment, -1);
        (request.Measures[0].Fees, request.Measures[0].Source) = (null, "");
        var before = await purse.Promise.Agreement.CountAsync("journal");

        var refusal = await Refusals.ThrownBy(purse.Notes(insurer: true).IssueCreditNoteAsync(request, new Metadata { { "accept-language", "fr" } }, Purse.Deadline));

        Assert.Equal(
            [("measures[0].measured_hundredths", "MEASURED_HUNDREDTHS_OUT_OF_RANGE"), ("measures[0].fees", "FEES_REQUIRED"), ("measures[0].source", "SOURCE_REQUIRED")], refusal.Violations());
        Assert.StartsWith("Il manque la rémunération de ces jours.", refusal.FieldViolations()[1].LocalizedMessage.Message, StringComparison.Ordinal);
        Assert.Equal(before, await purse.Promise.Agreement.CountAsync("journal"));
    }

    private async Task<IReadOnlyList<(string, Side)>> WaitingAsync(Purse purse) =>
        [.. (await host.OpenWorkAsync(purse.Promise.InsurerId)).Where(item => item.Kind.StartsWith("credit_note.", StringComparison.Ordinal))];
}
