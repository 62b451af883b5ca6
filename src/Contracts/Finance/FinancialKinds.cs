using Delegation.Access.V1;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Google.Protobuf;

namespace Delegation.Contracts.Finance;

/// <summary>What both sides validate about money: fees and the advance of funds.</summary>
internal static class FinancialKinds
{
    public static readonly JointKind Terms = new(
        "financial_terms",
        "financial_version",
        50,
        ("FINANCIAL_VERSION_NOT_FOUND", new("The delegation has no version of financial terms with this id.", "La délégation n'a pas de version de conditions financières portant cet identifiant.")),
        ("FINANCIAL_TERMS_NOT_FOUND", new("The delegation has no financial terms with this id.", "La délégation n'a pas de conditions financières portant cet identifiant.")),
        version => version.ReadFinancial().Fee is { } fee
            ? new($"version {version.Number} of the fee “{fee.Title}”", $"la version {version.Number} de la rémunération « {fee.Title} »")
            : new($"version {version.Number} of the advance of funds", $"la version {version.Number} de l'avance de fonds"),
        Happened);

    /// <summary>The fee or the advance that a version says.</summary>
    public static FinancialVersion ReadFinancial(this JointVersionRow version) => ProtoJson.Read<FinancialVersion>(version.Terms);

    public static FinancialVersion ToFinancial(this JointVersionRow version)
    {
        var said = version.ReadFinancial();
        return new FinancialVersion
        {
            Id = version.Id.ToString(),
            FinancialTermsId = version.SubjectId.ToString(),
            DelegationId = version.DelegationId.ToString(),
            Version = version.ToMessage(),
            Fee = said.Fee,
            Advance = said.Advance,
            Etag = version.Etag,
        };
    }

    private static IMessage Happened(JointMove move, JointVersionRow version, Side side)
    {
        var message = version.ToFinancial();
        return move switch
        {
            JointMove.Proposed => new FinancialVersionProposed { FinancialVersion = message },
            JointMove.Consented => new FinancialVersionConsented { FinancialVersion = message, Side = side },
            JointMove.Validated => new FinancialVersionValidated { FinancialVersion = message },
            JointMove.Superseded => new FinancialVersionSuperseded { FinancialVersion = message },
            JointMove.Withdrawn => new FinancialVersionWithdrawn { FinancialVersion = message },
            _ => throw new InvalidOperationException($"Financial terms are never {move}."),
        };
    }
}
