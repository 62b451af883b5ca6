namespace Delegation.Contracts.Scope;

/// <summary>What a delegation covers: the codes that lines of its scope may name.</summary>
internal sealed record Coverage(IReadOnlyList<string> Products, IReadOnlyList<string> Populations);
