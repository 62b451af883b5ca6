using Delegation.Access.V1;
using Delegation.Contracts.Audits;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Frequency = Delegation.Contracts.V1.PlannedControl.Types.Frequency;

namespace Delegation.Contracts.ControlPlans;

/// <summary>Reads what a plan is to control.</summary>
internal static class Drafting
{
    private const int MostControls = 50;
    private const int MostDays = 200;

    private static readonly FieldViolation NoControls = new(
        "controls", "CONTROLS_REQUIRED", new("Nothing is controlled.", "Rien n'est contrôlé."), new("Give at least one control.", "Indiquez au moins un contrôle."));

    /// <summary>This year or one of the next two: a plan is made for what lies ahead.</summary>
    public static void CheckYear(int year, DateOnly today, List<FieldViolation> violations)
    {
        if (year < today.Year || year > today.Year + 2)
            violations.Add(new(
                "year", "YEAR_OUT_OF_RANGE", new("A plan is for this year or one of the next two.", "Un plan porte sur cette année ou l'une des deux suivantes."),
                new($"Give a year from {today.Year} to {today.Year + 2}.", $"Indiquez une année de {today.Year} à {today.Year + 2}.")));
    }

    /// <summary>Whatever takes the place of something adopted says why.</summary>
    public static string ReadReason(string reason, bool isRequired, List<FieldViolation> violations) => (isRequired
        ? TextField.ReadRequiredText("reason", reason, 500, violations)
        : TextField.ReadText("reason", reason, 500, violations)) ?? "";

    /// <summary>The controls, meaningful when nothing was added to the violations.</summary>
    /// <param name="controls">What was asked for.</param>
    /// <param name="year">Of the plan.</param>
    /// <param name="members">The members of the insurer that it names.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static IReadOnlyList<PlannedControl> ReadControls(IReadOnlyList<PlannedControl> controls, int year, IReadOnlySet<Guid> members, List<FieldViolation> violations)
    {
        if (controls.Count == 0)
            violations.Add(NoControls);
        ListLimits.Check("controls", controls.Count, MostControls, violations);
        var before = violations.Count;
        var codes = new HashSet<string>();
        var read = controls.Take(MostControls).Select((control, place) => Read($"controls[{place}]", control, year, codes, members, violations)).ToList();
        if (violations.Count == before)
            ListLimits.Check("controls", read.Sum(control => ControlDays.Of(control, year).Count), MostDays, violations);

        return read;
    }

    private static PlannedControl Read(string at, PlannedControl control, int year, HashSet<string> codes, IReadOnlySet<Guid> members, List<FieldViolation> violations)
    {
        var code = TextField.ReadLine($"{at}.code", control.Code, 20, violations);
        if (code is not null && !codes.Add(code))
            violations.Add(new($"{at}.code", "CODE_REPEATED", new($"{code} is there twice.", $"{code} figure deux fois."), new("Give each control a code of its own.", "Donnez à chaque contrôle son propre code.")));
        ChoiceField.Check($"{at}.subject", control.Subject, violations);
        if (control.Subject == AuditSubject.Mission)
            violations.Add(new($"{at}.subject", "SUBJECT_UNKNOWN", new("A control is about no audit mission.", "Un contrôle ne porte pas sur une mission d'audit."),
                new($"Choose one of {string.Join(", ", AuditKinds.Subjects.Select(subject => subject.Stored()))}.", $"Choisissez parmi {string.Join(", ", AuditKinds.Subjects.Select(subject => subject.Stored()))}.")));
        ChoiceField.Check($"{at}.kind", control.Kind, violations);
        ChoiceField.Check($"{at}.frequency", control.Frequency, violations);
        if (IdField.Read($"{at}.owner_id", control.OwnerId, violations) is { } owner && !members.Contains(owner))
            violations.Add(new($"{at}.owner_id", "OWNER_UNKNOWN", new("Your organisation has no member with this id.", "Votre organisme n'a aucun membre portant cet identifiant."), new("Name one of its members.", "Désignez l'un de ses membres.")));
        if (control.Duties.Any(duty => !StoredNames.IsKnown(duty)) || control.Duties.Distinct().Count() < control.Duties.Count)
            violations.Add(new($"{at}.duties", "DUTIES_MALFORMED", new("A duty is named twice, or is none.", "Une obligation est citée deux fois, ou n'existe pas."), new("Name each of those of art. 274(5) once.", "Citez une fois chacune de celles de l'art. 274(5).")));
        if (control.RequirementId.Length > 0)
            RequirementField.Read($"{at}.requirement_id", control.RequirementId, violations);

        return new PlannedControl(control)
        {
            Code = code ?? "",
            Title = TextField.ReadLine($"{at}.title", control.Title, 200, violations) ?? "",
            DueDay = ReadDay($"{at}.due_day", control, year, violations),
            ClauseCode = control.ClauseCode.Length == 0 ? "" : TextField.ReadLine($"{at}.clause_code", control.ClauseCode, 40, violations) ?? "",
        };
    }

    private static string ReadDay(string field, PlannedControl control, int year, List<FieldViolation> violations)
    {
        if (control.Frequency != Frequency.Once)
        {
            if (DayField.ReadOptional(field, control.DueDay, violations) is not null)
                violations.Add(new(field, "DUE_DAY_UNWANTED", new("A regular control is due at the end of each period.", "Un contrôle régulier est dû en fin de période."), new("Leave it empty.", "Laissez-le vide.")));
            return "";
        }

        var day = DayField.Read(field, control.DueDay, violations);
        if (day is { } due && due.Year != year)
            violations.Add(new(field, "DUE_DAY_OUT_OF_YEAR", new($"This day is not in {year}.", $"Ce jour n'est pas en {year}."), new("Give a day of the year of the plan.", "Indiquez un jour de l'année du plan.")));
        return DayField.Write(day);
    }
}
