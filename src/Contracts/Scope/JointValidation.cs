using Delegation.Access.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>
/// Decides on the consent of one side. The version is validated with the second one; until then nothing of it takes effect.
/// </summary>
internal static class JointValidation
{
    /// <param name="version">As it is, locked.</param>
    /// <param name="caller">Who consents.</param>
    /// <param name="etag">What they read.</param>
    /// <param name="broken">Rules that its lines break by now.</param>
    /// <param name="former">The version in effect, if any.</param>
    /// <param name="elsewhere">What other delegations of the insurer hold of it.</param>
    /// <param name="now">When.</param>
    public static Outcome<ScopeVersionRow> Consent(
        ScopeVersionRow version,
        Caller caller,
        string etag,
        IReadOnlyList<FieldViolation> broken,
        ScopeVersionRow? former,
        IReadOnlyList<HeldElsewhere> elsewhere,
        DateTimeOffset now)
    {
        if ((EtagMismatch(version, etag) ?? ScopeRefusals.NotOpen(version)) is { } refusal)
            return refusal;

        if (version.HasConsentOf(caller.Side))
            return ScopeRefusals.AlreadyValidated;

        if (broken.Count > 0)
            return ScopeRefusals.NotValid(broken);

        if (former is not null && version.EffectiveDay < former.EffectiveDay)
            return ScopeRefusals.BeforeFormer(former.EffectiveDay);

        if (elsewhere.Count > 0)
            return ScopeRefusals.HeldElsewhere(elsewhere);

        return new Outcome<ScopeVersionRow>.Accepted(WithConsent(version, caller, now.InMicroseconds()));
    }

    /// <summary>A version in effect, as it is since another took its place.</summary>
    public static ScopeVersionRow Supersede(ScopeVersionRow former, ScopeVersionRow successor, DateTimeOffset now) => former with
    {
        State = State.Superseded.Stored(),
        SupersededOnDay = successor.EffectiveDay,
        SupersedeTime = now.InMicroseconds(),
        Revision = former.Revision + 1,
    };

    private static ScopeVersionRow WithConsent(ScopeVersionRow version, Caller caller, DateTime now)
    {
        var consented = caller.Side == Side.Insurer
            ? version with { InsurerPersonId = caller.PersonId, InsurerConsentTime = now, Revision = version.Revision + 1 }
            : version with { DelegatePersonId = caller.PersonId, DelegateConsentTime = now, Revision = version.Revision + 1 };

        return consented.HasConsentOf(Side.Insurer) && consented.HasConsentOf(Side.Delegate)
            ? consented with { State = State.Validated.Stored(), ValidateTime = now }
            : consented;
    }

    // What the caller read is the same since its last change: the other side's consent meanwhile makes another revision and no other text.
    private static Outcome<ScopeVersionRow>? EtagMismatch(ScopeVersionRow version, string etag)
    {
        for (var revision = version.ContentRevision; revision < version.Revision; revision++)
            if (Etag.Mismatch<ScopeVersionRow>(etag, version.Id, revision) is null)
                return null;

        return Etag.Mismatch<ScopeVersionRow>(etag, version.Id, version.Revision);
    }
}
