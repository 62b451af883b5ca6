using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Imports.Kinds;

/// <summary>All kinds of imports.</summary>
internal static class ImportKinds
{
    public static readonly IReadOnlyList<ImportKind> All =
    [
        OperationKind.Kind, PremiumKind.Kind, BenefitKind.Kind, MembershipKind.Kind, NoemieKinds.Links, NoemieKinds.Rejections, NoemieKinds.AccountingDays, QualityKind.Kind,
    ];

    public static ImportKind Of(string name) => All.Single(kind => kind.Name == name);

    /// <summary>Null for one that is none.</summary>
    public static ImportKind? Find(Kind value) => All.FirstOrDefault(kind => kind.Value == value);
}
