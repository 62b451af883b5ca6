using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Regulation;

/// <summary>Why a command on the regulatory checklist is refused in the state of things.</summary>
internal static class RegulationRefusals
{
    public static readonly Outcome<EvidenceRow> EvidenceNotFound = new Outcome<EvidenceRow>.NotFound(
        "EVIDENCE_NOT_FOUND", new("The delegation has no evidence with this id.", "La délégation n'a pas de pièce portant cet identifiant."));

    public static readonly Outcome<EvidenceRow> EvidenceWithdrawn = new Outcome<EvidenceRow>.Refused(
        "EVIDENCE_WITHDRAWN", new("This evidence was withdrawn already.", "Cette pièce a déjà été retirée."));

    public static readonly Outcome<ExceptionRow> ExceptionNotFound = new Outcome<ExceptionRow>.NotFound(
        "REQUIREMENT_EXCEPTION_NOT_FOUND", new("The delegation has no exception with this id.", "La délégation n'a pas de dérogation portant cet identifiant."));

    public static readonly Outcome<ExceptionRow> ExceptionExists = new Outcome<ExceptionRow>.Conflict(
        "REQUIREMENT_EXCEPTION_EXISTS",
        new("There is an exception for this requirement already: clear it first.", "Cette exigence fait déjà l'objet d'une dérogation : levez-la d'abord."));

    public static Outcome<ExceptionRow> Binding(string requirementId) => new Outcome<ExceptionRow>.Refused(
        "REQUIREMENT_BINDING",
        new($"{requirementId} can neither be set not applicable nor waived; answer the questionnaire if its regime does not apply.",
            $"{requirementId} ne peut être déclarée sans objet ni différée ; répondez au questionnaire si son régime ne s'applique pas."));

    public static Outcome<T> ContractNotFound<T>() => new Outcome<T>.NotFound(
        "CONTRACT_NOT_FOUND", new LocalizedText("The delegation has no contract with this id.", "La délégation n'a pas de contrat portant cet identifiant."));
}
