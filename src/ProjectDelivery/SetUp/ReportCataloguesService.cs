using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The rpcs of <c>delegation.delivery.v1.ReportCatalogues</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ReportCataloguesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ReportCatalogues.ReportCataloguesBase
{
    private const string ObjectType = "report_catalogue";

    private static readonly Role[] Agreeing = [Role.DelegationManager, Role.ProjectLead, Role.Reporting];

    private DateOnly Today => ParisDays.DayAt(clock.GetUtcNow());

    public override async Task<ReportCatalogue> GetReportCatalogue(GetReportCatalogueRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.ReadCatalogueAsync(project, context.CancellationToken)).ToMessage(Today);
    }

    public override Task<ReportCatalogue> SetReportCalendar(SetReportCalendarRequest request, ServerCallContext context) =>
        commands.RunAsync<SetReportCalendarRequest, ReportCatalogue>(
            request, context, (session, cancellation) => SetAsync(session, request, cancellation));

    public override Task<ReportCatalogue> AgreeReportCatalogue(AgreeReportCatalogueRequest request, ServerCallContext context) =>
        commands.RunAsync<AgreeReportCatalogueRequest, ReportCatalogue>(
            request, context, (session, cancellation) => AgreeAsync(session, request, cancellation));

    private async Task<Outcome<ReportCatalogue>> SetAsync(TenantSession session, SetReportCalendarRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = CalendarFields.Read(request, violations);
        var (projectId, reportId) = PlanIds.Read(request.ProjectId, "report_id", request.ReportId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var catalogue = await session.ReadCatalogueAsync(project, cancellationToken);
        var report = ReportRefusals.NeedsAReport(catalogue.Reports.FirstOrDefault(report => report.Id == reportId)).ValueOrStatus();
        if (fields!.BeginsAPeriodOf(report) is { } violation)
            return new Outcome<ReportCatalogue>.Invalid(violation);
        if ((ProjectChange.NeedsAProjectInProgress<ReportCatalogue>(project) ?? catalogue.EtagMismatch<ReportCatalogue>(request.Etag)) is { } refused)
            return refused;

        var calendar = new CalendarRow(reportId, fields.FirstPeriodDay, fields.Counting.Stored(), 1 + (catalogue.Calendars.GetValueOrDefault(reportId)?.Revision ?? 0));
        await session.SaveCalendarAsync(project, calendar, cancellationToken);
        var changed = catalogue with { Calendars = new Dictionary<Guid, CalendarRow>(catalogue.Calendars) { [reportId] = calendar } };
        var told = new ReportCalendarSet { Report = changed.ToMessage(report, today: null) };
        await session.AppendAsync(project.Parties.Entry("report_calendar", reportId, calendar.Revision, told), clock, cancellationToken);
        await KeepWorkAsync(session, project, changed, cancellationToken);
        return new Outcome<ReportCatalogue>.Accepted(changed.ToMessage(Today));
    }

    private async Task<Outcome<ReportCatalogue>> AgreeAsync(TenantSession session, AgreeReportCatalogueRequest request, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(PlanIds.ReadProject(request.ProjectId, []), cancellationToken)).ValueOrStatus();
        var catalogue = await session.ReadCatalogueAsync(project, cancellationToken);
        if ((ProjectChange.NeedsAProjectInProgress<ReportCatalogue>(project) ?? catalogue.EtagMismatch<ReportCatalogue>(request.Etag)
            ?? ReportRefusals.CanBeAgreed<ReportCatalogue>(catalogue, session.Caller.Side)) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var before = catalogue.Agreed ?? new CatalogueRow(NewId.At(now), [], null, null, null, null, Revision: 0);
        var agreed = before.With(catalogue.Consent.With(session.Caller, catalogue.Sha256, now.InMicroseconds()));
        await session.SaveCatalogueAsync(project, agreed, cancellationToken);
        var changed = catalogue with { Agreed = agreed };
        var told = new ReportCatalogueAgreed { Catalogue = changed.ToMessage(Today) };
        await session.AppendAsync(project.Parties.Entry(ObjectType, agreed.Id, agreed.Revision, told), clock, cancellationToken);
        await KeepWorkAsync(session, project, changed, cancellationToken);
        return new Outcome<ReportCatalogue>.Accepted(changed.ToMessage(Today));
    }

    // Once one side has agreed it waits for the other; a change lets it wait for nobody again.
    private async Task KeepWorkAsync(TenantSession session, ProjectRow project, Catalogue catalogue, CancellationToken cancellationToken)
    {
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var key = new WorkItemKey("report_catalogue.agree", ObjectType, project.Id, side);
            if (catalogue.State == ReportCatalogue.Types.State.Pending && !catalogue.Consent.IsGivenBy(side, catalogue.Sha256))
                await session.OpenWorkItemAsync(
                    new OpenWork(
                        key, project.OwnerId, project.DelegationId, project.DelegateId,
                        new($"{project.Name}: agree to the report catalogue", $"{project.Name} : valider le catalogue de reportings")) { Roles = Agreeing },
                    clock,
                    cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }
}
