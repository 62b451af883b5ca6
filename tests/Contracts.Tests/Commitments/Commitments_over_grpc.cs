using Delegation.Access.V1;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.Tests.Commitments;

public sealed class Commitments_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_commitment_holds_once_both_sides_validated_it_with_all_that_it_says()
    {
        var promise = await Promise.OpenAsync(host);
        var terms = Terms.Claims.With(all =>
        {
            (all.Bonus, all.ObservationLastDay, all.Weight, all.Note) = (
                Terms.Penalty.With(bonus => (bonus.GapOrigin, bonus.BonusMarginHundredths, bonus.YearlyCap) = (default, 50, new() { MinorUnits = 1_000_00, Currency = "EUR" })),
                "2026-03-31", 3, "Mesuré sur tous les dossiers.");
            all.ProductCodes.Add("BASE");
            all.PopulationCodes.Add("CADRES");
        });
        var proposed = await promise.ProposeAsync(terms);
        Assert.Equal((State.Proposed, 1, proposed.Id), (proposed.Version.State, proposed.Version.Number, proposed.CommitmentId));
        Assert.Equal([Side.Insurer, Side.Delegate], proposed.Version.AwaitedSides);
        Assert.Empty(await promise.OnAsync("2026-06-30"));

        var consented = await promise.ValidateAsync(proposed, insurer: false);
        Assert.Equal((State.Proposed, Side.Insurer), (consented.Version.State, Assert.Single(consented.Version.AwaitedSides)));
        Assert.Empty(await promise.OnAsync("2026-06-30"));
        Assert.Equal("ALREADY_VALIDATED", (await Refusals.ThrownBy(promise.Calls(insurer: false).ValidateCommitmentVersionAsync(Promise.Validation(consented), deadline: Promise.Deadline))).Reason());

        var validated = await promise.ValidateAsync(proposed, insurer: true);
        Assert.Equal(State.Validated, validated.Version.State);
        terms.Direction = TargetDirection.AtLeast;
        Assert.Equal(terms, validated.Terms);
        Assert.Equal(validated, await promise.ReadAsync(validated));
        Assert.Equal([validated], await promise.OnAsync("2026-01-01", insurer: false));
        Assert.Empty(await promise.OnAsync("2025-12-31"));
    }

    [PostgresFact]
    public async Task Another_version_holds_from_its_day_on_and_the_former_until_the_day_before()
    {
        var promise = await Promise.OpenAsync(host);
        var first = await promise.AgreeAsync(Terms.Claims);
        var second = await promise.AgreeAsync(Terms.Claims.With(terms => terms.TargetHundredths = 97_00), "2026-07-15", first.CommitmentId);

        Assert.Equal((first.CommitmentId, 2), (second.CommitmentId, second.Version.Number));
        Assert.Equal(95_00, Assert.Single(await promise.OnAsync("2026-07-14")).Terms.TargetHundredths);
        Assert.Equal(97_00, Assert.Single(await promise.OnAsync("2026-07-15")).Terms.TargetHundredths);
        var former = await promise.ReadAsync(first);
        Assert.Equal((State.Superseded, "2026-07-15"), (former.Version.State, former.Version.SupersededOnDay));

        var early = await promise.ProposeAsync(Terms.Claims, "2026-07-14", first.CommitmentId);
        Assert.Equal("BEFORE_FORMER", (await Refusals.ThrownBy(promise.Calls().ValidateCommitmentVersionAsync(Promise.Validation(early), deadline: Promise.Deadline))).Reason());
        Assert.Equal("PROPOSAL_OPEN", (await Refusals.ThrownBy(promise.Calls(insurer: false).CreateCommitmentVersionAsync(
            new(promise.Proposal(Terms.Claims)) { CommitmentId = first.CommitmentId }, deadline: Promise.Deadline))).Reason());

        var other = await Refusals.ThrownBy(promise.Calls().CreateCommitmentVersionAsync(
            new(promise.Proposal(Terms.Links)) { CommitmentId = first.CommitmentId }, deadline: Promise.Deadline));
        Assert.Equal(["INDICATOR_CODE_CHANGED"], other.Violations().Select(violation => violation.Reason));

        var page = await promise.Calls().ListCommitmentVersionsAsync(new ListCommitmentVersionsRequest { DelegationId = promise.DelegationId, CommitmentId = first.CommitmentId, PageSize = 2 }, deadline: Promise.Deadline);
        var next = await promise.Calls(insurer: false).ListCommitmentVersionsAsync(
            new ListCommitmentVersionsRequest { DelegationId = promise.DelegationId, PageSize = 2, PageToken = page.NextPageToken }, deadline: Promise.Deadline);
        Assert.Equal([early.Id, second.Id, first.Id], page.CommitmentVersions.Concat(next.CommitmentVersions).Select(version => version.Id));
        Assert.Empty(next.NextPageToken);
    }

    [PostgresFact]
    public async Task A_commitment_ends_by_a_version_with_a_last_day()
    {
        var promise = await Promise.OpenAsync(host);
        var first = await promise.AgreeAsync(Terms.Links);
        var end = new CreateCommitmentVersionRequest(promise.Proposal(Terms.Links, "2026-06-01")) { CommitmentId = first.CommitmentId, LastDay = "2026-06-30" };
        var proposed = await promise.Calls().CreateCommitmentVersionAsync(end, deadline: Promise.Deadline);
        await promise.ValidateAsync(proposed, insurer: true);
        await promise.ValidateAsync(proposed, insurer: false);

        Assert.Single(await promise.OnAsync("2026-06-30"));
        Assert.Empty(await promise.OnAsync("2026-07-01"));
    }

    [PostgresFact]
    public async Task An_edit_takes_the_consents_back_and_two_sides_at_once_validate_what_both_read()
    {
        var promise = await Promise.OpenAsync(host);
        var proposed = await promise.ProposeAsync(Terms.Claims);
        var consented = await promise.ValidateAsync(proposed, insurer: true);

        var changed = await promise.Calls(insurer: false).UpdateCommitmentVersionAsync(new UpdateCommitmentVersionRequest
        {
            DelegationId = promise.DelegationId, CommitmentVersionId = proposed.Id, Terms = Terms.Claims.With(terms => terms.TimeLimit = 4), LastDay = "2026-12-31", Etag = consented.Etag,
        }, deadline: Promise.Deadline);
        Assert.Equal((4, "2026-01-01", "2026-12-31", 0), (changed.Terms.TimeLimit, changed.Version.EffectiveDay, changed.Version.LastDay, changed.Version.Consents.Count));
        var stale = await Refusals.ThrownBy(promise.Calls(insurer: false).ValidateCommitmentVersionAsync(Promise.Validation(proposed), deadline: Promise.Deadline));
        Assert.Equal((StatusCode.Aborted, "ETAG_STALE"), (stale.StatusCode, stale.Reason()));

        var answers = await Task.WhenAll(promise.ValidateAsync(changed, insurer: true), promise.ValidateAsync(changed, insurer: false));
        Assert.Equal([State.Proposed, State.Validated], answers.Select(answer => answer.Version.State).Order());
        Assert.Equal(State.Validated, (await promise.ReadAsync(changed)).Version.State);
    }

    [PostgresFact]
    public async Task Of_an_edit_and_a_consent_at_once_the_consent_never_counts_for_the_edited_terms()
    {
        var promise = await Promise.OpenAsync(host);
        for (var round = 0; round < 5; round++)
        {
            var proposed = await promise.ProposeAsync(Terms.Links);
            var edit = TookAsync(promise.Calls(insurer: false).UpdateCommitmentVersionAsync(new UpdateCommitmentVersionRequest
            {
                DelegationId = promise.DelegationId, CommitmentVersionId = proposed.Id, Terms = Terms.Links.With(terms => terms.TargetHundredths = 50_00), Etag = proposed.Etag,
            }, deadline: Promise.Deadline));
            var consent = TookAsync(promise.Calls().ValidateCommitmentVersionAsync(Promise.Validation(proposed), deadline: Promise.Deadline));
            var (edited, consented) = (await edit, await consent);

            var now = await promise.ReadAsync(proposed);
            Assert.NotEqual(edited, consented);
            Assert.Equal((consented ? 1 : 0, edited ? 50_00 : 90_00), (now.Version.Consents.Count, now.Terms.TargetHundredths));
        }
    }

    [PostgresFact]
    public async Task Each_change_is_in_the_journal_whole_and_waits_on_the_lists_of_the_awaited_sides()
    {
        var promise = await Promise.OpenAsync(host);
        var proposed = await promise.ProposeAsync(Terms.Claims);
        Assert.Equal([("commitment.validate", Side.Insurer), ("commitment.validate", Side.Delegate)], await WaitingAsync(promise));

        await promise.ValidateAsync(proposed, insurer: true);
        Assert.Equal([("commitment.validate", Side.Delegate)], await WaitingAsync(promise));

        var validated = await promise.ValidateAsync(proposed, insurer: false);
        Assert.Empty(await WaitingAsync(promise));
        await promise.AgreeAsync(Terms.Claims, "2026-02-01", validated.CommitmentId);

        var events = (await host.EntriesOfAsync(promise.InsurerId)).Where(entry => entry.ObjectType == "commitment_version").ToArray();
        Assert.Equal(
            ["Proposed", "Consented", "Validated", "Proposed", "Consented", "Superseded", "Validated"],
            events.Select(entry => entry.Event.Descriptor.Name["CommitmentVersion".Length..]));
        Assert.Equal(validated, Assert.IsType<CommitmentVersionValidated>(events[2].Event).CommitmentVersion);
    }

    [PostgresFact]
    public async Task A_withdrawn_proposal_leaves_the_list_and_nobody_validates_it()
    {
        var promise = await Promise.OpenAsync(host);
        var proposed = await promise.ProposeAsync(Terms.Claims);

        var withdrawn = await promise.Calls(insurer: false).WithdrawCommitmentVersionAsync(
            new WithdrawCommitmentVersionRequest { DelegationId = promise.DelegationId, CommitmentVersionId = proposed.Id, Etag = proposed.Etag }, deadline: Promise.Deadline);

        Assert.Equal(State.Withdrawn, withdrawn.Version.State);
        Assert.Empty(await WaitingAsync(promise));
        Assert.Equal("NOT_PROPOSED", (await Refusals.ThrownBy(promise.Calls().ValidateCommitmentVersionAsync(Promise.Validation(withdrawn), deadline: Promise.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Bad_terms_are_told_in_french_field_by_field_and_nothing_is_written()
    {
        var promise = await Promise.OpenAsync(host);
        var before = await promise.Agreement.CountAsync("journal");

        var refusal = await Refusals.ThrownBy(promise.Calls().CreateCommitmentVersionAsync(
            new CreateCommitmentVersionRequest(promise.Proposal(Terms.Claims.With(terms => (terms.Percentile, terms.Penalty.CapRateHundredths) = (120, 0)), "demain")) { LastDay = "2026" },
            new Metadata { { "accept-language", "fr" } },
            Promise.Deadline));

        Assert.Equal(
            [
                ("effective_day", "EFFECTIVE_DAY_MALFORMED"), ("last_day", "LAST_DAY_MALFORMED"), ("terms.percentile", "PERCENTILE_UNWANTED"), ("terms.penalty.cap", "CAP_REQUIRED"),
            ],
            refusal.Violations());
        Assert.StartsWith("Il manque le plafond d'une période.", refusal.FieldViolations()[3].LocalizedMessage.Message, StringComparison.Ordinal);
        Assert.Equal(before, await promise.Agreement.CountAsync("journal"));
    }

    [PostgresFact]
    public async Task Terms_that_the_delegation_outgrew_are_not_validated_any_more()
    {
        var promise = await Promise.OpenAsync(host);
        var proposed = await promise.ProposeAsync(Terms.Claims.With(terms => terms.ProductCodes.Add("OPTION")));
        var smaller = Delegations.TwoParties.Whole(promise.Agreement.Delegation);
        smaller.ReferenceData.Products.RemoveAt(1);
        await promise.Agreement.Parties.OfInsurer.UpdateDelegationAsync(smaller, deadline: Promise.Deadline);

        var refusal = await Refusals.ThrownBy(promise.Calls().ValidateCommitmentVersionAsync(Promise.Validation(proposed), deadline: Promise.Deadline));

        Assert.Equal(("NOT_VALID_ANY_MORE", "PRODUCT_UNKNOWN"), (refusal.Reason(), Assert.Single(refusal.Conditions()).Type));
    }

    [PostgresFact]
    public async Task A_foreign_commitment_is_answered_like_an_unknown_one()
    {
        var promise = await Promise.OpenAsync(host);
        var foreign = await (await Promise.OpenAsync(host)).ProposeAsync(Terms.Claims);

        var answers = new List<Google.Rpc.Status>();
        foreach (var id in new[] { foreign.Id, Guid.CreateVersion7().ToString() })
            answers.Add((await Refusals.ThrownBy(promise.Calls().GetCommitmentVersionAsync(
                new GetCommitmentVersionRequest { DelegationId = promise.DelegationId, CommitmentVersionId = id }, deadline: Promise.Deadline))).WithoutTraceId());

        Assert.Equal(answers[1], answers[0]);
    }

    [PostgresFact]
    public async Task A_list_of_a_day_needs_the_same_statements_however_many_there_are()
    {
        var promise = await Promise.OpenAsync(host);
        await promise.AgreeAsync(Terms.Claims);
        var one = await StatementsAsync(promise);
        await promise.AgreeAsync(Terms.Links);
        await promise.AgreeAsync(Terms.Links.With(terms => terms.PopulationCodes.Add("CADRES")));

        Assert.Equal((one, 3), (await StatementsAsync(promise), (await promise.OnAsync("2026-01-01")).Count));
    }

    [PostgresFact]
    public async Task A_line_of_the_scope_shows_the_commitments_that_it_moves()
    {
        var promise = await Promise.OpenAsync(host);
        var links = await promise.AgreeAsync(Terms.Links);
        var ofCadres = await promise.ProposeAsync(Terms.Links.With(terms => terms.PopulationCodes.Add("CADRES")));
        var claims = await promise.AgreeAsync(Terms.Claims);
        var scope = await promise.Agreement.ProposeAsync(Lines.Of("RAT", "A/R").For("BASE", "RETRAITES"), Lines.Of("RAT", "A/R").For("BASE", "CADRES"), Lines.Of("PRE", "A/R"));

        var impact = await new V1.ScopeChanges.ScopeChangesClient(host.As(promise.Subject(insurer: false))).GetScopeImpactAsync(
            new GetScopeImpactRequest { DelegationId = promise.DelegationId, ScopeVersionId = scope.Id }, deadline: Promise.Deadline);

        Assert.Equal([links.Id], impact.Lines[0].Commitments.Select(moved => moved.CommitmentVersionId));
        Assert.Equal([links.Id, ofCadres.Id], impact.Lines[1].Commitments.Select(moved => moved.CommitmentVersionId));
        Assert.Equal([(claims.CommitmentId, "Prestations hors NOEMIE")], impact.Lines[2].Commitments.Select(moved => (moved.CommitmentId, moved.Title)));
    }

    private async Task<int> StatementsAsync(Promise promise)
    {
        using var statements = new StatementRecorder();
        await promise.OnAsync("2026-01-01");
        return statements.Of(host.Database.Name).Count(sql => sql.Contains("joint_version", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<(string, Side)>> WaitingAsync(Promise promise) =>
        [.. (await host.OpenWorkAsync(promise.InsurerId)).Where(item => item.Kind == "commitment.validate")];

    private static async Task<bool> TookAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.Aborted)
        {
            return false;
        }
    }
}
