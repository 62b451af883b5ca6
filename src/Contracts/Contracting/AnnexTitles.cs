using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.Contracting;

/// <summary>Annexes as documents name them.</summary>
internal static class AnnexTitles
{
    public static string Of(ListedAnnex annex) => annex.Kind == Kind.Other ? annex.Title : LetterText.FrenchName(annex.Kind);
}
