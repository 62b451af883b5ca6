namespace Delegation.ServiceDefaults.Errors;

/// <summary>A rule that one field of a request breaks.</summary>
/// <param name="Field">Path of the field, as in <c>clauses[2].title</c>.</param>
/// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
/// <param name="Description">What is wrong, in one sentence.</param>
/// <param name="Remedy">How to put it right, in one sentence; null when the description says it already.</param>
public sealed record FieldViolation(string Field, string Reason, LocalizedText Description, LocalizedText? Remedy = null);
