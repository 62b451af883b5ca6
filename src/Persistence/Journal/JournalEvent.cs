using Google.Protobuf;

namespace Delegation.Persistence.Journal;

/// <summary>What an accepted command did to one object, as it is to be written to the journal.</summary>
/// <param name="OwnerId">The organisation whose matter it is: the insurer of a delegation, else the organisation itself.</param>
/// <param name="DelegationId">The delegation that the object belongs to; null for an object of an organisation alone.</param>
/// <param name="DelegateId">The delegate of that delegation; null without delegation, or while the delegate is not known.</param>
/// <param name="Visibility">Who of the two parties may see it.</param>
/// <param name="ObjectType">Kind of the object in lower snake case, as <c>delegation</c>.</param>
/// <param name="ObjectId">The object that changed.</param>
/// <param name="Revision">The revision that the object has since; each is written once.</param>
/// <param name="Event">What happened: a message of the contract.</param>
public sealed record JournalEvent(
    Guid OwnerId, Guid? DelegationId, Guid? DelegateId, Visibility Visibility, string ObjectType, Guid ObjectId, long Revision, IMessage Event);
