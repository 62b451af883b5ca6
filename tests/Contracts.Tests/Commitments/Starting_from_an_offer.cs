using Delegation.Contracts.V1;
using Delegation.TestKit;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>Usual commitments to start from: the parties give the figures, unless a text does.</summary>
public sealed class Starting_from_an_offer(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    /// <summary>Every offer by itself: complete, or lacking exactly the fields that it says the parties must give.</summary>
    [PostgresFact]
    public async Task Each_offer_lacks_what_it_says_and_nothing_else()
    {
        var promise = await Promise.OpenAsync(host);
        var offers = (await promise.Calls().ListCommitmentOffersAsync(new ListCommitmentOffersRequest(), deadline: Promise.Deadline)).Offers;
        Assert.Equal(24, offers.Count);

        foreach (var offer in offers)
        {
            var request = new CreateCommitmentVersionRequest { DelegationId = promise.DelegationId, OfferCode = offer.Code, EffectiveDay = "2026-01-01" };
            if (offer.RequiredFields.Count == 0)
            {
                Assert.NotEmpty(offer.Source);
                Assert.Equal(offer.FrenchName, (await promise.Calls().CreateCommitmentVersionAsync(request, deadline: Promise.Deadline)).Terms.Title);
                continue;
            }

            var refusal = await Refusals.ThrownBy(promise.Calls().CreateCommitmentVersionAsync(request, deadline: Promise.Deadline));
            Assert.Equal(offer.RequiredFields.Select(field => $"terms.{field}").Order(), refusal.Violations().Select(violation => violation.Field).Order());
            Assert.All(refusal.Violations(), violation => Assert.EndsWith("_REQUIRED", violation.Reason, StringComparison.Ordinal));
        }
    }

    [PostgresFact]
    public async Task What_the_parties_give_stands_in_place_of_what_the_offer_sets()
    {
        var promise = await Promise.OpenAsync(host);

        var proposed = await promise.Calls().CreateCommitmentVersionAsync(new CreateCommitmentVersionRequest
        {
            DelegationId = promise.DelegationId,
            OfferCode = "CLAIMS_OTHER",
            EffectiveDay = "2026-01-01",
            Terms = new CommitmentTerms { TimeLimit = 3, TargetHundredths = 92_50, Clock = new CommitmentClock { Pauses = { PauseCause.Control } }, Penalty = Terms.Penalty },
        }, deadline: Promise.Deadline);

        Assert.Equal(("CLAIM_TIME", 3, 92_50L, TimeUnit.Days), (proposed.Terms.IndicatorCode, proposed.Terms.TimeLimit, proposed.Terms.TargetHundredths, proposed.Terms.TimeUnit));
        Assert.Equal([PauseCause.Control], proposed.Terms.Clock.Pauses);
        Assert.Equal((ClockEvent.FileComplete, DayZeroRule.StartDayIsZero), (proposed.Terms.Clock.Start, proposed.Terms.Clock.DayZero));
    }

    [PostgresFact]
    public async Task An_offer_that_is_not_there_is_told()
    {
        var promise = await Promise.OpenAsync(host);

        var refusal = await Refusals.ThrownBy(promise.Calls().CreateCommitmentVersionAsync(
            new CreateCommitmentVersionRequest { DelegationId = promise.DelegationId, OfferCode = "NONE", EffectiveDay = "2026-01-01" }, deadline: Promise.Deadline));

        Assert.Equal(["OFFER_CODE_UNKNOWN"], refusal.Violations().Select(violation => violation.Reason));
    }
}
