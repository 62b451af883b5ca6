using Delegation.Contracts.V1;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;

namespace Delegation.Contracts.Negotiation;

/// <summary>A clause or an annex of a contract as the database keeps it.</summary>
internal sealed record ClauseRow
{
    /// <summary>The contract or amendment that it is of; empty before it is stored.</summary>
    public Guid ContractId { get; init; }

    public required Guid Id { get; init; }

    public required int Place { get; init; }

    public required string Sort { get; init; }

    public required string Code { get; init; }

    public required string Family { get; init; }

    public int? LibraryVersion { get; init; }

    public required string Title { get; init; }

    public required string Wording { get; init; }

    public required string[] Requirements { get; init; }

    public required bool Removed { get; init; }

    public required long Revision { get; init; }

    public ContractClause ToMessage(Guid contractId) => new()
    {
        Id = Id.ToString(),
        ContractId = contractId.ToString(),
        Place = Place,
        Sort = StoredNames.Read<Sort>(Sort),
        Code = Code,
        Family = Family,
        LibraryVersion = LibraryVersion ?? 0,
        Title = Title,
        Wording = Wording,
        RequirementIds = { Requirements },
        Removed = Removed,
        Etag = Persistence.Commands.Etag.Of(Id, Revision),
    };
}
