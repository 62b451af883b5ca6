using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;
using Level = Delegation.Contracts.V1.SignatureCertificate.Types.Level;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.Tests.LetterOfEngagement;

public sealed class Letters_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_sign_the_hash_of_exactly_what_they_read_and_the_certificate_says_so()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();

        Assert.Equal((State.Issued, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(issued.Text)))), (issued.State, issued.TextSha256));
        Assert.Equal(issued, await agreement.ReadAsync(issued, insurer: false));
        foreach (var part in new[] { "MGEN, SIREN 775685399", "Gestion Santé", "120\u00A0000,50\u00A0€", "PRE ", "RAT ", "À DÉCIDER", "RGPD art. 28(3)(h)", "Charte RSE" })
            Assert.Contains(part, issued.Text, StringComparison.Ordinal);

        var half = await agreement.SignAsync(issued, insurer: false);
        Assert.Equal((State.PartlySigned, null), (half.State, half.Certificate));
        Assert.Equal([Side.Insurer], half.AwaitedSides);

        var inForce = await agreement.SignAsync(issued, insurer: true);
        Assert.Equal((State.InForce, issued.Text), (inForce.State, inForce.Text));
        Assert.Equal((Level.Simple, issued.TextSha256), (inForce.Certificate.Level, inForce.Certificate.TextSha256));
        Assert.Equal(
            [(Side.Delegate, "Gestion Santé", agreement.Parties.Delegate.Id), (Side.Insurer, "MGEN", agreement.Parties.Insurer.Id)],
            inForce.Certificate.Signatures.Select(signature => (signature.Side, signature.OrganizationName, signature.OrganizationId)));
        Assert.All(inForce.Certificate.Signatures, signature => Assert.Equal(issued.TextSha256, signature.TextSha256));
        Assert.Equal(inForce, await agreement.ReadAsync(inForce));
    }

    [PostgresFact]
    public async Task Another_hash_a_second_signature_of_one_side_and_a_draft_are_refused()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();
        var entries = await agreement.CountAsync("journal");

        var other = new SignLetterRequest(LetterCalls.Signature(issued)) { TextSha256 = new string('0', 64) };
        Assert.Equal("LETTER_TEXT_DIFFERS", await ReasonAsync(agreement.Letters().SignLetterAsync(other, deadline: Agreement.Deadline)));
        var none = await Refusals.ThrownBy(agreement.Letters().SignLetterAsync(new SignLetterRequest(other) { TextSha256 = "abc" }, deadline: Agreement.Deadline));
        Assert.Equal(("text_sha256", "TEXT_SHA256_MALFORMED"), (none.Violations()[0].Field, none.Violations()[0].Reason));
        Assert.Equal(entries, await agreement.CountAsync("journal"));

        await agreement.SignAsync(issued, insurer: true);
        Assert.Equal("LETTER_ALREADY_SIGNED", await ReasonAsync(agreement.Letters().SignLetterAsync(LetterCalls.Signature(issued), deadline: Agreement.Deadline)));

        var draft = await agreement.DraftAsync(new CreateLetterRequest { DelegationId = issued.DelegationId });
        Assert.Equal("LETTER_NOT_ISSUED", await ReasonAsync(agreement.Letters().SignLetterAsync(new SignLetterRequest(other) { LetterId = draft.Id }, deadline: Agreement.Deadline)));
    }

    [PostgresFact]
    public async Task Two_signatures_at_once_put_the_letter_in_force_once()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();

        var answers = await Task.WhenAll(agreement.SignAsync(issued, insurer: true), agreement.SignAsync(issued, insurer: false));

        Assert.Equal([State.PartlySigned, State.InForce], answers.Select(answer => answer.State).Order());
        Assert.Equal(2, (await agreement.ReadAsync(issued)).Certificate.Signatures.Count);
    }

    [PostgresFact]
    public async Task A_draft_is_issued_only_with_all_it_must_have_and_open_points_do_not_hinder()
    {
        var agreement = await Agreement.OpenAsync(host);
        var draft = await agreement.DraftAsync(new CreateLetterRequest { DelegationId = agreement.Delegation.Id });

        var refusal = await Refusals.ThrownBy(agreement.Letters().IssueLetterAsync(
            LetterCalls.Issue(draft), new Metadata { { "accept-language", "fr" } }, Agreement.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "LETTER_INCOMPLETE"), (refusal.StatusCode, refusal.Reason()));
        var missing = refusal.Conditions().CountBy(condition => condition.Type).ToDictionary();
        Assert.Equal(
            [("ANNEX_MISSING", 4), ("EFFECTIVE_DAY_MISSING", 1), ("END_DAY_MISSING", 1), ("FEE_CAP_MISSING", 1), ("SCOPE_VERSION_MISSING", 1), ("TERM_MISSING", 16)],
            missing.Select(entry => (entry.Key, entry.Value)).Order());
        Assert.Contains(refusal.Conditions(), condition => condition.Description == "Il manque : Sécurité du traitement.");

        var proposed = await agreement.ProposeAsync();
        var changed = await agreement.Letters(insurer: false).UpdateLetterAsync(
            new UpdateLetterRequest { DelegationId = draft.DelegationId, LetterId = draft.Id, ScopeVersionId = proposed.Id, EndDay = LetterCalls.Day(30), Etag = draft.Etag },
            deadline: Agreement.Deadline);
        Assert.Equal([Kind.ServiceLevelAgreement, Kind.CybersecurityPolicy, Kind.CsrCharter, Kind.BusinessContinuityPlan], changed.DueAnnexes.Select(annex => annex.Kind));
        Assert.Contains(
            (await Refusals.ThrownBy(agreement.Letters().IssueLetterAsync(LetterCalls.Issue(changed), deadline: Agreement.Deadline))).Conditions(),
            condition => condition.Type == "SCOPE_NOT_VALIDATED");

        await agreement.ValidateAsync(proposed);
        var complete = agreement.Complete(proposed);
        var issued = await agreement.Letters().IssueLetterAsync(LetterCalls.Issue(await agreement.DraftAsync(complete)), deadline: Agreement.Deadline);
        Assert.Equal(State.Issued, issued.State);
    }

    [PostgresFact]
    public async Task A_draft_tells_all_mistakes_at_once_and_writes_nothing()
    {
        var agreement = await Agreement.OpenAsync(host);
        var before = (await agreement.CountAsync("letter"), await agreement.CountAsync("journal"));

        var refusal = await Refusals.ThrownBy(agreement.Letters().CreateLetterAsync(
            new CreateLetterRequest
            {
                DelegationId = agreement.Delegation.Id,
                ScopeVersionId = Guid.CreateVersion7().ToString(),
                Terms = { new LetterTerm { Topic = MinimumTermTopic.Audit }, new LetterTerm { Topic = MinimumTermTopic.Audit, Text = "Deux fois" }, new LetterTerm { Topic = (MinimumTermTopic)99, Text = "?" } },
                FeeCap = new Money { Currency = "USD" },
                EffectiveDay = "2026-01-01",
                EndDay = "2027-01-03",
                DueAnnexes =
                {
                    new DueAnnex { Kind = Kind.Other, DueDay = "2027-02-01" },
                    new DueAnnex { Kind = Kind.CsrCharter, Title = "RSE", DueDay = "jamais" },
                    new DueAnnex { Kind = Kind.CsrCharter, DueDay = "2026-06-01" },
                },
            },
            deadline: Agreement.Deadline));

        Assert.Equal(
            [
                ("scope_version_id", "SCOPE_VERSION_UNKNOWN"),
                ("terms[0].text", "TERM_TEXT_REQUIRED"),
                ("terms[1].topic", "TOPIC_REPEATED"),
                ("terms[2].topic", "TOPIC_UNKNOWN"),
                ("fee_cap.currency", "CURRENCY_NOT_EURO"),
                ("fee_cap.minor_units", "FEE_CAP_NOT_POSITIVE"),
                ("end_day", "LETTER_TOO_LONG"),
                ("due_annexes[0].title", "ANNEX_TITLE_REQUIRED"),
                ("due_annexes[1].title", "ANNEX_TITLE_UNWANTED"),
                ("due_annexes[1].due_day", "DUE_DAY_MALFORMED"),
                ("due_annexes[2].kind", "ANNEX_REPEATED"),
                ("due_annexes[0].due_day", "DUE_DAY_AFTER_END"),
            ],
            refusal.Violations().Select(violation => (violation.Field, violation.Reason)));
        Assert.Equal(before, (await agreement.CountAsync("letter"), await agreement.CountAsync("journal")));
    }

    [PostgresFact]
    public async Task What_is_issued_is_frozen_and_may_be_withdrawn_until_both_have_signed()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();
        var edit = new UpdateLetterRequest { DelegationId = issued.DelegationId, LetterId = issued.Id, EndDay = LetterCalls.Day(10), Etag = issued.Etag };
        Assert.Equal("LETTER_NOT_DRAFT", await ReasonAsync(agreement.Letters().UpdateLetterAsync(edit, deadline: Agreement.Deadline)));

        var half = await agreement.SignAsync(issued, insurer: true);
        var withdraw = new WithdrawLetterRequest { DelegationId = issued.DelegationId, LetterId = issued.Id, Etag = issued.Etag };
        Assert.Equal("ETAG_STALE", await ReasonAsync(agreement.Letters(insurer: false).WithdrawLetterAsync(withdraw, deadline: Agreement.Deadline)));
        var withdrawn = await agreement.Letters(insurer: false).WithdrawLetterAsync(new WithdrawLetterRequest(withdraw) { Etag = half.Etag }, deadline: Agreement.Deadline);
        Assert.Equal(State.Withdrawn, withdrawn.State);
        Assert.Equal("LETTER_NOT_ISSUED", await ReasonAsync(agreement.Letters(insurer: false).SignLetterAsync(LetterCalls.Signature(issued), deadline: Agreement.Deadline)));

        var inForce = await agreement.ConcludeAsync();
        Assert.Equal("LETTER_NOT_WITHDRAWABLE", await ReasonAsync(agreement.Letters().WithdrawLetterAsync(
            new WithdrawLetterRequest { DelegationId = inForce.DelegationId, LetterId = inForce.Id, Etag = inForce.Etag }, deadline: Agreement.Deadline)));
    }

    [PostgresFact]
    public async Task Another_letter_supersedes_the_one_in_force_on_its_day()
    {
        var agreement = await Agreement.OpenAsync(host);
        var first = await agreement.ConcludeAsync();

        var second = await agreement.ConcludeAsync(effective: LetterCalls.Day(60), end: LetterCalls.Day(200));

        var superseded = await agreement.ReadAsync(first);
        Assert.Equal((State.Superseded, LetterCalls.Day(60), State.InForce), (superseded.State, superseded.SupersededOnDay, second.State));
        var listed = await agreement.Letters().ListLettersAsync(new ListLettersRequest { DelegationId = first.DelegationId }, deadline: Agreement.Deadline);
        Assert.Equal([second.Id, first.Id], listed.Letters.Select(letter => letter.Id));
        Assert.All(listed.Letters, letter => Assert.Equal("", letter.Text));
    }

    [PostgresFact]
    public async Task A_letter_ends_early_when_both_agree_to_one_day()
    {
        var agreement = await Agreement.OpenAsync(host);
        var letter = await agreement.ConcludeAsync();

        var asked = await agreement.Letters().TerminateLetterAsync(LetterCalls.End(letter, LetterCalls.Day(30)), deadline: Agreement.Deadline);
        Assert.Equal((State.InForce, Side.Delegate), (asked.State, Assert.Single(asked.AwaitedSides)));
        Assert.Equal("LETTER_TERMINATION_AWAITED", await ReasonAsync(agreement.Letters().TerminateLetterAsync(LetterCalls.End(asked, LetterCalls.Day(30)), deadline: Agreement.Deadline)));

        var countered = await agreement.Letters(insurer: false).TerminateLetterAsync(LetterCalls.End(asked, LetterCalls.Day(40)), deadline: Agreement.Deadline);
        Assert.Equal((State.InForce, Side.Insurer), (countered.State, Assert.Single(countered.AwaitedSides)));

        var ended = await agreement.Letters().TerminateLetterAsync(LetterCalls.End(countered, LetterCalls.Day(40)), deadline: Agreement.Deadline);
        Assert.Equal((State.Terminated, LetterCalls.Day(40)), (ended.State, ended.LastDay));
        Assert.Equal(2, ended.TerminationConsents.Count);
    }

    [PostgresFact]
    public async Task The_journal_tells_each_step_without_names_of_people_and_opens_work_for_the_signatories()
    {
        var agreement = await Agreement.OpenAsync(host);
        await agreement.ConcludeAsync();

        var entries = await host.EntriesOfAsync(agreement.Parties.Insurer.Id);
        var letters = entries.Where(entry => entry.ObjectType == "letter").ToArray();
        Assert.Equal(["LetterDrafted", "LetterIssued", "LetterSigned", "LetterEnteredIntoForce"], letters.Select(entry => entry.Event.Descriptor.Name));
        var last = Assert.IsType<LetterEnteredIntoForce>(letters[^1].Event).Letter;
        Assert.Equal("", last.Text);
        Assert.All(last.Certificate.Signatures.Concat(last.Signatures), signature => Assert.Equal("", signature.PersonName));

        var work = entries.Select(entry => entry.Event).OfType<WorkItemOpened>().Where(opened => opened.WorkItem.Kind == "letter.sign").ToArray();
        Assert.Equal([Side.Insurer, Side.Delegate], work.Select(opened => opened.WorkItem.Side));
        var closed = entries.Select(entry => entry.Event).OfType<WorkItemClosed>().Select(item => item.WorkItemId);
        Assert.Superset(work.Select(opened => opened.WorkItem.Id).ToHashSet(), closed.ToHashSet());
    }

    [PostgresFact]
    public async Task A_retry_of_a_signature_gets_the_first_answer_and_foreign_ids_those_of_unknown_ones()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();
        var request = new SignLetterRequest(LetterCalls.Signature(issued)) { RequestId = Guid.NewGuid().ToString() };
        var first = await agreement.Letters().SignLetterAsync(request, deadline: Agreement.Deadline);
        Assert.Equal(first, await agreement.Letters().SignLetterAsync(request, deadline: Agreement.Deadline));

        var stranger = await Agreement.OpenAsync(host);
        var foreign = await Refusals.ThrownBy(stranger.Letters().GetLetterAsync(
            new GetLetterRequest { DelegationId = stranger.Delegation.Id, LetterId = issued.Id }, deadline: Agreement.Deadline));
        var unknown = await Refusals.ThrownBy(stranger.Letters().GetLetterAsync(
            new GetLetterRequest { DelegationId = stranger.Delegation.Id, LetterId = Guid.CreateVersion7().ToString() }, deadline: Agreement.Deadline));
        Assert.Equal((StatusCode.NotFound, "LETTER_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
        Assert.Equal(unknown.WithoutTraceId(), foreign.WithoutTraceId());
    }

    private static async Task<string> ReasonAsync(AsyncUnaryCall<Letter> call) => (await Refusals.ThrownBy(call)).Reason();
}
