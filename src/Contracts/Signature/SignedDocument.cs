using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using Level = Delegation.Contracts.V1.SignatureCertificate.Types.Level;

namespace Delegation.Contracts.Signature;

/// <summary>What is signed by both sides, known by its hash: one signature of each side, by the account that signs, and in an order.</summary>
/// <param name="Sha256">Of what is signed.</param>
/// <param name="Order">Who signs first.</param>
/// <param name="Signatures">Those so far, in their order.</param>
internal sealed record SignedDocument(string Sha256, SigningOrder Order, IReadOnlyList<SideSignature> Signatures)
{
    /// <summary>What keeps a side from signing.</summary>
    internal enum Obstacle
    {
        None,

        /// <summary>It signed already.</summary>
        Signed,

        /// <summary>The other side signs first.</summary>
        OutOfOrder,

        /// <summary>What it read is something else.</summary>
        OtherText,
    }

    /// <summary>Both sides signed: only now does anything take effect.</summary>
    public bool IsComplete => Signatures.Count == 2;

    /// <summary>Proves the signatures, once they are complete.</summary>
    public SignatureCertificate? Certificate => IsComplete ? new() { Level = Level.Simple, TextSha256 = Sha256, Signatures = { Signatures } } : null;

    /// <summary>The sides that can sign now.</summary>
    public IEnumerable<Side> AwaitedSides()
    {
        var open = Sides.Both.Except(Signatures.Select(signature => signature.Side)).ToArray();
        return (Order, open.Length) switch
        {
            (SigningOrder.InsurerFirst, 2) => [Side.Insurer],
            (SigningOrder.DelegateFirst, 2) => [Side.Delegate],
            _ => open,
        };
    }

    /// <summary>Whether a side may sign what it read.</summary>
    /// <param name="side">Which side.</param>
    /// <param name="sha256">Of what it read.</param>
    public Obstacle ObstacleFor(Side side, string sha256)
    {
        if (Signatures.Any(signature => signature.Side == side))
            return Obstacle.Signed;
        if (!AwaitedSides().Contains(side))
            return Obstacle.OutOfOrder;

        return Sha256.Equals(sha256, StringComparison.OrdinalIgnoreCase) ? Obstacle.None : Obstacle.OtherText;
    }

    /// <summary>The same with a signature more.</summary>
    /// <param name="signatory">Who signs.</param>
    /// <param name="name">The name under which their organisation knows them; may be empty.</param>
    /// <param name="delegation">Between whom.</param>
    /// <param name="now">When.</param>
    public SignedDocument With(Caller signatory, string name, SharedDelegation delegation, DateTimeOffset now) => this with
    {
        Signatures =
        [
            .. Signatures,
            new SideSignature
            {
                Side = signatory.Side,
                OrganizationId = signatory.OrganizationId.ToString(),
                OrganizationName = (signatory.Side == Side.Insurer ? delegation.Insurer : delegation.Delegate).LegalName,
                PersonId = signatory.PersonId.ToString(),
                PersonName = name,
                SignTime = Timestamp.FromDateTime(now.InMicroseconds()),
                TextSha256 = Sha256,
            },
        ],
    };
}
