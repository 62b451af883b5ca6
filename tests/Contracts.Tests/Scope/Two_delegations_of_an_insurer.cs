using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>Two delegations of an insurer never hold the same activity, population and day.</summary>
public sealed class Two_delegations_of_an_insurer(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Never_hold_the_same_and_only_the_insurer_learns_which_one_holds_it()
    {
        var first = await Agreement.OpenAsync(host);
        await first.ValidateAsync(await first.ProposeAsync(Lines.Of("PRE", "A/R").For("BASE", "CADRES")));
        var second = await first.OpenWithAnotherDelegateAsync();
        var proposed = await second.ProposeAsync(Lines.Of("PRE", "A/R").For("OPTION", "CADRES RETRAITES"), Lines.Of("RAT", "A/R"));

        var toInsurer = await Refusals.ThrownBy(second.Scopes().ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: Agreement.Deadline));
        var toDelegate = await Refusals.ThrownBy(second.Scopes(insurer: false).ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: Agreement.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "SCOPE_HELD_ELSEWHERE"), (toInsurer.StatusCode, toInsurer.Reason()));
        var named = Assert.Single(toInsurer.Conditions());
        Assert.Equal(("HELD_BY_DELEGATION", first.Delegation.Id), (named.Type, named.Subject));
        Assert.Equal("SCOPE_HELD_ELSEWHERE", toDelegate.Reason());
        Assert.Equal("HELD_ELSEWHERE", Assert.Single(toDelegate.Conditions()).Type);
        Assert.DoesNotContain(first.Delegation.Id, toDelegate.WithoutTraceId().ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task May_share_an_activity_by_population_or_by_day_and_what_the_insurer_keeps_is_nobodys()
    {
        var first = await Agreement.OpenAsync(host);
        await first.ValidateAsync(await first.ProposeAsync(Lines.Of("PRE", "A/R").For("", "CADRES"), Lines.Of("RAT", "RA/I")));

        var second = await first.OpenAnotherAsync();
        await second.ValidateAsync(await second.ProposeAsync(Lines.Of("PRE", "A/R").For("", "RETRAITES"), Lines.Of("RAT", "A/R"), Lines.Of("COT", "A/R", toBeDecided: true)));

        // From March on the first gives CADRES up, and a third takes them.
        var shrunk = first.Proposal(Lines.Of("RAT", "RA/I"));
        shrunk.EffectiveDay = "2026-03-01";
        await first.ValidateAsync(await first.Scopes().CreateScopeVersionAsync(shrunk, deadline: Agreement.Deadline));

        var third = await first.OpenAnotherAsync();
        var tooEarly = third.Proposal(Lines.Of("PRE", "A/R").For("", "CADRES"));
        tooEarly.EffectiveDay = "2026-02-28";
        var proposed = await third.Scopes().CreateScopeVersionAsync(tooEarly, deadline: Agreement.Deadline);
        Assert.Equal("SCOPE_HELD_ELSEWHERE", (await Refusals.ThrownBy(third.Scopes().ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: Agreement.Deadline))).Reason());

        var inTime = await third.Scopes().UpdateScopeVersionAsync(
            new UpdateScopeVersionRequest { DelegationId = proposed.DelegationId, ScopeVersionId = proposed.Id, EffectiveDay = "2026-03-01", Etag = proposed.Etag }, deadline: Agreement.Deadline);
        Assert.Equal(State.Validated, (await third.ValidateAsync(inTime)).State);
    }

    [PostgresFact]
    public async Task That_are_validated_at_once_do_not_both_get_it()
    {
        var first = await Agreement.OpenAsync(host);
        var second = await first.OpenAnotherAsync();
        var proposals = new List<(Agreement Agreement, ScopeVersion Version)>();
        foreach (var agreement in new[] { first, second })
            proposals.Add((agreement, await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("PRE", "A/R")), insurer: true)));

        var took = await Task.WhenAll(proposals.Select(async proposal =>
        {
            try
            {
                return (await proposal.Agreement.ValidateAsync(proposal.Version, insurer: false)).State == State.Validated;
            }
            catch (RpcException refusal) when (refusal.Reason() == "SCOPE_HELD_ELSEWHERE")
            {
                return false;
            }
        }));

        Assert.Equal([false, true], took.Order());
    }
}
