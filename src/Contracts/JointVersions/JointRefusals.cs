using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.JointVersions;

/// <summary>Why a command on a version that both sides validate is refused in the state of things.</summary>
internal static class JointRefusals
{
    public static readonly Outcome<JointVersionRow> ProposalOpen = new Outcome<JointVersionRow>.Conflict(
        "PROPOSAL_OPEN",
        new("A proposal of it is open: change it, validate it or withdraw it.", "Une proposition est déjà ouverte : modifiez-la, validez-la ou retirez-la."));

    public static readonly Outcome<JointVersionRow> AlreadyValidated = new Outcome<JointVersionRow>.Refused(
        "ALREADY_VALIDATED",
        new("Your side validated this already; the other side is awaited.", "Votre partie l'a déjà validé ; l'autre partie est attendue."));

    private static readonly Outcome<JointVersionRow> NotProposed = new Outcome<JointVersionRow>.Refused(
        "NOT_PROPOSED",
        new("This is no open proposal any more. Propose another version.", "Ce n'est plus une proposition ouverte. Proposez une autre version."));

    public static Outcome<JointVersionRow> NotFound(JointKind kind) => new Outcome<JointVersionRow>.NotFound(kind.NotFound.Reason, kind.NotFound.Message);

    public static Outcome<T> SubjectNotFound<T>(JointKind kind) => new Outcome<T>.NotFound(kind.SubjectNotFound.Reason, kind.SubjectNotFound.Message);

    public static Outcome<JointVersionRow> TooMany(JointKind kind) => new Outcome<JointVersionRow>.Refused(
        "TOO_MANY_KEPT",
        new($"A delegation keeps {kind.Most} of these at most.", $"Une délégation en conserve {kind.Most} au plus."));

    public static Outcome<JointVersionRow> NotValid(IReadOnlyList<FieldViolation> broken) => new Outcome<JointVersionRow>.Refused(
        "NOT_VALID_ANY_MORE",
        new("The delegation changed since, and these terms break rules now. Change the proposal.",
            "La délégation a changé depuis, et ces conditions enfreignent désormais des règles. Modifiez la proposition."),
        [.. broken.Select(violation => new UnmetCondition(violation.Reason, violation.Field, violation.Description))]);

    public static Outcome<JointVersionRow> BeforeFormer(DateOnly formerDay) => new Outcome<JointVersionRow>.Refused(
        "BEFORE_FORMER",
        new($"The validated version holds from {formerDay:yyyy-MM-dd}; this one cannot take its place before that day.",
            $"La version validée prend effet le {formerDay:yyyy-MM-dd} ; celle-ci ne peut la remplacer avant ce jour."));

    /// <summary>What keeps a proposal from being changed or withdrawn: another revision, or that it is none any more.</summary>
    public static Outcome<JointVersionRow>? NotChangeable(JointVersionRow version, string etag) =>
        Etag.Mismatch<JointVersionRow>(etag, version.Id, version.Revision) ?? NotOpen(version);

    public static Outcome<JointVersionRow>? NotOpen(JointVersionRow version) => version.IsIn(State.Proposed) ? null : NotProposed;
}
