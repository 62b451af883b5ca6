using Delegation.Contracts.Annexes;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Documents;
using Delegation.Persistence.Evidence;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>The files of Contracts in a pack: contracts as they were signed, with their certificates, and annexes as they were handed over.</summary>
/// <param name="sessions">Open sessions that read for the mission.</param>
/// <param name="reader">Who reads.</param>
/// <param name="delegation">Of which delegation.</param>
internal sealed class PackFiles(TenantSessions sessions, Caller reader, SharedDelegation delegation)
{
    public async Task AddAsync(PackWriter pack, CancellationToken cancellationToken)
    {
        await foreach (var contract in PagesAsync((session, page) => session.ListContractsAsync(delegation, page, cancellationToken), cancellationToken))
        {
            var folder = $"contracts/{contract.Number}-{contract.Id}";
            if (contract.DocumentId is { } document)
                await pack.AddAsync(
                    $"{folder}/contract.pdf", $"{contract.Title}: as it is signed. SHA-256 {contract.DocumentSha256}",
                    to => CopyAsync(to, contract.OwnerId, document, cancellationToken), cancellationToken);
            if (contract.InForceTime is not null)
                await pack.AddAsync(
                    $"{folder}/certificate.pdf", "Certificate of its signatures",
                    to => to.WriteAsync(PdfFile.Of(CertificatePages.Of(contract, delegation)).Bytes, cancellationToken).AsTask(), cancellationToken);
        }

        await foreach (var annex in PagesAsync((session, page) => session.ListAnnexesAsync(delegation, page, cancellationToken), cancellationToken))
            await foreach (var version in PagesAsync((session, page) => session.ListVersionsAsync(annex, page, cancellationToken), cancellationToken))
                await pack.AddAsync(
                    $"contracts/annexes/{annex.Id}/{version.Number}-{version.FileName}", $"{annex.Kind} {annex.Title}".TrimEnd() + $", version {version.Number}",
                    to => CopyAsync(to, version.OwnerId, version.FileId, cancellationToken), cancellationToken);
    }

    private async Task CopyAsync(Stream to, Guid ownerId, Guid fileId, CancellationToken cancellationToken)
    {
        var party = new FileParty(ownerId, delegation.Id, delegation.DelegateId, Visibility.Both);
        await foreach (var part in sessions.ReadFileAsync(reader, party, fileId, cancellationToken))
            await to.WriteAsync(part, cancellationToken);
    }

    // Each page in a session of its own: whoever reads slowly holds no connection.
    private async IAsyncEnumerable<T> PagesAsync<T>(
        Func<TenantSession, PageRequest, Task<Page<T>>> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var token = (string?)""; token is not null;)
        {
            Page<T> page;
            await using (var session = await sessions.OpenAsync(reader, cancellationToken))
                page = await read(session, PageRequest.Read(0, token, [])!);

            foreach (var item in page.Items)
                yield return item;
            token = page.NextPageToken.Length > 0 ? page.NextPageToken : null;
        }
    }
}
