using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Google.Protobuf.WellKnownTypes;
using Severity = Delegation.Delivery.V1.Escalation.Types.Severity;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Within how many business hours the sides of a delegation acknowledge, as the database keeps it.</summary>
internal sealed record TermsRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    int Critical,
    int Major,
    int Minor,
    DateTime? AgreeTime,
    int? ProposedCritical,
    int? ProposedMajor,
    int? ProposedMinor,
    string? ProposedBy,
    DateTime? ProposeTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>
    /// What holds where both sides agreed on nothing else. Its etag is made with the id of the delegation, of which no revision is 0.
    /// </summary>
    public static TermsRow Usual(Parties parties) => new(
        parties.OwnerId, parties.DelegationId, parties.DelegateId, parties.DelegationId, Critical: 2, Major: 4, Minor: 9, AgreeTime: null,
        ProposedCritical: null, ProposedMajor: null, ProposedMinor: null, ProposedBy: null, ProposeTime: null, Revision: 0);

    public int HoursFor(Severity severity) => severity switch
    {
        Severity.Critical => Critical,
        Severity.Major => Major,
        _ => Minor,
    };

    public TermsRow Propose(AcknowledgementHours hours, Side side, Guid newId, DateTime now) => this with
    {
        Id = Revision == 0 ? newId : Id,
        ProposedCritical = hours.Critical,
        ProposedMajor = hours.Major,
        ProposedMinor = hours.Minor,
        ProposedBy = side.Code(),
        ProposeTime = now,
        Revision = Revision + 1,
    };

    public TermsRow Agree(DateTime now) => this with
    {
        Critical = ProposedCritical!.Value,
        Major = ProposedMajor!.Value,
        Minor = ProposedMinor!.Value,
        AgreeTime = now,
        ProposedCritical = null,
        ProposedMajor = null,
        ProposedMinor = null,
        ProposedBy = null,
        ProposeTime = null,
        Revision = Revision + 1,
    };

    public AcknowledgementTerms ToMessage() => new()
    {
        DelegationId = DelegationId.ToString(),
        Hours = new AcknowledgementHours { Critical = Critical, Major = Major, Minor = Minor },
        AgreeTime = Instant(AgreeTime),
        Proposed = ProposedBy is null
            ? null
            : new AcknowledgementHours { Critical = ProposedCritical!.Value, Major = ProposedMajor!.Value, Minor = ProposedMinor!.Value },
        ProposedBy = ProposedBy is null ? Side.Unspecified : RoleCodes.SideOf(ProposedBy),
        ProposeTime = Instant(ProposeTime),
        Etag = Etag.Of(Id, Revision),
    };

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}

/// <summary>Terms in the database.</summary>
internal static class TermsStore
{
    /// <summary>The terms of a delegation that the caller takes part in.</summary>
    public static async Task<TermsRow> FindTermsAsync(this TenantSession session, Parties parties, CancellationToken cancellationToken) =>
        await session.FindAsync<TermsRow>(
            """
            SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, terms_id AS id, critical, major, minor, agree_time AS agreetime,
                   proposed_critical AS proposedcritical, proposed_major AS proposedmajor, proposed_minor AS proposedminor, proposed_by AS proposedby,
                   propose_time AS proposetime, revision
            FROM escalation_terms
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
            """,
            new { parties.OwnerId, parties.DelegationId },
            cancellationToken) ?? TermsRow.Usual(parties);

    /// <summary>False when somebody else saved the same revision before.</summary>
    public static async Task<bool> SaveTermsAsync(this TenantSession session, TermsRow terms, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            """
            INSERT INTO escalation_terms AS t (
                owner_id, delegation_id, delegate_id, terms_id, critical, major, minor, agree_time, proposed_critical, proposed_major, proposed_minor,
                proposed_by, propose_time, revision)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @Id, @Critical, @Major, @Minor, @AgreeTime, @ProposedCritical, @ProposedMajor, @ProposedMinor,
                @ProposedBy, @ProposeTime, @Revision)
            ON CONFLICT (owner_id, delegation_id) DO UPDATE SET
                critical = excluded.critical, major = excluded.major, minor = excluded.minor, agree_time = excluded.agree_time,
                proposed_critical = excluded.proposed_critical, proposed_major = excluded.proposed_major, proposed_minor = excluded.proposed_minor,
                proposed_by = excluded.proposed_by, propose_time = excluded.propose_time, revision = excluded.revision
            WHERE t.revision = excluded.revision - 1
            """,
            terms,
            cancellationToken) == 1;
}
