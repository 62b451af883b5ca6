using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.ScopingAnswer.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>Decides on answers: a new one takes the place of one that is proposed, and one that both sides validated that of the one in effect.</summary>
internal static class AnswerConsent
{
    /// <summary>A new version. <paramref name="latest"/> is null for the first.</summary>
    public static Outcome<AnswerRow> Propose(
        ProjectRow project, ScopingQuestion question, byte[] content, AnswerRow? latest, string etag, Side side, Guid id, DateTimeOffset now)
    {
        if (((latest is null ? null : EtagMismatch(latest, etag)) ?? ProjectChange.NeedsAProjectInProgress<AnswerRow>(project)) is { } refused)
            return refused;

        return new Outcome<AnswerRow>.Accepted(new AnswerRow(
            project.OwnerId, project.DelegationId, project.DelegateId, project.Id, id, question.Stored(), 1 + (latest?.Version ?? 0), State.Proposed.Stored(),
            side.Code(), content, AnswerRow.Hash(content), null, null, null, null, now.InMicroseconds(), Revision: 1));
    }

    /// <summary>The consent of the caller's side.</summary>
    public static Outcome<AnswerRow> Consent(ProjectRow project, AnswerRow latest, Caller caller, string etag, DateTimeOffset now)
    {
        if ((EtagMismatch(latest, etag) ?? ProjectChange.NeedsAProjectInProgress<AnswerRow>(project)) is { } refused)
            return refused;

        if (latest.HasConsentOf(caller.Side))
            return new Outcome<AnswerRow>.Refused(
                "ANSWER_ALREADY_VALIDATED", new("Your side has validated this answer already.", "Votre partie a déjà validé cette réponse."));

        var consented = caller.Side == Side.Insurer
            ? latest with { InsurerPersonId = caller.PersonId, InsurerConsentTime = now.InMicroseconds(), Revision = latest.Revision + 1 }
            : latest with { DelegatePersonId = caller.PersonId, DelegateConsentTime = now.InMicroseconds(), Revision = latest.Revision + 1 };
        return new Outcome<AnswerRow>.Accepted(
            consented.HasConsentOf(Side.Insurer) && consented.HasConsentOf(Side.Delegate) ? consented with { State = State.Validated.Stored() } : consented);
    }

    public static AnswerRow Supersede(AnswerRow answer) => answer with { State = State.Superseded.Stored(), Revision = answer.Revision + 1 };

    // What a version says never changes: the consent of one side makes another revision and no other text.
    private static Outcome<AnswerRow>? EtagMismatch(AnswerRow answer, string etag)
    {
        for (var revision = 1L; revision < answer.Revision; revision++)
            if (Etag.Mismatch<AnswerRow>(etag, answer.Id, revision) is null)
                return null;

        return Etag.Mismatch<AnswerRow>(etag, answer.Id, answer.Revision);
    }
}
