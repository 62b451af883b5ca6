using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>A letter that both sides signed, as far as titles follow from it.</summary>
internal sealed record SignedLetter
{
    public required Guid Id { get; init; }

    public required DateOnly EffectiveDay { get; init; }

    public required DateOnly EndDay { get; init; }

    public required string TextSha256 { get; init; }

    public required string ScopeLines { get; init; }

    public required DateTime InForceTime { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }

    public DateOnly? LastDay { get; init; }

    public DateTime? TerminateTime { get; init; }

    /// <summary>What became known of it.</summary>
    public IEnumerable<TitleFact> Facts()
    {
        var signed = new TitleFact(
            Id, Kind.LetterOfEngagement, InForceTime, EffectiveDay, EndDay, TitleEnd.Agreed, TextSha256, ProtoJson.ReadList<ScopeLine>(ScopeLines), InForceTime);
        yield return signed;

        // A successor that takes effect after this letter has ended by itself leaves its end as it was.
        if (SupersededOnDay is { } day && day.AddDays(-1) < EndDay)
            yield return signed with { LastDay = day.AddDays(-1), End = TitleEnd.Superseded, KnownTime = SupersedeTime!.Value };

        if (LastDay is { } last)
            yield return signed with { LastDay = last, End = TitleEnd.Terminated, KnownTime = TerminateTime!.Value };
    }
}
