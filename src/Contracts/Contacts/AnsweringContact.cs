using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Answering = Delegation.Contracts.V1.SideContacts.Types.Answering;

namespace Delegation.Contracts.Contacts;

/// <summary>Whom what runs without a caller tells of something.</summary>
internal static class AnsweringContact
{
    /// <summary>The person who answers for a side of a delegation today; null when nobody does, or nobody is named.</summary>
    public static async Task<Guid?> FindAnsweringAsync(
        this SystemSession session, Guid ownerId, Guid delegationId, Guid delegateId, Side side, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var named = await session.FindAsync<string>(
            $"SELECT {(side == Side.Insurer ? "insurer" : "delegate")}::text FROM delegation_contacts WHERE owner_id = @ownerId AND delegation_id = @delegationId",
            new { ownerId, delegationId },
            cancellationToken);
        if (named is null)
            return null;

        var contacts = WhoAnswers.On(ParisDays.DayAt(now), ProtoJson.Read<SideContacts>(named));
        var answering = contacts.Answering switch
        {
            Answering.MainContact => contacts.Main,
            Answering.Deputy => contacts.Deputy,
            _ => null,
        };
        return answering is null ? null : await session.FindAsync<Guid?>(
            "SELECT person_of_member(@organization, @memberId)",
            new { organization = side == Side.Insurer ? ownerId : delegateId, memberId = Guid.Parse(answering.MemberId) },
            cancellationToken);
    }
}
