using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Persistence.PartyDirectory;

/// <summary>This service's copy of the audit missions that are open; its evidence pack reads under the mission's own id.</summary>
internal static class AuditCopy
{
    public static Task SaveAuditAsync(this SystemSession session, JournalEntry told, AuditMissionOpened opened, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO audit_access (mission_id, owner_id, delegation_id, delegate_id, organization_id, auditors, subjects, reads_seen_by, open_time, close_time, revision)
            VALUES (@ObjectId, @OwnerId, @DelegationId, @DelegateId, @organization, @auditors, @subjects, @seenBy, @open, @close, @Revision)
            ON CONFLICT (mission_id) DO NOTHING
            """;

        var mission = opened.Mission;
        var days = new List<ServiceDefaults.Errors.FieldViolation>();
        var parameters = new
        {
            told.ObjectId,
            told.OwnerId,
            told.DelegationId,
            told.DelegateId,
            organization = mission.RecordedBy == Side.Insurer ? told.OwnerId : told.DelegateId,
            auditors = mission.Auditors.Select(auditor => Guid.Parse(auditor.PersonId)).Append(told.ObjectId).ToArray(),
            subjects = mission.Subjects.Select(subject => subject.Stored()).ToArray(),
            seenBy = opened.ReadsSeenBy.Stored(),
            open = ParisDays.StartOf(DayField.Read("open_day", mission.OpenDay, days)!.Value).UtcDateTime,
            close = ParisDays.EndOf(DayField.Read("close_day", mission.CloseDay, days)!.Value).UtcDateTime,
            told.Revision,
        };
        return session.ExecuteAsync(Sql, parameters, cancellationToken);
    }

    public static Task RemoveAuditAsync(this SystemSession session, Guid missionId, CancellationToken cancellationToken) =>
        session.ExecuteAsync("DELETE FROM audit_access WHERE mission_id = @missionId", new { missionId }, cancellationToken);
}
