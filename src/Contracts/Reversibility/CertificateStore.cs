using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Reversibility;

/// <summary>Certificates of destruction in the database, each as it was issued.</summary>
internal static class CertificateStore
{
    private const string OfExit = "owner_id = @OwnerId AND delegation_id = @DelegationId AND exit_id = @Id";

    /// <summary>Who accepted, attested and ordered; a name is empty when the organisation does not know the person any more.</summary>
    public static async Task<Signers> ReadSignersAsync(this SystemSession session, ExitRow row, Exit exit, CancellationToken cancellationToken)
    {
        var names = await session.FindAsync<Signers>(
            """
            SELECT coalesce(name_of_person(@OwnerId, @accepted), '') AS accepted, coalesce(name_of_person(@DelegateId, @attested), '') AS attested,
                   coalesce(name_of_person(@OwnerId, @ordered), '') AS ordered
            """,
            new
            {
                row.OwnerId,
                row.DelegateId,
                accepted = Guid.Parse(exit.Record.AcceptPersonId),
                attested = Guid.Parse(ExitTasks.Attestation(exit).PersonId),
                ordered = Guid.Parse(exit.Record.DestructionPersonId),
            },
            cancellationToken);
        return names!;
    }

    public static Task SaveCertificateAsync(this SystemSession session, ExitRow row, byte[] certificate, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"UPDATE delegation_exit SET certificate = @certificate WHERE {OfExit}", new { row.OwnerId, row.DelegationId, row.Id, certificate }, cancellationToken);

    /// <summary>The certificate as PDF; null while there is none.</summary>
    public static Task<byte[]?> FindCertificateAsync(this TenantSession session, ExitRow row, CancellationToken cancellationToken) =>
        session.FindAsync<byte[]>($"SELECT certificate FROM delegation_exit WHERE {OfExit}", new { row.OwnerId, row.DelegationId, row.Id }, cancellationToken);
}
