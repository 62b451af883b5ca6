using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.TestKit;
using Grpc.Core;
using Extent = Delegation.Contracts.V1.ScopeVersion.Types.Extent;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Tests.Scope;

public sealed class Scopes_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_partial_delegation_starts_with_the_lines_that_the_trade_says_must_be_decided()
    {
        var agreement = await Agreement.OpenAsync(host);

        var version = await agreement.ProposeAsync();

        Assert.Equal((State.Proposed, Extent.Partial, 1), (version.State, version.Extent, version.Number));
        Assert.Equal(25, version.Lines.Count);
        Assert.Equal(["CTP", "RAT", "RCL-P"], version.UndecidedLines.Select(place => version.Lines[place].ActivityCode));
        Assert.All(version.Lines, line => Assert.Equal((2, 2), (line.ProductCodes.Count, line.PopulationCodes.Count)));
        Assert.Contains("NOEMISATION_RATE", version.Lines.Single(line => line.ActivityCode == "RAT").Indicators);
        Assert.Equal([Side.Insurer, Side.Delegate], version.AwaitedSides);
    }

    [PostgresTheory]
    [InlineData(ScopeTemplateCode.Total)]
    [InlineData(ScopeTemplateCode.BenefitsOnly)]
    [InlineData(ScopeTemplateCode.MembershipAndPremiumsOnly)]
    public async Task Every_template_of_the_trade_obeys_the_rules_of_lines(ScopeTemplateCode template)
    {
        var agreement = await Agreement.OpenAsync(host);
        var request = agreement.Proposal();
        request.Template = template;

        var version = await agreement.Scopes().CreateScopeVersionAsync(request, deadline: Agreement.Deadline);
        var listed = (await agreement.Scopes().ListScopeTemplatesAsync(new ListScopeTemplatesRequest(), deadline: Agreement.Deadline)).Templates.Single(entry => entry.Code == template);

        Assert.Equal(template == ScopeTemplateCode.Total ? Extent.Full : Extent.Partial, version.Extent);
        Assert.Equal(listed.Lines.Select(line => line.ActivityCode), version.Lines.Select(line => line.ActivityCode));
    }

    [PostgresFact]
    public async Task Nothing_takes_effect_before_both_sides_validated_it()
    {
        var agreement = await Agreement.OpenAsync(host);
        var proposed = await agreement.ProposeAsync();

        var consented = await agreement.ValidateAsync(proposed, insurer: false);
        Assert.Equal(State.Proposed, consented.State);
        Assert.Equal([Side.Insurer], consented.AwaitedSides);
        Assert.Equal(0, await HoldingsAsync(agreement));

        var again = await Refusals.ThrownBy(agreement.Scopes(insurer: false).ValidateScopeVersionAsync(Agreement.Validation(consented), deadline: Agreement.Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "SCOPE_ALREADY_VALIDATED"), (again.StatusCode, again.Reason()));

        var validated = await agreement.ValidateAsync(consented, insurer: true);
        Assert.Equal(State.Validated, validated.State);
        Assert.Empty(validated.AwaitedSides);
        Assert.Equal([Side.Delegate, Side.Insurer], validated.Consents.Select(consent => consent.Side));
        Assert.Equal(validated, await agreement.ReadAsync(validated));
        Assert.True(await HoldingsAsync(agreement) > 0);
    }

    /// <summary>A consent is to what was read: the other side's consent in between changes nothing of that, an edit does.</summary>
    [PostgresFact]
    public async Task Two_sides_at_once_validate_the_version_that_both_read()
    {
        var agreement = await Agreement.OpenAsync(host);
        var proposed = await agreement.ProposeAsync();

        var answers = await Task.WhenAll(agreement.ValidateAsync(proposed, insurer: true), agreement.ValidateAsync(proposed, insurer: false));

        Assert.Equal([State.Proposed, State.Validated], answers.Select(answer => answer.State).Order());
        Assert.Equal(State.Validated, (await agreement.ReadAsync(proposed)).State);
    }

    [PostgresFact]
    public async Task An_edit_takes_back_the_consents_and_makes_a_consent_to_the_former_text_stale()
    {
        var agreement = await Agreement.OpenAsync(host);
        var proposed = await agreement.ProposeAsync();
        var consented = await agreement.ValidateAsync(proposed, insurer: true);

        var changed = await agreement.Scopes(insurer: false).UpdateScopeVersionAsync(
            new UpdateScopeVersionRequest { DelegationId = proposed.DelegationId, ScopeVersionId = proposed.Id, EffectiveDay = "2026-02-01", Etag = consented.Etag },
            deadline: Agreement.Deadline);
        var stale = await Refusals.ThrownBy(agreement.Scopes(insurer: false).ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: Agreement.Deadline));

        Assert.Equal((State.Proposed, 0, 2, "2026-02-01"), (changed.State, changed.Consents.Count, changed.AwaitedSides.Count, changed.EffectiveDay));
        Assert.Equal(proposed.Lines, changed.Lines);
        Assert.Equal((StatusCode.Aborted, "ETAG_STALE"), (stale.StatusCode, stale.Reason()));
        Assert.Equal(changed, await agreement.ReadAsync(proposed));
    }

    [PostgresFact]
    public async Task Of_an_edit_and_a_consent_at_once_the_consent_never_counts_for_the_edited_text()
    {
        var agreement = await Agreement.OpenAsync(host);
        for (var round = 0; round < 5; round++)
        {
            var proposed = await agreement.ProposeAsync(Lines.Of("RAT", "A/R"));
            var edit = Settled(agreement.Scopes(insurer: false).UpdateScopeVersionAsync(
                new UpdateScopeVersionRequest { DelegationId = proposed.DelegationId, ScopeVersionId = proposed.Id, Lines = { Lines.Of("RAT", "RA/I") }, Etag = proposed.Etag },
                deadline: Agreement.Deadline));
            var consent = Settled(agreement.Scopes().ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: Agreement.Deadline));
            var took = (Edit: await edit, Consent: await consent);

            var now = await agreement.ReadAsync(proposed);
            Assert.NotEqual(took.Edit, took.Consent);
            Assert.Equal((took.Consent ? 1 : 0, took.Edit), (now.Consents.Count, now.Lines[0].Assignments[0].Roles.Contains(RaciRole.Responsible)));
            await agreement.Scopes().WithdrawScopeVersionAsync(new WithdrawScopeVersionRequest { DelegationId = now.DelegationId, ScopeVersionId = now.Id, Etag = now.Etag }, deadline: Agreement.Deadline);
        }
    }

    [PostgresFact]
    public async Task A_validated_version_supersedes_the_former_on_its_day()
    {
        var agreement = await Agreement.OpenAsync(host);
        var first = await agreement.ValidateAsync(await agreement.ProposeAsync());

        var early = agreement.Proposal();
        early.EffectiveDay = "2025-12-31";
        var before = await agreement.Scopes().CreateScopeVersionAsync(early, deadline: Agreement.Deadline);
        var refusal = await Refusals.ThrownBy(agreement.Scopes().ValidateScopeVersionAsync(Agreement.Validation(before), deadline: Agreement.Deadline));
        Assert.Equal("SCOPE_BEFORE_FORMER", refusal.Reason());

        var second = await agreement.ValidateAsync(await agreement.Scopes().UpdateScopeVersionAsync(
            new UpdateScopeVersionRequest
            {
                DelegationId = before.DelegationId, ScopeVersionId = before.Id, Occasion = ScopeOccasion.Scoping, EffectiveDay = "2026-03-01", Etag = before.Etag,
            },
            deadline: Agreement.Deadline));

        Assert.Equal((State.Validated, ScopeOccasion.Scoping, 2), (second.State, second.Occasion, second.Number));
        var superseded = await agreement.ReadAsync(first);
        Assert.Equal((State.Superseded, "2026-03-01"), (superseded.State, superseded.SupersededOnDay));

        var page = await agreement.Scopes(insurer: false).ListScopeVersionsAsync(new ListScopeVersionsRequest { DelegationId = second.DelegationId, PageSize = 1 }, deadline: Agreement.Deadline);
        var next = await agreement.Scopes(insurer: false).ListScopeVersionsAsync(
            new ListScopeVersionsRequest { DelegationId = second.DelegationId, PageSize = 1, PageToken = page.NextPageToken }, deadline: Agreement.Deadline);
        Assert.Equal([second, superseded], page.ScopeVersions.Concat(next.ScopeVersions));
        Assert.Empty(next.NextPageToken);
    }

    [PostgresFact]
    public async Task A_delegation_has_one_open_proposal_and_another_after_it_was_withdrawn()
    {
        var agreement = await Agreement.OpenAsync(host);
        var first = await agreement.ProposeAsync();

        var refusal = await Refusals.ThrownBy(agreement.Scopes(insurer: false).CreateScopeVersionAsync(agreement.Proposal(), deadline: Agreement.Deadline));
        Assert.Equal((StatusCode.AlreadyExists, "SCOPE_PROPOSAL_OPEN"), (refusal.StatusCode, refusal.Reason()));

        var withdrawn = await agreement.Scopes(insurer: false).WithdrawScopeVersionAsync(
            new WithdrawScopeVersionRequest { DelegationId = first.DelegationId, ScopeVersionId = first.Id, Etag = first.Etag }, deadline: Agreement.Deadline);
        var late = await Refusals.ThrownBy(agreement.Scopes().ValidateScopeVersionAsync(Agreement.Validation(withdrawn), deadline: Agreement.Deadline));
        Assert.Equal((State.Withdrawn, "SCOPE_NOT_PROPOSED"), (withdrawn.State, late.Reason()));
        Assert.Equal(2, (await agreement.ProposeAsync()).Number);
    }

    [PostgresFact]
    public async Task Each_change_is_written_to_the_journal_and_waits_on_the_lists_of_the_awaited_sides()
    {
        var agreement = await Agreement.OpenAsync(host);
        var validated = await agreement.ValidateAsync(await agreement.ProposeAsync());

        var entries = (await host.EntriesOfAsync(agreement.Parties.Insurer.Id)).Where(entry => entry.ObjectType is "scope_version" or "work_item").ToArray();
        Assert.Equal(
            ["ScopeVersionProposed", "ScopeVersionConsented", "ScopeVersionValidated"],
            entries.Where(entry => entry.ObjectType == "scope_version").Select(entry => entry.Event.Descriptor.Name));
        Assert.Equal(validated, Assert.IsType<ScopeVersionValidated>(entries.Last(entry => entry.ObjectType == "scope_version").Event).ScopeVersion);
        Assert.Equal(
            [Side.Insurer, Side.Delegate],
            entries.Select(entry => entry.Event).OfType<WorkItemOpened>().Where(opened => opened.WorkItem.Kind == "scope.validate").Select(opened => opened.WorkItem.Side));
        Assert.Equal(2, entries.Count(entry => entry.Event is WorkItemClosed));
    }

    [PostgresFact]
    public async Task Lines_to_be_decided_wait_for_both_sides_until_a_version_without_any_takes_effect()
    {
        var agreement = await Agreement.OpenAsync(host);
        Task<IEnumerable<(string, Side)>> WaitingAsync() => host.OpenWorkAsync(agreement.Parties.Insurer.Id).ContinueWith(
            work => work.Result.Where(item => item.Kind.StartsWith("scope.", StringComparison.Ordinal)), TaskScheduler.Default);

        var first = await agreement.ProposeAsync(Lines.Of("PRE", "/", toBeDecided: true), Lines.Of("RAT", "A/R"));
        Assert.Equal([("scope.validate", Side.Insurer), ("scope.validate", Side.Delegate)], await WaitingAsync());

        await agreement.ValidateAsync(first);
        Assert.Equal([("scope.decide", Side.Insurer), ("scope.decide", Side.Delegate)], await WaitingAsync());

        await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("RAT", "A/R")));
        Assert.Empty(await WaitingAsync());
    }

    [PostgresFact]
    public async Task A_refused_proposal_tells_everything_in_french_and_writes_nothing()
    {
        var agreement = await Agreement.OpenAsync(host);
        var before = (await agreement.CountAsync("scope_version"), await agreement.CountAsync("journal"));

        var refusal = await Refusals.ThrownBy(agreement.Scopes().CreateScopeVersionAsync(
            new CreateScopeVersionRequest { DelegationId = agreement.Delegation.Id, EffectiveDay = "demain", Lines = { Lines.Of("PRE", "I/RA") } },
            new Metadata { { "accept-language", "fr" } },
            Agreement.Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(
            [("occasion", "OCCASION_REQUIRED"), ("effective_day", "EFFECTIVE_DAY_MALFORMED"), ("lines[0].assignments", "INSURER_NOT_ACCOUNTABLE")],
            refusal.Violations().Select(violation => (violation.Field, violation.Reason)));
        Assert.Contains("l'assureur en reste redevable", refusal.FieldViolations()[2].LocalizedMessage.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await agreement.CountAsync("scope_version"), await agreement.CountAsync("journal")));
    }

    [PostgresFact]
    public async Task A_delegation_without_products_or_populations_has_no_scope_yet()
    {
        var agreement = await Agreement.OpenAsync(host, new ReferenceData { Products = { new Product { Code = "BASE", Label = "Base" } } });

        var refusal = await Refusals.ThrownBy(agreement.Scopes().CreateScopeVersionAsync(agreement.Proposal(), deadline: Agreement.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "DELEGATION_INCOMPLETE"), (refusal.StatusCode, refusal.Reason()));
        Assert.Equal(["POPULATION_MISSING"], refusal.Conditions().Select(condition => condition.Type));
    }

    [PostgresFact]
    public async Task Foreign_ids_are_answered_like_unknown_ones()
    {
        var agreement = await Agreement.OpenAsync(host);
        var stranger = await Agreement.OpenAsync(host);
        var foreign = await stranger.ProposeAsync();
        var unknown = Guid.CreateVersion7().ToString();

        foreach (var call in new Func<string, string, AsyncUnaryCall<ScopeVersion>>[]
        {
            (delegation, version) => agreement.Scopes().GetScopeVersionAsync(new GetScopeVersionRequest { DelegationId = delegation, ScopeVersionId = version }, deadline: Agreement.Deadline),
            (delegation, version) => agreement.Scopes().ValidateScopeVersionAsync(
                new ValidateScopeVersionRequest { DelegationId = delegation, ScopeVersionId = version, Etag = foreign.Etag }, deadline: Agreement.Deadline),
        })
        {
            var answers = new[]
            {
                await Refusals.ThrownBy(call(foreign.DelegationId, foreign.Id)),
                await Refusals.ThrownBy(call(unknown, unknown)),
            };
            Assert.Equal("DELEGATION_NOT_FOUND", answers[0].Reason());
            Assert.Equal(answers[1].WithoutTraceId(), answers[0].WithoutTraceId());

            var inOwn = new[] { await Refusals.ThrownBy(call(agreement.Delegation.Id, foreign.Id)), await Refusals.ThrownBy(call(agreement.Delegation.Id, unknown)) };
            Assert.Equal("SCOPE_VERSION_NOT_FOUND", inOwn[0].Reason());
            Assert.Equal(inOwn[1].WithoutTraceId(), inOwn[0].WithoutTraceId());
        }
    }

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_consents_once()
    {
        var agreement = await Agreement.OpenAsync(host);
        var request = Agreement.Validation(await agreement.ProposeAsync());
        request.RequestId = Guid.NewGuid().ToString();
        var first = await agreement.Scopes().ValidateScopeVersionAsync(request, deadline: Agreement.Deadline);
        var entries = await agreement.CountAsync("journal");

        Assert.Equal(first, await agreement.Scopes().ValidateScopeVersionAsync(request, deadline: Agreement.Deadline));
        Assert.Equal(entries, await agreement.CountAsync("journal"));
    }

    private static async Task<bool> Settled<T>(AsyncUnaryCall<T> call)
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

    private static Task<long> HoldingsAsync(Agreement agreement) => agreement.CountAsync($"scope_holding WHERE delegation_id = '{agreement.Delegation.Id}'");
}
