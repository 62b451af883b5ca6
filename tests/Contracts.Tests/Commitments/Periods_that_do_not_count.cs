using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>Periods that both sides neutralise, and how they cut what is measured.</summary>
public sealed class Periods_that_do_not_count(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_period_is_neutralised_by_both_sides_and_not_by_one()
    {
        var promise = await Promise.OpenAsync(host);
        var version = await promise.AgreeAsync(Terms.Claims);
        var proposed = await promise.Periods(insurer: false).ProposeNeutralisationAsync(
            new ProposeNeutralisationRequest { DelegationId = promise.DelegationId, StartDay = "2026-03-10", EndDay = "2026-03-12", Reason = "Panne du réseau" }, deadline: Promise.Deadline);
        await promise.Periods(insurer: false).ValidateNeutralisationAsync(Promise.Validation(proposed), deadline: Promise.Deadline);

        Assert.Single(await promise.PartsAsync(version, "2026-03-01", "2026-03-31"));
        Assert.Equal([("neutralisation.validate", Side.Insurer)], await host.OpenWorkAsync(promise.InsurerId).ContinueWith(
            work => work.Result.Where(item => item.Kind == "neutralisation.validate"), TaskScheduler.Default));

        var both = await promise.Periods().ValidateNeutralisationAsync(Promise.Validation(proposed), deadline: Promise.Deadline);
        var parts = await promise.PartsAsync(version, "2026-03-01", "2026-03-31");

        Assert.Equal((State.Validated, "Panne du réseau", "2026-03-12"), (both.Version.State, both.Reason, both.Version.LastDay));
        Assert.Equal([("2026-03-01", ""), ("2026-03-10", both.Id), ("2026-03-13", "")], parts.Select(part => (part.StartDay, part.NeutralisationId)));
        Assert.Equal(
            ["NeutralisationProposed", "NeutralisationConsented", "NeutralisationValidated"],
            (await host.EntriesOfAsync(promise.InsurerId)).Where(entry => entry.ObjectType == "neutralisation").Select(entry => entry.Event.Descriptor.Name));
        Assert.Equal([both], (await promise.Periods().ListNeutralisationsAsync(new ListNeutralisationsRequest { DelegationId = promise.DelegationId }, deadline: Promise.Deadline)).Neutralisations);
    }

    [PostgresFact]
    public async Task One_that_is_about_a_commitment_leaves_the_others_alone_and_a_withdrawn_one_all()
    {
        var promise = await Promise.OpenAsync(host);
        var (claims, links) = (await promise.AgreeAsync(Terms.Claims), await promise.AgreeAsync(Terms.Links));
        await promise.NeutraliseAsync("2026-03-10", "2026-03-12", claims.CommitmentId);
        var given = await promise.Periods().ProposeNeutralisationAsync(
            new ProposeNeutralisationRequest { DelegationId = promise.DelegationId, StartDay = "2026-03-20", EndDay = "2026-03-20", Reason = "Essai" }, deadline: Promise.Deadline);
        await promise.Periods(insurer: false).WithdrawNeutralisationAsync(
            new WithdrawNeutralisationRequest { DelegationId = promise.DelegationId, NeutralisationId = given.Id, Etag = given.Etag }, deadline: Promise.Deadline);

        Assert.Equal((3, 1), ((await promise.PartsAsync(claims, "2026-03-01", "2026-03-31")).Count, (await promise.PartsAsync(links, "2026-03-01", "2026-03-31")).Count));
    }

    [PostgresFact]
    public async Task An_amendment_and_an_observation_cut_a_period_too()
    {
        var promise = await Promise.OpenAsync(host);
        var first = await promise.AgreeAsync(Terms.Claims.With(terms => terms.ObservationLastDay = "2026-01-10"), "2026-01-05");
        var second = await promise.AgreeAsync(Terms.Claims, "2026-01-20", first.CommitmentId);

        var parts = await promise.PartsAsync(first, "2026-01-01", "2026-01-31");

        Assert.Equal(
            [("2026-01-01", "", false), ("2026-01-05", first.Id, true), ("2026-01-11", first.Id, false), ("2026-01-20", second.Id, false)],
            parts.Select(part => (part.StartDay, part.CommitmentVersion?.Id ?? "", part.Observed)));
        Assert.Equal("2026-01-31", parts[^1].EndDay);
    }

    [PostgresFact]
    public async Task A_commitment_of_somebody_else_is_none()
    {
        var promise = await Promise.OpenAsync(host);
        var foreign = await (await Promise.OpenAsync(host)).ProposeAsync(Terms.Claims);

        var refusal = await Refusals.ThrownBy(promise.Periods().ProposeNeutralisationAsync(new ProposeNeutralisationRequest
        {
            DelegationId = promise.DelegationId, CommitmentId = foreign.CommitmentId, StartDay = "2026-03-20", EndDay = "2026-03-20", Reason = "Essai",
        }, deadline: Promise.Deadline));

        Assert.Equal("COMMITMENT_NOT_FOUND", refusal.Reason());
    }
}
