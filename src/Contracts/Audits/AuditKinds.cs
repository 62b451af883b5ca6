using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;

namespace Delegation.Contracts.Audits;

/// <summary>What the kinds of missions differ in.</summary>
internal static class AuditKinds
{
    /// <summary>What a mission may name; itself goes without saying.</summary>
    public static IReadOnlyList<AuditSubject> Subjects { get; } =
        [.. Enum.GetValues<AuditSubject>().Where(subject => subject is not (AuditSubject.Unspecified or AuditSubject.Mission))];

    public static bool IsAuthority(this Kind kind) => kind is Kind.Acpr or Kind.Cnil;

    /// <summary>The law that the right of audit rests on, where nothing else is said.</summary>
    public static string UsualBasis(this Kind kind) => kind switch
    {
        Kind.Client => "Règlement délégué (UE) 2015/35, art. 274(4)(h) et (j) ; règlement (UE) 2022/2554 (DORA), art. 30(3)(e)",
        Kind.Acpr => "Code des assurances, art. L354-3 ; règlement délégué (UE) 2015/35, art. 274(4)(h) et (i)",
        Kind.StatutoryAuditor => "Code des assurances, art. L354-3 ; règlement délégué (UE) 2015/35, art. 274(4)(h)",
        _ => "Règlement (UE) 2016/679 (RGPD), art. 28(3)(h) et art. 58(1)",
    };

    /// <summary>The requirement that the clause satisfies on which such a mission rests.</summary>
    public static string Requirement(this Kind kind) => kind switch
    {
        Kind.Client => "USUAL-AUDIT-CLIENT",
        Kind.Acpr => "USUAL-AUDIT-ACPR",
        Kind.StatutoryAuditor => "USUAL-AUDIT-STATUTORY-AUDITORS",
        _ => "USUAL-AUDIT-CNIL",
    };

    /// <summary>Who sees what was read: an authority's attention is nothing that it shares with the delegate; the insurer answers for the access.</summary>
    public static Visibility ReadsSeenBy(this Kind kind) => kind.IsAuthority() ? Visibility.Insurer : Visibility.Both;

    public static string French(this Kind kind) => kind switch
    {
        Kind.Client => "audit de l'assureur",
        Kind.Acpr => "contrôle de l'ACPR",
        Kind.StatutoryAuditor => "contrôle des commissaires aux comptes",
        _ => "contrôle de la CNIL",
    };

    public static string English(this Kind kind) => kind switch
    {
        Kind.Client => "audit by the insurer",
        Kind.Acpr => "inspection by the ACPR",
        Kind.StatutoryAuditor => "audit by the statutory auditors",
        _ => "inspection by the CNIL",
    };
}
