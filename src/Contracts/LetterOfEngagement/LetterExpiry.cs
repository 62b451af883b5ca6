using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Step = Delegation.Contracts.LetterOfEngagement.ExpirySteps.Step;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>No letter ends silently: it warns ahead of the end day of a letter in force, and says so when it is over.</summary>
internal sealed class LetterExpiry(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "letter.expiry";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        // Superseded, terminated, or gone with its delegation meanwhile: nothing to do any more.
        if (await LockAsync(session, item, cancellationToken) is not { } letter || !letter.IsIn(State.InForce))
            return;

        var end = letter.EndDay!.Value;
        var today = ParisDays.DayAt(clock.GetUtcNow());
        session.ActFor(letter.OwnerId);
        switch (ExpirySteps.Due(end, letter.WarnedDays, today))
        {
            case (Step.Expire, _):
                var expired = letter with { State = State.Expired.Stored(), Revision = letter.Revision + 1 };
                await session.SaveLetterAsync(expired, cancellationToken);
                await session.AppendLetterAsync(expired, new LetterExpired { Letter = expired.ToEvent() }, clock, cancellationToken);
                return;
            case (Step.Warn, var daysAhead):
                letter = letter with { WarnedDays = daysAhead, Revision = letter.Revision + 1 };
                await session.SaveLetterAsync(letter, cancellationToken);
                var ahead = new LetterExpiryAhead { Letter = letter.ToEvent(), DaysLeft = end.DayNumber - today.DayNumber + 1 };
                await session.AppendLetterAsync(letter, ahead, clock, cancellationToken);
                break;
        }

        await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, ExpirySteps.Next(end, letter.WarnedDays), cancellationToken);
    }

    private static Task<LetterRow?> LockAsync(SystemSession session, DueItem item, CancellationToken cancellationToken) => session.FindAsync<LetterRow>(
        $"{LetterStore.Columns}\nWHERE owner_id = @OwnerId AND letter_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
}
