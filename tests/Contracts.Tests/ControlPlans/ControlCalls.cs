using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Audits;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Api;
using Google.Protobuf;
using Frequency = Delegation.Contracts.V1.PlannedControl.Types.Frequency;
using Kind = Delegation.Contracts.V1.PlannedControl.Types.Kind;
using Result = Delegation.Contracts.V1.Control.Types.Result;
using Severity = Delegation.Contracts.V1.AuditFinding.Types.Severity;

namespace Delegation.Contracts.Tests.ControlPlans;

/// <summary>Requests about control plans that are good ones.</summary>
internal static class ControlCalls
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Grille de contrôle, 60 dossiers.");

    /// <summary>The day by which <see cref="Sample"/> is due: it comes near at once, and its year is that of the plan.</summary>
    public static DateOnly Soon { get; } = AuditCalls.Today.AddDays(2);

    public static PlannedControl Sample(string ownerId) => new()
    {
        Code = "C1", Title = "Décomptes de prestations", Subject = AuditSubject.Figures, Kind = Kind.SampleOfFiles, Frequency = Frequency.Once, DueDay = DayField.Write(Soon),
        OwnerId = ownerId, Duties = { ControlDuty.DelegateControls }, RequirementId = "SII-274-4-D", ClauseCode = "AUD-1",
    };

    public static PlannedControl Quarterly(string ownerId) => new()
    {
        Code = "C2", Title = "Plan de continuité", Subject = AuditSubject.Contract, Kind = Kind.DocumentaryReview, Frequency = Frequency.Quarterly, OwnerId = ownerId,
        Duties = { ControlDuty.Contingency },
    };

    public static DraftControlPlanRequest Draft(string delegationId, params PlannedControl[] controls) => new() { DelegationId = delegationId, Year = Soon.Year, Controls = { controls } };

    public static UpdateControlPlanRequest Update(ControlPlan plan, params PlannedControl[] controls) => new()
    {
        DelegationId = plan.DelegationId, PlanId = plan.Id, Reason = "Moyens recentrés.", Controls = { controls }, Etag = plan.Etag,
    };

    public static AdoptControlPlanRequest Adopt(ControlPlan plan) => new() { DelegationId = plan.DelegationId, PlanId = plan.Id, Etag = plan.Etag };

    public static GetControlPlanRequest Get(ControlPlan plan) => new() { DelegationId = plan.DelegationId, PlanId = plan.Id };

    public static GetControlRequest Get(Control control) => new() { DelegationId = control.DelegationId, ControlId = control.Id };

    public static AttachControlEvidenceRequest Attach(Control control) => new()
    {
        DelegationId = control.DelegationId, ControlId = control.Id, FileName = "grille.txt", Sha256 = Convert.ToHexStringLower(SHA256.HashData(Text)), SizeBytes = Text.Length,
        File = new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFrom(Text) },
    };

    public static ExecuteControlRequest Execute(Control control, Result result = Result.NotConform, int anomalies = 9) => new()
    {
        DelegationId = control.DelegationId, ControlId = control.Id, ExecutionDay = DayField.Write(AuditCalls.Today),
        SampleSize = 60, Anomalies = anomalies, Result = result, Summary = "Neuf décomptes hors barème.", Etag = control.Etag,
    };

    public static RecordFindingRequest Find(Control control) => new()
    {
        DelegationId = control.DelegationId, ControlId = control.Id, Severity = Severity.Major, Title = "Barème non tenu à jour", Detail = "Neuf décomptes sur soixante.",
    };
}
