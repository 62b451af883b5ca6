using Delegation.Access.V1;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.ServiceDefaults.Errors;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.Annexes;

/// <summary>What follows from the kind of an annex.</summary>
internal static class AnnexKinds
{
    /// <summary>The departments that may review annexes.</summary>
    public static readonly IReadOnlyList<Role> Departments = [Role.Legal, Role.Purchasing, Role.Operations, Role.Compliance];

    /// <summary>True for those without which outsourcing does not start.</summary>
    public static bool IsMandatory(Kind kind) => DueAnnexes.Mandatory.Contains(kind);

    /// <summary>The departments that review it where nobody says otherwise.</summary>
    public static IReadOnlyList<Role> UsualDepartments(Kind kind) => kind switch
    {
        Kind.ServiceLevelAgreement => [Role.Legal, Role.Operations],
        Kind.CybersecurityPolicy => [Role.Compliance],
        Kind.CsrCharter => [Role.Purchasing],
        Kind.BusinessContinuityPlan => [Role.Operations, Role.Compliance],
        _ => [Role.Legal],
    };

    /// <summary>What people call it.</summary>
    public static LocalizedText Name(Kind kind, string title) => kind switch
    {
        Kind.ServiceLevelAgreement => new("the service-level agreement", "la convention de service"),
        Kind.CybersecurityPolicy => new("the cybersecurity policy", "la politique de cybersécurité"),
        Kind.CsrCharter => new("the CSR charter", "la charte RSE"),
        Kind.BusinessContinuityPlan => new("the business continuity plan", "le plan de continuité d'activité"),
        _ => new($"the annex “{title}”", $"l'annexe « {title} »"),
    };
}
