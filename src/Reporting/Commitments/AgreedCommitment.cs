using Delegation.Contracts.V1;

namespace Delegation.Reporting.Commitments;

/// <summary>A version of a commitment that both sides validated, on the days on which it holds or held.</summary>
/// <param name="CommitmentId">The commitment.</param>
/// <param name="VersionId">The version.</param>
/// <param name="Number">Its number.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null while nothing ends it. Before the first one where another version took its place on all its days.</param>
/// <param name="ObservedTo">Last day of the observation, without penalty or bonus; null for none.</param>
/// <param name="Terms">What was agreed.</param>
internal sealed record AgreedCommitment(
    Guid CommitmentId, Guid VersionId, int Number, DateOnly From, DateOnly? To, DateOnly? ObservedTo, CommitmentTerms Terms)
{
    public bool Holds(DateOnly day) => From <= day && (To is null || day <= To);

    public bool IsObserved(DateOnly day) => day <= ObservedTo;
}

/// <summary>Days that both sides agreed not to count, both ends among them.</summary>
/// <param name="Id">Of the neutralisation.</param>
/// <param name="CommitmentId">The commitment whose measures do not count; null for all.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The last day.</param>
internal sealed record NeutralisedDays(Guid Id, Guid? CommitmentId, DateOnly Start, DateOnly End)
{
    public bool Holds(DateOnly day) => Start <= day && day <= End;
}

/// <summary>All versions of one commitment, the earliest first, with the days that do not count for it.</summary>
internal sealed record CommitmentHistory(Guid CommitmentId, IReadOnlyList<AgreedCommitment> Versions, IReadOnlyList<NeutralisedDays> Neutralised)
{
    /// <summary>The version that holds on a day, or null.</summary>
    public AgreedCommitment? On(DateOnly day) => Versions.FirstOrDefault(version => version.Holds(day));

    /// <summary>By which agreement a day does not count, or null.</summary>
    public NeutralisedDays? NeutralisedOn(DateOnly day) => Neutralised.FirstOrDefault(days => days.Holds(day));
}
