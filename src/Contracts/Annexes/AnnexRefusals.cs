using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>Why a command on an annex is refused in the state of things.</summary>
internal static class AnnexRefusals
{
    public static readonly Outcome<AnnexVersionRow> VersionNotFound = new Outcome<AnnexVersionRow>.NotFound(
        "ANNEX_VERSION_NOT_FOUND", new("The annex has no version with this id.", "L'annexe n'a pas de version portant cet identifiant."));

    public static readonly Outcome<AnnexRow> Exists = new Outcome<AnnexRow>.Conflict(
        "ANNEX_EXISTS", new("The delegation has this annex already.", "La délégation comporte déjà cette annexe."));

    public static readonly Outcome<AnnexVersionRow> HandedOver = new Outcome<AnnexVersionRow>.Refused(
        "ANNEX_VERSION_HANDED_OVER", new("This version was handed over already.", "Cette version a déjà été remise."));

    public static readonly Outcome<AnnexRow> NotOfThisDepartment = new Outcome<AnnexRow>.Refused(
        "NOT_OF_THIS_DEPARTMENT",
        new("You do not belong to this department, or it does not review this annex.", "Vous n'appartenez pas à cette direction, ou elle ne relit pas cette annexe."));

    public static readonly Outcome<AnnexRow> NotUnderReview = new Outcome<AnnexRow>.Refused(
        "ANNEX_VERSION_NOT_UNDER_REVIEW",
        new("This version is not under review: another one was handed over since, or it is approved.",
            "Cette version n'est pas en relecture : une autre a été remise depuis, ou elle est approuvée."));

    public static readonly Outcome<AnnexRow> Differs = new Outcome<AnnexRow>.Refused(
        "ANNEX_VERSION_DIFFERS",
        new("This is not the SHA-256 of this version's file. Download it again, and approve what you read.",
            "Ceci n'est pas l'empreinte SHA-256 du fichier de cette version. Téléchargez-le de nouveau et approuvez ce que vous avez lu."));

    public static readonly Outcome<AnnexRow> Outdated = new Outcome<AnnexRow>.Refused(
        "ANNEX_VERSION_OUTDATED", new("The last day of this version is over.", "Le dernier jour de validité de cette version est passé."));

    public static Outcome<T> NotFound<T>() => new Outcome<T>.NotFound(
        "ANNEX_NOT_FOUND", new("The delegation has no annex with this id.", "La délégation n'a pas d'annexe portant cet identifiant."));

    /// <summary>Refused when the other side provides it, else null.</summary>
    public static Outcome<T>? NotProvidedBy<T>(AnnexRow annex, Side side) => annex.ProviderSide == side ? null : new Outcome<T>.Refused(
        "ANNEX_OF_THE_OTHER_SIDE", new("The other side provides this annex.", "C'est l'autre partie qui fournit cette annexe."));

    /// <summary>Refused when the caller's own side provides it, else null.</summary>
    public static Outcome<T>? NotReceivedBy<T>(AnnexRow annex, Side side) => annex.ReceiverSide == side ? null : new Outcome<T>.Refused(
        "ANNEX_OF_YOUR_SIDE",
        new("Your side provides this annex; the other side reviews and approves it.", "Votre partie fournit cette annexe ; l'autre partie la relit et l'approuve."));

    public static Outcome<AnnexRow> ReviewsOpen(AnnexRow annex)
    {
        var reviews = annex.ReadReviews();
        return new Outcome<AnnexRow>.Refused(
            "ANNEX_REVIEWS_OPEN",
            new("Not all departments approved this version.", "Toutes les directions n'ont pas validé cette version."),
            [.. annex.PendingDepartments().Select(department => reviews.Any(review => review.Department == department)
                ? new UnmetCondition("CHANGE_REQUESTED", department.Code(), new("This department asked for a change.", "Cette direction a demandé une modification."))
                : new UnmetCondition("DEPARTMENT_PENDING", department.Code(), new("This department has not reviewed it.", "Cette direction ne l'a pas relue.")))]);
    }
}
