using Delegation.Contracts.Contracting;
using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>How a title comes to its last day.</summary>
internal enum TitleEnd
{
    /// <summary>It was agreed on from the start.</summary>
    Agreed,

    /// <summary>Both sides ended it early, or one of them as the contract allows.</summary>
    Terminated,

    /// <summary>Another title took its place.</summary>
    Superseded,
}

/// <summary>
/// What became known about a title at an instant: that it exists, or that its days are others than was known before. Facts are only ever
/// added, so what was known at an instant stays what it was.
/// </summary>
/// <param name="TitleId">The object that gives it: a letter, or a contract for itself, its amendments and its survival clause.</param>
/// <param name="Kind">What kind of object.</param>
/// <param name="GrantTime">When the title came to be: the same in all its facts.</param>
/// <param name="EffectiveDay">Its first day.</param>
/// <param name="LastDay">Its last day; before the first when it was superseded before it took effect; the last of all days when nothing ends it.</param>
/// <param name="End">How it comes to that last day.</param>
/// <param name="TextSha256">Of what both sides signed.</param>
/// <param name="Lines">The lines of the scope that it covers.</param>
/// <param name="KnownTime">When this became known.</param>
/// <param name="AmendmentId">The amendment by whose scope the contract covers lines; null for none.</param>
/// <param name="Periods">The terms of a contract; null for a letter.</param>
internal sealed record TitleFact(
    Guid TitleId, Kind Kind, DateTime GrantTime, DateOnly EffectiveDay, DateOnly LastDay, TitleEnd End, string TextSha256, IReadOnlyList<ScopeLine> Lines, DateTime KnownTime,
    Guid? AmendmentId = null, ContractPeriods? Periods = null)
{
    /// <summary>Which act gives it.</summary>
    public (Guid, Guid?, Kind) Act => (TitleId, AmendmentId, Kind);

    /// <summary>The last day as it is on a day: of what renews itself, that of the term; null for what has none.</summary>
    public DateOnly? LastDayOn(DateOnly day) => LastDay != ContractPeriods.Open ? LastDay : Periods?.TermEnd(day);

    public bool Covers(DateOnly day) => EffectiveDay <= day && day <= LastDay;
}
