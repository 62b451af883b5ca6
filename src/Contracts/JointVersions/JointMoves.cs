using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.JointVersions;

/// <summary>What is proposed: when it is to hold, and what it says in proto3 JSON.</summary>
internal sealed record JointContent(DateOnly EffectiveDay, DateOnly? LastDay, string Terms);

/// <summary>
/// Decides on versions that both sides validate. A consent is to what its side read: a change takes the consents back, and the version takes
/// effect with the second one. Versions of one thing follow each other, so that they cover each day at most once.
/// </summary>
internal static class JointMoves
{
    public static JointVersionRow Propose(
        JointKind kind, SharedDelegation delegation, Guid? subjectId, Guid? aboutId, int number, JointContent content, Side side, DateTimeOffset now)
    {
        var id = NewId.At(now);
        return new JointVersionRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = id,
            Kind = kind.Code,
            SubjectId = subjectId ?? id,
            AboutId = aboutId,
            Number = number,
            State = State.Proposed.Stored(),
            EffectiveDay = content.EffectiveDay,
            LastDay = content.LastDay,
            Terms = content.Terms,
            ProposedBy = side.Code(),
            CreateTime = now.InMicroseconds(),
            ContentRevision = 1,
            Revision = 1,
        };
    }

    public static JointVersionRow Change(JointVersionRow version, JointContent content) => version with
    {
        EffectiveDay = content.EffectiveDay,
        LastDay = content.LastDay,
        Terms = content.Terms,
        InsurerPersonId = null,
        InsurerConsentTime = null,
        DelegatePersonId = null,
        DelegateConsentTime = null,
        ContentRevision = version.Revision + 1,
        Revision = version.Revision + 1,
    };

    /// <param name="version">As it is, locked.</param>
    /// <param name="caller">Who consents.</param>
    /// <param name="etag">What they read.</param>
    /// <param name="broken">Rules that it breaks by now.</param>
    /// <param name="former">The version of the same thing in effect, if any.</param>
    /// <param name="now">When.</param>
    public static Outcome<JointVersionRow> Consent(
        JointVersionRow version, Caller caller, string etag, IReadOnlyList<FieldViolation> broken, JointVersionRow? former, DateTimeOffset now)
    {
        if ((ConsentEtag.Mismatch<JointVersionRow>(etag, version.Id, version.ContentRevision, version.Revision) ?? JointRefusals.NotOpen(version)) is { } refusal)
            return refusal;

        if (version.HasConsentOf(caller.Side))
            return JointRefusals.AlreadyValidated;

        if (broken.Count > 0)
            return JointRefusals.NotValid(broken);

        return former is not null && version.EffectiveDay < former.EffectiveDay
            ? JointRefusals.BeforeFormer(former.EffectiveDay)
            : new Outcome<JointVersionRow>.Accepted(WithConsent(version, caller, now.InMicroseconds()));
    }

    /// <summary>A version in effect, as it is since another took its place.</summary>
    public static JointVersionRow Supersede(JointVersionRow former, JointVersionRow successor, DateTimeOffset now) => former with
    {
        State = State.Superseded.Stored(),
        SupersededOnDay = successor.EffectiveDay,
        SupersedeTime = now.InMicroseconds(),
        Revision = former.Revision + 1,
    };

    public static Outcome<JointVersionRow> Withdraw(JointVersionRow version, string etag) => JointRefusals.NotChangeable(version, etag)
        ?? new Outcome<JointVersionRow>.Accepted(version with { State = State.Withdrawn.Stored(), Revision = version.Revision + 1 });

    private static JointVersionRow WithConsent(JointVersionRow version, Caller caller, DateTime now)
    {
        var consented = caller.Side == Side.Insurer
            ? version with { InsurerPersonId = caller.PersonId, InsurerConsentTime = now, Revision = version.Revision + 1 }
            : version with { DelegatePersonId = caller.PersonId, DelegateConsentTime = now, Revision = version.Revision + 1 };

        return consented.HasConsentOf(Side.Insurer) && consented.HasConsentOf(Side.Delegate)
            ? consented with { State = State.Validated.Stored(), ValidateTime = now }
            : consented;
    }
}
