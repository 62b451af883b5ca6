using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using ContractState = Delegation.Contracts.V1.Contract.Types.State;
using RequestState = Delegation.Contracts.V1.ChangeRequest.Types.State;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>Decides on moves of reviews. A department speaks for its own side; nothing of the text changes before the other side answered.</summary>
internal static class ReviewMoves
{
    private const int LongestComment = 4000;

    private static readonly FieldViolation DepartmentRequired = new(
        "department", "DEPARTMENT_REQUIRED", new("The department is missing.", "La direction n'est pas renseignée."), ChooseADepartment);

    private static readonly FieldViolation DepartmentUnknown = new(
        "department", "DEPARTMENT_UNKNOWN", new("This department is not known.", "Cette direction n'est pas connue."), ChooseADepartment);

    public static Outcome<ReviewRow> Approve(
        ApproveClauseRequest command, ContractRow contract, ClauseRow clause, ReviewRow review, Caller caller, DateTimeOffset now)
    {
        if ((EtagOf<ReviewRow>(clause, command.Etag) ?? NotAllowed<ReviewRow>(contract, command.Department, caller)) is { } refusal)
            return refusal;

        return review.IsIn(State.Approved)
            ? NegotiationRefusals.AlreadyApproved<ReviewRow>()
            : new Outcome<ReviewRow>.Accepted(review.Moved(State.Approved, caller.PersonId, now.InMicroseconds()));
    }

    /// <summary>What the department asks for; it refuses the wording by it.</summary>
    public static Outcome<ChangeRequestRow> Request(RequestChangeRequest command, ContractRow contract, ClauseRow clause, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        CheckDepartment(command.Department, violations);
        var comment = TextField.ReadRequiredText("comment", command.Comment, LongestComment, violations) ?? "";
        var wording = TextField.ReadText("wording", command.Wording, ClauseReading.LongestWording, violations) ?? "";
        if (wording == clause.Wording && !clause.Removed)
            violations.Add(ClauseViolations.Unchanged);
        if (violations.Count > 0)
            return new Outcome<ChangeRequestRow>.Invalid(violations);

        if ((EtagOf<ChangeRequestRow>(clause, command.Etag) ?? NotAllowed<ChangeRequestRow>(contract, command.Department, caller)) is { } refusal)
            return refusal;

        return new Outcome<ChangeRequestRow>.Accepted(new ChangeRequestRow
        {
            Id = NewId.At(now),
            ClauseId = clause.Id,
            Side = caller.Side.Code(),
            Department = command.Department.Stored(),
            State = RequestState.Open.Stored(),
            Comment = comment,
            Wording = wording,
            PersonId = caller.PersonId,
            CreateTime = now.InMicroseconds(),
        });
    }

    /// <summary>What the other side answered.</summary>
    public static Outcome<ChangeRequestRow> Answer(
        AnswerChangeRequestRequest command, ContractRow contract, ChangeRequestRow asked, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var answer = command.Accepted
            ? TextField.ReadText("answer", command.Answer, LongestComment, violations) ?? ""
            : TextField.ReadRequiredText("answer", command.Answer, LongestComment, violations) ?? "";
        if (violations.Count > 0)
            return new Outcome<ChangeRequestRow>.Invalid(violations);

        if (NegotiationRefusals.NotUnderReview<ChangeRequestRow>(contract) is { } refusal)
            return refusal;
        if (!asked.IsOpen)
            return NegotiationRefusals.RequestEnded<ChangeRequestRow>();
        if (asked.Side == caller.Side.Code())
            return NegotiationRefusals.OwnRequest<ChangeRequestRow>();
        if (!caller.Roles.Contains(asked.Department) && !caller.Roles.Contains(Access.V1.Role.DelegationManager.Code()))
            return NegotiationRefusals.OtherDepartment<ChangeRequestRow>();
        if (command.Accepted && asked.Wording.Length == 0)
            return NegotiationRefusals.NoWording<ChangeRequestRow>();

        return new Outcome<ChangeRequestRow>.Accepted(asked with
        {
            State = (command.Accepted ? RequestState.Accepted : RequestState.Declined).Stored(),
            Answer = answer,
            AnswerPersonId = caller.PersonId,
            EndTime = now.InMicroseconds(),
        });
    }

    /// <summary>The contract after a move: agreed with the last approval, when no terms are open either.</summary>
    /// <param name="contract">As it is.</param>
    /// <param name="openReviews">How many reviews are not approved.</param>
    /// <param name="now">When.</param>
    public static ContractRow AgreedIfComplete(ContractRow contract, long openReviews, DateTimeOffset now) =>
        contract.IsIn(ContractState.Negotiating) && openReviews == 0 && contract.ProposedTerms is null
            ? contract with { State = ContractState.Agreed.Stored(), AgreeTime = now.InMicroseconds(), ContentRevision = contract.Revision }
            : contract;

    public static void CheckDepartment(ReviewDepartment department, List<FieldViolation> violations)
    {
        if (department == ReviewDepartment.Unspecified)
            violations.Add(DepartmentRequired);
        else if (!Enum.IsDefined(department))
            violations.Add(DepartmentUnknown);
    }

    /// <summary>Null when the caller speaks for the department, and the contract is reviewed.</summary>
    public static Outcome<T>? NotAllowed<T>(ContractRow contract, ReviewDepartment department, Caller caller) =>
        NegotiationRefusals.NotUnderReview<T>(contract) ?? (caller.Roles.Contains(department.Stored()) ? null : NegotiationRefusals.OtherDepartment<T>());

    private static Outcome<T>? EtagOf<T>(ClauseRow clause, string etag) => Persistence.Commands.Etag.Mismatch<T>(etag, clause.Id, clause.Revision);

    private static LocalizedText ChooseADepartment => new(
        "Choose REVIEW_DEPARTMENT_LEGAL, REVIEW_DEPARTMENT_PURCHASING, REVIEW_DEPARTMENT_OPERATIONS or REVIEW_DEPARTMENT_COMPLIANCE.",
        "Choisissez REVIEW_DEPARTMENT_LEGAL (juridique), REVIEW_DEPARTMENT_PURCHASING (achats), REVIEW_DEPARTMENT_OPERATIONS (opérations) ou REVIEW_DEPARTMENT_COMPLIANCE (conformité).");
}
