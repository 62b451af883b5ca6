using Delegation.Access.V1;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;

namespace Delegation.Contracts.Reversibility;

/// <summary>The reversibility plan as both sides validate it, version by version.</summary>
internal static class PlanKinds
{
    private static readonly (string Reason, LocalizedText Message) NotFound = (
        "REVERSIBILITY_PLAN_NOT_FOUND",
        new("The delegation has no version of a reversibility plan with this id.", "La délégation n'a pas de version du plan de réversibilité portant cet identifiant."));

    public static readonly JointKind Plan = new(
        "reversibility_plan",
        "reversibility_plan",
        1,
        NotFound,
        NotFound,
        version => new($"version {version.Number} of the reversibility plan", $"la version {version.Number} du plan de réversibilité"),
        Happened);

    public static ReversibilityTerms ReadPlan(this JointVersionRow version) => ProtoJson.Read<ReversibilityTerms>(version.Terms);

    public static ReversibilityPlan ToPlan(this JointVersionRow version) => new()
    {
        Id = version.Id.ToString(),
        DelegationId = version.DelegationId.ToString(),
        Version = version.ToMessage(),
        Terms = version.ReadPlan(),
        Etag = version.Etag,
    };

    private static IMessage Happened(JointMove move, JointVersionRow version, Side side)
    {
        var message = version.ToPlan();
        return move switch
        {
            JointMove.Proposed => new ReversibilityPlanProposed { ReversibilityPlan = message },
            JointMove.Consented => new ReversibilityPlanConsented { ReversibilityPlan = message, Side = side },
            JointMove.Validated => new ReversibilityPlanValidated { ReversibilityPlan = message },
            JointMove.Superseded => new ReversibilityPlanSuperseded { ReversibilityPlan = message },
            JointMove.Withdrawn => new ReversibilityPlanWithdrawn { ReversibilityPlan = message },
            _ => throw new InvalidOperationException($"A reversibility plan is never {move}: it is withdrawn and proposed again."),
        };
    }
}
