using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Commitments;

/// <summary>Days, both ends among them, for which one version or none holds and that count or do not.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The last.</param>
/// <param name="Version">What holds; null where nothing does.</param>
/// <param name="NeutralisationId">By which both sides agreed not to count them; null where they count.</param>
/// <param name="Observed">Within the observation period of the version.</param>
internal sealed record PeriodPart(DateOnly Start, DateOnly End, JointVersionRow? Version, Guid? NeutralisationId, bool Observed)
{
    /// <summary>How many days.</summary>
    public int Days => End.DayNumber - Start.DayNumber + 1;

    /// <summary>True when a penalty or a bonus may follow from it.</summary>
    public bool Counts => Version is not null && NeutralisationId is null && !Observed;

    public CommitmentPart ToMessage() => new()
    {
        StartDay = DayField.Write(Start),
        EndDay = DayField.Write(End),
        CommitmentVersion = Version?.ToCommitment(),
        NeutralisationId = NeutralisationId?.ToString() ?? "",
        Observed = Observed,
    };
}

/// <summary>
/// Cuts a period where something changes: where a version takes effect or ends, where a neutralised period or the observation does. An
/// amendment in the middle of a period makes two parts of it, each computed by its own version; together they are the whole period.
/// </summary>
internal static class PeriodParts
{
    public static IReadOnlyList<PeriodPart> Split(
        DateOnly start, DateOnly end, IReadOnlyList<JointVersionRow> versions, IReadOnlyList<JointVersionRow> neutralisations)
    {
        var cuts = versions.Concat(neutralisations)
            .SelectMany(version => new[] { version.EffectiveDay, version.LastDay?.AddDays(1), version.SupersededOnDay })
            .Concat(versions.Select(version => ObservedUntil(version)?.AddDays(1)))
            .OfType<DateOnly>()
            .Where(day => day > start && day <= end)
            .Append(start)
            .Distinct()
            .Order()
            .ToArray();

        var parts = new List<PeriodPart>();
        foreach (var (place, first) in cuts.Index())
        {
            var version = versions.FirstOrDefault(candidate => candidate.Holds(first));
            var part = new PeriodPart(
                first,
                place + 1 < cuts.Length ? cuts[place + 1].AddDays(-1) : end,
                version,
                neutralisations.FirstOrDefault(candidate => candidate.Holds(first))?.Id,
                version is not null && first <= ObservedUntil(version));

            // A cut at which nothing changes is none.
            if (parts.Count > 0 && parts[^1] with { Start = part.Start, End = part.End } == part)
                parts[^1] = parts[^1] with { End = part.End };
            else
                parts.Add(part);
        }

        return parts;
    }

    private static DateOnly? ObservedUntil(JointVersionRow version) =>
        DayField.ReadOptional("", version.ReadCommitment().ObservationLastDay, new List<ServiceDefaults.Errors.FieldViolation>());
}
