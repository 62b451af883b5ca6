using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Operational;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Reporting.Commitments;

/// <summary>
/// Keeps this service's copy of the commitments that both sides validated, and of the days they agreed not to count, from the journal of Contracts; and
/// ends the wait for credit notes that were issued.
/// </summary>
internal sealed class CommitmentFollower(
    Client contracts, [FromKeyedServices(SystemSessions.ConnectionName)] NpgsqlDataSource dataSource, TimeProvider clock, ILogger<CommitmentFollower> logger)
    : JournalFollower("contracts.commitments", contracts, dataSource, clock, logger)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    protected override Task ApplyAsync(SealedEntry entry, SystemSession session, CancellationToken cancellationToken)
    {
        var told = entry.Entry;
        return (told.EventAs<CommitmentVersionValidated>()?.CommitmentVersion ?? told.EventAs<CommitmentVersionSuperseded>()?.CommitmentVersion) is { } version
                ? session.SaveCommitmentAsync(told, version, _clock.GetUtcNow(), cancellationToken)
            : told.EventAs<CreditNoteIssued>() is { } issued ? session.KeepPenaltiesAsync(told, issued.CreditNote, issued: true, _clock, cancellationToken)
            : told.EventAs<CreditNoteWithdrawn>() is { } withdrawn ? session.KeepPenaltiesAsync(told, withdrawn.CreditNote, issued: false, _clock, cancellationToken)
            : told.EventAs<NeutralisationValidated>() is { } neutralised ? session.SaveNeutralisationAsync(told, neutralised.Neutralisation, cancellationToken)
            : Task.CompletedTask;
    }
}
