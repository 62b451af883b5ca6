using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;

namespace Delegation.Watch.Bulletins;

/// <summary>When bulletins of a delegation are due, as the database keeps it.</summary>
internal sealed record TermsRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    int? Months,
    int? DueDayOfMonth,
    DateOnly? NextDueDay,
    int? ProposedMonths,
    DateOnly? ProposedFirstDueDay,
    string? ProposedBy,
    long Revision)
{
    public const string ObjectType = "bulletin_terms";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>Nobody agreed on anything. Its etag is made with the id of the delegation, of which no revision is 0.</summary>
    public static TermsRow None(Parties parties) => new(
        parties.OwnerId, parties.DelegationId, parties.DelegateId, parties.DelegationId, Months: null, DueDayOfMonth: null, NextDueDay: null, ProposedMonths: null,
        ProposedFirstDueDay: null, ProposedBy: null, Revision: 0);

    public TermsRow Propose(int months, DateOnly firstDueDay, Side side, Guid newId) => this with
    {
        Id = Revision == 0 ? newId : Id, ProposedMonths = months, ProposedFirstDueDay = firstDueDay, ProposedBy = side.Code(), Revision = Revision + 1,
    };

    public TermsRow Agree() => this with
    {
        Months = ProposedMonths, DueDayOfMonth = ProposedFirstDueDay!.Value.Day, NextDueDay = ProposedFirstDueDay, ProposedMonths = null, ProposedFirstDueDay = null,
        ProposedBy = null, Revision = Revision + 1,
    };

    /// <summary>Whether a bulletin of this day is the one that is due next: it may come any time after the one before was due.</summary>
    public bool IsMetOn(DateOnly day) => NextDueDay is { } due && day > due.AddMonths(-Months!.Value);

    /// <summary>The same after the bulletin came. What was missed meanwhile is missed: the next one is due after the day on which this one came.</summary>
    public TermsRow Met(DateOnly day)
    {
        var next = NextDueDay!.Value;
        do
        {
            var month = new DateOnly(next.Year, next.Month, 1).AddMonths(Months!.Value);
            next = new DateOnly(month.Year, month.Month, Math.Min(DueDayOfMonth!.Value, DateTime.DaysInMonth(month.Year, month.Month)));
        }
        while (next <= day);

        return this with { NextDueDay = next, Revision = Revision + 1 };
    }

    /// <summary>What waits: for the delegate the next bulletin, and for whoever did not propose it a proposal.</summary>
    public IEnumerable<OpenWork> Waiting
    {
        get
        {
            if (NextDueDay is { } due)
                yield return Work("bulletin.publish", Side.Delegate, new("Publish the watch bulletin", "Publier le livrable de veille")) with { Roles = [Role.Watch, Role.DelegationManager], DueDay = due };
            if (ProposedBy is { } side)
                yield return Work(
                    "bulletin_terms.agree", side == Side.Insurer.Code() ? Side.Delegate : Side.Insurer,
                    new("Agree when watch bulletins are due", "Convenir de l'échéancier des livrables de veille")) with { Roles = [Role.DelegationManager] };
        }
    }

    public BulletinTerms ToMessage(DateTimeOffset now) => new()
    {
        DelegationId = DelegationId.ToString(),
        Months = Months ?? 0,
        NextDueDay = DayField.Write(NextDueDay),
        Late = NextDueDay is { } due && ParisDays.EndOf(due) <= now,
        ProposedMonths = ProposedMonths ?? 0,
        ProposedFirstDueDay = DayField.Write(ProposedFirstDueDay),
        ProposedBy = ProposedBy is null ? Side.Unspecified : RoleCodes.SideOf(ProposedBy),
        Etag = Etag.Of(Id, Revision),
    };

    private OpenWork Work(string kind, Side side, LocalizedText title) => new(new WorkItemKey(kind, ObjectType, Id, side), OwnerId, DelegationId, DelegateId, title);
}

/// <summary>Terms in the database, within delegations that the caller was found to take part in.</summary>
internal static class TermsStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, terms_id AS id, months, due_day_of_month AS duedayofmonth,
        next_due_day AS nextdueday, proposed_months AS proposedmonths, proposed_first_due_day AS proposedfirstdueday, proposed_by AS proposedby, revision
        """;

    public static async Task<TermsRow> FindTermsAsync(this TenantSession session, Parties parties, CancellationToken cancellationToken) =>
        await session.FindAsync<TermsRow>(
            $"SELECT {Columns} FROM bulletin_terms WHERE owner_id = @OwnerId AND delegation_id = @DelegationId",
            new { parties.OwnerId, parties.DelegationId },
            cancellationToken) ?? TermsRow.None(parties);

    /// <summary>Those of several delegations of one insurer that have any; nobody else changes them until the end of the transaction.</summary>
    public static Task<IReadOnlyList<TermsRow>> LockTermsAsync(this TenantSession session, Guid ownerId, IReadOnlyList<Guid> delegations, CancellationToken cancellationToken) =>
        session.QueryAsync<TermsRow>(
            $"SELECT {Columns} FROM bulletin_terms WHERE owner_id = @ownerId AND delegation_id = ANY (@delegations) ORDER BY delegation_id FOR UPDATE",
            new { ownerId, delegations = delegations.ToArray() },
            cancellationToken);

    /// <summary>False when somebody else saved the same revision before.</summary>
    public static async Task<bool> SaveTermsAsync(this TenantSession session, TermsRow terms, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO bulletin_terms AS t (
            owner_id, delegation_id, delegate_id, terms_id, months, due_day_of_month, next_due_day, proposed_months, proposed_first_due_day, proposed_by, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @Months, @DueDayOfMonth, @NextDueDay, @ProposedMonths, @ProposedFirstDueDay, @ProposedBy, @Revision)
        ON CONFLICT (owner_id, delegation_id) DO UPDATE SET
            months = excluded.months, due_day_of_month = excluded.due_day_of_month, next_due_day = excluded.next_due_day,
            proposed_months = excluded.proposed_months, proposed_first_due_day = excluded.proposed_first_due_day, proposed_by = excluded.proposed_by,
            revision = excluded.revision
        WHERE t.revision = excluded.revision - 1
        """,
        terms,
        cancellationToken) == 1;
}
