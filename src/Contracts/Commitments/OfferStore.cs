using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Commitments;

/// <summary>Starting points for commitments in the database: data that migrations load.</summary>
internal static class OfferStore
{
    private const string Columns =
        """
        SELECT code, name, french_name AS frenchname, terms::text AS terms, required_fields AS requiredfields, usual_figures AS usualfigures, source
        FROM commitment_offer
        """;

    public static async Task<IReadOnlyList<CommitmentOffer>> ReadOffersAsync(this TenantSession session, CancellationToken cancellationToken) =>
        [.. (await session.QueryAsync<Row>($"{Columns}\nORDER BY place", cancellationToken: cancellationToken)).Select(row => row.ToMessage())];

    public static async Task<CommitmentOffer?> FindOfferAsync(this TenantSession session, string code, CancellationToken cancellationToken) =>
        (await session.FindAsync<Row>($"{Columns}\nWHERE code = @code", new { code }, cancellationToken))?.ToMessage();

    /// <summary>What the offer sets, with what the parties set in place of it.</summary>
    public static CommitmentTerms Completed(this CommitmentOffer offer, CommitmentTerms? given)
    {
        var terms = offer.Terms.Clone();
        if (given is null)
            return terms;

        // A list of theirs is instead of the offer's, and not added to it.
        if (given.Clock?.Pauses.Count > 0)
            terms.Clock?.Pauses.Clear();

        terms.MergeFrom(given);
        return terms;
    }

    private sealed record Row
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required string FrenchName { get; init; }

        public required string Terms { get; init; }

        public required string[] RequiredFields { get; init; }

        public required string UsualFigures { get; init; }

        public required string Source { get; init; }

        public CommitmentOffer ToMessage() => new()
        {
            Code = Code,
            Name = Name,
            FrenchName = FrenchName,
            Terms = ProtoJson.Read<CommitmentTerms>(Terms),
            RequiredFields = { RequiredFields },
            UsualFigures = UsualFigures,
            Source = Source,
        };
    }
}
