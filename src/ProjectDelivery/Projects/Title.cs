using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>A title to operate, as Contracts answered.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="ObjectId">The letter, contract or clause that gives it.</param>
/// <param name="FirstDay">First day of its effect.</param>
/// <param name="LastDay">Last day of its effect; null without end.</param>
/// <param name="TextSha256">Of the text that both sides signed.</param>
/// <param name="KnownTime">The instant for which Contracts answered.</param>
/// <param name="Revision">The revision that answered.</param>
internal sealed record Title(
    TitleKind Kind, Guid ObjectId, DateOnly FirstDay, DateOnly? LastDay, string TextSha256, DateTime KnownTime, long Revision);

/// <summary>Why there is none.</summary>
/// <param name="Reason">As Contracts names it: <c>TITLE_BREACH_NO_TITLE</c>.</param>
/// <param name="Explanation">The same in words, in the language of the caller in whose name Contracts was asked.</param>
internal sealed record Breach(string Reason, string Explanation);

/// <summary>What Contracts answers: a title or a breach.</summary>
internal sealed record TitleAnswer(Title? Title, Breach? Breach);
