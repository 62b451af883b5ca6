using Delegation.Contracts.Commitments;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Reversibility;

/// <summary>The fields of commands on exits.</summary>
internal static class ExitFields
{
    private const int LongestComment = 4000;
    private const int LongestNote = 2000;

    /// <summary>The comment, and whether the ground is known. Whoever says that the other side is at fault says why.</summary>
    public static string ReadComment(TriggerExitRequest request, ICollection<FieldViolation> violations)
    {
        TermViolations.Check("ground", request.Ground, required: true, "on what ground the delegation ends", "le motif de la sortie", violations);
        return (request.Ground is ExitGround.Breach or ExitGround.DataSecurityWeakness
            ? TextField.ReadRequiredText("comment", request.Comment, LongestComment, violations)
            : TextField.ReadText("comment", request.Comment, LongestComment, violations)) ?? "";
    }

    public static string ReadNote(string field, string text, ICollection<FieldViolation> violations) => TextField.ReadText(field, text, LongestNote, violations) ?? "";

    public static void CheckTask(string code, ICollection<FieldViolation> violations)
    {
        if (!ExitTasks.IsKnown(code))
            violations.Add(TermViolations.Unknown("task_code"));
    }

    /// <summary>A flow as it is to be settled; null with violations.</summary>
    public static ExitFlow? ReadFlow(ExitFlow? flow, ICollection<FieldViolation> violations)
    {
        if (flow is null)
        {
            violations.Add(TermViolations.Required("flow", "who receives it from when", "le flux et sa date de redirection"));
            return null;
        }

        var before = violations.Count;
        TermViolations.Check("flow.kind", flow.Kind, required: true, "the flow", "le flux", violations);
        TermViolations.Check("flow.misdirected", flow.Misdirected, required: true, "what becomes of misdirected items", "le sort des éléments mal adressés", violations);
        TermViolations.InRange("flow.double_run_days", flow.DoubleRunDays, 0, 365, violations);
        TermViolations.InRange("flow.misdirected_days", flow.MisdirectedDays, 1, 30, violations);
        var day = DayField.Read("flow.redirection_day", flow.RedirectionDay, violations);
        return violations.Count > before ? null : new ExitFlow(flow) { RedirectionDay = DayField.Write(day) };
    }

    /// <summary>A flow does not leave the delegate before the exit was triggered.</summary>
    public static FieldViolation BeforeNotice(string noticeDay) => new(
        "flow.redirection_day",
        "REDIRECTION_DAY_BEFORE_NOTICE",
        new($"That day is before the exit was triggered, on {noticeDay}.", $"Cette date précède le déclenchement de la sortie, le {ExitWords.French(noticeDay)}."),
        new("Choose a day from then on.", "Choisissez une date à partir de ce jour."));

    public static ExitDataKind ReadLot(ExitDataKind kind, ICollection<FieldViolation> violations)
    {
        TermViolations.Check("kind", kind, required: true, "the lot", "le lot", violations);
        return kind;
    }
}
