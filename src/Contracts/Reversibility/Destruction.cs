using System.Security.Cryptography;
using Delegation.Archive.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>
/// Carries out a destruction that was ordered: every service ends the delegate's access and erases; done again, it finds nothing to do. While one is away or
/// has not heard of the freeze, nothing is certified, and it is tried again. Then the exit and the delegation are closed.
/// </summary>
internal sealed class Destruction(RecordSources sources, TimeProvider clock) : IDueWork
{
    public const string WorkKind = "exit.destruction";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockExitAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } row)
            return;
        if (row.Read() is not { State: ExitState.Open, Record.DestructionOrderTime: not null } exit)
            return;

        session.ActFor(row.OwnerId);
        if (await EraseAsync(row, exit, cancellationToken) is not { } erasures)
        {
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, clock.GetUtcNow() + Again, cancellationToken);
            return;
        }

        var closed = await session.CloseDelegationAsync(row, cancellationToken);
        exit = RecordMoves.Destroyed(exit, erasures, clock.GetUtcNow());
        var certificate = PdfFile.Of(DestructionCertificate.Of(row.Id, exit, closed.Parties, await session.ReadSignersAsync(row, exit, cancellationToken))).Bytes;
        exit.Record.CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.Span));

        row = row.With(exit);
        await session.AppendAsync(row.Happened(new ExitCopiesDestroyed { Exit = row.ToMessage() }), clock, cancellationToken);
        row = row.With(exit);
        await session.SaveExitAsync(row, cancellationToken);
        await session.SaveCertificateAsync(row, certificate.ToArray(), cancellationToken);
        await session.AppendAsync(row.Happened(new ExitClosed { Exit = row.ToMessage() }), clock, cancellationToken);
        await session.AppendAsync(DelegationJournal.EndChanged(closed.Row), clock, cancellationToken);
    }

    /// <summary>What each service erased; null while one does not answer, or not yet.</summary>
    private async Task<IReadOnlyList<ServiceErasure>?> EraseAsync(ExitRow row, Exit exit, CancellationToken cancellationToken)
    {
        var request = new EraseCopiesRequest
        {
            OwnerId = row.OwnerId.ToString(), DelegationId = row.DelegationId.ToString(), DelegateId = row.DelegateId.ToString(), FreezeTime = exit.Record.FreezeTime,
        };
        var erasures = new List<ServiceErasure>();
        foreach (var source in sources.All)
            try
            {
                var answer = await source.Archives.EraseCopiesAsync(request, deadline: TimeProvider.System.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellationToken);
                erasures.Add(new ServiceErasure
                {
                    Service = source.Service,
                    Tables = { answer.Erased.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => new TableErasure { Table = table.Key, Rows = table.Value }) },
                });
            }
            catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.FailedPrecondition or StatusCode.DeadlineExceeded)
            {
                return null;
            }

        return erasures;
    }
}
