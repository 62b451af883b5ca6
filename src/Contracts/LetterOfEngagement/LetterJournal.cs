using System.Globalization;
using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>What the journal says of letters: each change, and whom it waits for since.</summary>
internal static class LetterJournal
{
    private const string ObjectType = "letter";

    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <summary>Writes that a letter changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendLetterAsync(this DatabaseSession session, LetterRow letter, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var entry = new JournalEvent(
            letter.OwnerId, letter.DelegationId, letter.DelegateId, Visibility.Both, ObjectType, letter.Id, letter.Revision, happened);
        await session.AppendAsync(entry, clock, cancellationToken);
        if (letter.IsIn(State.Draft))
            return;

        var awaited = letter.AwaitedSides().ToHashSet();
        var end = letter.EndDay!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        foreach (var side in Sides)
        {
            await session.KeepAsync(letter, side, "letter.sign", !letter.IsIn(State.InForce) && awaited.Contains(side), Role.Signatory, letter.EffectiveDay, new(
                "Sign the letter of engagement", "Signer la lettre d'engagement"), clock, cancellationToken);
            await session.KeepAsync(letter, side, "letter.terminate", letter.IsIn(State.InForce) && awaited.Contains(side), Role.Signatory, null, new(
                "Agree to end the letter of engagement early, or not", "Accepter ou non la résiliation anticipée de la lettre d'engagement"), clock, cancellationToken);
            await session.KeepAsync(letter, side, "letter.replace", letter.IsIn(State.InForce) && letter.WarnedDays is not null, Role.DelegationManager, letter.EndDay, new(
                $"The letter of engagement ends on {end}: conclude the contract or another letter",
                $"La lettre d'engagement prend fin le {end} : conclure le contrat ou une autre lettre"), clock, cancellationToken);
        }
    }

    private static Task KeepAsync(
        this DatabaseSession session,
        LetterRow letter,
        Side side,
        string kind,
        bool isOpen,
        Role role,
        DateOnly? dueDay,
        LocalizedText title,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var key = new WorkItemKey(kind, ObjectType, letter.Id, side);
        return isOpen
            ? session.OpenWorkItemAsync(
                new OpenWork(key, letter.OwnerId, letter.DelegationId, letter.DelegateId, title) { Roles = [role], DueDay = dueDay }, clock, cancellationToken)
            : session.CloseWorkItemAsync(key, clock, cancellationToken);
    }
}
