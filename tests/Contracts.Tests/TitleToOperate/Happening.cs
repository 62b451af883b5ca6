using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.TitleToOperate;

/// <summary>What happened, in plain words.</summary>
internal abstract record Happening(DateTimeOffset Time)
{
    internal sealed record LetterSigned(DateTimeOffset Time, Guid Letter, DateOnly From, DateOnly To) : Happening(Time);

    internal sealed record LetterReplaced(DateTimeOffset Time, Guid Letter, DateOnly On) : Happening(Time);

    internal sealed record LetterEnded(DateTimeOffset Time, Guid Letter, DateOnly Last) : Happening(Time);

    internal sealed record ContractSigned(DateTimeOffset Time, Guid Id, Guid? Amends, DateOnly From, ContractDuration? Duration) : Happening(Time);

    internal sealed record ContractReplaced(DateTimeOffset Time, Guid Contract, DateOnly On) : Happening(Time);

    internal sealed record NoticeGiven(DateTimeOffset Time, Guid Contract, DateOnly Last, int TransitionMonths) : Happening(Time);

    internal sealed record EndAgreed(DateTimeOffset Time, Guid Contract, DateOnly Last, DateOnly Transition) : Happening(Time);
}
