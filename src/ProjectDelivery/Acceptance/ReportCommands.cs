using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;
using State = Delegation.Delivery.V1.AcceptanceReport.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>
/// Issues, signs and withdraws reports. Each locks the project, as all that moves what reports say does: no anomaly comes in between.
/// </summary>
internal sealed class ReportCommands(TimeProvider clock)
{
    public async Task<Outcome<AcceptanceReport>> IssueAsync(TenantSession session, IssueAcceptanceReportRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("kind", request.Kind, violations);
        var campaignId = IdField.ReadOptional("campaign_id", request.CampaignId, violations);
        if (CampaignGoesWith(request) is { } violation)
            violations.Add(violation);
        var project = (await session.LockProjectAsync(PlanIds.ReadProject(request.ProjectId, violations), cancellationToken)).ValueOrStatus();
        var campaign = campaignId is { } id ? (await session.FindCampaignAsync(project, id, cancellationToken)).ValueOrStatus() : null;
        if ((ProjectChange.NeedsAProjectInProgress<AcceptanceReport>(project) ?? (campaign is null ? null : CampaignRules.IsNotSealed<AcceptanceReport>(campaign))) is { } refused)
            return refused;

        var facts = await session.ReadFactsAsync(project, campaign, cancellationToken);
        if (ReportSigning.IsReady<AcceptanceReport>(facts) is { } missing)
            return missing;

        var now = clock.GetUtcNow();
        var report = NewReport(facts, request.Kind, NewId.At(now), now.InMicroseconds());
        if (!await session.InsertReportAsync(report, cancellationToken))
            return new Outcome<AcceptanceReport>.Refused(
                "REPORT_IN_PROGRESS", new("Such a report waits for signatures already.", "Un tel procès-verbal attend déjà des signatures."));

        return await ToldAsync(session, [], report, cancellationToken);
    }

    public async Task<Outcome<AcceptanceReport>> SignAsync(TenantSession session, SignAcceptanceReportRequest request, CancellationToken cancellationToken)
    {
        var (project, report) = await LockAsync(session, request.ProjectId, request.ReportId, cancellationToken);
        if (ProjectChange.NeedsAProjectInProgress<AcceptanceReport>(project) is { } closed)
            return closed;

        var campaign = report.CampaignId is { } id ? (await session.FindCampaignAsync(project, id, cancellationToken)).ValueOrStatus() : null;
        var facts = await session.ReadFactsAsync(project, campaign, cancellationToken);
        var now = clock.GetUtcNow().InMicroseconds();
        return await ReportSigning.Sign(report, session.Caller, request.TextSha256, facts, now).ThenAsync<AcceptanceReport>(async signed =>
        {
            await session.UpdateReportAsync(signed, cancellationToken);
            if (signed.In == State.Sealed && campaign is not null)
                await SealAsync(session, campaign with { SealedReportId = signed.Id, UpdateTime = now, Revision = campaign.Revision + 1 }, cancellationToken);
            return await ToldAsync(session, Waiting(report), signed, cancellationToken);
        });
    }

    public async Task<Outcome<AcceptanceReport>> WithdrawAsync(TenantSession session, WithdrawAcceptanceReportRequest request, CancellationToken cancellationToken)
    {
        var (project, report) = await LockAsync(session, request.ProjectId, request.ReportId, cancellationToken);
        if ((Etag.Mismatch<AcceptanceReport>(request.Etag, report.Id, report.Revision) ?? ProjectChange.NeedsAProjectInProgress<AcceptanceReport>(project)
             ?? ReportSigning.IsIssued<AcceptanceReport>(report)) is { } refused)
            return refused;

        var withdrawn = report with { State = State.Withdrawn.Stored(), Revision = report.Revision + 1 };
        await session.UpdateReportAsync(withdrawn, cancellationToken);
        return await ToldAsync(session, Waiting(report), withdrawn, cancellationToken);
    }

    private static async Task<(ProjectRow Project, ReportRow Report)> LockAsync(
        TenantSession session, string projectId, string reportId, CancellationToken cancellationToken)
    {
        var ids = PlanIds.Read(projectId, "report_id", reportId, []);
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        return (project, (await session.FindReportAsync(project, ids.ItemId, cancellationToken)).ValueOrStatus());
    }

    private static ReportRow NewReport(ReportFacts facts, Kind kind, Guid id, DateTime now)
    {
        var text = ReportText.Of(facts);
        return new ReportRow(
            facts.Project.OwnerId, facts.Project.DelegationId, facts.Project.DelegateId, facts.Project.Id, id, kind.Stored(), facts.Campaign?.Id,
            State.Issued.Stored(), text, ReportText.Sha256(text), facts.CaseCount, facts.RunCount, facts.Anomalies.Count, InsurerPersonId: null,
            InsurerSignTime: null, DelegatePersonId: null, DelegateSignTime: null, SealTime: null, now, Revision: 1);
    }

    // Nothing of the campaign is run any more.
    private async Task SealAsync(TenantSession session, CampaignRow campaign, CancellationToken cancellationToken)
    {
        await session.UpdateCampaignAsync(campaign, cancellationToken);
        var told = new CampaignChanged { Campaign = campaign.ToMessage() };
        await session.AppendAsync(campaign.Parties.Entry(CampaignRow.ObjectType, campaign.Id, campaign.Revision, told), clock, cancellationToken);
    }

    private async Task<Outcome<AcceptanceReport>> ToldAsync(
        TenantSession session, IReadOnlyList<OpenWork> before, ReportRow report, CancellationToken cancellationToken)
    {
        var told = report.ToMessage();
        told.Text = "";
        var entry = report.Parties.Entry(ReportRow.ObjectType, report.Id, report.Revision, new AcceptanceReportChanged { Report = told });
        await session.AppendAsync(entry, clock, cancellationToken);
        await session.KeepWorkAsync(before, Waiting(report), clock, cancellationToken);
        return new Outcome<AcceptanceReport>.Accepted(report.ToMessage());
    }

    private static IReadOnlyList<OpenWork> Waiting(ReportRow report) => !report.IsIssued
        ? []
        : [.. new[] { Side.Insurer, Side.Delegate }.Where(side => !report.IsSignedBy(side)).Select(side => new OpenWork(
            new WorkItemKey("acceptance_report.sign", ReportRow.ObjectType, report.Id, side), report.OwnerId, report.DelegationId, report.DelegateId,
            report.Is == Kind.Homologation
                ? new("Sign the homologation report", "Signer le procès-verbal d'homologation")
                : new LocalizedText("Sign the acceptance report", "Signer le procès-verbal de recette"))
        {
            Roles = [Role.DelegationManager, Role.Signatory],
        })];

    private static FieldViolation? CampaignGoesWith(IssueAcceptanceReportRequest request) => (request.Kind, request.CampaignId.Length > 0) switch
    {
        (Kind.Acceptance, false) => new("campaign_id", "CAMPAIGN_REQUIRED", new("The campaign is missing.", "La campagne n'est pas renseignée."),
            new("Give the `id` of the campaign to report on.", "Indiquez l'`id` de la campagne concernée.")),
        (Kind.Homologation, true) => new("campaign_id", "CAMPAIGN_UNWANTED", new("A homologation is of the whole project.", "Une homologation porte sur tout le projet."),
            new("Leave the campaign out.", "N'indiquez pas de campagne.")),
        _ => null,
    };
}
