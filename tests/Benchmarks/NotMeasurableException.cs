namespace Delegation.Benchmarks;

/// <summary>A measurement that cannot be made here, or whose result would be wrong; the message says why.</summary>
internal sealed class NotMeasurableException(string message) : Exception(message);
