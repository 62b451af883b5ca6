using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.WorkList;

/// <summary>Writes work lists as journals tell them. A journal tells each item in order, so that what came last holds.</summary>
internal static class WorkListStore
{
    public static Task SaveWorkItemAsync(this SystemSession session, JournalEntry entry, WorkItem item, CancellationToken cancellationToken)
    {
        // Another service may know a delegation before this one does: Contracts tells each of them in its own time. That there is an entry
        // about it proves that there is the delegation; revision 0 gives way to what Contracts tells.
        const string Sql =
            """
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
            ON CONFLICT DO NOTHING;
            INSERT INTO work_item AS w (
                owner_id, delegation_id, delegate_id, work_item_id, assignee_id, kind, roles, person_id, object_type, object_id, title_en, title_fr,
                due_day, due_time, open_time)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @id, @assignee, @Kind, @roles, @person, @objectType, @objectId, @TitleEn, @TitleFr,
                @dueDay, @dueTime, @OccurTime)
            ON CONFLICT (owner_id, delegation_id, work_item_id) DO UPDATE SET
                roles = excluded.roles, person_id = excluded.person_id, title_en = excluded.title_en, title_fr = excluded.title_fr,
                due_day = excluded.due_day, due_time = excluded.due_time
            """;

        var dueDay = item.DueCase == WorkItem.DueOneofCase.DueDay ? DayField.ReadOptional("due_day", item.DueDay, new List<FieldViolation>()) : null;
        return session.ExecuteAsync(
            Sql,
            new
            {
                entry.OwnerId,
                entry.DelegationId,
                entry.DelegateId,
                id = Guid.Parse(item.Id),
                assignee = item.Side == Side.Insurer ? entry.OwnerId : entry.DelegateId,
                item.Kind,
                roles = item.Roles.Select(role => role.Code()).ToArray(),
                person = item.PersonId.Length == 0 ? default(Guid?) : Guid.Parse(item.PersonId),
                objectType = item.Object.Type,
                objectId = Guid.Parse(item.Object.Id),
                item.TitleEn,
                item.TitleFr,
                dueDay,
                dueTime = DueTime(item, dueDay),
                entry.OccurTime,
            },
            cancellationToken);
    }

    public static Task RemoveWorkItemAsync(this SystemSession session, JournalEntry entry, Guid id, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "DELETE FROM work_item WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND work_item_id = @id",
            new { entry.OwnerId, entry.DelegationId, id },
            cancellationToken);

    /// <summary>When a delegation has ended nothing of it waits for anybody any more.</summary>
    public static Task RemoveWorkOfAsync(this SystemSession session, JournalEntry entry, CancellationToken cancellationToken) => session.ExecuteAsync(
        "DELETE FROM work_item WHERE owner_id = @OwnerId AND delegation_id = @DelegationId", new { entry.OwnerId, entry.DelegationId }, cancellationToken);

    // A day is due at its end; what is never due sorts last, and MaxValue is the database's infinity.
    private static DateTime DueTime(WorkItem item, DateOnly? dueDay) =>
        dueDay is { } day ? ParisDays.EndOf(day).UtcDateTime
        : item.DueCase == WorkItem.DueOneofCase.DueTime ? item.DueTime.ToDateTime()
        : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
}
