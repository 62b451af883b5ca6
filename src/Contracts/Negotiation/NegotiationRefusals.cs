using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>Why a command on a contract under negotiation is refused in the state of things.</summary>
internal static class NegotiationRefusals
{
    /// <summary>What keeps a side from changing a contract: that it is no longer negotiated, or a draft of the other side.</summary>
    public static Outcome<T>? NotChangeable<T>(ContractRow contract, Side side) => contract switch
    {
        _ when contract.IsUnderReview => null,
        _ when !contract.IsIn(State.Draft) => NotNegotiated<T>(),
        _ when contract.DraftedBy != side.Code() => new Outcome<T>.Refused(
            "DRAFT_OF_THE_OTHER_SIDE",
            new("The other side prepares this draft; you review it once it is opened.", "L'autre partie prépare ce projet ; vous le relirez une fois ouvert.")),
        _ => null,
    };

    public static Outcome<T>? NotDraft<T>(ContractRow contract) => contract.IsIn(State.Draft) ? null : new Outcome<T>.Refused(
        "CONTRACT_NOT_DRAFT", new("This contract is a draft no more.", "Ce contrat n'est plus un projet."));

    public static Outcome<T>? NotUnderReview<T>(ContractRow contract) => contract.IsUnderReview ? null : new Outcome<T>.Refused(
        "CONTRACT_NOT_UNDER_REVIEW",
        new("Nobody reviews this contract: it is a draft, given up or about to be signed.", "Ce contrat n'est pas en revue : il est en projet, abandonné ou en cours de signature."));

    public static Outcome<T> NotNegotiated<T>() => new Outcome<T>.Refused(
        "CONTRACT_NOT_NEGOTIATED", new("This contract is not negotiated any more.", "Ce contrat n'est plus en négociation."));

    public static Outcome<T> NotFound<T>() => new Outcome<T>.NotFound(
        "CONTRACT_NOT_FOUND", new("The delegation has no contract with this id.", "La délégation n'a pas de contrat portant cet identifiant."));

    public static Outcome<T> ClauseNotFound<T>() => new Outcome<T>.NotFound(
        "CONTRACT_CLAUSE_NOT_FOUND", new("The contract has no clause with this id.", "Le contrat n'a pas de clause portant cet identifiant."));

    public static Outcome<T> RequestNotFound<T>() => new Outcome<T>.NotFound(
        "CHANGE_REQUEST_NOT_FOUND", new("The contract has no change request with this id.", "Le contrat n'a pas de demande de modification portant cet identifiant."));

    public static Outcome<T> AlreadyOpen<T>() => new Outcome<T>.Conflict(
        "CONTRACT_OPEN",
        new("The delegation has a contract that is not signed yet: go on with it or give it up.", "La délégation a déjà un contrat non signé : poursuivez-le ou abandonnez-le."));

    public static Outcome<T> AmendedNotAgreed<T>() => new Outcome<T>.Refused(
        "AMENDED_CONTRACT_NOT_AGREED",
        new("Only a contract whose text is agreed can be amended.", "Seul un contrat dont le texte est convenu peut faire l'objet d'un avenant."));

    public static Outcome<T> AmendedIsAmendment<T>() => new Outcome<T>.Refused(
        "AMENDED_IS_AMENDMENT",
        new("An amendment is changed by another amendment of its contract.", "Un avenant se modifie par un autre avenant au même contrat."));

    public static Outcome<T> ClauseRemoved<T>() => new Outcome<T>.Refused(
        "CLAUSE_REMOVED", new("This clause is struck out already.", "Cette clause est déjà supprimée."));

    public static Outcome<T> LastClause<T>() => new Outcome<T>.Refused(
        "LAST_CLAUSE", new("A contract keeps one clause at least.", "Un contrat conserve au moins une clause."));

    public static Outcome<T> TooManyClauses<T>() => new Outcome<T>.Refused(
        "CLAUSES_TOO_MANY",
        new($"A contract has {ClauseReading.MostClauses} clauses at most.", $"Un contrat comporte {ClauseReading.MostClauses} clauses au plus."));

    public static Outcome<T> NoTerms<T>() => new Outcome<T>.Refused(
        "NO_TERMS_PROPOSED", new("No terms wait for an answer.", "Aucune condition n'attend de réponse."));

    public static Outcome<T> OwnTerms<T>() => new Outcome<T>.Refused(
        "TERMS_OF_YOUR_SIDE", new("Your side proposed these terms; the other side accepts them.", "Votre partie a proposé ces conditions ; l'autre partie les accepte."));

    public static Outcome<T> OtherDepartment<T>() => new Outcome<T>.Refused(
        "NOT_OF_THIS_DEPARTMENT",
        new("You speak for departments of your own only: your roles say which.", "Vous ne vous exprimez que pour vos propres directions : vos rôles les indiquent."));

    public static Outcome<T> AlreadyApproved<T>() => new Outcome<T>.Refused(
        "CLAUSE_ALREADY_APPROVED", new("Your department approved this wording already.", "Votre direction a déjà validé cette rédaction."));

    public static Outcome<T> RequestEnded<T>() => new Outcome<T>.Refused(
        "CHANGE_REQUEST_ENDED", new("This request was answered, withdrawn or overtaken.", "Cette demande a reçu réponse, a été retirée ou est dépassée."));

    public static Outcome<T> OwnRequest<T>() => new Outcome<T>.Refused(
        "CHANGE_REQUEST_OF_YOUR_SIDE", new("Your side asked for this change; the other side answers.", "Votre partie a demandé cette modification ; l'autre partie répond."));

    public static Outcome<T> NoWording<T>() => new Outcome<T>.Refused(
        "NO_WORDING_PROPOSED",
        new("The request proposes no wording: change the clause, or decline.", "La demande ne propose pas de rédaction : modifiez la clause, ou refusez."));
}
