using Delegation.Access.V1;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Google.Protobuf;

namespace Delegation.Contracts.Commitments;

/// <summary>What both sides validate about commitments: the commitments themselves, and periods that do not count.</summary>
internal static class CommitmentKinds
{
    public static readonly JointKind Commitment = new(
        "commitment",
        "commitment_version",
        200,
        ("COMMITMENT_VERSION_NOT_FOUND", new("The delegation has no version of a commitment with this id.", "La délégation n'a pas de version d'engagement portant cet identifiant.")),
        ("COMMITMENT_NOT_FOUND", new("The delegation has no commitment with this id.", "La délégation n'a pas d'engagement portant cet identifiant.")),
        version => new(
            $"version {version.Number} of the commitment “{version.ReadCommitment().Title}”", $"la version {version.Number} de l'engagement « {version.ReadCommitment().Title} »"),
        CommitmentHappened);

    public static readonly JointKind Neutralisation = new(
        "neutralisation",
        "neutralisation",
        1000,
        ("NEUTRALISATION_NOT_FOUND", new("The delegation has no neutralisation with this id.", "La délégation n'a pas de neutralisation portant cet identifiant.")),
        ("NEUTRALISATION_NOT_FOUND", new("The delegation has no neutralisation with this id.", "La délégation n'a pas de neutralisation portant cet identifiant.")),
        version => new(
            $"that {version.EffectiveDay:yyyy-MM-dd} to {version.LastDay:yyyy-MM-dd} does not count for commitments",
            $"la neutralisation des engagements du {version.EffectiveDay:dd/MM/yyyy} au {version.LastDay:dd/MM/yyyy}"),
        NeutralisationHappened);

    public static CommitmentTerms ReadCommitment(this JointVersionRow version) => ProtoJson.Read<CommitmentTerms>(version.Terms);

    public static CommitmentVersion ToCommitment(this JointVersionRow version) => new()
    {
        Id = version.Id.ToString(),
        CommitmentId = version.SubjectId.ToString(),
        DelegationId = version.DelegationId.ToString(),
        Version = version.ToMessage(),
        Terms = version.ReadCommitment(),
        Etag = version.Etag,
    };

    public static Neutralisation ToNeutralisation(this JointVersionRow version) => new()
    {
        Id = version.Id.ToString(),
        DelegationId = version.DelegationId.ToString(),
        Version = version.ToMessage(),
        CommitmentId = version.AboutId?.ToString() ?? "",
        Reason = ProtoJson.Read<Neutralisation>(version.Terms).Reason,
        Etag = version.Etag,
    };

    private static IMessage CommitmentHappened(JointMove move, JointVersionRow version, Side side)
    {
        var message = version.ToCommitment();
        return move switch
        {
            JointMove.Proposed => new CommitmentVersionProposed { CommitmentVersion = message },
            JointMove.Changed => new CommitmentVersionChanged { CommitmentVersion = message },
            JointMove.Consented => new CommitmentVersionConsented { CommitmentVersion = message, Side = side },
            JointMove.Validated => new CommitmentVersionValidated { CommitmentVersion = message },
            JointMove.Superseded => new CommitmentVersionSuperseded { CommitmentVersion = message },
            _ => new CommitmentVersionWithdrawn { CommitmentVersion = message },
        };
    }

    // What was proposed of a period stays as it is, and nothing takes its place.
    private static IMessage NeutralisationHappened(JointMove move, JointVersionRow version, Side side)
    {
        var message = version.ToNeutralisation();
        return move switch
        {
            JointMove.Proposed => new NeutralisationProposed { Neutralisation = message },
            JointMove.Consented => new NeutralisationConsented { Neutralisation = message, Side = side },
            JointMove.Validated => new NeutralisationValidated { Neutralisation = message },
            JointMove.Withdrawn => new NeutralisationWithdrawn { Neutralisation = message },
            _ => throw new InvalidOperationException($"A neutralisation is never {move}."),
        };
    }
}
