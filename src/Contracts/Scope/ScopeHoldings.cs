using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Scope;

/// <summary>What delegations hold of an insurer's activities and populations, by the validated versions of their scopes.</summary>
internal static class ScopeHoldings
{
    /// <summary>
    /// What other delegations of the insurer hold of a version's delegated lines. Nobody else validates a scope of that insurer until the
    /// session ends.
    /// </summary>
    public static Task<IReadOnlyList<HeldElsewhere>> HeldElsewhereAsync(this TenantSession session, ScopeVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT holder, activity_code AS activitycode, population_code AS populationcode
            FROM scope_held_elsewhere(@OwnerId, @DelegationId, @EffectiveDay, @activities, @populations)
            """;

        var (activities, populations) = Held(version.ReadLines());
        return session.QueryAsync<HeldElsewhere>(
            Sql, new { version.OwnerId, version.DelegationId, version.EffectiveDay, activities, populations }, cancellationToken);
    }

    /// <summary>Holds the delegated lines of a version that both sides validated.</summary>
    public static Task HoldAsync(this TenantSession session, ScopeVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO scope_holding (owner_id, activity_code, population_code, delegation_id, delegate_id, scope_version_id, start_day)
            SELECT @OwnerId, activity, population, @DelegationId, @DelegateId, @Id, @EffectiveDay
            FROM unnest(@activities, @populations) AS held (activity, population)
            """;

        var (activities, populations) = Held(version.ReadLines());
        return session.ExecuteAsync(
            Sql,
            new { version.OwnerId, version.DelegationId, version.DelegateId, version.Id, version.EffectiveDay, activities, populations },
            cancellationToken);
    }

    /// <summary>Ends what a superseded version held.</summary>
    public static Task ReleaseAsync(this TenantSession session, ScopeVersionRow superseded, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE scope_holding SET end_day = @SupersededOnDay
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND scope_version_id = @Id
            """;

        return session.ExecuteAsync(Sql, new { superseded.OwnerId, superseded.DelegationId, superseded.Id, superseded.SupersededOnDay }, cancellationToken);
    }

    // Lines of several products hold one activity and population together.
    private static (string[] Activities, string[] Populations) Held(IEnumerable<ScopeLine> lines)
    {
        var held = lines.Where(line => line.Delegated)
            .SelectMany(line => line.PopulationCodes, (line, population) => (Activity: line.ActivityCode, Population: population))
            .Distinct()
            .ToArray();

        return ([.. held.Select(pair => pair.Activity)], [.. held.Select(pair => pair.Population)]);
    }
}
