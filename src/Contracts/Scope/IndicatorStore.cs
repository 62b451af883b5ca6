using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Scope;

/// <summary>The indicators of the trade in the database: data that migrations load.</summary>
internal static class IndicatorStore
{
    public static async Task<IReadOnlyList<Indicator>> ReadIndicatorsAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT i.code, i.nature, coalesce(i.better, '') AS better, i.name, i.french_name AS frenchname, i.reports,
                   array(SELECT a.code FROM activity a WHERE i.code = ANY (a.indicators) ORDER BY a.place) AS activities
            FROM indicator i
            ORDER BY i.place
            """;

        var rows = await session.QueryAsync<Row>(Sql, cancellationToken: cancellationToken);
        return [.. rows.Select(row => row.ToMessage())];
    }

    private sealed record Row
    {
        public required string Code { get; init; }

        public required string Nature { get; init; }

        public required string Better { get; init; }

        public required string Name { get; init; }

        public required string FrenchName { get; init; }

        public required string[] Reports { get; init; }

        public required string[] Activities { get; init; }

        public Indicator ToMessage() => new()
        {
            Code = Code,
            Nature = StoredNames.Read<Indicator.Types.Nature>(Nature),
            Better = Better.Length == 0 ? Indicator.Types.Better.Unspecified : StoredNames.Read<Indicator.Types.Better>(Better),
            Name = Name,
            FrenchName = FrenchName,
            Reports = { Reports.Select(StoredNames.Read<ReportKind>) },
            ActivityCodes = { Activities },
        };
    }
}
