using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Progress = Delegation.Delivery.V1.ReportStepRequest.Types.Progress;
using State = Delegation.Delivery.V1.Cutover.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>How a cutover goes on: steps begin and end, both sides decide, or it is rolled back.</summary>
internal static class RunbookMoves
{
    private static readonly FieldViolation NumberUnknown = new(
        "number", "NUMBER_UNKNOWN", new("The runbook has no step of this number.", "Le plan n'a pas d'étape portant ce numéro."),
        new("Give the number of one of its steps.", "Indiquez le numéro de l'une de ses étapes."));

    /// <summary>Another runbook takes the place of one of which nothing has begun; what was decided on the former does not hold.</summary>
    public static Outcome<CutoverRow> Rewrite(CutoverRow cutover, RunbookFields fields, IReadOnlyList<Step> steps, DateTime now) =>
        IsNotOver<CutoverRow>(cutover) is { } over ? over
        : cutover.ReadSteps().Any(step => step.Began is not null)
            ? Refused("RUNBOOK_BEGUN", new("A step has begun: the runbook stays as it is.", "Une étape a commencé : le plan reste en l'état."))
            : Accepted(cutover.With(steps, now) with { Title = fields.Title, StartTime = fields.StartTime, ContentRevision = cutover.Revision + 1 });

    /// <summary>A step began or ended.</summary>
    /// <param name="cutover">As it is, locked.</param>
    /// <param name="side">Of whoever reports.</param>
    /// <param name="number">Of the step.</param>
    /// <param name="progress">What happened.</param>
    /// <param name="time">When; null for now.</param>
    /// <param name="now">When it is reported.</param>
    public static Outcome<CutoverRow> Report(CutoverRow cutover, Access.V1.Side side, int number, Progress progress, DateTime? time, DateTime now)
    {
        var steps = cutover.ReadSteps();
        if (steps.FirstOrDefault(known => known.Number == number) is not { } step)
            return new Outcome<CutoverRow>.Invalid(NumberUnknown);
        if (IsNotOver<CutoverRow>(cutover) is { } over)
            return over;
        if (cutover.In == State.Stopped)
            return Refused("CUTOVER_STOPPED", new("A side said no-go: nothing goes on.", "Une partie a dit no-go : rien ne se poursuit."));
        if (step.IsDecision)
            return Refused("STEP_IS_DECISION", new("Both sides end this step by saying go.", "Les deux parties terminent cette étape en disant go."));
        if (step.OwnedBy != side)
            return Refused("STEP_OF_OTHER_SIDE", new("The other side does this step.", "Cette étape revient à l'autre partie."));
        if (step.Ended is not null)
            return Refused("STEP_ENDED", new("This step has ended.", "Cette étape est terminée."));
        if (step.Began is not null && progress == Progress.Begun)
            return Refused("STEP_BEGUN", new("This step has begun.", "Cette étape a commencé."));
        if (IsNotReached(steps, step) is { } early)
            return early;

        var at = time ?? now;
        if (WrongTime(steps, step, at, now) is { } violation)
            return new Outcome<CutoverRow>.Invalid(violation);

        return Accepted(cutover.With(Replace(steps, progress == Progress.Begun ? step with { Began = at } : step with { Began = step.Began ?? at, Ended = at }), now));
    }

    /// <summary>A side says go or no-go. The second go for the same runbook ends the step.</summary>
    public static Outcome<CutoverRow> Decide(CutoverRow cutover, Caller caller, int number, bool go, string reason, DateTime now)
    {
        var steps = cutover.ReadSteps();
        if (steps.FirstOrDefault(known => known.Number == number) is not { } step)
            return new Outcome<CutoverRow>.Invalid(NumberUnknown);
        if (IsNotOver<CutoverRow>(cutover) is { } over)
            return over;
        if (!step.IsDecision)
            return Refused("STEP_NOT_DECISION", new("Nothing is decided at this step.", "Rien ne se décide à cette étape."));
        if (step.Ended is not null)
            return Refused("DECISION_TAKEN", new("Both sides said go. To go back, roll back.", "Les deux parties ont dit go. Pour revenir en arrière, enregistrez un retour arrière."));
        if (IsNotReached(steps, step) is { } early)
            return early;
        if (step.DecisionOf(caller.Side, cutover.ContentRevision)?.Go == go)
            return Refused("ALREADY_DECIDED", new("Your side decided so already.", "Votre partie en a déjà décidé ainsi."));

        // A no-go changes what the other side would say go to: its go, and whatever is under way, does not hold any more.
        var content = go ? cutover.ContentRevision : cutover.Revision + 1;
        var others = go ? step.Decisions.Where(decision => decision.Side != caller.Side.Code()) : step.Decisions.Where(decision => decision.Side != caller.Side.Code() && !decision.Go);
        var decisions = others.Append(new Decided(caller.Side.Code(), go, reason, caller.PersonId, now, content)).ToArray();
        var taken = decisions.Length == 2 && decisions.All(decision => decision.Go && decision.Revision == content);
        return Accepted(cutover.With(Replace(steps, step with { Decisions = decisions, Began = taken ? now : null, Ended = taken ? now : null }), now) with { ContentRevision = content });
    }

    /// <summary>It was rolled back, to a rollback point that had ended or, where none had, to before the first step.</summary>
    public static Outcome<CutoverRow> RollBack(CutoverRow cutover, Access.V1.Side side, int number, string reason, DateTime now)
    {
        var points = cutover.ReadSteps().Where(step => step.IsRollbackPoint).ToArray();
        if (number != 0 && points.All(point => point.Number != number))
            return new Outcome<CutoverRow>.Invalid(NumberUnknown with { Field = "to_number", Reason = "TO_NUMBER_UNKNOWN" });
        if (IsNotOver<CutoverRow>(cutover) is { } over)
            return over;
        if (number != 0 && points.Single(point => point.Number == number).Ended is null)
            return Refused("ROLLBACK_POINT_NOT_REACHED", new("This rollback point has not ended.", "Ce point de retour arrière n'est pas atteint."));
        if (number == 0 && points.Any(point => point.Ended is not null))
            return Refused("ROLLBACK_POINT_PASSED", new("A rollback point has ended: name it.", "Un point de retour arrière est atteint : indiquez-le."));

        return Accepted(cutover with
        {
            State = State.RolledBack.Stored(),
            RolledBackTo = number,
            RollbackReason = reason,
            RollbackSide = side.Code(),
            RollbackTime = now,
            UpdateTime = now,
            Revision = cutover.Revision + 1,
        });
    }

    /// <summary>What the caller read is the same since the runbook or a no-go changed it; what merely happened since makes no difference.</summary>
    public static Outcome<T>? EtagMismatch<T>(string etag, Guid id, long contentRevision, long revision)
    {
        for (var fitting = contentRevision; fitting < revision; fitting++)
            if (Etag.Mismatch<T>(etag, id, fitting) is null)
                return null;

        return Etag.Mismatch<T>(etag, id, revision);
    }

    private static Outcome<T>? IsNotOver<T>(CutoverRow cutover) => cutover.IsOver
        ? new Outcome<T>.Refused("CUTOVER_OVER", new("This cutover is completed or rolled back.", "Cette bascule est achevée ou annulée par un retour arrière."))
        : null;

    private static Outcome<CutoverRow>? IsNotReached(IReadOnlyList<Step> steps, Step step) => steps.All(known => known.Ended is not null || !step.After.Contains(known.Number))
        ? null
        : Refused("STEP_NOT_REACHED", new("A step that this one waits for has not ended.", "Une étape attendue par celle-ci n'est pas terminée."));

    private static FieldViolation? WrongTime(IReadOnlyList<Step> steps, Step step, DateTime at, DateTime now)
    {
        if (at > now)
            return new("time", "TIME_IN_FUTURE", new("This is in time to come.", "Ceci est dans l'avenir."), new("Give when it happened.", "Indiquez quand cela s'est produit."));

        var earliest = steps.Where(known => step.After.Contains(known.Number)).Select(known => known.Ended!.Value).Append(step.Began ?? DateTime.MinValue).Max();
        return at >= earliest
            ? null
            : new(
                "time", "TIME_TOO_EARLY", new("What it waits for had not ended then, or it had not begun.", "Ce qu'elle attend n'était pas terminé, ou elle n'avait pas commencé."),
                new("Give an instant after that.", "Indiquez un instant postérieur."));
    }

    private static Step[] Replace(IReadOnlyList<Step> steps, Step changed) => [.. steps.Select(step => step.Number == changed.Number ? changed : step)];

    private static Outcome<CutoverRow> Accepted(CutoverRow cutover) => new Outcome<CutoverRow>.Accepted(cutover);

    private static Outcome<CutoverRow> Refused(string reason, LocalizedText message) => new Outcome<CutoverRow>.Refused(reason, message);
}
