namespace Delegation.ServiceDefaults.Errors;

/// <summary>One thing that would have to be so for a refused request to be accepted: a <c>google.rpc.PreconditionFailure.Violation</c>.</summary>
/// <param name="Type">Which condition it is: stable and UPPER_SNAKE_CASE.</param>
/// <param name="Subject">What it is about: the id or the name of an object or field, as the contract writes it.</param>
/// <param name="Description">The same in words, with what to do.</param>
public sealed record UnmetCondition(string Type, string Subject, LocalizedText Description);
