using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;

namespace Delegation.Contracts.JointVersions;

/// <summary>What happens to a version.</summary>
internal enum JointMove
{
    Proposed,
    Changed,
    Consented,
    Validated,
    Superseded,
    Withdrawn,
}

/// <summary>A kind of thing that both sides validate version by version.</summary>
/// <param name="Code">Under which the database keeps it, and the first word of its work items.</param>
/// <param name="ObjectType">As in journal entries; with <c>_id</c> it is the field of requests that names a version.</param>
/// <param name="Most">How many a delegation has at most.</param>
/// <param name="NotFound">Reason and words of a version that is not there.</param>
/// <param name="SubjectNotFound">The same of a thing of which another version is proposed.</param>
/// <param name="Name">What people call a version, to be validated.</param>
/// <param name="Happened">The event of the contract. The side is whose call it was.</param>
internal sealed record JointKind(
    string Code,
    string ObjectType,
    int Most,
    (string Reason, LocalizedText Message) NotFound,
    (string Reason, LocalizedText Message) SubjectNotFound,
    Func<JointVersionRow, LocalizedText> Name,
    Func<JointMove, JointVersionRow, Side, IMessage> Happened);
