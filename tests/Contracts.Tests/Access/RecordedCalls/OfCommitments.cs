using Delegation.Access.V1;
using Delegation.Contracts.Tests.Commitments;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfCommitments : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Commitments.Descriptor, "ListCommitmentOffers", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListCommitmentOffersRequest())),
        new(V1.Commitments.Descriptor, "CreateCommitmentVersion", Proposers, async scene =>
        {
            var (version, insurer, tpa) = await scene.ProposedCommitmentAsync();
            await scene.Commitments(insurer).ValidateCommitmentVersionAsync(Promise.Validation(version), deadline: People.Deadline);
            await scene.Commitments(tpa).ValidateCommitmentVersionAsync(Promise.Validation(version), deadline: People.Deadline);
            return (tpa, new CreateCommitmentVersionRequest
            {
                DelegationId = version.DelegationId, CommitmentId = version.CommitmentId, Terms = Full, EffectiveDay = "2026-06-01", LastDay = "2026-12-31",
            });
        }),
        new(V1.Commitments.Descriptor, "GetCommitmentVersion", Who.AnyMember(), async scene =>
        {
            var (version, _, tpa) = await scene.ProposedCommitmentAsync();
            return (tpa, new GetCommitmentVersionRequest { DelegationId = version.DelegationId, CommitmentVersionId = version.Id });
        }),
        new(V1.Commitments.Descriptor, "ListCommitmentVersions", Who.AnyMember(), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedCommitmentAsync();
            return (insurer, new ListCommitmentVersionsRequest { DelegationId = version.DelegationId });
        }),
        new(V1.Commitments.Descriptor, "ListCommitments", Who.AnyMember(), async scene =>
        {
            var (version, _, tpa) = await scene.ProposedCommitmentAsync();
            return (tpa, new ListCommitmentsRequest { DelegationId = version.DelegationId });
        }),
        new(V1.Commitments.Descriptor, "ListCommitmentParts", Who.AnyMember(), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedCommitmentAsync();
            return (insurer, new ListCommitmentPartsRequest
            {
                DelegationId = version.DelegationId, CommitmentId = version.CommitmentId, StartDay = "2026-01-01", EndDay = "2026-03-31",
            });
        }),
        new(V1.Commitments.Descriptor, "UpdateCommitmentVersion", Proposers, async scene =>
        {
            var (version, _, tpa) = await scene.ProposedCommitmentAsync();
            return (tpa, new UpdateCommitmentVersionRequest
            {
                DelegationId = version.DelegationId, CommitmentVersionId = version.Id, Terms = Full, EffectiveDay = "2026-02-01", LastDay = "2026-12-31", Etag = version.Etag,
            });
        }),
        new(V1.Commitments.Descriptor, "ValidateCommitmentVersion", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedCommitmentAsync();
            return (insurer, Promise.Validation(version));
        }),
        new(V1.Commitments.Descriptor, "WithdrawCommitmentVersion", Proposers, async scene =>
        {
            var (version, _, tpa) = await scene.ProposedCommitmentAsync();
            return (tpa, new WithdrawCommitmentVersionRequest { DelegationId = version.DelegationId, CommitmentVersionId = version.Id, Etag = version.Etag });
        }),
        new(Neutralisations.Descriptor, "ProposeNeutralisation", Operators, async scene =>
        {
            var (version, _, tpa) = await scene.ProposedCommitmentAsync();
            return (tpa, new ProposeNeutralisationRequest
            {
                DelegationId = version.DelegationId, CommitmentId = version.CommitmentId, StartDay = "2026-03-10", EndDay = "2026-03-12", Reason = "Panne du réseau",
            });
        }),
        new(Neutralisations.Descriptor, "ListNeutralisations", Who.AnyMember(), async scene =>
        {
            var (period, insurer, _) = await scene.ProposedNeutralisationAsync();
            return (insurer, new ListNeutralisationsRequest { DelegationId = period.DelegationId });
        }),
        new(Neutralisations.Descriptor, "ValidateNeutralisation", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (period, _, tpa) = await scene.ProposedNeutralisationAsync();
            return (tpa, Promise.Validation(period));
        }),
        new(Neutralisations.Descriptor, "WithdrawNeutralisation", Operators, async scene =>
        {
            var (period, insurer, _) = await scene.ProposedNeutralisationAsync();
            return (insurer, new WithdrawNeutralisationRequest { DelegationId = period.DelegationId, NeutralisationId = period.Id, Etag = period.Etag });
        }),
    ];

    private static AccessRule Proposers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations, Role.Purchasing, Role.Legal);

    private static AccessRule Operators => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);

    // Every field that can be given beside the others.
    private static CommitmentTerms Full => Terms.Claims.With(terms =>
    {
        terms.TimeUnit = TimeUnit.OfficeHours;
        (terms.Clock.DayZero, terms.Clock.Opening, terms.Clock.Closing, terms.Direction) = (default, "09:00", "18:00", TargetDirection.AtLeast);
        terms.Exclusions[0].Note = "Au-delà de la prévision du mois.";
        (terms.Penalty.Cap, terms.Penalty.YearlyCap) = (new V1.Money { MinorUnits = 1_000_00, Currency = "EUR" }, new V1.Money { MinorUnits = 5_000_00, Currency = "EUR" });
        terms.Bonus = Terms.Penalty.Clone();
        (terms.Bonus.GapOrigin, terms.Bonus.BonusMarginHundredths) = (default, 50);
        (terms.Bonus.Basis, terms.Bonus.RateHundredths, terms.Bonus.Amount) = (PenaltyBasis.Amount, 0, new V1.Money { MinorUnits = 100_00, Currency = "EUR" });
        (terms.ObservationLastDay, terms.Weight, terms.Note) = ("2026-08-31", 2, "Mesuré sur tous les dossiers.");
    });
}

/// <summary>What calls about commitments need around them.</summary>
internal static class PreparingCommitments
{
    public static V1.Commitments.CommitmentsClient Commitments(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A commitment that the insurer proposes.</summary>
    public static async Task<(CommitmentVersion Version, Actor Insurer, Actor Delegate)> ProposedCommitmentAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
        var version = await scene.Commitments(insurer).CreateCommitmentVersionAsync(
            new CreateCommitmentVersionRequest { DelegationId = delegation.Id, Terms = Terms.Claims, EffectiveDay = "2026-01-01" }, deadline: People.Deadline);
        return (version, insurer, tpa);
    }

    /// <summary>A period that the insurer proposes not to count.</summary>
    public static async Task<(Neutralisation Period, Actor Insurer, Actor Delegate)> ProposedNeutralisationAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
        var period = await new Neutralisations.NeutralisationsClient(scene.As(insurer)).ProposeNeutralisationAsync(
            new ProposeNeutralisationRequest { DelegationId = delegation.Id, StartDay = "2026-03-10", EndDay = "2026-03-12", Reason = "Panne du réseau" }, deadline: People.Deadline);
        return (period, insurer, tpa);
    }
}
