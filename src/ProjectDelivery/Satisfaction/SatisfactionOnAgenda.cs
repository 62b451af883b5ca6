using System.Globalization;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Committees;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>The latest figures that both sides read, as an agenda shows them: a committee that never speaks of satisfaction misses what it is for.</summary>
internal static class SatisfactionOnAgenda
{
    /// <summary>Of each kind the latest that was known at an instant; none is no item.</summary>
    public static async Task<IEnumerable<AgendaItemRow>> LatestSatisfactionAsync(
        this TenantSession session, Parties parties, DateTime at, string language, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<LatestRow>(
            """
            (SELECT 'satisfaction' AS objecttype, satisfaction_id AS objectid, side AS whose, period, share_time AS since,
                    (SELECT avg((score->>'score')::float8) FROM jsonb_array_elements(scores->'scores') score) AS value, NULL::float8 AS nps
             FROM satisfaction
             WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND side = 'insurer' AND visibility = 'both' AND share_time <= @at
             ORDER BY first_day DESC, share_time DESC
             LIMIT 1)
            UNION ALL
            (SELECT 'satisfaction', satisfaction_id, side, period, share_time,
                    (SELECT avg((score->>'score')::float8) FROM jsonb_array_elements(scores->'scores') score), NULL
             FROM satisfaction
             WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND side = 'delegate' AND visibility = 'both' AND share_time <= @at
             ORDER BY first_day DESC, share_time DESC
             LIMIT 1)
            UNION ALL
            (SELECT 'survey', r.import_id, '', r.period, s.import_time,
                    sum(r.mean * r.answers) / sum(r.answers) FILTER (WHERE r.mean IS NOT NULL), sum(r.nps * r.answers) / sum(r.answers) FILTER (WHERE r.nps IS NOT NULL)
             FROM survey_import s
             JOIN survey_result r ON r.owner_id = s.owner_id AND r.delegation_id = s.delegation_id AND r.import_id = s.import_id
             WHERE s.owner_id = @OwnerId AND s.delegation_id = @DelegationId AND s.import_time <= @at
             GROUP BY r.import_id, r.period, r.first_day, s.import_time
             ORDER BY r.import_id DESC, r.first_day DESC
             LIMIT 1)
            UNION ALL
            (SELECT 'retention', retention_id, unit, period, update_time, (customers_at_start - lost)::float8 / nullif(customers_at_start, 0), NULL
             FROM retention
             WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND update_time <= @at
             ORDER BY first_day DESC, update_time DESC
             LIMIT 1)
            """,
            new { parties.OwnerId, parties.DelegationId, at },
            cancellationToken);
        return rows.Select(row => new AgendaItemRow(row.ObjectType, row.ObjectId, row.Words().In(language), row.Since, rows.Count));
    }

    private sealed record LatestRow(string ObjectType, Guid ObjectId, string Whose, string Period, DateTime Since, double? Value, double? Nps)
    {
        public LocalizedText Words() => (ObjectType, Whose) switch
        {
            ("satisfaction", "insurer") => Both("Satisfaction of the insurer", "Satisfaction de l'assureur", Figure(Value, "0.0", " / 5")),
            ("satisfaction", _) => Both("Satisfaction of the delegate", "Satisfaction du délégataire", Figure(Value, "0.0", " / 5")),
            ("survey", _) => Both(
                "Satisfaction of the customers", "Satisfaction des clients",
                string.Join(", ", new[] { Figure(Value, "0.0", " / 10"), Nps is null ? "" : $"NPS {Figure(Nps, "0", "")}" }.Where(part => part.Length > 0))),
            (_, "contracts") => Both("Retention of contracts", "Fidélisation des contrats", Figure(100 * Value, "0.0", " %")),
            _ => Both("Retention of members", "Fidélisation des adhérents", Figure(100 * Value, "0.0", " %")),
        };

        // French figures have a comma.
        private LocalizedText Both(string english, string french, string figure) => new(
            $"{english}, {Period}: {(figure.Length == 0 ? "–" : figure)}", $"{french}, {Period} : {(figure.Length == 0 ? "–" : figure.Replace('.', ','))}");

        private static string Figure(double? value, string format, string unit) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : "";
    }
}
