using Delegation.Contracts.V1;

namespace Delegation.Contracts.Clauses;

/// <summary>A published version of the clause library.</summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="PublishDay">When it was published.</param>
/// <param name="Sha256">The digest of its files.</param>
/// <param name="Clauses">All clauses: those of the standard contract in their order, then the optional ones.</param>
/// <param name="Parameters">What the parties fill in.</param>
internal sealed record LibraryVersion(
    int Number, DateOnly PublishDay, string Sha256, IReadOnlyList<LibraryClause> Clauses, IReadOnlyList<ClauseParameter> Parameters)
{
    /// <summary>The clauses of the standard contract, in their order.</summary>
    public IReadOnlyList<LibraryClause> Standard { get; } = [.. Clauses.Where(clause => clause.Place > 0)];

    /// <summary>The values to start from, by the names of the parameters that have one.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; } =
        Parameters.Where(parameter => parameter.DefaultValue.Length > 0).ToDictionary(parameter => parameter.Name, parameter => parameter.DefaultValue);

    /// <summary>The clause of a code, or null.</summary>
    public LibraryClause? Find(string code) => Clauses.FirstOrDefault(clause => clause.Code == code);
}
