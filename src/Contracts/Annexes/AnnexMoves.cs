using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Annex.Types.State;

namespace Delegation.Contracts.Annexes;

/// <summary>What moves an annex: handing over, review, approval.</summary>
internal static class AnnexMoves
{
    private const int LongestComment = 4000;

    public static Outcome<AnnexVersionRow> HandOver(HandOverAnnexVersionRequest request, AnnexVersionRow version, int number, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var expire = DayField.ReadOptional("expire_day", request.ExpireDay, violations);
        if (expire < ParisDays.DayAt(now))
            violations.Add(new("expire_day", "EXPIRE_DAY_PASSED", new("This day is over already.", "Ce jour est déjà passé."), new("Give today or a later day, or none.", "Indiquez aujourd'hui ou un jour ultérieur, ou aucun.")));
        if (violations.Count > 0)
            return new Outcome<AnnexVersionRow>.Invalid(violations);

        return version.IsDraft
            ? new Outcome<AnnexVersionRow>.Accepted(version with
            {
                Number = number, Visibility = AnnexVersionRow.Shared, ExpireDay = expire, HandOverTime = now.InMicroseconds(), Revision = version.Revision + 1,
            })
            : AnnexRefusals.HandedOver;
    }

    /// <summary>The annex once a version was handed over: what was said of another does not count.</summary>
    public static AnnexRow Received(AnnexRow annex, AnnexVersionRow version) => annex with
    {
        State = State.Received.Stored(), CurrentVersionId = version.Id, Reviews = "[]", Revision = annex.Revision + 1,
    };

    public static Outcome<AnnexRow> Review(ReviewAnnexVersionRequest request, AnnexRow annex, AnnexVersionRow version, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (!AnnexKinds.Departments.Contains(request.Department))
            violations.Add(new("department", "DEPARTMENT_REQUIRED", new("The department is not said.", "La direction n'est pas indiquée."), new(
                "Choose ROLE_LEGAL, ROLE_PURCHASING, ROLE_OPERATIONS or ROLE_COMPLIANCE.",
                "Choisissez ROLE_LEGAL (juridique), ROLE_PURCHASING (achats), ROLE_OPERATIONS (opérations) ou ROLE_COMPLIANCE (conformité).")));

        var comment = TextField.ReadText("comment", request.Comment, LongestComment, violations);
        if (comment is "" && !request.Approved)
            violations.Add(new("comment", "COMMENT_REQUIRED", new("What is to be changed is not said.", "La modification demandée n'est pas indiquée."), new("Say why the version cannot be approved.", "Dites pourquoi la version ne peut pas être validée.")));
        if (violations.Count > 0)
            return new Outcome<AnnexRow>.Invalid(violations);

        if (!annex.ReadDepartments().Contains(request.Department) || !caller.Roles.Contains(request.Department.Code()))
            return AnnexRefusals.NotOfThisDepartment;
        if (NotUnderReview(annex, version) is { } refusal)
            return refusal;

        var review = new AnnexReview
        {
            Department = request.Department, Approved = request.Approved, Comment = comment, PersonId = caller.PersonId.ToString(), Time = Timestamp.FromDateTime(now.InMicroseconds()),
        };
        return new Outcome<AnnexRow>.Accepted(annex with
        {
            State = State.UnderReview.Stored(),
            Reviews = ProtoJson.WriteList([.. annex.ReadReviews().Where(other => other.Department != request.Department), review]),
            Revision = annex.Revision + 1,
        });
    }

    public static Outcome<AnnexRow> Approve(ApproveAnnexVersionRequest request, AnnexRow annex, AnnexVersionRow version, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (FileHash.Read("sha256", request.Sha256, violations) is not { } sha256)
            return new Outcome<AnnexRow>.Invalid(violations);
        if (NotUnderReview(annex, version) is { } refusal)
            return refusal;
        if (sha256 != version.Sha256)
            return AnnexRefusals.Differs;
        if (version.ExpireDay < ParisDays.DayAt(now))
            return AnnexRefusals.Outdated;
        if (annex.PendingDepartments().Count > 0)
            return AnnexRefusals.ReviewsOpen(annex);

        return new Outcome<AnnexRow>.Accepted(annex with
        {
            State = State.Approved.Stored(),
            ApprovedVersionId = version.Id,
            ExpireDay = version.ExpireDay,
            WarnTime = null,
            OverdueTime = null,
            Revision = annex.Revision + 1,
        });
    }

    private static Outcome<AnnexRow>? NotUnderReview(AnnexRow annex, AnnexVersionRow version) =>
        annex.IsUnderReview && annex.CurrentVersionId == version.Id ? null : AnnexRefusals.NotUnderReview;
}
