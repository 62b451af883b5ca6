using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What somebody says of the committee to set up.</summary>
internal sealed record CommitteeFields(
    string Name, string Mandate, IReadOnlyList<Role> Roles, CadenceRule Rule, int TacitDays)
{
    private const int UsualTacitDays = 10;

    private static readonly CadenceStep[] UsualSteps = [CadenceStep.Weekly, CadenceStep.Fortnightly, CadenceStep.Monthly, CadenceStep.Quarterly];
    private static readonly CadenceStep[] StepsOfExecutives = [CadenceStep.Quarterly, CadenceStep.Yearly];

    private static readonly LocalizedText ChooseALevel = new("Choose one of the levels of the contract.", "Choisissez l'un des niveaux du contrat d'interface.");

    /// <summary>Reads a request; null with violations.</summary>
    public static CommitteeFields? Read(CreateCommitteeRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var isExecutive = request.Level == CommitteeLevel.ExecutiveCommittee;
        if (!StoredNames.IsKnown(request.Level))
            violations.Add(request.Level == CommitteeLevel.Unspecified
                ? new("level", "LEVEL_REQUIRED", new("The level is missing.", "Le niveau n'est pas renseigné."), ChooseALevel)
                : new("level", "LEVEL_UNKNOWN", new("This level is not known.", "Ce niveau n'est pas connu."), ChooseALevel));

        var name = TextField.ReadLine("name", request.Name, Opening.NameLength, violations);
        var mandate = TextField.ReadText("mandate", request.Mandate, 4000, violations);
        var roles = ReadRoles(request.Roles, violations);
        var steps = request.Steps.Count > 0 ? ReadSteps([.. request.Steps], violations) : isExecutive ? StepsOfExecutives : UsualSteps;
        var relaxAfter = ReadNumber("relax_after", request.RelaxAfter, isExecutive ? 1 : 3, 24, violations);
        var tacitDays = ReadNumber("tacit_days", request.TacitDays, UsualTacitDays, 60, violations);

        return violations.Count > before ? null : new CommitteeFields(name!, mandate!, roles, new CadenceRule(request.Level, steps, relaxAfter), tacitDays);
    }

    /// <summary>Who sits in a committee for a side: at least one role.</summary>
    public static IReadOnlyList<Role> ReadRoles(IReadOnlyList<Role> roles, ICollection<FieldViolation> violations)
    {
        var remedy = new LocalizedText("Name roles of the contract.", "Indiquez des rôles du contrat d'interface.");
        if (roles.Count == 0)
            violations.Add(new("roles", "ROLES_REQUIRED", new("Nobody sits in it.", "Personne n'y siège."), remedy));
        for (var i = 0; i < roles.Count; i++)
            if (!roles[i].IsKnown())
                violations.Add(new($"roles[{i}]", "ROLE_UNKNOWN", new("This role is not known.", "Ce rôle n'est pas connu."), remedy));

        return roles;
    }

    /// <summary>The committee, as it begins.</summary>
    public CommitteeRow NewCommittee(Parties parties, Side side, Guid id, DateTime now)
    {
        var start = Rule.Start;
        var row = new CommitteeRow(
            parties.OwnerId, parties.DelegationId, parties.DelegateId, id, Rule.Level.Stored(), Name, Mandate, InsurerRoles: "",
            DelegateRoles: "", string.Join(',', Rule.Steps.Select(step => step.Stored())), Rule.RelaxAfter, TacitDays,
            start.Step.Stored(), start.Reason.Stored(), start.GoodPeriods, start.BreachesInARow,
            InsurerConsentTime: null, DelegateConsentTime: null, now, now, Revision: 0, ProjectPhase: null, NextMilestone: null, LastMeeting: null);
        return row.With(side, Roles, now);
    }

    private static CadenceStep[] ReadSteps(CadenceStep[] steps, ICollection<FieldViolation> violations)
    {
        for (var i = 0; i < steps.Length; i++)
            if (!StoredNames.IsKnown(steps[i]))
                violations.Add(new(
                    $"steps[{i}]", "STEP_UNKNOWN", new("This step is not known.", "Cette fréquence n'est pas connue."),
                    new("Choose WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY, HALF_YEARLY or YEARLY.",
                        "Choisissez WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY, HALF_YEARLY ou YEARLY.")));
        if (!steps.SequenceEqual(steps.Distinct().Order()))
            violations.Add(new(
                "steps", "STEPS_NOT_ORDERED", new("The steps are not in order, or one comes twice.", "Les fréquences ne sont pas ordonnées, ou l'une figure deux fois."),
                new("Give each once, the densest first.", "Indiquez chacune une fois, de la plus rapprochée à la plus espacée.")));

        return steps;
    }

    private static int ReadNumber(string field, int number, int usual, int most, ICollection<FieldViolation> violations)
    {
        if (number < 0 || number > most)
            violations.Add(new(
                field, $"{field.ToUpperInvariant()}_OUT_OF_RANGE", new("This number is out of range.", "Ce nombre est hors limites."),
                new($"Give 1 to {most}, or nothing for {usual}.", $"Indiquez de 1 à {most}, ou rien pour {usual}.")));

        return number == 0 ? usual : number;
    }
}
