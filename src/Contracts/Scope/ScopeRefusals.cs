using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>Why a command on a version of a scope is refused in the state of things.</summary>
internal static class ScopeRefusals
{
    public static readonly Outcome<ScopeVersionRow> NotFound = new Outcome<ScopeVersionRow>.NotFound(
        "SCOPE_VERSION_NOT_FOUND",
        new("The delegation's scope has no version with this id.", "Le périmètre de la délégation n'a pas de version portant cet identifiant."));

    public static readonly Outcome<ScopeVersionRow> ProposalOpen = new Outcome<ScopeVersionRow>.Conflict(
        "SCOPE_PROPOSAL_OPEN",
        new("There is an open proposal: change it, validate it or withdraw it.", "Une proposition est déjà ouverte : modifiez-la, validez-la ou retirez-la."));

    public static readonly Outcome<ScopeVersionRow> AlreadyValidated = new Outcome<ScopeVersionRow>.Refused(
        "SCOPE_ALREADY_VALIDATED",
        new("Your side validated this version already; the other side is awaited.", "Votre partie a déjà validé cette version ; l'autre partie est attendue."));

    private static readonly Outcome<ScopeVersionRow> NotProposed = new Outcome<ScopeVersionRow>.Refused(
        "SCOPE_NOT_PROPOSED",
        new("This version is no open proposal any more. Propose another one.", "Cette version n'est plus une proposition ouverte. Proposez-en une autre."));

    public static Outcome<ScopeVersionRow> NotValid(IReadOnlyList<FieldViolation> broken) => new Outcome<ScopeVersionRow>.Refused(
        "SCOPE_NOT_VALID",
        new("The delegation changed since, and lines of this version break rules now. Change the proposal.",
            "La délégation a changé depuis, et des lignes de cette version enfreignent désormais des règles. Modifiez la proposition."),
        [.. broken.Select(violation => new UnmetCondition(violation.Reason, violation.Field, violation.Description))]);

    public static Outcome<ScopeVersionRow> BeforeFormer(DateOnly formerDay) => new Outcome<ScopeVersionRow>.Refused(
        "SCOPE_BEFORE_FORMER",
        new($"The version in effect holds from {formerDay:yyyy-MM-dd}; this one cannot take its place before that day.",
            $"La version en vigueur prend effet le {formerDay:yyyy-MM-dd} ; celle-ci ne peut la remplacer avant ce jour."));

    public static Outcome<ScopeVersionRow> HeldElsewhere(IReadOnlyList<HeldElsewhere> held) => new Outcome<ScopeVersionRow>.Refused(
        "SCOPE_HELD_ELSEWHERE",
        new("Another delegation of the insurer holds some of this from that day on.", "Une autre délégation de l'assureur en détient une partie à compter de ce jour."),
        [.. held.Select(Describe)]);

    /// <summary>The delegation has nothing that a line could be about.</summary>
    public static Outcome<ScopeVersionRow>? Incomplete(Coverage coverage)
    {
        var missing = new List<UnmetCondition>();
        if (coverage.Products.Count == 0)
            missing.Add(new("PRODUCT_MISSING", "reference_data.products", new("The delegation has no product.", "La délégation n'a pas de produit.")));

        if (coverage.Populations.Count == 0)
            missing.Add(new("POPULATION_MISSING", "reference_data.populations", new("The delegation has no population.", "La délégation n'a pas de population.")));

        return missing.Count == 0 ? null : new Outcome<ScopeVersionRow>.Refused(
            "DELEGATION_INCOMPLETE",
            new("A scope is about products and populations; the insurer names them in the delegation first.",
                "Un périmètre porte sur des produits et des populations ; l'assureur les indique d'abord dans la délégation."),
            missing);
    }

    /// <summary>What keeps a proposal from being changed or withdrawn: another revision, or that it is none any more.</summary>
    public static Outcome<ScopeVersionRow>? NotChangeable(ScopeVersionRow version, string etag) =>
        Etag.Mismatch<ScopeVersionRow>(etag, version.Id, version.Revision) ?? NotOpen(version);

    public static Outcome<ScopeVersionRow>? NotOpen(ScopeVersionRow version) => version.IsIn(State.Proposed) ? null : NotProposed;

    private static UnmetCondition Describe(HeldElsewhere held) => held.Holder is { } holder
        ? new("HELD_BY_DELEGATION", holder.ToString(), new(
            $"Delegation {holder} holds {held.ActivityCode} for population {held.PopulationCode}.",
            $"La délégation {holder} détient {held.ActivityCode} pour la population {held.PopulationCode}."))
        : new("HELD_ELSEWHERE", held.ActivityCode, new(
            $"{held.ActivityCode} for population {held.PopulationCode} is held by another delegation of the insurer.",
            $"{held.ActivityCode} pour la population {held.PopulationCode} est détenu par une autre délégation de l'assureur."));
}

/// <summary>An activity and population of a proposal that another delegation of the insurer holds; which one, the insurer alone learns.</summary>
internal sealed record HeldElsewhere(Guid? Holder, string ActivityCode, string PopulationCode);
