using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using State = Delegation.Delivery.V1.GateCriterion.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>How one criterion stands: what it found, and the override that covers it.</summary>
/// <param name="Criterion">The rule.</param>
/// <param name="Finding">What it found.</param>
/// <param name="Override">The override of it that holds on the day, if any.</param>
internal sealed record CriterionResult(ICriterion Criterion, Finding Finding, OverrideRow? Override)
{
    /// <summary>
    /// An override covers what is known not to be met. It never covers what nobody could ask, nor what no agreement replaces.
    /// </summary>
    public State State => Finding.Kind switch
    {
        FindingKind.Met => State.Met,
        FindingKind.NotAnswered => State.NotAnswered,
        _ => Override is not null && Criterion.Overridable ? State.Overridden : State.Unmet,
    };

    public bool LetsPass => State is State.Met or State.Overridden;

    /// <summary>The override, where the gate is passed because of it.</summary>
    public OverrideRow? Covering => State == State.Overridden ? Override : null;
}

/// <summary>What all criteria of a gate say together.</summary>
internal sealed record GateVerdict(ProjectGate Gate, IReadOnlyList<CriterionResult> Criteria)
{
    private static readonly Side[] Both = [Side.Insurer, Side.Delegate];

    /// <summary>Whose passing it takes: both sides', or the insurer's once the delegate has left.</summary>
    public IReadOnlyList<Side> Sides => DelegateHasLeft ? [Side.Insurer] : Both;

    /// <summary>Whether the delegation is closed: nobody is there for the delegate any more.</summary>
    public bool DelegateHasLeft { get; init; }

    /// <summary>Every criterion is met, or validly overridden.</summary>
    public bool IsOpen => Criteria.All(criterion => criterion.LetsPass);

    /// <summary>Each criterion that keeps the gate shut.</summary>
    public IReadOnlyList<UnmetCondition> Missing =>
    [
        .. Criteria.Where(criterion => !criterion.LetsPass).Select(criterion => new UnmetCondition(
            criterion.State == State.NotAnswered ? "CRITERION_NOT_ANSWERED" : "CRITERION_UNMET",
            criterion.Criterion.Code,
            new($"{criterion.Criterion.Title.English}: {criterion.Finding.Found.English}", $"{criterion.Criterion.Title.French} : {criterion.Finding.Found.French}"))),
    ];

    /// <summary>SHA-256 of the evidence: what the criteria are, how they stand, which objects and revisions answered. Words are not part of it.</summary>
    public byte[] Sha256 => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Criteria.Select(criterion => string.Join(
        '\t',
        [criterion.Criterion.Code, criterion.State, criterion.Covering?.Id, .. criterion.Finding.Evidence.Select(answered => answered.Stored).Order(StringComparer.Ordinal)])))));

    /// <summary>Null when the etag stands for this evidence, and otherwise the outcome.</summary>
    public ServiceDefaults.Outcomes.Outcome<T>? EtagMismatch<T>(string etag) => Persistence.Commands.Etag.Mismatch<T>(etag, EvidenceId, (int)Gate);

    /// <summary>Stands for this evidence.</summary>
    public string Etag => Persistence.Commands.Etag.Of(EvidenceId, (int)Gate);

    private Guid EvidenceId => new(Sha256.AsSpan(0, 16));
}
