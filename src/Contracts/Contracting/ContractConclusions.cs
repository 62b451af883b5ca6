using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Signature;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>A contract after its text was agreed on, as callers and the journal are told of it.</summary>
internal static class ContractConclusions
{
    public static ContractConclusion? Of(ContractRow contract)
    {
        if (contract.IssueTime is not { } issued)
            return null;

        var signed = contract.Signed();
        var conclusion = new ContractConclusion
        {
            DocumentSha256 = contract.DocumentSha256,
            DocumentSizeBytes = contract.DocumentBytes!.Value,
            DocumentPages = contract.DocumentPages!.Value,
            ScopeVersionId = contract.ScopeVersionId?.ToString() ?? "",
            Annexes = { contract.ReadAnnexes() },
            SigningOrder = signed.Order,
            IssueTime = Timestamp.FromDateTime(issued),
            Signatures = { signed.Signatures },
            AwaitedSides = { contract.AwaitedSides() },
            Certificate = signed.Certificate,
            InForceTime = contract.InForceTime is { } time ? Timestamp.FromDateTime(time) : null,
            Notices = { contract.ReadNotices() },
            ProposedTermination = contract.ReadProposedTermination(),
            SupersededOnDay = DayField.Write(contract.SupersededOnDay),
        };
        if (contract is { IsAmendment: false, InForceTime: not null } && contract.End() is { IsOpen: false } end)
        {
            conclusion.LastDay = DayField.Write(end.LastDay);
            conclusion.TransitionEndDay = DayField.Write(end.TransitionEnd);
            conclusion.RunOffEndDay = end.RunOffEnd > end.TransitionEnd ? DayField.Write(end.RunOffEnd) : "";
        }

        return conclusion;
    }

    /// <summary>The contract as the journal tells of it: without names of people, which every service would keep.</summary>
    public static Contract ToEvent(this ContractRow contract)
    {
        var message = contract.ToMessage();
        foreach (var signature in message.Conclusion?.Signatures.Concat(message.Conclusion.Certificate?.Signatures ?? []) ?? [])
            signature.PersonName = "";

        return message;
    }

    /// <summary>Its PDF as it is signed.</summary>
    public static SignedDocument Signed(this ContractRow contract) => new(
        contract.DocumentSha256,
        contract.SigningOrder is { } order ? StoredNames.Read<SigningOrder>(order) : SigningOrder.Parallel,
        ProtoJson.ReadList<SideSignature>(contract.Signatures));

    public static IEnumerable<Access.V1.Side> AwaitedSides(this ContractRow contract) =>
        contract.IsIn(State.Issued, State.PartlySigned) ? contract.Signed().AwaitedSides() : [];

    public static IReadOnlyList<ListedAnnex> ReadAnnexes(this ContractRow contract) => ProtoJson.ReadList<ListedAnnex>(contract.ListedAnnexes);

    public static IReadOnlyList<TerminationNotice> ReadNotices(this ContractRow contract) => ProtoJson.ReadList<TerminationNotice>(contract.Notices);

    /// <summary>What one side proposed, and the other has not agreed to; null for nothing.</summary>
    public static TerminationConsent? ReadProposedTermination(this ContractRow contract) =>
        contract.ProposedTermination is { } proposed ? ProtoJson.Read<TerminationConsent>(proposed) : null;

    /// <summary>How long a contract in force lasts, with its amendments.</summary>
    public static ContractDuration DurationInForce(this ContractRow contract) => ProtoJson.Read<ContractDuration>(contract.AmendedDuration ?? contract.Duration!);

    /// <summary>How a contract in force ends.</summary>
    public static ContractEnd End(this ContractRow contract) =>
        ContractEnd.Of(contract.EffectiveDay, contract.DurationInForce(), contract.ReadNotices(), contract.SupersededOnDay);
}
