using System.Security.Cryptography;
using System.Text;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Api;
using Google.Protobuf;
using Severity = Delegation.Contracts.V1.AuditFinding.Types.Severity;

namespace Delegation.Contracts.Tests.Audits;

/// <summary>Requests about what missions ask and find that are good ones.</summary>
internal static class FollowUpCalls
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Journal des accès du premier trimestre.");

    public static AskEvidenceRequest Ask(AuditMission mission, int dueIn = 5) => new()
    {
        DelegationId = mission.DelegationId, MissionId = mission.Id, Title = "Journal des accès", Detail = "Du premier trimestre.", DueDay = Day(dueIn),
    };

    public static AttachEvidenceRequest Attach(EvidenceRequest asked) => new()
    {
        DelegationId = asked.DelegationId, EvidenceRequestId = asked.Id, FileName = "acces.txt", Sha256 = Convert.ToHexStringLower(SHA256.HashData(Text)),
        SizeBytes = Text.Length, File = new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFrom(Text) },
    };

    public static AnswerEvidenceRequest Answer(EvidenceRequest asked) =>
        new() { DelegationId = asked.DelegationId, EvidenceRequestId = asked.Id, Answer = "Voir la pièce jointe." };

    public static AcceptEvidenceRequest Accept(EvidenceRequest asked) => new() { DelegationId = asked.DelegationId, EvidenceRequestId = asked.Id, Etag = asked.Etag };

    public static RecordFindingRequest Find(AuditMission mission) => new()
    {
        DelegationId = mission.DelegationId, MissionId = mission.Id, Severity = Severity.Major, Title = "Habilitations trop larges", Detail = "Dix comptes.",
    };

    public static SetCorrectivePlanRequest Plan(AuditFinding finding, int dueIn = 30) => new()
    {
        DelegationId = finding.DelegationId, FindingId = finding.Id, Plan = "Revue trimestrielle.", DueDay = Day(dueIn), Etag = finding.Etag,
    };

    public static CompletePlanRequest Complete(AuditFinding finding) =>
        new() { DelegationId = finding.DelegationId, FindingId = finding.Id, Outcome = "Revue faite.", Etag = finding.Etag };

    public static ValidateClosureRequest Validate(AuditFinding finding, bool closed = true) => new()
    {
        DelegationId = finding.DelegationId, FindingId = finding.Id, Closed = closed, Verdict = closed ? "" : "Deux comptes restent.", Etag = finding.Etag,
    };

    private static string Day(int fromToday) => DayField.Write(AuditCalls.Today.AddDays(fromToday));
}
