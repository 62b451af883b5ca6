using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>A gate in a request.</summary>
internal static class GateField
{
    private static readonly LocalizedText Choose = new(
        "Choose TO_SCOPING, TO_SET_UP, TO_ROBUSTNESS, TO_RUN, TO_CRUISE or TO_CLOSED.",
        "Choisissez TO_SCOPING (cadrage), TO_SET_UP (mise en place), TO_ROBUSTNESS (robustesse), TO_RUN (bascule), TO_CRUISE (croisière) ou TO_CLOSED (clôture).");

    /// <summary>The gate, or null with a violation.</summary>
    public static ProjectGate? Read(ProjectGate gate, ICollection<FieldViolation> violations)
    {
        if (gate == ProjectGate.Unspecified)
            violations.Add(new("gate", "GATE_REQUIRED", new("The gate is missing.", "Le jalon n'est pas renseigné."), Choose));

        return ReadOptional(gate, violations);
    }

    /// <summary>The same where the field may be left out, which is null without a violation.</summary>
    public static ProjectGate? ReadOptional(ProjectGate gate, ICollection<FieldViolation> violations)
    {
        if (StoredNames.IsKnown(gate))
            return gate;
        if (gate != ProjectGate.Unspecified)
            violations.Add(new("gate", "GATE_UNKNOWN", new("This gate is not known.", "Ce jalon n'est pas connu."), Choose));

        return null;
    }
}
