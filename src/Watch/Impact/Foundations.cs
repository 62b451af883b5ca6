using Delegation.ServiceDefaults.Errors;
using Delegation.Watch.V1;
using Kind = Delegation.Watch.V1.ItemDecision.Types.Kind;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Impact;

/// <summary>What a decision rests on: it is said together with what carries it out, or not at all.</summary>
/// <param name="Actions">Actions of the item that are open or done.</param>
/// <param name="AmendmentRequests">Amendment requests of the item that were not declined.</param>
internal sealed record Foundations(int Actions, int AmendmentRequests)
{
    private static readonly FieldViolation KindOfOtherStream = new(
        "kind", "KIND_OF_OTHER_STREAM", new("What becomes compulsory is neither adopted nor dropped.", "Ce qui devient obligatoire ne s'adopte ni ne s'abandonne."),
        new("Choose NO_CHANGE, ACT or AMEND.", "Choisissez NO_CHANGE (sans suite), ACT (actions) ou AMEND (avenant)."));

    /// <summary>A decision that items of the stream cannot end in.</summary>
    public static FieldViolation? FitsTheStream(Kind kind, Stream stream) => stream == Stream.Regulatory && (kind is Kind.Adopt or Kind.Drop) ? KindOfOtherStream : null;

    /// <summary>What is missing for a decision; null when nothing is.</summary>
    public UnmetCondition? Missing(Kind kind, Assessment assessment) => kind switch
    {
        Kind.Act when Actions == 0 => new("ACTION", "watch_action", new("Open an action of the item first.", "Ouvrez d'abord une action du sujet.")),
        Kind.Amend when AmendmentRequests == 0 => new("AMENDMENT_REQUEST", "amendment_request", new("Ask for the amendment first.", "Proposez d'abord l'avenant.")),
        Kind.Adopt when assessment.Stage != Assessment.Types.Stage.Adoption => new("STAGE", "assessment.stage", new("Assess it at the stage of adoption first.", "Analysez-le d'abord à l'étape d'adoption.")),
        _ => null,
    };
}
