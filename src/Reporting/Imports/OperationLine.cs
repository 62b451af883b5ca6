namespace Delegation.Reporting.Imports;

/// <summary>What a line tells of an operation.</summary>
internal sealed record OperationLine(
    string Reference, string Kind, DateOnly ReceiveDay, DateTime? ReceiveTime, DateOnly? CompleteDay, DateOnly? CloseDay, DateTime? CloseTime, string? Outcome, bool? Automated);

/// <summary>What became of a line of a file: accepted with what it tells, or rejected with all its reasons.</summary>
/// <param name="Line">The line of the file on which it starts.</param>
/// <param name="Cells">Its cells that the mapping names, in the order of the fields.</param>
/// <param name="Told">What it tells; null when it is rejected.</param>
/// <param name="Reference">The delegate's reference, of a rejected line too, where it can be read.</param>
/// <param name="Faults">Why it is rejected: field and reason.</param>
internal sealed record ReadLine(long Line, string[] Cells, OperationLine? Told, string? Reference, IReadOnlyList<(string Field, string Reason)> Faults);
