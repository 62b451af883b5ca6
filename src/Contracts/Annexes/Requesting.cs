using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;
using State = Delegation.Contracts.V1.Annex.Types.State;

namespace Delegation.Contracts.Annexes;

/// <summary>What is requested: by a side, or by a letter of engagement.</summary>
internal static class Requesting
{
    private const int LongestTitle = 200;

    public static Outcome<AnnexRow> Request(RequestAnnexRequest request, SharedDelegation delegation, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (request.Kind == Kind.Unspecified || !Enum.IsDefined(request.Kind))
            violations.Add(new("kind", "KIND_REQUIRED", new("What the annex is is not said.", "La nature de l'annexe n'est pas indiquée."), new("Choose one of the kinds.", "Choisissez l'une des natures.")));

        var title = "";
        if (request.Kind == Kind.Other)
            title = TextField.ReadLine("title", request.Title, LongestTitle, violations)?.Normalize() ?? "";
        else if (request.Title.Length > 0)
            violations.Add(new("title", "TITLE_UNWANTED", new("Only annexes of the kind OTHER have a title.", "Seules les annexes de nature OTHER ont un titre."), new("Leave it empty.", "Laissez-le vide.")));

        if (request.Provider is not (Side.Insurer or Side.Delegate))
            violations.Add(new("provider", "PROVIDER_REQUIRED", new("Who provides the annex is not said.", "La partie qui fournit l'annexe n'est pas indiquée."), new("Choose the insurer or the delegate.", "Choisissez l'assureur ou le délégataire.")));

        if (request.Departments.Distinct().Count() < request.Departments.Count || request.Departments.Except(AnnexKinds.Departments).Any())
            violations.Add(new("departments", "DEPARTMENTS_MALFORMED", new("A department is named twice, or is none that reviews.", "Une direction est citée deux fois, ou ne relit pas."),
                new("Choose among ROLE_LEGAL, ROLE_PURCHASING, ROLE_OPERATIONS and ROLE_COMPLIANCE, each once.",
                    "Choisissez parmi ROLE_LEGAL (juridique), ROLE_PURCHASING (achats), ROLE_OPERATIONS (opérations) et ROLE_COMPLIANCE (conformité), chacune une fois.")));

        var due = DayField.Read("due_day", request.DueDay, violations);
        if (violations.Count > 0)
            return new Outcome<AnnexRow>.Invalid(violations);

        var departments = request.Departments.Count > 0 ? [.. request.Departments] : AnnexKinds.UsualDepartments(request.Kind);
        return delegation.Closed<AnnexRow>() ?? new Outcome<AnnexRow>.Accepted(
            Requested((delegation.InsurerId, delegation.Id, delegation.DelegateId), id, request.Kind, title, request.Provider, departments, due!.Value, letterId: null, now));
    }

    /// <summary>An annex of which nothing has come yet.</summary>
    public static AnnexRow Requested(
        (Guid Owner, Guid Delegation, Guid Delegate) party, Guid id, Kind kind, string title, Side provider, IReadOnlyList<Role> departments, DateOnly due, Guid? letterId, DateTimeOffset now) => new()
        {
            OwnerId = party.Owner,
            DelegationId = party.Delegation,
            DelegateId = party.Delegate,
            Id = id,
            Kind = kind.Stored(),
            Title = title,
            Provider = provider.Code(),
            Departments = [.. departments.Select(department => department.Code())],
            DueDay = due,
            LetterId = letterId,
            State = State.Requested.Stored(),
            CreateTime = now.InMicroseconds(),
            Revision = 1,
        };
}
