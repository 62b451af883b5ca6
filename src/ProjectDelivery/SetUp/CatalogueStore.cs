using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>Report catalogues in the database, within a project that the caller was found to take part in.</summary>
internal static class CatalogueStore
{
    /// <summary>The catalogue as it is: three statements, however many reports.</summary>
    public static async Task<Catalogue> ReadCatalogueAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken)
    {
        var reports = await ItemTables.ReportDefinitions.AllAsync(session, project, cancellationToken);
        var calendars = await session.QueryAsync<CalendarRow>(
            """
            SELECT report_id AS reportid, first_period_day AS firstperiodday, counting, revision
            FROM report_calendar
            WHERE owner_id = @OwnerId AND project_id = @Id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken);
        var agreed = await session.FindAsync<CatalogueRow>(
            """
            SELECT catalogue_id AS id, content_sha256 AS contentsha256, insurer_person_id AS insurerpersonid, insurer_consent_time AS insurerconsenttime,
                   delegate_person_id AS delegatepersonid, delegate_consent_time AS delegateconsenttime, revision
            FROM report_catalogue
            WHERE owner_id = @OwnerId AND project_id = @Id
            """,
            new { project.OwnerId, project.Id },
            cancellationToken);

        return new Catalogue(
            project.Id, [.. reports.Where(report => report.State != ItemStates.Retired)], calendars.ToDictionary(calendar => calendar.ReportId), agreed);
    }

    public static Task SaveCalendarAsync(this TenantSession session, ProjectRow project, CalendarRow calendar, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO report_calendar (owner_id, delegation_id, delegate_id, project_id, report_id, first_period_day, counting, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @ReportId, @FirstPeriodDay, @Counting, @Revision)
        ON CONFLICT (owner_id, project_id, report_id) DO UPDATE SET
            first_period_day = excluded.first_period_day, counting = excluded.counting, revision = excluded.revision
        """,
        new
        {
            project.OwnerId, project.DelegationId, project.DelegateId, project.Id, calendar.ReportId, calendar.FirstPeriodDay, calendar.Counting, calendar.Revision,
        },
        cancellationToken);

    public static Task SaveCatalogueAsync(this TenantSession session, ProjectRow project, CatalogueRow catalogue, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO report_catalogue (
            owner_id, delegation_id, delegate_id, project_id, catalogue_id, content_sha256, insurer_person_id, insurer_consent_time, delegate_person_id,
            delegate_consent_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @ContentSha256, @InsurerPersonId, @InsurerConsentTime, @DelegatePersonId,
            @DelegateConsentTime, @Revision)
        ON CONFLICT (owner_id, project_id) DO UPDATE SET
            content_sha256 = excluded.content_sha256, insurer_person_id = excluded.insurer_person_id, insurer_consent_time = excluded.insurer_consent_time,
            delegate_person_id = excluded.delegate_person_id, delegate_consent_time = excluded.delegate_consent_time, revision = excluded.revision
        """,
        new
        {
            project.OwnerId,
            project.DelegationId,
            project.DelegateId,
            ProjectId = project.Id,
            catalogue.Id,
            catalogue.ContentSha256,
            catalogue.InsurerPersonId,
            catalogue.InsurerConsentTime,
            catalogue.DelegatePersonId,
            catalogue.DelegateConsentTime,
            catalogue.Revision,
        },
        cancellationToken);
}
