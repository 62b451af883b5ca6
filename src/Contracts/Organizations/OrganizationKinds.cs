using System.Diagnostics.CodeAnalysis;
using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Organizations;

/// <summary>The kinds of organisation, and the code under which the database keeps each.</summary>
internal static class OrganizationKinds
{
    private static readonly (Kind Kind, string Code)[] Codes =
    [
        (Kind.InsuranceCompany, "insurance_company"),
        (Kind.Mutual, "mutual"),
        (Kind.ProvidentInstitution, "provident_institution"),
        (Kind.Delegate, "delegate"),
    ];

    private static readonly LocalizedText ChooseOne = new(
        "Choose INSURANCE_COMPANY, MUTUAL, PROVIDENT_INSTITUTION or DELEGATE.",
        "Choisissez INSURANCE_COMPANY (société d'assurance), MUTUAL (mutuelle), PROVIDENT_INSTITUTION (institution de prévoyance) ou DELEGATE (délégataire de gestion).");

    private static readonly FieldViolation Required = new(
        "kind", "KIND_REQUIRED", new("The kind of organisation is missing.", "Le type d'organisme n'est pas renseigné."), ChooseOne);

    private static readonly FieldViolation Unknown = new(
        "kind", "KIND_UNKNOWN", new("This kind of organisation is not known.", "Ce type d'organisme n'est pas connu."), ChooseOne);

    /// <summary>The code of a kind. A caller may send any number: enums of proto3 are open.</summary>
    public static bool TryGetCode(Kind kind, [NotNullWhen(true)] out string? code, [NotNullWhen(false)] out FieldViolation? violation)
    {
        code = Codes.FirstOrDefault(entry => entry.Kind == kind).Code;
        violation = code is not null ? null : kind == Kind.Unspecified ? Required : Unknown;

        return violation is null;
    }

    public static Kind FromCode(string code) => Codes.First(entry => entry.Code == code).Kind;

    /// <summary>On which side of its delegations an organisation of this kind is.</summary>
    public static Side SideOf(string code) => FromCode(code) == Kind.Delegate ? Side.Delegate : Side.Insurer;
}
