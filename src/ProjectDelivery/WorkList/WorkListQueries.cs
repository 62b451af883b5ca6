using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.WorkList;

/// <summary>Reads work lists: one statement for each organisation of a person, under the policy of each.</summary>
internal static class WorkListQueries
{
    private const string Sql =
        """
        SELECT work_item_id AS id, assignee_id AS assigneeid, delegation_id AS delegationid, kind, array_to_string(roles, ',') AS roles, object_type AS objecttype,
               object_id AS objectid, title_en AS titleen, title_fr AS titlefr, due_day AS dueday, due_time AS duetime, open_time AS opentime
        FROM work_item
        WHERE assignee_id = @OrganizationId AND (due_time, work_item_id) > (@afterTime, @afterId)
          AND (@all OR person_id = @personId OR (person_id IS NULL AND roles && @roles))
          AND (@delegationId::uuid IS NULL OR delegation_id = @delegationId)
        ORDER BY due_time, work_item_id
        LIMIT @Limit
        """;

    /// <summary>Whom the bearer of a validated token belongs to.</summary>
    public static Task<IReadOnlyList<Membership>> MembershipsAsync(this TenantSession session, Person person, CancellationToken cancellationToken) =>
        session.QueryAsync<Membership>(
            "SELECT organization_id AS organizationid, array_to_string(roles, ',') AS roles FROM membership_of(@Issuer, @Subject)",
            person,
            cancellationToken);

    /// <summary>A page of what waits for a person in all organisations that they belong to, by due date.</summary>
    public static async Task<Page<WorkItemRow>> ListWorkItemsAsync(
        this TenantSession session, Person person, Guid? delegationId, bool all, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = new List<WorkItemRow>();
        foreach (var membership in await session.MembershipsAsync(person, cancellationToken))
        {
            session.ActFor(membership.OrganizationId);
            rows.AddRange(await session.QueryAsync<WorkItemRow>(
                Sql,
                new
                {
                    membership.OrganizationId,
                    roles = membership.Roles.Split(','),
                    personId = person.Id,
                    delegationId,
                    all,
                    afterTime = page.After?.Time ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
                    afterId = page.After?.Id ?? Guid.Empty,
                    page.Limit,
                },
                cancellationToken));
        }

        // Ids as PostgreSQL sorts them: byte by byte, as their text does.
        return rows.OrderBy(row => row.DueTime).ThenBy(row => row.Id.ToString(), StringComparer.Ordinal).Take(page.Limit).ToArray().ToPage(page, row => row.PageKey);
    }
}
